/// An immutable list of byte strings: one blob, and where each starts, so that it can be mapped.
struct BytesColumn: Sendable {
  /// The bytes of all elements, one after the other.
  let blob: FrozenColumn<UInt8>
  /// Element i is `blob[starts[i] ..< starts[i + 1]]`; one element more than there are byte strings.
  let starts: FrozenColumn<Int32>

  /// Number of byte strings.
  var count: Int { starts.count - 1 }

  /// Adopts columns; nil unless starts ascend from 0 to the blob's length.
  init?(blob: FrozenColumn<UInt8>, starts: FrozenColumn<Int32>) {
    let pointer = starts.pointer
    guard let first = pointer.first, first == 0, let last = pointer.last, Int(last) == blob.count
    else { return nil }
    for position in 1..<pointer.count where pointer[position] < pointer[position - 1] { return nil }
    self.blob = blob
    self.starts = starts
  }

  /// Copies byte strings.
  init(_ elements: some Sequence<[UInt8]>) {
    var bytes: [UInt8] = []
    var starts: [Int32] = [0]
    for element in elements {
      bytes += element
      starts.append(Int32(bytes.count))
    }
    blob = FrozenColumn(bytes)
    self.starts = FrozenColumn(starts)
  }

  /// One byte string.
  ///
  /// Bound: valid while this column, or any copy of it, is alive.
  func bytes(_ position: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(starts[position])
    return UnsafeBufferPointer(rebasing: blob.pointer[start..<Int(starts[position + 1])])
  }
}

/// An immutable list of texts in UTF-8, which can be mapped.
///
/// A `String` is made only when one is asked for; look-ups compare bytes.
public struct TextColumn: Sendable {
  let elements: BytesColumn

  /// Number of texts.
  public var count: Int { elements.count }

  init(_ elements: BytesColumn) { self.elements = elements }

  /// Copies texts.
  public init(_ texts: some Sequence<String>) {
    elements = BytesColumn(texts.lazy.map { Array($0.utf8) })
  }

  /// One text; traps outside 0..<count.
  public subscript(position: Int) -> String { String(decoding: bytes(position), as: UTF8.self) }

  /// The bytes of one text.
  ///
  /// Bound: valid while this column, or any copy of it, is alive.
  func bytes(_ position: Int) -> UnsafeBufferPointer<UInt8> { elements.bytes(position) }

  /// Positions 0..<count in the order of their texts' bytes.
  func ascendingOrder() -> [Int32] {
    (0..<Int32(count)).sorted {
      TextColumn.precedes(bytes(Int($0)), bytes(Int($1)))
    }
  }

  /// First place in `order` (ascending) whose text is not below `text`.
  ///
  /// - Complexity: O(log count)
  func lowerBound(of text: some Collection<UInt8>, in order: FrozenColumn<Int32>?) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let position = order.map { Int($0[middle]) } ?? middle
      if bytes(position).lexicographicallyPrecedes(text) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Position of a text, given the ascending order of all; nil when it is not there.
  func position(of text: String, in order: FrozenColumn<Int32>) -> Int? {
    let place = lowerBound(of: text.utf8, in: order)
    guard place < count else { return nil }
    let position = Int(order[place])
    return bytes(position).elementsEqual(text.utf8) ? position : nil
  }

  private static func precedes(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    left.lexicographicallyPrecedes(right)
  }
}
