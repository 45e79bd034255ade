import Testing

@testable import PostgresClient

@Suite struct SQLScannerTests {
  func texts(_ sql: String) throws -> [String] {
    try SQLScanner.fragments(of: sql).map { fragment in
      guard case .statement(let excerpt) = fragment else { return "name" }
      return excerpt.text
    }
  }

  @Test func semicolons() throws {
    #expect(try texts("SELECT 1; SELECT 2 ;;\n;SELECT 3") == ["SELECT 1", "SELECT 2", "SELECT 3"])
    #expect(try texts(" \n\t ") == [])
  }

  /// Each of these hides a semicolon; none is cut.
  @Test(arguments: [
    "SELECT ';'", "SELECT 'it''s; here'", #"SELECT E'a\';b'"#, #"SELECT 'a\', ';'"#,
    "SELECT e'a'\n  'b\\';c'", "SELECT \"a;\"\"b;\"", "SELECT $$a;b$$", "SELECT $t$a;$$;$x$b$t$",
    "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "SELECT a$b$, c$b$",
    "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END",
    "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT 1; END", "SELECT $1, $2::text",
    "SELECT 'é;ü', \"ñ;\"", "SELECT U&'d\\0061t;'",
  ])
  func hidden(_ sql: String) throws {
    #expect(try texts(sql + "; SELECT 2;") == [sql, "SELECT 2"])
  }

  @Test func comments() throws {
    let sql = """
      -- first; of all
      SELECT 1, -- one; two
        /* three; /* four; */ five */ 2

      FROM t/**/WHERE '-- no comment' <> '/* nor this'   -- end
      ;
      """
    #expect(
      try texts(sql) == ["SELECT 1,\n   2\nFROM t WHERE '-- no comment' <> '/* nor this'"])
    // Space and lines within a string are part of it.
    #expect(try texts("SELECT 'a  \n\n  b'") == ["SELECT 'a  \n\n  b'"])
  }

  @Test func linesAndWords() throws {
    let sql = "/* a\nb */\n\nSelect 'x\ny' FROM b;\n  drop Table c"
    let found = try SQLScanner.fragments(of: sql)
    #expect(
      found == [
        .statement(.init(text: "Select 'x\ny' FROM b", line: 4, words: ["select", "from", "b"])),
        .statement(.init(text: "drop Table c", line: 6, words: ["drop", "table", "c"])),
      ])
  }

  @Test func names() throws {
    let sql = """
      --name:one
      SELECT '
      -- name: no_name
      '
        -- name:  two
      SELECT 2; -- name: three
      """
    let found = try SQLScanner.fragments(of: sql, cutsAtNames: true)
    #expect(
      found == [
        .name("one", line: 1),
        .statement(.init(text: "SELECT '\n-- name: no_name\n'", line: 2, words: ["select"])),
        .name("two", line: 5), .statement(.init(text: "SELECT 2", line: 6, words: ["select"])),
      ])
  }

  @Test(arguments: [
    ("SELECT 1;\nSELECT 'a", "a string", 2), ("SELECT $a$\n$b$", "a dollar quote", 1),
    ("\n/* /* */", "a comment", 2), ("\"a\"\"", "a quoted name", 1),
    (#"SELECT E'\'"#, "a string", 1), (#"SELECT E'\"#, "a string", 1),
  ])
  func unterminated(_ sql: String, what: String, line: Int) {
    let error = #expect(throws: SQLScanner.Unterminated.self) { try texts(sql) }
    #expect(error == SQLScanner.Unterminated(what: what, line: line))
  }

  /// Whatever is cut off, the scanner ends, and says the same of what came before.
  @Test func everyPrefix() throws {
    let sql = "SELECT 'a;''b', E'\\'', $x$;$x$ /* ; */ FROM \"t;\" -- ;\nWHERE a = $1; SELECT 2;"
    for end in sql.indices {
      let found = try? texts(String(sql[..<end]))
      if let found, found.count > 1 { #expect(found[0].hasSuffix("WHERE a = $1")) }
    }
  }
}
