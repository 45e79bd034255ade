import Testing

@testable import PostgresClient

@Suite struct MigrationTests {
  @Test func readsInOrder() throws {
    let fixture = SQLFixture([
      "0002_parcels.sql": "CREATE TABLE b ();", "0001_roles.sql": "CREATE TABLE a ();",
      "README.md": "about", "notes.sql.bak": "old",
    ])
    let found = try Migration.read(fixture.folder)
    #expect(found.map(\.label) == ["0001_roles", "0002_parcels"])
    #expect(found[0].checksum == Bytes(SHA256.digest(of: "CREATE TABLE a ();".utf8)))
  }

  @Test func everyFault() throws {
    let fixture = SQLFixture([
      "0002_b.sql": "SELECT 1", "0002_c.sql": "-- nothing", "0005_e.sql": "SELECT 'a",
      "6_f.sql": "SELECT 1", "0007-g.sql": "SELECT 1", "0000_z.sql": "SELECT 1",
      "0008_H.sql": "SELECT 1",
    ])
    let error = #expect(throws: SQLFileError.self) { try Migration.read(fixture.folder) }
    #expect(
      error?.summary == [
        "TW-MIG-001 0000_z.sql", "TW-MIG-003 0002_b.sql", "TW-MIG-002 0002_c.sql",
        "TW-MIG-004 0002_c.sql", "TW-MIG-003 0005_e.sql", "TW-SQL-003 0005_e.sql:1",
        "TW-MIG-001 0007-g.sql", "TW-MIG-001 0008_H.sql", "TW-MIG-001 6_f.sql",
      ])
  }

  /// A migration that commits would be kept without its record.
  @Test(arguments: [
    "BEGIN", "Commit", "END", "rollback", "ABORT", "START TRANSACTION", "PREPARE TRANSACTION 'a'",
  ])
  func ownTransaction(_ word: String) {
    let fixture = SQLFixture(["0001_a.sql": "SELECT 1;\n\n/* so */ \(word);\nSELECT 2;"])
    let error = #expect(throws: SQLFileError.self) { try Migration.read(fixture.folder) }
    #expect(error?.summary == ["TW-MIG-005 0001_a.sql:3"])
  }

  @Test func wordsThatOnlyLookLikeIt() throws {
    let fixture = SQLFixture([
      "0001_a.sql": """
      PREPARE p AS SELECT 1;
      DO $$ BEGIN PERFORM 1; END $$;
      CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END;
      """
    ])
    #expect(try Migration.read(fixture.folder).count == 1)
  }
}
