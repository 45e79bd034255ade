/// Columns laid one behind the other in one piece of memory: what is read together shares large pages.
///
/// Bound relied on: a column is written before it is handed out and never again; each lies inside the capacity, which
/// is checked.
public struct JointColumns: ~Copyable {
  private let storage: FrozenStorage
  private let start: UnsafeMutableRawPointer
  private var end = 0

  /// Room for so many bytes, and for ``gap`` more for each column.
  ///
  /// - Parameters:
  ///   - capacity: bytes.
  ///   - usesLargePages: whether the kernel is asked for large pages.
  ///   - memory: shared with other columns; nil, or without large pages: these have their own.
  public init(capacity: Int, usesLargePages: Bool = true, in memory: JointMemory? = nil) {
    if usesLargePages, let memory {
      let (start, piece) = memory.bytes(capacity)
      self.start = start
      storage = FrozenStorage(adopting: UnsafeRawBufferPointer(start: start, count: capacity)) {
        _ in withExtendedLifetime(piece) {}
      }
    } else {
      let start = FrozenStorage.memory(
        byteCount: capacity, alignment: JointColumns.gap, usesLargePages: usesLargePages)
      self.start = start
      storage = FrozenStorage(adopting: UnsafeRawBufferPointer(start: start, count: capacity)) {
        $0.deallocate()
      }
    }
  }

  /// Bytes that a column may cost besides its elements: each begins a line of the cache.
  public static let gap = 64

  /// Copies elements behind the columns before.
  ///
  /// - Returns: the column; it keeps all the memory alive.
  public mutating func add<Element: BitwiseCopyable & Sendable>(_ elements: [Element])
    -> FrozenColumn<Element>
  {
    elements.withUnsafeBufferPointer { add($0) }
  }

  /// Copies another column behind the columns before.
  ///
  /// - Returns: the column; it keeps all the memory alive.
  public mutating func add<Element: BitwiseCopyable & Sendable>(_ column: FrozenColumn<Element>)
    -> FrozenColumn<Element>
  {
    withExtendedLifetime(column) { add(column.pointer) }
  }

  private mutating func add<Element: BitwiseCopyable & Sendable>(
    _ elements: UnsafeBufferPointer<Element>
  ) -> FrozenColumn<Element> {
    let offset = (end + JointColumns.gap - 1) / JointColumns.gap * JointColumns.gap
    let size = elements.count * MemoryLayout<Element>.stride
    precondition(offset + size <= storage.bytes.count, "columns beyond the capacity asked for")
    if let base = elements.baseAddress {
      (start + offset).copyMemory(from: base, byteCount: size)
    }
    end = offset + size
    return FrozenColumn(storage: storage, offset: offset, count: elements.count)
  }
}
