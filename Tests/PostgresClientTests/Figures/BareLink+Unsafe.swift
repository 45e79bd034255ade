import CLibPQ

/// The C library by itself, as a program in C would use it: blocks, one statement at a time.
///
/// What the client is measured against.
///
/// Bound relied on: one thread uses it; results are freed once.
final class BareLink {
  private let pointer: OpaquePointer

  /// Connects; nil if that fails.
  init?(_ conninfo: String) {
    guard let pointer = PQconnectdb(conninfo) else { return nil }
    guard PQstatus(pointer) == CONNECTION_OK else {
      PQfinish(pointer)
      return nil
    }
    self.pointer = pointer
  }

  deinit { PQfinish(pointer) }

  /// The server process behind it.
  var processID: Int32 { PQbackendPID(pointer) }

  /// Prepares a statement of one `int8`.
  func prepare(_ name: String, _ sql: String) -> Bool {
    let result = PQprepare(pointer, name, sql, 1, [20])
    defer { PQclear(result) }
    return PQresultStatus(result) == PGRES_COMMAND_OK
  }

  /// Runs it, in binary both ways, and reads the `int8` it gives.
  func run(_ name: String, _ value: Int64) -> Int64? {
    let result = withUnsafeBytes(of: value.bigEndian) { bytes in
      PQexecPrepared(
        pointer, name, 1, [bytes.baseAddress?.assumingMemoryBound(to: CChar.self)], [8], [1], 1)
    }
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_TUPLES_OK, let cell = PQgetvalue(result, 0, 0) else {
      return nil
    }
    return Int64(bigEndian: UnsafeRawPointer(cell).loadUnaligned(as: Int64.self))
  }

  /// Sends it a number of times in a pipeline with one sync, and counts the rows that come back.
  func pipeline(_ name: String, count: Int) -> Int {
    guard PQenterPipelineMode(pointer) == 1 else { return 0 }
    for number in 0..<count {
      withUnsafeBytes(of: Int64(number).bigEndian) { bytes in
        _ = PQsendQueryPrepared(
          pointer, name, 1, [bytes.baseAddress?.assumingMemoryBound(to: CChar.self)], [8], [1], 1)
      }
    }
    PQpipelineSync(pointer)
    var rows = 0
    while true {
      guard let result = PQgetResult(pointer) else { continue }
      defer { PQclear(result) }
      if PQresultStatus(result) == PGRES_PIPELINE_SYNC { break }
      rows += Int(PQntuples(result))
    }
    PQexitPipelineMode(pointer)
    return rows
  }
}
