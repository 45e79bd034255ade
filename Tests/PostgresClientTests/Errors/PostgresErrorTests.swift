import PostgresClient
import Testing

@Suite struct PostgresErrorTests {
  @Test(
    arguments: [
      ("40001", .retryTransaction), ("40P01", .retryTransaction), ("55P03", .retryTransaction),
      ("57P01", .reconnect), ("57P02", .reconnect), ("57P03", .reconnect), ("08006", .reconnect),
      ("25006", .reconnect), ("57014", .cancelled), ("23505", .duplicate), ("53100", .diskFull),
      ("53300", .tooManyConnections), ("23503", .other), ("42P01", .other), ("22P02", .other),
    ] as [(SQLState, ErrorClass)])
  func classes(_ state: SQLState, _ expected: ErrorClass) {
    #expect(state.errorClass == expected)
    let report = PostgresError.Report(sqlState: state, severity: "ERROR", message: "m")
    #expect(PostgresError(report).errorClass == expected)
  }

  @Test func classesOfTheClient() {
    #expect(PostgresError(.connectionLost, "").errorClass == .reconnect)
    #expect(PostgresError(.commitUnknown, "").errorClass == .unknownOutcome)
    #expect(PostgresError(.commitLost, "").errorClass == .retryTransaction)
    #expect(PostgresError(.poolDeadline, "").errorClass == .busy)
    #expect(PostgresError(.undecodable, "").errorClass == .other)
  }

  /// Detail, hint and context quote rows; so does the message of a data exception.
  @Test func descriptionsQuoteNoValues() {
    var report = PostgresError.Report(
      sqlState: "23505", severity: "ERROR", message: "duplicate key value violates \"carrier_pkey\""
    )
    report.detail = "Key (email)=(secret) already exists."
    report.context = "COPY carrier, line 1: \"secret\""
    report.hint = "secret"
    report.table = "carrier"
    report.constraint = "carrier_pkey"
    #expect(
      "\(PostgresError(report))"
        == "error TW-PG-001: ERROR 23505: duplicate key value violates \"carrier_pkey\" "
        + "(table carrier, constraint carrier_pkey)")
    report.sqlState = "22P02"
    report.message = "invalid input syntax for type integer: \"secret\""
    #expect(!"\(PostgresError(report))".contains("secret"))
    #expect(PostgresError(report).report?.message.contains("secret") == true)
  }

  @Test func advice() {
    let text = "\(PostgresError(.commitUnknown, "the connection ended"))"
    #expect(text.hasPrefix("error TW-PG-006: the connection ended\nMaybe look for"))
  }
}

/// What the server says, field by field.
@Suite(.needsServer, .serialized, .timeLimit(.minutes(2))) struct ServerErrorTests {
  @Test func duplicateKey() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    try await connection.run(
      script: "CREATE TEMP TABLE tag (name text CONSTRAINT tag_key PRIMARY KEY)")
    try await connection.query("INSERT INTO tag VALUES ($1)", "secret")
    let error = await #expect(throws: PostgresError.self) {
      try await connection.query("INSERT INTO tag VALUES ($1)", "secret")
    }
    #expect(error?.errorClass == .duplicate)
    #expect(error?.report?.table == "tag")
    #expect(error?.report?.constraint == "tag_key")
    #expect(error?.report?.detail?.contains("secret") == true)
    #expect(error.map { "\($0)".contains("secret") } == false)
    #expect(error?.statement == "INSERT INTO tag VALUES ($1)")
  }

  @Test func position() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let error = await #expect(throws: PostgresError.self) { try await connection.query("SELECT x") }
    #expect(error?.sqlState == "42703")
    #expect(error?.report?.position == 8)
    let bad = await #expect(throws: PostgresError.self) {
      try await connection.query("SELECT $1::text::int4", "secret")
    }
    #expect(bad?.sqlState == "22P02")
    #expect(bad.map { "\($0)".contains("secret") } == false)
  }

  /// The class of a full disk, raised by the server: a disk that is really full is in `DiskFullTests`.
  @Test(
    arguments: [("53100", .diskFull), ("40001", .retryTransaction), ("53300", .tooManyConnections)]
      as [(String, ErrorClass)])
  func raised(_ state: String, _ expected: ErrorClass) async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    try await connection.query("SELECT set_config('tw.state', $1, false)", state)
    let error = await #expect(throws: PostgresError.self) {
      try await connection.run(
        script: "DO $$ BEGIN RAISE SQLSTATE '53100'; END $$".sql(state))
    }
    #expect(error?.errorClass == expected)
  }
}

extension String {
  /// A script that raises another code.
  fileprivate func sql(_ state: String) -> Statement {
    Statement(
      trusted: split(separator: "53100", omittingEmptySubsequences: false).joined(separator: state))
  }
}
