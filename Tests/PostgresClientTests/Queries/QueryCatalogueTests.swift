import Testing

@testable import PostgresClient

@Suite struct QueryCatalogueTests {
  enum Known: String, QueryName {
    case one = "first_one"
    case two = "second"
  }

  @Test func readsAndLooksUp() throws {
    let fixture = SQLFixture([
      "a.sql": """
      -- What is in this file.
      -- name: first_one
      -- Why.
      SELECT $1::int4  -- here
      """,
      "b.sql": "-- name: second\nSELECT ';';\n\n-- name: third\nSELECT 3;\n",
      "notes.txt": "no SQL",
    ])
    let catalogue = try QueryCatalogue.read(fixture.folder)
    #expect(catalogue.names == ["first_one", "second", "third"])
    let table = try catalogue.table(of: Known.self)
    #expect(table[.one].sql == "SELECT $1::int4")
    #expect(table[.one].name == "first_one")
    #expect(table[.two].sql == "SELECT ';'")
    #expect(try catalogue.statement(named: "third").sql == "SELECT 3")
  }

  /// All that is wrong in all files is told at once, with its place.
  @Test func everyFault() throws {
    let fixture = SQLFixture([
      "a.sql": "SELECT 0;\n-- name: one\n-- name: Two\nSELECT 2;\n-- name: three\nSELECT 3; SELECT",
      "b.sql": "-- name: three\nSELECT 5;\n-- name: four\n/* nothing */;\n-- name: \nSELECT 1",
      "c.sql": "-- name: five\nSELECT 'a;\n-- name: six",
    ])
    fixture.write("d.sql", [0x2D, 0x2D, 0xFF])
    fixture.write("e.sql", [0x2D, 0x2D, 0x00])
    let error = #expect(throws: SQLFileError.self) { try QueryCatalogue.read(fixture.folder) }
    #expect(
      error?.summary == [
        "TW-SQL-002 d.sql", "TW-SQL-002 e.sql", "TW-QRY-001 a.sql:1", "TW-QRY-004 a.sql:2",
        "TW-QRY-002 a.sql:3", "TW-QRY-005 a.sql:6", "TW-QRY-004 b.sql:3", "TW-QRY-002 b.sql:5",
        "TW-QRY-003 b.sql:1", "TW-SQL-003 c.sql:2",
      ])
    #expect(error?.description.contains("three is already in \(fixture.folder)/a.sql:5") == true)
  }

  @Test func absentNames() throws {
    let fixture = SQLFixture(["a.sql": "-- name: second\nSELECT 1"])
    let catalogue = try QueryCatalogue.read(fixture.folder)
    let error = #expect(throws: SQLFileError.self) { try catalogue.table(of: Known.self) }
    #expect(error?.findings.map(\.code) == [.noSuchQuery])
    #expect(error?.description.contains("-- name: first_one") == true)
    #expect(throws: SQLFileError.self) { try catalogue.statement(named: "third") }
  }

  @Test func absentFolder() {
    let error = #expect(throws: SQLFileError.self) { try QueryCatalogue.read("/no/such/folder") }
    #expect(error?.description.hasPrefix("error TW-SQL-001: /no/such/folder: cannot be") == true)
  }
}
