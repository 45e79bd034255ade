/// The bytes of a `COPY ...
///
/// TO STDOUT` as they come, one message at a time. One task may take them, once.
public struct CopyStream: AsyncSequence, Sendable {
  /// A message, which is a row in all forms the server has, but for headers.
  public typealias Element = [UInt8]

  private let taker: Taker<[UInt8]>

  init(taker: Taker<[UInt8]>) { self.taker = taker }

  /// Begins to take messages; every iterator goes on where the last one stopped.
  public func makeAsyncIterator() -> Iterator { Iterator(taker: taker) }

  /// Takes messages one after the other.
  public struct Iterator: AsyncIteratorProtocol {
    private let taker: Taker<[UInt8]>
    private var batch: [[UInt8]] = []
    private var next = 0

    init(taker: Taker<[UInt8]>) { self.taker = taker }

    /// The next message, or nil after the last.
    ///
    /// - Throws: `PostgresError`; `CancellationError` if the task was cancelled.
    public mutating func next() async throws -> [UInt8]? {
      if next == batch.count {
        guard let more = try await taker.take() else { return nil }
        batch = more
        next = 0
      }
      defer { next += 1 }
      return batch[next]
    }
  }
}

/// The rows of a `COPY ...
///
/// TO STDOUT (FORMAT binary)` as they come. One task may take them, once.
public struct CopyRowStream: AsyncSequence, Sendable {
  /// Rows.
  public typealias Element = CopiedRow

  private let stream: CopyStream

  init(stream: CopyStream) { self.stream = stream }

  /// Begins to take rows.
  public func makeAsyncIterator() -> Iterator { Iterator(pieces: stream.makeAsyncIterator()) }

  /// Takes rows one after the other.
  public struct Iterator: AsyncIteratorProtocol {
    private var pieces: CopyStream.Iterator
    private var parser = CopyRowParser()
    private var batch: [CopiedRow] = []
    private var next = 0

    init(pieces: CopyStream.Iterator) { self.pieces = pieces }

    /// The next row, or nil after the last.
    ///
    /// - Throws: `PostgresError`, with code `badCopy` if the bytes are not a binary copy; `CancellationError`.
    public mutating func next() async throws -> CopiedRow? {
      while next == batch.count {
        guard let piece = try await pieces.next() else {
          guard parser.hasEnded else {
            throw PostgresError(.badCopy, "the copy ended within a row, or is not binary")
          }
          return nil
        }
        batch = try parser.feed(piece)
        next = 0
      }
      defer { next += 1 }
      return batch[next]
    }
  }
}
