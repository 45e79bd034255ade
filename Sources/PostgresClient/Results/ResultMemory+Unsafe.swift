import CLibPQ

/// A result of libpq, freed when nobody reads it any more.
///
/// Bound relied on: libpq keeps a result unchanged once it has handed it over, so any thread may read it; row and column
/// numbers are checked against the counts before libpq sees them.
final class ResultMemory: @unchecked Sendable {
  private let pointer: OpaquePointer
  let rowCount: Int
  let columnCount: Int

  /// Takes over a result; nobody else may free it.
  init(owning pointer: OpaquePointer) {
    self.pointer = pointer
    rowCount = Int(PQntuples(pointer))
    columnCount = Int(PQnfields(pointer))
  }

  deinit { PQclear(pointer) }

  /// The type of a column.
  func type(ofColumn column: Int) -> PostgresType {
    precondition((0..<columnCount).contains(column), "no column \(column)")
    return PostgresType(rawValue: PQftype(pointer, Int32(column)))
  }

  /// The name of a column.
  func name(ofColumn column: Int) -> String {
    precondition((0..<columnCount).contains(column), "no column \(column)")
    return PQfname(pointer, Int32(column)).map { String(cString: $0) } ?? ""
  }

  /// The first column of that very name.
  func column(named name: String) -> Int? {
    (0..<columnCount).first { self.name(ofColumn: $0) == name }
  }

  /// Rows the statement touched, 0 where it has none.
  var affectedRows: Int {
    PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0
  }

  /// The server's word for what was done, such as `INSERT 0 3`.
  var commandTag: String { PQcmdStatus(pointer).map { String(cString: $0) } ?? "" }

  /// Reads one value.
  func value<Value: PostgresDecodable>(row: Int, column: Int, as type: Value.Type)
    throws(CodecFault) -> Value
  {
    precondition((0..<rowCount).contains(row), "no row \(row)")
    let found = self.type(ofColumn: column)
    guard Value.accepts(found) else { throw .wrongType(found: found) }
    let (row, column) = (Int32(row), Int32(column))
    guard PQfformat(pointer, column) == 1 else { throw .unsupported("a value in text form") }
    guard PQgetisnull(pointer, row, column) == 0 else { return try Value.readNull() }
    let bytes = UnsafeRawBufferPointer(
      start: PQgetvalue(pointer, row, column), count: Int(PQgetlength(pointer, row, column)))
    return try withSpan(of: bytes) { (span) throws(CodecFault) in
      try Value(binary: span, type: found)
    }
  }
}
