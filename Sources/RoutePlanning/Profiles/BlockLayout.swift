/// How blocks lie in memory and in a file: little-endian, every part at a multiple of its element's size.
///
/// A *segment* holds the blocks of one origin for the ready minutes of one day. Its sections:
///
///     rows          Int64 pairs: first and last ready minute of each row, ascending
///     index         UInt32 by destination class: offset of its block in units of 8 bytes; `absent`: none
///     blocks        the blocks, each at a multiple of 8
///     path-starts   UInt32: first element of each path's legs, one more than there are paths
///     path-legs     Int32: legs from the origin to the tail of the last leg
///     path-co2      Int64: milligrams per gram over those legs
///     clearances    UInt64, path after path, by row: when and where the path clears customs (``PathClearance``)
///
/// A block begins with its numbers (``Header``), then the offset of each row (UInt32, from the block's start), the
/// charge classes its candidates meet (UInt16; the first stands for "no charge"), and the signatures: `stride` slots
/// each, a slot being a position among the classes in one or two bytes. A row of n candidates is
///
///     n, flags      UInt16, UInt16 (bit 0: open, so that the last part stands there)
///     path          UInt16 x n
///     signature     UInt16 x n
///     promise       UInt16 x n for each stored level: low bits of the minutes since the segment's start
///     lastLeg       UInt8 x n
///     high          UInt8 x n: two more bits of each promise, the first level in the lowest
///     from          UInt16 x n, at an even place: minutes of the segment before which a candidate is boarded too late
enum BlockLayout {
  /// Raised whenever a section changes its meaning, or the code that fills it does.
  static let version: UInt64 = 2
  static let absent = UInt32.max
  static let headerSize = 8
  static let rowHeaderSize = 4
  /// Minutes from a segment's start that a promise can hold.
  static let greatestPromise: Int32 = 1 << 18 - 1
  static let greatestPaths = 1 << 16 - 1
  /// Milligrams per gram of a path: times the weight of any parcel it stays far from overflow.
  static let greatestEmission: Int64 = 1 << 40
  static let isOpen: UInt16 = 1

  static let rows = "rows"
  static let index = "index"
  static let blocks = "blocks"
  static let pathStarts = "path-starts"
  static let pathLegs = "path-legs"
  static let pathEmissions = "path-co2"
  static let clearances = "clearances"
}

/// The numbers a block begins with.
struct BlockHeader: BitwiseCopyable {
  var classCount: UInt16
  var signatureCount: UInt16
  var stride: UInt8
  var slotWidth: UInt8
  var rowCount: UInt8
  var spare: UInt8 = 0
}

/// Bytes being laid out.
struct BlockBytes {
  private(set) var bytes: [UInt8] = []

  var count: Int { bytes.count }

  mutating func append<Element: FixedWidthInteger>(_ value: Element) {
    var rest = value.littleEndian
    for _ in 0..<MemoryLayout<Element>.size {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest = MemoryLayout<Element>.size == 1 ? 0 : rest >> 8
    }
  }

  mutating func align(_ size: Int) {
    while bytes.count % size != 0 { bytes.append(0) }
  }

  mutating func set(_ value: UInt32, at place: Int) {
    for byte in 0..<4 { bytes[place + byte] = UInt8(truncatingIfNeeded: value >> UInt32(8 * byte)) }
  }
}
