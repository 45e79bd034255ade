/// One row of a result.
///
/// ```swift
/// for row in rows {
///   let (id, name) = try row.decode(Int64.self, String?.self)
/// }
/// ```
public struct Row: Sendable {
  let memory: ResultMemory
  let number: Int

  /// How many columns it has.
  public var count: Int { memory.columnCount }

  /// Reads the first column.
  ///
  /// - Throws: `PostgresError` with code `undecodable` naming the column.
  public func decode<Value: PostgresDecodable>(_ type: Value.Type) throws(PostgresError) -> Value {
    try value(0, as: type)
  }

  /// Reads the first columns, one for each type.
  ///
  /// - Throws: `PostgresError` with code `undecodable` naming the column.
  public func decode<each Value: PostgresDecodable>(_ type: repeat (each Value).Type)
    throws(PostgresError) -> (repeat each Value)
  {
    var column = 0
    func next<One: PostgresDecodable>(_ type: One.Type) throws(PostgresError) -> One {
      defer { column += 1 }
      return try value(column, as: type)
    }
    return (repeat try next(each type))
  }

  /// Reads one column by its number, counted from 0.
  ///
  /// - Throws: `PostgresError` with code `undecodable` naming the column.
  public func value<Value: PostgresDecodable>(_ column: Int, as type: Value.Type)
    throws(PostgresError) -> Value
  {
    guard (0..<count).contains(column) else {
      throw PostgresError(
        .undecodable, "the row has \(count) columns, none of number \(column) (from 0)")
    }
    do {
      return try memory.value(row: number, column: column, as: type)
    } catch {
      throw PostgresError(
        .undecodable,
        "column \(column) (\(memory.name(ofColumn: column))) as \(Value.self): \(error)")
    }
  }

  /// Reads one column by its name.
  ///
  /// - Throws: `PostgresError` with code `undecodable` naming the column.
  /// - Complexity: O(columns).
  public func value<Value: PostgresDecodable>(named name: String, as type: Value.Type)
    throws(PostgresError) -> Value
  {
    guard let column = memory.column(named: name) else {
      throw PostgresError(.undecodable, "the row has no column named \(name)")
    }
    return try value(column, as: type)
  }
}
