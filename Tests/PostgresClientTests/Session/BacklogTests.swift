import Testing

@testable import PostgresClient

@Suite struct BacklogTests {
  @Test func fillsAndEmpties() {
    var state = Backlog<Int>.State(limit: 2)
    state.add(1, cost: 1)
    #expect(!state.isFull)
    state.add(2, cost: 5)
    #expect(state.isFull)
    guard case .items(let items, let wasFull) = state.take() else {
      Issue.record("nothing was taken")
      return
    }
    #expect(items == [1, 2])
    #expect(wasFull)
    #expect(!state.isFull)
    guard case .nothingYet = state.take() else {
      Issue.record("something was left")
      return
    }
  }

  @Test func endComesLastAndOnce() {
    var state = Backlog<Int>.State(limit: 2)
    state.add(1, cost: 1)
    state.finish(.failure(PostgresError(.connectionLost, "first")))
    state.finish(.success(()))
    state.add(2, cost: 1)
    guard case .items(let items, wasFull: false) = state.take() else {
      Issue.record("the item is gone")
      return
    }
    #expect(items == [1], "nothing comes after the end")
    guard case .end(let result) = state.take() else {
      Issue.record("no end")
      return
    }
    #expect(throws: PostgresError.self) { try result.get() }
  }

  @Test func wakesWhoeverWaits() async {
    let backlog = Backlog<Int>(limit: 10)
    async let taken = backlog.take()
    for number in 0..<100 {
      backlog.add(number, cost: 0)
      await Task.yield()
      if let ready = backlog.ready() { ready.taker.resume(returning: ready.taken) }
    }
    guard case .items(let items, _) = await taken else {
      Issue.record("nobody was woken")
      return
    }
    #expect(items.first == 0)
  }
}
