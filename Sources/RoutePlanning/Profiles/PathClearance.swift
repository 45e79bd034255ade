import LogisticsModel
import Tariffs

/// When and where the goods of a path clear customs, if they are bound for the territory it ends in: eight bytes.
///
/// Byte 0 is the position of the leg that clears; bytes 1 and 2 the country of entry, the channel (bit 10) and the kind
/// (bits 14 and 15); byte 3 the first day on which the goods can be cleared, bytes 4 to 7 those by which they are cleared at
/// each stored level. Days count from the day before the segment's.
struct PathClearance: BitwiseCopyable, Hashable, Sendable {
  enum Kind: UInt8 {
    /// The slow path is to be asked: the path is not taken from this row, or its days do not fit.
    case unknown
    /// No border of customs is crossed.
    case free
    case known
  }

  let bits: UInt64

  /// Of a path that is not taken.
  static let unknown = PathClearance(bits: 0)
  /// Of a path that crosses no border.
  static let free = PathClearance(bits: UInt64(Kind.free.rawValue) << 22)

  @inline(__always)
  init(bits: UInt64) { self.bits = bits }

  /// A clearance; unknown where a number does not fit.
  ///
  /// `days` are the earliest, then those at each level, since the segment's day.
  init(step: Int, entry: Int32, channel: ImportChannel, days: [Int]) {
    guard let step = UInt8(exactly: step), (0..<Int32(CountrySet.pairCount)).contains(entry),
      days.count == 1 + StoredLevels.q1024.count,
      days.allSatisfy({ UInt8(exactly: $0 + 1) != nil })
    else {
      self = .unknown
      return
    }
    var bits = UInt64(step) | UInt64(entry) << 8 | UInt64(Kind.known.rawValue) << 22
    if channel == .courier { bits |= 1 << 18 }
    for (position, day) in days.enumerated() {
      bits |= UInt64(day + 1) << UInt64(24 + 8 * position)
    }
    self.bits = bits
  }

  @inline(__always)
  var kind: Kind? { Kind(rawValue: UInt8(truncatingIfNeeded: bits >> 22 & 3)) }
  @inline(__always)
  var step: Int { Int(bits & 0xFF) }
  @inline(__always)
  var entry: Int32 { Int32(truncatingIfNeeded: bits >> 8 & 0x3FF) }
  @inline(__always)
  var channel: ImportChannel { bits >> 18 & 1 == 1 ? .courier : .postal }

  /// Days since the segment's on which the goods may clear, at a stored level.
  @inline(__always)
  func days(level: Int) -> ClosedRange<Int32> {
    let first = Int32(truncatingIfNeeded: bits >> 24 & 0xFF) - 1
    let last = Int32(truncatingIfNeeded: bits >> UInt64(32 + 8 * level) & 0xFF) - 1
    return first...last
  }

  /// Whether it says something that can be followed, on a path of so many legs.
  func isSound(legCount: Int) -> Bool {
    switch kind {
    case nil: return false
    case .unknown: return bits == 0
    case .free: return self == .free
    case .known:
      let first = bits >> 24 & 0xFF
      return step < legCount && entry < Int32(CountrySet.pairCount)
        && StoredLevels.q1024.indices.allSatisfy { bits >> UInt64(32 + 8 * $0) & 0xFF >= first }
    }
  }
}
