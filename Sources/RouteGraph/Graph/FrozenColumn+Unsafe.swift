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

/// An immutable array that may live in ordinary memory or inside a mapped snapshot file.
///
/// Readers never know which. Elements are trivial (no references), so a column can be mapped as it lies.
/// Bound relied on: `base` points into the memory of `storage`, which this column keeps alive, and which nobody changes.
public struct FrozenColumn<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  let storage: FrozenStorage
  /// The first element, kept beside its owner: the search reads columns leg by leg, and every step saved counts.
  @usableFromInline let base: UnsafePointer<Element>?
  /// Number of elements.
  public let count: Int

  init(storage: FrozenStorage, offset: Int, count: Int) {
    self.storage = storage
    self.count = count
    base =
      count > 0
      ? storage.bytes.baseAddress.map { ($0 + offset).assumingMemoryBound(to: Element.self) } : nil
  }

  /// Copies an array into a column of its own.
  public init(_ elements: [Element]) {
    self.init(storage: FrozenStorage(copying: elements), offset: 0, count: elements.count)
  }

  /// Whether there is no element.
  public var isEmpty: Bool { count == 0 }

  /// The positions of the elements.
  public var indices: Range<Int> { 0..<count }

  /// The elements, for the hot path.
  ///
  /// Bound relied on: valid while this column, or any copy of it, is alive.
  @inlinable
  public var pointer: UnsafeBufferPointer<Element> {
    base.map { UnsafeBufferPointer(start: $0, count: count) } ?? .init(start: nil, count: 0)
  }

  /// One element; traps outside 0..<count.
  @inlinable @inline(__always)
  public subscript(position: Int) -> Element {
    guard let base, position >= 0, position < count else {
      preconditionFailure("position outside the column")
    }
    return base[position]
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
