import PostgresClient
import Testing

@testable import JobQueue

@Suite struct SettlementTests {
  private func item(
    _ id: UInt64, queue: Int16 = 1, attempt: Int16 = 1, of maxAttempts: Int16 = 3,
    _ outcome: Outcome
  ) -> Settlement.Item {
    Settlement.Item(
      key: AttemptKey(queue: queue, tenant: 1, id: UniqueID(high: 0, low: id), attempt: attempt),
      kind: 0, maxAttempts: maxAttempts, outcome: outcome, place: nil)
  }

  private func fate(_ item: Settlement.Item) -> Settlement.Fate {
    var chance = SeededChance(state: 1)
    return Settlement.fate(item, Backoff(), &chance)
  }

  @Test("a setback waits while attempts are left, and is dead after the last")
  func attempts() {
    let setback = Setback("error", "no")
    guard case .waits(_, let counts, let error) = fate(item(1, attempt: 2, .retry(setback))) else {
      Issue.record("it should wait")
      return
    }
    #expect(counts)
    #expect(error?.text == #"{"attempt":2,"code":"error","reason":"no"}"#)
    #expect(
      fate(item(1, attempt: 3, .retry(setback)))
        == .ends(
          .dead, result: nil, error: JSONB(#"{"attempt":3,"code":"error","reason":"no"}"#)))
  }

  @Test("snoozing counts no attempt, however often")
  func snooze() {
    #expect(
      fate(item(1, attempt: 3, .snooze(.seconds(9))))
        == .waits(.seconds(9), counts: false, error: nil))
  }

  @Test("one statement for each queue and fate, and a word for each item")
  func statements() {
    var chance = SeededChance(state: 1)
    let settlement = Settlement(
      [
        item(3, queue: 2, .done()), item(2, .done()), item(1, .retry(Setback("a", "b"))),
        item(4, .cancelled), item(5, queue: 2, .failed(Setback("c", "d"))),
      ], lease: 9, backoff: { _ in Backoff() }, using: &chance)
    #expect(settlement.steps.map(\.isEnd) == [true, false, true])
    #expect(settlement.steps.map(\.queue) == [1, 1, 2])
    #expect(settlement.words == ["done", "done", "retried", "cancelled", "failed"])
  }

  @Test("what is written in JSON is escaped")
  func quoting() {
    #expect(JSONText.quoted("a\"b\\c\n\t\u{1}\u{1F}é") == #""a\"b\\c\n\t\u0001\u001fé""#)
    #expect(JSONText.quoted("a\0b") == #""ab""#)
  }
}
