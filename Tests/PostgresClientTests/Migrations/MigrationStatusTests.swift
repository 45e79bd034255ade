import Testing

@testable import PostgresClient

@Suite struct MigrationStatusTests {
  /// Files by number, name and text.
  func files(_ files: [(Int, String, String)]) throws -> [Migration] {
    let texts = files.map { number, name, text in
      let name = Migration.label(number, name) + ".sql"
      return SQLFolder.File(name: name, path: "m/" + name, text: "SELECT '\(text)'")
    }
    return try Migration.read(texts, folder: "m")
  }

  /// Records, most of them of files that no longer are.
  func records(_ records: [(Int, String, String)]) -> [MigrationRecord] {
    records.map { number, name, text in
      MigrationRecord(
        number: number, name: name,
        checksum: Bytes(SHA256.digest(of: "SELECT '\(text)'".utf8)),
        appliedAt: Timestamp(microseconds: Int64(number)))
    }
  }

  func status(_ files: [(Int, String, String)], _ records: [(Int, String, String)]) throws
    -> MigrationStatus
  {
    MigrationStatus(files: try self.files(files), records: self.records(records), folder: "m")
  }

  func words(_ status: MigrationStatus) -> [String] {
    status.entries.map { "\($0.label) \($0.state.word)" }
  }

  let three = [(1, "a", "A"), (2, "b", "B"), (3, "c", "C")]

  @Test func pending() throws {
    let none = try status(three, [])
    #expect(none.pending.map(\.number) == [1, 2, 3])
    #expect(none.refusal == nil && !none.isUsable)
    let some = try status(three, [(1, "a", "A")])
    #expect(words(some) == ["0001_a applied", "0002_b pending", "0003_c pending"])
    #expect(some.pending.map(\.number) == [2, 3])
    let all = try status(three, three)
    #expect(all.pending.isEmpty && all.isUsable && all.refusal == nil)
    #expect(all.entries[2].state == .applied(Timestamp(microseconds: 3)))
  }

  @Test func changed() throws {
    let found = try status(three, [(1, "a", "A"), (2, "b", "B, before")])
    #expect(words(found) == ["0001_a applied", "0002_b changed", "0003_c pending"])
    #expect(found.refusal?.summary == ["TW-MIG-010 0002_b.sql"])
    #expect(!found.isUsable)
  }

  /// 3 was applied, and is now 2, since what was 2 is gone.
  @Test func missingAndRenumbered() throws {
    let found = try status([(1, "a", "A"), (2, "c", "C")], three)
    #expect(words(found) == ["0001_a applied", "0002_b changed", "0003_c renumbered"])
    #expect(found.refusal?.summary == ["TW-MIG-010 0002_c.sql", "TW-MIG-012 0002_c.sql"])
  }

  @Test func renamed() throws {
    let found = try status([(1, "first", "A")], [(1, "a", "A")])
    #expect(found.refusal?.summary == ["TW-MIG-012 0001_first.sql"])
    #expect(found.refusal?.description.contains("0001_a") == true)
  }

  /// One new file before one that is applied: both numbers are wrong, and neither is applied.
  @Test func inserted() throws {
    let found = try status(
      [(1, "a", "A"), (2, "x", "X"), (3, "b", "B")], [(1, "a", "A"), (2, "b", "B")])
    #expect(found.refusal?.summary == ["TW-MIG-012 0003_b.sql"])
    #expect(found.pending.isEmpty)
  }

  /// A record with a hole, as only a hand could leave it.
  @Test func late() throws {
    let found = try status(three, [(1, "a", "A"), (3, "c", "C")])
    #expect(words(found) == ["0001_a applied", "0002_b late", "0003_c applied"])
    #expect(found.refusal?.summary == ["TW-MIG-013 0002_b.sql"])
    #expect(found.pending.isEmpty)
  }

  @Test func noFiles() {
    let found = MigrationStatus(files: [], records: records([(1, "a", "A")]), folder: "m")
    #expect(found.refusal?.findings.map(\.code) == [.absent])
  }

  /// The version before may run on, but does not migrate.
  @Test func absent() throws {
    let found = try status([(1, "a", "A"), (2, "b", "B")], three)
    #expect(words(found) == ["0001_a applied", "0002_b applied", "0003_c absent"])
    #expect(found.isUsable)
    #expect(found.refusal?.findings.map(\.code) == [.absent])
  }
}
