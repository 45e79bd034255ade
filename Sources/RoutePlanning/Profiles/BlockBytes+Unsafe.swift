/// Blocks being laid out (``BlockLayout``).
///
/// Bound relied on: the bytes of a number are read while it is on the stack.
struct BlockBytes {
  private(set) var bytes: [UInt8] = []

  var count: Int { bytes.count }

  @inline(__always)
  mutating func append<Element: FixedWidthInteger & BitwiseCopyable>(_ value: Element) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func align(_ size: Int) {
    while bytes.count % size != 0 { bytes.append(0) }
  }

  mutating func set(_ value: UInt32, at place: Int) {
    for byte in 0..<4 { bytes[place + byte] = UInt8(truncatingIfNeeded: value >> UInt32(8 * byte)) }
  }

  /// Forgets what was laid out behind a place.
  mutating func removeAll(from place: Int) { bytes.removeSubrange(place...) }

  /// Begins a block of so many rows; returns where it starts.
  mutating func beginBlock(rows: Int) -> Int {
    align(8)
    let start = bytes.count
    for _ in 0..<rows { append(UInt32(0)) }
    return start
  }

  /// Begins a row of a block: everything up to its candidates.
  mutating func beginRow(
    _ position: Int, ofBlockAt start: Int, candidates count: Int, isOpen: Bool,
    lists: Shortlisting.Lists?
  ) {
    align(2)
    set(UInt32(bytes.count - start), at: start + 4 * position)
    append(UInt16(count))
    append((isOpen ? BlockLayout.isOpen : 0) | (lists == nil ? 0 : BlockLayout.hasLists))
    append(UInt8(lists.map { $0.bits.count / $0.words } ?? 0))
    guard let lists else { return }
    bytes += lists.ofCell
    for first in stride(from: 0, to: lists.bits.count, by: lists.words) {
      for byte in 0..<(count + 7) / 8 {
        bytes.append(
          UInt8(truncatingIfNeeded: lists.bits[first + byte / 8] >> UInt64(8 * (byte % 8))))
      }
    }
    align(2)
  }

  /// Appends a candidate: a path with its signature, and what stands behind them.
  @inline(__always)
  mutating func append(
    path: UInt16, signature: UInt16, lastLeg: UInt8, promises: SIMD4<Int32>
  ) {
    var high: UInt16 = 0
    for level in 0..<4 {
      high |= UInt16(truncatingIfNeeded: promises[level] &>> 16) &<< UInt16(2 &* level)
    }
    append(UInt32(path) | UInt32(signature) &<< 16)
    append(UInt16(lastLeg) | high &<< 8)
    append(SIMD4<UInt16>(truncatingIfNeeded: promises))
  }

  @inline(__always)
  private mutating func append(_ lanes: SIMD4<UInt16>) {
    var word: UInt64 = 0
    for lane in 0..<4 { word |= UInt64(lanes[lane]) &<< UInt64(16 &* lane) }
    append(word)
  }
}

extension BlockBytes {
  /// Appends a stored candidate under other numbers of its path and signature.
  @inline(__always)
  mutating func append(_ candidate: CandidateView, path: UInt16, signature: UInt16) {
    append(UInt32(path) | UInt32(signature) &<< 16)
    append(candidate.start.load(fromByteOffset: 4, as: UInt16.self))
    append(candidate.start.loadUnaligned(fromByteOffset: 6, as: UInt64.self))
  }
}
