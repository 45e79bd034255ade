/// Cuts the binary form of a copy into rows, whatever the pieces it comes in.
///
/// The form: a signature of eleven bytes, flags, an extension; then for each row the number of fields and each field behind its
/// length, -1 for null; at the end -1 (PostgreSQL documentation, `COPY`, binary format).
struct CopyRowParser {
  private var pending: [UInt8] = []
  private var hasHeader = false
  private(set) var hasEnded = false

  static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]

  /// The rows that are complete now.
  ///
  /// - Throws: `badCopy` if the bytes are not in the form.
  mutating func feed(_ piece: [UInt8]) throws(PostgresError) -> [CopiedRow] {
    guard !hasEnded else {
      throw PostgresError(.badCopy, "\(piece.count) bytes after the end of the copy")
    }
    let bytes = pending.isEmpty ? piece : pending + piece
    var position = 0
    if !hasHeader {
      guard bytes.count >= 19 else {
        pending = bytes
        return []
      }
      let flags = integer(bytes, 11)
      guard Array(bytes[..<11]) == Self.signature, flags & 0xFFFF_0000 == 0 else {
        throw PostgresError(.badCopy, "the copy does not begin as binary copies do")
      }
      position = 19 + Int(integer(bytes, 15))
      guard bytes.count >= position else {
        pending = bytes
        return []
      }
      hasHeader = true
    }
    var rows: [CopiedRow] = []
    while let row = try row(bytes, &position) { rows.append(row) }
    pending = position == bytes.count ? [] : Array(bytes[position...])
    return rows
  }

  /// The row at a position, if it is there as a whole.
  private mutating func row(_ bytes: [UInt8], _ position: inout Int) throws(PostgresError)
    -> CopiedRow?
  {
    guard !hasEnded, position + 2 <= bytes.count else { return nil }
    let count = Int(Int16(truncatingIfNeeded: integer(bytes, position, width: 2)))
    if count == -1 {
      hasEnded = true
      position += 2
      return nil
    }
    guard count >= 0 else { throw PostgresError(.badCopy, "a row of \(count) fields") }
    var fields: [Range<Int>?] = []
    fields.reserveCapacity(count)
    var next = position + 2
    for _ in 0..<count {
      guard next + 4 <= bytes.count else { return nil }
      let length = Int(Int32(bitPattern: integer(bytes, next)))
      next += 4
      if length == -1 {
        fields.append(nil)
        continue
      }
      guard length >= 0 else { throw PostgresError(.badCopy, "a field of \(length) bytes") }
      guard next + length <= bytes.count else { return nil }
      fields.append(next..<(next + length))
      next += length
    }
    position = next
    return CopiedRow(bytes: bytes, fields: fields)
  }

  private func integer(_ bytes: [UInt8], _ position: Int, width: Int = 4) -> UInt32 {
    bytes[position..<(position + width)].reduce(0) { $0 << 8 | UInt32($1) }
  }
}

/// One row of a copy in binary form.
public struct CopiedRow: Sendable {
  private let bytes: [UInt8]
  private let fields: [Range<Int>?]

  init(bytes: [UInt8], fields: [Range<Int>?]) {
    self.bytes = bytes
    self.fields = fields
  }

  /// How many fields it has.
  public var count: Int { fields.count }

  /// Reads the first field.
  ///
  /// - Throws: `PostgresError` with code `undecodable` naming the field.
  public func decode<Value: PostgresEncodable & PostgresDecodable>(_ type: Value.Type)
    throws(PostgresError) -> Value
  {
    try value(0, as: type)
  }

  /// Reads the first fields, one for each type.
  ///
  /// A copy does not tell the types of its columns, so each field is read as the very type that is asked for.
  ///
  /// - Throws: `PostgresError` with code `undecodable` naming the field.
  public func decode<each Value: PostgresEncodable & PostgresDecodable>(
    _ type: repeat (each Value).Type
  ) throws(PostgresError) -> (repeat each Value) {
    var field = 0
    func next<One: PostgresEncodable & PostgresDecodable>(_ type: One.Type) throws(PostgresError)
      -> One
    {
      defer { field += 1 }
      return try value(field, as: type)
    }
    return (repeat try next(each type))
  }

  /// Reads one field by its number, counted from 0.
  ///
  /// - Throws: `PostgresError` with code `undecodable` naming the field.
  public func value<Value: PostgresEncodable & PostgresDecodable>(_ field: Int, as type: Value.Type)
    throws(PostgresError) -> Value
  {
    guard fields.indices.contains(field) else {
      throw PostgresError(.undecodable, "the row has \(count) fields, none of number \(field)")
    }
    do {
      guard let range = fields[field] else { return try Value.readNull() }
      return try Value(
        binary: bytes.span.bytes.extracting(range), type: Value.postgresType)
    } catch {
      throw PostgresError(.undecodable, "field \(field) as \(Value.self): \(error)")
    }
  }
}
