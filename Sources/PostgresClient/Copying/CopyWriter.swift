/// Writes the bytes of a `COPY ... FROM STDIN` in whatever form its statement names.
public final class CopyWriter {
  /// Bytes gathered before the socket is offered any.
  static let batch = 65_536
  /// Bytes given to libpq at a time.
  static let piece = 1 << 20

  private let connection: Connection
  private let ticket: Ticket
  private let scope: Scope
  var buffer = WireBuffer()

  init(connection: Connection, ticket: Ticket, scope: Scope) {
    self.connection = connection
    self.ticket = ticket
    self.scope = scope
    buffer.reserve(Self.batch + 4096)
  }

  /// Writes bytes; waits while the socket takes no more, so that at most a batch or two is held in memory.
  ///
  /// - Throws: `PostgresError` if the copy has failed; `CancellationError`.
  public func write(_ bytes: [UInt8]) async throws {
    buffer.append(bytes)
    try await flushIfLarge()
  }

  /// Writes text as UTF-8.
  ///
  /// - Throws: `PostgresError` if the copy has failed; `CancellationError`.
  public func write(_ text: String) async throws {
    buffer.append(text)
    try await flushIfLarge()
  }

  func flushIfLarge() async throws {
    if buffer.count >= Self.batch { try await flush() }
  }

  func flush() async throws {
    // A server that keeps up never makes the writer wait, so this is where a cancelled task is noticed.
    try Task.checkCancellation()
    guard buffer.count > 0 else { return }
    let bytes = buffer.bytes
    buffer.removeAll()
    // A single huge value goes in pieces, so that libpq never holds much more than one of them.
    for start in stride(from: 0, to: bytes.count, by: Self.piece) {
      let end = Swift.min(start + Self.piece, bytes.count)
      let piece = start == 0 && end == bytes.count ? bytes : Array(bytes[start..<end])
      let mustWait = connection.withCore { core in
        core.putCopy(piece, ticket)
        return core.hasUnsent || scope.result != nil
      }
      if mustWait { try await connection.drain(ticket, scope) }
    }
  }
}

/// Writes rows of a `COPY ... FROM STDIN (FORMAT binary)`.
///
/// The values must be of the very types of the columns: nothing is converted (PostgreSQL documentation, `COPY`, binary format).
public final class CopyRowWriter {
  private let writer: CopyWriter
  /// Rows written so far.
  public private(set) var rowCount = 0

  init(_ writer: CopyWriter) {
    self.writer = writer
    writer.buffer.append(Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00])
    writer.buffer.append(Int32(0))
    writer.buffer.append(Int32(0))
  }

  /// Writes one row; waits while the socket takes no more.
  ///
  /// - Throws: `PostgresError` if the copy has failed; `CancellationError`.
  public func write<each Value: PostgresEncodable>(_ value: repeat each Value) async throws {
    var fields = 0
    let start = writer.buffer.count
    writer.buffer.append(Int16(0))
    for one in repeat each value {
      writer.buffer.appendField(one)
      fields += 1
    }
    writer.buffer.overwriteCount(fields, at: start)
    try await rowEnded()
  }

  /// Writes one row, field by field.
  ///
  /// - Throws: `PostgresError` if the copy has failed; `CancellationError`.
  public func writeRow(_ fields: (inout CopyRow) -> Void) async throws {
    var row = CopyRow(buffer: writer.buffer)
    writer.buffer = WireBuffer()
    let start = row.begin()
    fields(&row)
    row.end(at: start)
    writer.buffer = row.buffer
    try await rowEnded()
  }

  /// Writes a row for each element, waiting only where the socket takes no more: what writes a field never does.
  ///
  /// - Throws: `PostgresError` if the copy has failed; `CancellationError`.
  public func writeRows<Elements: Collection>(
    of elements: Elements, _ fields: (Elements.Element, inout CopyRow) -> Void
  ) async throws {
    var position = elements.startIndex
    while position != elements.endIndex {
      // The buffer is moved to and fro, so that nobody else holds it and it is never copied.
      var row = CopyRow(buffer: writer.buffer)
      writer.buffer = WireBuffer()
      while position != elements.endIndex, row.buffer.count < CopyWriter.batch {
        let start = row.begin()
        fields(elements[position], &row)
        row.end(at: start)
        rowCount += 1
        elements.formIndex(after: &position)
      }
      writer.buffer = row.buffer
      try await writer.flushIfLarge()
    }
  }

  private func rowEnded() async throws {
    rowCount += 1
    try await writer.flushIfLarge()
  }

  func finish() async throws {
    writer.buffer.append(Int16(-1))
    try await writer.flush()
  }
}

/// The fields of one row of a copy.
public struct CopyRow {
  var buffer: WireBuffer
  private(set) var count = 0

  init(buffer: WireBuffer) { self.buffer = buffer }

  /// Begins a row: room for the number of its fields.
  mutating func begin() -> Int {
    count = 0
    let start = buffer.count
    buffer.append(Int16(0))
    return start
  }

  mutating func end(at start: Int) { buffer.overwriteCount(count, at: start) }

  /// Appends the next field.
  public mutating func append<Value: PostgresEncodable>(_ value: Value) {
    buffer.appendField(value)
    count += 1
  }
}
