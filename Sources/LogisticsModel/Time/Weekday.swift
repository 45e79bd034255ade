/// A day of the week, Monday first, as ISO 8601 counts.
public enum Weekday: Int, CaseIterable, Sendable, Comparable {
  /// Monday, number 0 here.
  case monday = 0
  /// Tuesday.
  case tuesday = 1
  /// Wednesday.
  case wednesday = 2
  /// Thursday.
  case thursday = 3
  /// Friday.
  case friday = 4
  /// Saturday.
  case saturday = 5
  /// Sunday, number 6 here.
  case sunday = 6

  /// The three letters printed before a date.
  public var abbreviation: String {
    switch self {
    case .monday: "Mon"
    case .tuesday: "Tue"
    case .wednesday: "Wed"
    case .thursday: "Thu"
    case .friday: "Fri"
    case .saturday: "Sat"
    case .sunday: "Sun"
    }
  }

  /// Orders Monday before Sunday.
  public static func < (left: Weekday, right: Weekday) -> Bool { left.rawValue < right.rawValue }
}

/// A set of weekdays, written as seven characters Monday first: `1111100` is Monday to Friday.
public struct WeekdaySet: Hashable, Sendable, CustomStringConvertible {
  /// One bit per weekday, bit 0 = Monday.
  public let bits: UInt8

  /// Wraps bits; bits above Sunday's are dropped.
  @inlinable public init(bits: UInt8) { self.bits = bits & 0x7F }

  /// The set of the weekdays given.
  public init(_ days: some Sequence<Weekday>) {
    self.init(bits: days.reduce(0) { $0 | (1 << UInt8($1.rawValue)) })
  }

  /// Reads seven characters `0` or `1`, Monday first; nil for anything else.
  public init?(mask: some StringProtocol) {
    guard mask.utf8.count == 7 else { return nil }
    var bits: UInt8 = 0
    for (position, byte) in mask.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "1"): bits |= 1 << UInt8(position)
      case UInt8(ascii: "0"): break
      default: return nil
      }
    }
    self.init(bits: bits)
  }

  /// Whether the day is in the set.
  @inlinable public func contains(_ day: Weekday) -> Bool {
    bits >> UInt8(day.rawValue) & 1 == 1
  }

  /// Whether no day is in the set.
  public var isEmpty: Bool { bits == 0 }

  /// The first day of the set, Monday first.
  public var first: Weekday? { Weekday.allCases.first(where: contains) }

  /// The days of both sets.
  public func union(_ other: WeekdaySet) -> WeekdaySet { WeekdaySet(bits: bits | other.bits) }

  /// Seven characters, Monday first.
  public var description: String {
    Weekday.allCases.map { contains($0) ? "1" : "0" }.joined()
  }
}
