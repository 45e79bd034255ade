import Testing

@testable import PostgresClient

@Suite struct StatementTests {
  @Test func names() {
    let long: Statement = "SELECT   id\n  FROM leg"
    #expect(long.description == "SELECT id FROM leg")
    #expect(Statement("legs", "SELECT id FROM leg").description == "legs")
    // What counts is the SQL.
    #expect(Statement("a", "SELECT 1") == Statement("b", "SELECT 1"))
    #expect(Set([Statement("a", "SELECT 1"), Statement(trusted: "SELECT 1")]).count == 1)
  }

  /// However values are printed, they are not.
  @Test func parametersStayUnseen() {
    let parameters = Parameters("secret", 42, String?.none)
    var dumped = ""
    dump(parameters, to: &dumped)
    for text in ["\(parameters)", String(reflecting: parameters), dumped] {
      #expect(!text.contains("secret"))
      #expect(!text.contains("115"), "the first byte of the secret")
    }
    #expect("\(parameters)" == "3 parameters (type oids 25, 20, 25)")
    #expect(parameters.slots.map(\.length) == [6, 8, -1])
  }

  @Test func quotedNames() {
    #expect(CopyTarget("leg").sql == "\"leg\"")
    #expect(
      CopyTarget(schema: "a\"b", "x; DROP TABLE y", columns: ["id", "na me"]).sql
        == "\"a\"\"b\".\"x; DROP TABLE y\" (\"id\", \"na me\")")
    #expect(CopyTarget.quoted("a\0b") == "\"ab\"")
  }
}

@Suite struct StatementCacheTests {
  let one: Statement = "SELECT 1"
  let two: Statement = "SELECT 2"
  let three: Statement = "SELECT 3"

  @Test func secondUsePrepares() {
    var cache = StatementCache(capacity: 2)
    #expect(cache.plan(for: one) == .unnamed)
    #expect(cache.plan(for: one) == .prepare("tw1", evicting: nil))
    #expect(cache.plan(for: one) == .prepared("tw1"))
    #expect(cache.plan(for: two, isEager: true) == .prepare("tw2", evicting: nil))
  }

  @Test func leastRecentlyUsedGoes() {
    var cache = StatementCache(capacity: 2)
    _ = cache.plan(for: one, isEager: true)
    _ = cache.plan(for: two, isEager: true)
    _ = cache.plan(for: one)
    #expect(cache.plan(for: three, isEager: true) == .prepare("tw3", evicting: "tw2"))
    #expect(cache.plan(for: one) == .prepared("tw1"))
    #expect(cache.preparedCount == 2)
    // What was evicted is as if it had never been used.
    #expect(cache.plan(for: two) == .unnamed)
  }

  @Test func forgottenIsPreparedUnderANewName() {
    var cache = StatementCache(capacity: 2)
    _ = cache.plan(for: one, isEager: true)
    cache.forget(one)
    #expect(cache.preparedCount == 0)
    #expect(cache.plan(for: one) == .prepare("tw2", evicting: nil))
  }

  @Test func noneAtAll() {
    var cache = StatementCache(capacity: 0)
    for _ in 0..<5 { #expect(cache.plan(for: one, isEager: true) == .unnamed) }
  }

  /// A thousand statements used once each must not be remembered for ever.
  @Test func bounded() {
    var cache = StatementCache(capacity: 3)
    for number in 0..<1000 { _ = cache.plan(for: Statement(trusted: "SELECT \(number)")) }
    #expect(cache.plan(for: Statement(trusted: "SELECT 0")) == .unnamed)
    #expect(cache.plan(for: Statement(trusted: "SELECT 999")) != .unnamed)
  }
}
