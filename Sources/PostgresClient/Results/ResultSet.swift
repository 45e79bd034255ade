/// What a statement gave back: its rows, and how many it touched.
public struct ResultSet: RandomAccessCollection, Sendable {
  let memory: ResultMemory

  /// Where the rows begin.
  public var startIndex: Int { 0 }
  /// Where the rows end.
  public var endIndex: Int { memory.rowCount }

  /// The row of that number.
  public subscript(position: Int) -> Row {
    precondition(indices.contains(position), "no row \(position)")
    return Row(memory: memory, number: position)
  }

  /// Rows inserted, updated, deleted, copied or returned.
  public var affectedRows: Int { memory.affectedRows }

  /// The server's word for what was done, such as `INSERT 0 3`.
  public var commandTag: String { memory.commandTag }

  /// Names of the columns.
  public var columnNames: [String] { (0..<memory.columnCount).map(memory.name(ofColumn:)) }

  /// Types of the columns.
  public var columnTypes: [PostgresType] { (0..<memory.columnCount).map(memory.type(ofColumn:)) }

  /// The first column of all rows.
  ///
  /// - Throws: `PostgresError` with code `undecodable` naming the column.
  public func decode<Value: PostgresDecodable>(_ type: Value.Type) throws(PostgresError) -> [Value]
  {
    var values: [Value] = []
    values.reserveCapacity(count)
    for row in self { values.append(try row.decode(type)) }
    return values
  }

  /// All rows, each read as a tuple.
  ///
  /// - Throws: `PostgresError` with code `undecodable` naming the column.
  public func decode<each Value: PostgresDecodable>(_ type: repeat (each Value).Type)
    throws(PostgresError) -> [(repeat each Value)]
  {
    var values: [(repeat each Value)] = []
    values.reserveCapacity(count)
    for row in self { values.append(try row.decode(repeat each type)) }
    return values
  }
}
