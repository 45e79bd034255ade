import Testing

@testable import PostgresClient

/// The scope of a pipeline within the machine of a connection.
@Suite struct PipelineMachineTests {
  typealias Machine = SessionMachine<String>
  let suite = SessionMachineTests()
  let scope = Ticket(number: 1)

  func begun(syncEvery: Int? = nil, preparedStatements: Int = 0) -> Machine {
    var machine = Machine(preparedStatements: preparedStatements)
    machine.begin(scope, .pipeline(syncEvery: syncEvery))
    _ = machine.takeActions()
    return machine
  }

  func send(_ machine: inout Machine, _ number: UInt64, _ statement: Statement = "SELECT 1") {
    machine.sendInPipeline(Ticket(number: number), statement, scope: scope)
  }

  @Test func answersComeInOrder() {
    var machine = begun()
    send(&machine, 2)
    send(&machine, 3)
    machine.endPipeline(scope: scope)
    #expect(suite.texts(&machine) == ["pipe 2 unnamed", "pipe 3 unnamed", "sync"])
    for payload in ["a", "b"] {
      machine.received(.result(payload))
      machine.received(.end(inTransaction: false))
    }
    #expect(suite.texts(&machine) == ["complete 2 a", "complete 3 b"])
    machine.received(.sync)
    #expect(suite.texts(&machine) == ["exit", "complete 1 done"])
  }

  @Test func syncEverySoMany() {
    var machine = begun(syncEvery: 2)
    for number in 2...6 { send(&machine, UInt64(number)) }
    let syncs = suite.texts(&machine).map { $0 == "sync" }
    #expect(syncs == [false, false, true, false, false, true, false])
    machine.syncPipeline(scope: scope)
    machine.syncPipeline(scope: scope)
    #expect(suite.texts(&machine) == ["sync"], "a sync of nothing is not sent")
  }

  /// An error keeps the rest up to the sync from being run; what comes behind the sync is run.
  @Test func errorAbortsToTheNextSync() {
    var machine = begun()
    send(&machine, 2)
    send(&machine, 3)
    machine.syncPipeline(scope: scope)
    send(&machine, 4)
    machine.endPipeline(scope: scope)
    _ = machine.takeActions()
    machine.received(.failure(SessionMachineTests.failure("23505")))
    machine.received(.end(inTransaction: false))
    machine.received(.aborted)
    machine.received(.end(inTransaction: false))
    machine.received(.sync)
    machine.received(.result("c"))
    machine.received(.end(inTransaction: false))
    machine.received(.sync)
    #expect(
      suite.texts(&machine) == [
        "complete 2 23505", "complete 3 TW-PG-007", "complete 4 c", "exit", "complete 1 done",
      ])
  }

  /// Whoever wanted to run a statement is told why it could not be prepared, and it is not taken for prepared.
  @Test func failedPreparation() {
    var machine = begun(preparedStatements: 5)
    send(&machine, 2)
    machine.endPipeline(scope: scope)
    #expect(
      suite.texts(&machine) == ["pipe 2 prepare(\"tw1\")", "pipe 2 execute(\"tw1\")", "sync"])
    machine.received(.failure(SessionMachineTests.failure("42601")))
    machine.received(.end(inTransaction: false))
    machine.received(.aborted)
    machine.received(.end(inTransaction: false))
    machine.received(.sync)
    #expect(suite.texts(&machine) == ["complete 2 42601", "exit", "complete 1 done"])
    #expect(machine.cache.preparedCount == 0)
  }

  @Test func othersWaitForTheScope() {
    var machine = begun()
    machine.begin(Ticket(number: 9), .script)
    #expect(suite.texts(&machine) == [])
    machine.endPipeline(scope: scope)
    #expect(suite.texts(&machine) == ["exit", "complete 1 done", "send 9 script"])
  }

  @Test func afterTheScopeNothingIsSent() {
    var machine = begun()
    machine.endPipeline(scope: scope)
    _ = machine.takeActions()
    send(&machine, 2)
    #expect(suite.texts(&machine) == ["complete 2 TW-PG-012"])
  }

  @Test func cancelled() {
    var machine = begun()
    send(&machine, 2)
    send(&machine, 3)
    machine.syncPipeline(scope: scope)
    machine.cancel(scope)
    send(&machine, 4)
    #expect(
      suite.texts(&machine) == [
        "pipe 2 unnamed", "pipe 3 unnamed", "sync", "patience 1", "request cancel",
        "complete 4 cancelled",
      ])
    machine.received(.failure(SessionMachineTests.failure("57014")))
    machine.received(.end(inTransaction: false))
    machine.received(.aborted)
    machine.received(.end(inTransaction: false))
    machine.received(.sync)
    machine.endPipeline(scope: scope)
    #expect(
      suite.texts(&machine) == [
        "complete 2 cancelled", "complete 3 cancelled", "exit", "complete 1 done",
      ])
  }

  @Test func lossTellsEverybody() {
    var machine = begun()
    send(&machine, 2)
    send(&machine, 3)
    machine.received(.failure(SessionMachineTests.failure("57P01")))
    machine.lost(PostgresError(.connectionLost, "x"))
    #expect(
      suite.texts(&machine).suffix(3) == [
        "complete 2 57P01", "complete 3 TW-PG-003", "complete 1 TW-PG-003",
      ])
  }

  /// Ten thousand answered statements leave nothing behind.
  @Test func ledgerStaysSmall() {
    var machine = begun(syncEvery: 1)
    for number in 0..<10_000 {
      send(&machine, UInt64(number + 2))
      machine.received(.result(""))
      machine.received(.end(inTransaction: false))
      machine.received(.sync)
      #expect(machine.pipeline.isEmpty)
      _ = machine.takeActions()
    }
  }
}
