import CLibPQ

/// Asks libpq what it would connect with.
///
/// Bound relied on: arrays of C strings end with a null pointer and live for the call; lists of options end
/// with an entry without keyword.
enum Conninfo {
  /// What libpq takes from a string, the service file it names, the environment and its defaults, without connecting.
  ///
  /// libpq has no call for that. A session attribute that does not exist makes it give up after it has put everything
  /// together and before it looks up a host.
  ///
  /// - Throws: `badConninfo` if the string is not understood. The message is not libpq's, which quotes the string.
  static func effectiveOptions(of conninfo: String) throws(PostgresError) -> [String: String] {
    var message: UnsafeMutablePointer<CChar>?
    if isConnectionString(conninfo) {
      let parsed = PQconninfoParse(conninfo, &message)
      PQfreemem(message)
      guard let parsed else {
        throw PostgresError(
          .badConninfo,
          "libpq does not understand the connection string (\(conninfo.utf8.count) bytes, not shown)"
        )
      }
      PQconninfoFree(parsed)
    }
    let probe = withKeywords([
      ("dbname", conninfo), ("target_session_attrs", "none, this is a probe"),
    ]) { PQconnectStartParams($0, $1, 1) }
    defer { PQfinish(probe) }
    guard let options = PQconninfo(probe) else {
      throw PostgresError(.badConninfo, "libpq is out of memory")
    }
    defer { PQconninfoFree(options) }
    var effective: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      let key = String(cString: keyword)
      // Never read, so that it cannot be printed.
      if key != "password", key != "sslpassword", let value = option.pointee.val {
        effective[key] = String(cString: value)
      }
      option += 1
    }
    effective["target_session_attrs"] = nil
    return effective
  }

  /// The rule of libpq: a URI or something with an equals sign; anything else is the name of a database.
  static func isConnectionString(_ text: String) -> Bool {
    text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") || text.contains("=")
  }

  /// Connects, which blocks: call it on a thread of its own.
  static func connect(_ settings: ConnectionSettings) throws(PostgresError) -> OpaquePointer {
    let effective = try effectiveOptions(of: settings.conninfo)
    if !settings.allowsUnverifiedHosts, let host = HostPolicy.unverifiedHost(in: effective) {
      let mode = effective["sslmode"] ?? "prefer"
      throw PostgresError(
        .unverifiedHost,
        "\(host) is not on this machine and sslmode is \(mode)\nMaybe set sslmode=verify-full with "
          + "sslrootcert, or say aloud that the host need not be proven")
    }
    let connection = withKeywords(settings.keywords(given: effective)) {
      PQconnectdbParams($0, $1, 1)
    }
    guard let connection else {
      throw PostgresError(.cannotConnect, "libpq is out of memory")
    }
    guard PQstatus(connection) == CONNECTION_OK else {
      defer { PQfinish(connection) }
      throw connectionFault(connection)
    }
    PQsetnonblocking(connection, 1)
    return connection
  }

  /// libpq keeps the server's code of a refused connection to itself but for a few; its text names host, port, user and
  /// database, never a password.
  private static func connectionFault(_ connection: OpaquePointer) -> PostgresError {
    let text = PQerrorMessage(connection).map { String(cString: $0) } ?? ""
    let line = text.split(whereSeparator: \.isNewline).joined(separator: "; ")
    let isRefusal = line.contains("FATAL:")
    let known: SQLState? =
      if PQconnectionNeedsPassword(connection) != 0 {
        "28P01"
      } else if isRefusal {
        Self.refusals.first { line.contains($0.0) }?.1
      } else {
        nil
      }
    guard let known else { return PostgresError(.cannotConnect, line) }
    return PostgresError(
      .init(sqlState: known, severity: "FATAL", message: line), code: .cannotConnect)
  }

  /// What the server says when it refuses, in English as it starts out with.
  private static let refusals: [(String, SQLState)] = [
    ("password authentication failed", "28P01"), ("no pg_hba.conf entry", "28000"),
    ("too many clients", "53300"), ("remaining connection slots", "53300"),
    ("too many connections", "53300"), ("the database system is", "57P03"),
    ("does not exist", "3D000"),
  ]

  private static func withKeywords<Result>(
    _ keywords: [(String, String)],
    _ body: (
      UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<UnsafePointer<CChar>?>?
    ) -> Result
  ) -> Result {
    let flat = keywords.flatMap { [$0.0, $0.1] }.map { Array($0.utf8CString) }
    let ends = flat.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    return flat.flatMap { $0 }.withUnsafeBufferPointer { characters in
      let pointers = ends.dropLast().map { characters.baseAddress?.advanced(by: $0) }
      let keys: [UnsafePointer<CChar>?] =
        stride(from: 0, to: pointers.count, by: 2).map { pointers[$0] } + [nil]
      let values: [UnsafePointer<CChar>?] =
        stride(from: 1, to: pointers.count, by: 2).map { pointers[$0] } + [nil]
      return keys.withUnsafeBufferPointer { keys in
        values.withUnsafeBufferPointer { values in body(keys.baseAddress, values.baseAddress) }
      }
    }
  }
}
