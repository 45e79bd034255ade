/// Columns laid one behind the other in one piece of memory: what is read together shares large pages.
///
/// Bound relied on: a column is written before it is handed out and never again; each lies inside the capacity, which
/// is checked.
public struct JointColumns: ~Copyable {
  private let storage: FrozenStorage
  private let memory: UnsafeMutableRawPointer
  private var end = 0

  /// Room for so many bytes, and for ``gap`` more for each column.
  ///
  /// - Parameters:
  ///   - capacity: bytes.
  ///   - usesLargePages: whether the kernel is asked for large pages.
  public init(capacity: Int, usesLargePages: Bool = true) {
    memory = FrozenStorage.memory(
      byteCount: capacity, alignment: JointColumns.gap, usesLargePages: usesLargePages)
    storage = FrozenStorage(adopting: UnsafeRawBufferPointer(start: memory, count: capacity)) {
      $0.deallocate()
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
    let start = (end + JointColumns.gap - 1) / JointColumns.gap * JointColumns.gap
    let size = elements.count * MemoryLayout<Element>.stride
    precondition(start + size <= storage.bytes.count, "columns beyond the capacity asked for")
    elements.withUnsafeBytes {
      if let base = $0.baseAddress { (memory + start).copyMemory(from: base, byteCount: size) }
    }
    end = start + size
    return FrozenColumn(storage: storage, offset: start, count: elements.count)
  }
}
