import PostgresClient
import Testing

/// Every codec against the server: what is sent comes back, and means to the server what it means here.
@Suite(.needsServer, .serialized, .timeLimit(.minutes(2))) struct CodecTests {
  /// Sends a value, and asks for it back beside its text on the server.
  func echo<Value: PostgresEncodable & PostgresDecodable & Equatable>(
    _ value: Value, as text: String?, _ statement: Statement
  ) async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    // Three times: unnamed, prepared, by its name.
    for _ in 0..<3 {
      let (back, written) = try await connection.query(statement, value)[0].decode(
        Value.self, String?.self)
      #expect(back == value)
      #expect(written == text)
    }
  }

  @Test func booleans() async throws {
    try await echo(true, as: "true", "SELECT $1::bool, $1::bool::text")
    try await echo(false, as: "false", "SELECT $1::bool, $1::bool::text")
  }

  @Test(arguments: [Int16.min, -1, 0, 1, .max]) func int2(_ value: Int16) async throws {
    try await echo(value, as: String(value), "SELECT $1::int2, $1::int2::text")
  }

  @Test(arguments: [Int32.min, -1, 0, 1, .max]) func int4(_ value: Int32) async throws {
    try await echo(value, as: String(value), "SELECT $1::int4, $1::int4::text")
  }

  @Test(arguments: [Int64.min, -1, 0, 1, .max]) func int8(_ value: Int64) async throws {
    try await echo(value, as: String(value), "SELECT $1::int8, $1::int8::text")
    try await echo(Int(value), as: String(value), "SELECT $1::int8, $1::int8::text")
  }

  @Test(arguments: [
    (0.1, "0.1"), (-1e300, "-1e+300"), (.infinity, "Infinity"), (-.infinity, "-Infinity"),
    (.leastNonzeroMagnitude, "5e-324"),
  ])
  func float8(_ value: Double, _ text: String) async throws {
    try await echo(value, as: text, "SELECT $1::float8, $1::float8::text")
  }

  @Test func float4AndNaN() async throws {
    try await echo(Float(1.5), as: "1.5", "SELECT $1::float4, $1::float4::text")
    let connection = try await Server.connect()
    let value = try await connection.query("SELECT 'NaN'::float8")[0].decode(Double.self)
    #expect(value.isNaN)
    connection.close()
  }

  /// Quotes, backslashes, emoji, other planes, an empty text and a megabyte: none of it is ever part of SQL.
  @Test(arguments: [
    "", "'", "''; DROP TABLE leg; --", "\\", "\\\\n", "$1", "\"", "😀🇪🇸 ñ Ω 义乌", "\u{10FFFF}",
    "\n\t\r",
    String(repeating: "é", count: 500_000),
  ])
  func text(_ value: String) async throws {
    try await echo(value, as: value, "SELECT $1::text, $1::text")
    try await echo([value, value], as: value, "SELECT $1::text[], ($1::text[])[2]")
    try await echo(Optional(value), as: value, "SELECT $1::varchar::text, $1::text")
  }

  @Test func textWithNul() async throws {
    let connection = try await Server.connect()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.query("SELECT $1::text", "a\0b")
    }
    // The server has no such text; it says so, and the connection goes on.
    #expect(error?.sqlState == "22021")
    #expect(try await connection.query("SELECT 1").count == 1)
    connection.close()
  }

  @Test func bytes() async throws {
    try await echo(Bytes([0, 255, 92, 39]), as: "\\x00ff5c27", "SELECT $1::bytea, $1::bytea::text")
    try await echo(Bytes([]), as: "\\x", "SELECT $1::bytea, $1::bytea::text")
    let megabyte = Bytes((0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) })
    try await echo(megabyte, as: "1000000", "SELECT $1::bytea, length($1::bytea)::text")
  }

  @Test func uuid() async throws {
    let id = try #require(UniqueID("00112233-4455-6677-8899-aabbccddeeff"))
    try await echo(
      id, as: "00112233-4455-6677-8899-aabbccddeeff", "SELECT $1::uuid, $1::uuid::text")
  }

  @Test func times() async throws {
    // 2026-11-20T09:00:00.5Z is 1,795,165,200.5 s after 1970.
    let moment = try #require(Timestamp(unixMicroseconds: 1_795_165_200_500_000))
    try await echo(
      moment, as: "2026-11-20 09:00:00.5",
      "SELECT $1::timestamptz, ($1::timestamptz AT TIME ZONE 'UTC')::text")
    try await echo(
      Timestamp.infinity, as: "infinity", "SELECT $1::timestamptz, $1::timestamptz::text")
    try await echo(
      Timestamp.negativeInfinity, as: "-infinity", "SELECT $1::timestamptz, $1::timestamptz::text")
    // 20,777 days after 1970-01-01.
    try await echo(
      try #require(CalendarDay(unixDays: 20_777)), as: "2026-11-20",
      "SELECT $1::date, $1::date::text")
    try await echo(CalendarDay.infinity, as: "infinity", "SELECT $1::date, $1::date::text")
    try await echo(
      Interval(months: 14, days: -3, microseconds: 3_600_000_000),
      as: "1 year 2 mons -3 days +01:00:00",
      "SELECT $1::interval, $1::interval::text")
  }

  @Test(arguments: [
    "0", "5.69", "-5.69", "0.0001", "10000", "99990000", "123456789012345678901234567890.123456789",
    "0.00000000000000000001", "-0.5", "1.50", "NaN", "Infinity", "-Infinity",
  ])
  func numeric(_ text: String) async throws {
    let value = try #require(Numeric(text))
    #expect(value.description == text)
    try await echo(value, as: text, "SELECT $1::numeric, $1::numeric::text")
  }

  @Test func json() async throws {
    try await echo(
      JSONB(#"{"a": [1, null]}"#), as: #"{"a": [1, null]}"#, "SELECT $1::jsonb, $1::jsonb::text")
    // Kept as written, spaces and all.
    try await echo(JSON(#"{"a" :1}"#), as: #"{"a" :1}"#, "SELECT $1::json, $1::json::text")
    let connection = try await Server.connect()
    let crossed = try await connection.query(#"SELECT '{"b": 2}'::jsonb, '{"c":3}'::json"#)[0]
      .decode(
        JSON.self, JSONB.self)
    #expect(crossed.0.text == #"{"b": 2}"#)
    #expect(crossed.1.text == #"{"c":3}"#)
    connection.close()
  }

  @Test func arrays() async throws {
    try await echo([Int32](), as: "{}", "SELECT $1::int4[], $1::int4[]::text")
    try await echo(
      [1, nil, 3] as [Int64?], as: "{1,NULL,3}", "SELECT $1::int8[], $1::int8[]::text")
    try await echo([true, false], as: "{t,f}", "SELECT $1::bool[], $1::bool[]::text")
    try await echo(
      ["a,b", "{", "NULL"], as: #"{"a,b","{","NULL"}"#, "SELECT $1::text[], $1::text[]::text")
    try await echo([1.5], as: "{1.5}", "SELECT $1::float8[], $1::float8[]::text")
    try await echo([Bytes([1])], as: #"{"\\x01"}"#, "SELECT $1::bytea[], $1::bytea[]::text")
    try await echo([JSONB("{}")], as: #"{"{}"}"#, "SELECT $1::jsonb[], ($1::jsonb[])::text")
    try await echo([Numeric(7)], as: "{7}", "SELECT $1::numeric[], $1::numeric[]::text")
    try await echo(
      [Interval(days: 1)], as: #"{"1 day"}"#, "SELECT $1::interval[], $1::interval[]::text")
    try await echo(
      [CalendarDay(days: 0)], as: "{2000-01-01}", "SELECT $1::date[], $1::date[]::text")
    let id = UniqueID(high: 1, low: 2)
    try await echo([id], as: "{\(id)}", "SELECT $1::uuid[], $1::uuid[]::text")
    try await echo([Int16(1)], as: "{1}", "SELECT $1::int2[], $1::int2[]::text")
    let places = [RowPlace(page: .max, number: 7), nil]
    try await echo(places, as: #"{"(4294967295,7)",NULL}"#, "SELECT $1::tid[], $1::tid[]::text")
  }

  @Test func nulls() async throws {
    try await echo(String?.none, as: nil, "SELECT $1::text, $1::text")
    try await echo([Int32]?.none, as: nil, "SELECT $1::int4[], $1::int4[]::text")
    let connection = try await Server.connect()
    let isNull = try await connection.query("SELECT $1::int4 IS NULL", PostgresNull())[0].decode(
      Bool.self)
    #expect(isNull)
    let row = try await connection.query("SELECT NULL::int8 AS parcels")[0]
    let error = #expect(throws: PostgresError.self) { try row.decode(Int.self) }
    #expect(error?.code == .undecodable)
    #expect(error?.message == "column 0 (parcels) as Int: \(CodecFault.unexpectedNull)")
    connection.close()
  }

  /// Widening is safe and allowed; anything else is an error that names the column and both types.
  @Test func mismatches() async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    let row = try await connection.query("SELECT 7::int2 AS a, 8::int4 AS b, 'x'::text AS c")[0]
    #expect(try row.value(0, as: Int.self) == 7)
    #expect(try row.value(0, as: Int32.self) == 7)
    #expect(try row.value(named: "b", as: Int64.self) == 8)
    #expect(throws: PostgresError.self) { try row.value(1, as: Int16.self) }
    #expect(throws: PostgresError.self) { try row.value(2, as: Int.self) }
    #expect(throws: PostgresError.self) { try row.value(3, as: Int.self) }
    #expect(throws: PostgresError.self) { try row.value(named: "d", as: Int.self) }
    let matrix = try await connection.query("SELECT '{{1,2},{3,4}}'::int4[]")[0]
    let error = #expect(throws: PostgresError.self) { try matrix.decode([Int32].self) }
    #expect(error?.message.contains("array of 2 dimensions") == true)
  }
}
