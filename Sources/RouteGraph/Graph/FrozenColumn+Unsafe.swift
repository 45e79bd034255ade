import Glibc

/// Owner of the memory a column points into; freed or unmapped when the last column is gone.
///
/// Bound relied on: `bytes` stays valid and unchanged for the life of the object.
final class FrozenStorage: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer
  /// Bytes of a huge page on x86-64.
  private static let hugePage = 2 << 20
  private let release: @Sendable (UnsafeRawBufferPointer) -> Void

  /// Adopts memory; `release` is called once, at the end.
  init(
    adopting bytes: UnsafeRawBufferPointer,
    release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) {
    self.bytes = bytes
    self.release = release
  }

  convenience init<Element: BitwiseCopyable>(copying elements: [Element]) {
    let size = elements.count * MemoryLayout<Element>.stride
    let memory = UnsafeMutableRawBufferPointer(
      start: FrozenStorage.memory(
        byteCount: size, alignment: Swift.max(MemoryLayout<Element>.alignment, 16)),
      count: Swift.max(size, 1))
    elements.withUnsafeBytes { memory.copyMemory(from: $0) }
    self.init(adopting: UnsafeRawBufferPointer(rebasing: memory[0..<size])) { $0.deallocate() }
  }

  deinit { release(bytes) }

  /// Memory to be filled and adopted; without large pages it is only slower to read.
  static func memory(
    byteCount: Int, alignment: Int, usesLargePages: Bool = true
  ) -> UnsafeMutableRawPointer {
    let isLarge = usesLargePages && byteCount >= hugePage / 2
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: Swift.max(byteCount, 1), alignment: isLarge ? hugePage : alignment)
    // Scattered reads of large columns would miss the translation cache with small pages; refusal does no harm.
    if isLarge { madvise(memory, byteCount, MADV_HUGEPAGE) }
    return memory
  }
}

extension FrozenColumn {
  /// The elements, for the hot path.
  ///
  /// Bound relied on: valid while this column, or any copy of it, is alive.
  public var pointer: UnsafeBufferPointer<Element> {
    guard count > 0, let base = storage.bytes.baseAddress else {
      return .init(start: nil, count: 0)
    }
    return UnsafeBufferPointer(
      start: (base + offset).assumingMemoryBound(to: Element.self), count: count)
  }

  /// One element; traps outside 0..<count.
  @inline(__always)
  public subscript(position: Int) -> Element {
    precondition(position >= 0 && position < count, "position outside the column")
    return pointer[position]
  }
}

extension FrozenColumn {
  /// A copy of a column with more elements behind, changed in place before it freezes.
  ///
  /// One allocation and one copy, whatever the column points into (a mapped file is read, never written).
  /// - Complexity: O(count)
  init(
    copying column: FrozenColumn, appending more: [Element] = [],
    changing: (UnsafeMutableBufferPointer<Element>) -> Void = { _ in }
  ) {
    let count = column.count + more.count
    let stride = MemoryLayout<Element>.stride
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Swift.max(count * stride, 1),
      alignment: Swift.max(MemoryLayout<Element>.alignment, 16))
    UnsafeMutableRawBufferPointer(rebasing: memory[0..<column.count * stride])
      .copyMemory(from: UnsafeRawBufferPointer(column.pointer))
    more.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(rebasing: memory[column.count * stride..<count * stride])
        .copyMemory(from: $0)
    }
    if count > 0 { changing(memory.bindMemory(to: Element.self)) }
    let whole = UnsafeRawBufferPointer(rebasing: memory[0..<count * stride])
    self.init(
      storage: FrozenStorage(adopting: whole) { $0.deallocate() }, offset: 0, count: count)
  }
}
