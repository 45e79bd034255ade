/// An immutable array that may live in ordinary memory or inside a mapped snapshot file.
///
/// Readers never know which. Elements are trivial (no references), so a column can be mapped as it lies.
public struct FrozenColumn<Element: BitwiseCopyable & Sendable>: Sendable {
  let storage: FrozenStorage
  let offset: Int
  /// Number of elements.
  public let count: Int

  init(storage: FrozenStorage, offset: Int, count: Int) {
    self.storage = storage
    self.offset = offset
    self.count = count
  }

  /// Copies an array into a column of its own.
  public init(_ elements: [Element]) {
    self.init(storage: FrozenStorage(copying: elements), offset: 0, count: elements.count)
  }

  /// Whether there is no element.
  public var isEmpty: Bool { count == 0 }

  /// The positions of the elements.
  public var indices: Range<Int> { 0..<count }
}
