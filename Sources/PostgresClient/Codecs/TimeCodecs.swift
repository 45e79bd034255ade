/// A moment, as `timestamptz` holds it: microseconds, without a zone.
public struct Timestamp: PostgresArrayElement, Hashable, Comparable, Sendable {
  /// Microseconds since 2000-01-01 00:00 UTC; the two ends of the range are `-infinity` and `infinity`.
  public let microseconds: Int64

  /// A moment by the server's own count.
  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// 1970-01-01 to 2000-01-01: 10,957 days.
  private static let epoch: Int64 = 10_957 * 86_400 * 1_000_000

  /// A moment by microseconds since 1970-01-01 00:00 UTC; nil where the server has no such time.
  public init?(unixMicroseconds: Int64) {
    let (value, overflow) = unixMicroseconds.subtractingReportingOverflow(Self.epoch)
    guard !overflow, value > .min, value < .max else { return nil }
    microseconds = value
  }

  /// Microseconds since 1970-01-01 00:00 UTC; nil for the infinities and beyond the range.
  public var unixMicroseconds: Int64? {
    guard isFinite else { return nil }
    let (value, overflow) = microseconds.addingReportingOverflow(Self.epoch)
    return overflow ? nil : value
  }

  /// Later than every moment.
  public static let infinity = Timestamp(microseconds: .max)
  /// Earlier than every moment.
  public static let negativeInfinity = Timestamp(microseconds: .min)

  /// Whether this is a moment at all.
  public var isFinite: Bool { microseconds != .max && microseconds != .min }

  /// The earlier first.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  /// `timestamptz`.
  public static var postgresType: PostgresType { .timestamptz }
  /// `timestamptz[]`.
  public static var postgresArrayType: PostgresType { .timestamptzArray }
  /// Only `timestamptz`: a `timestamp` without zone is no moment.
  public static func accepts(_ type: PostgresType) -> Bool { type == .timestamptz }
  /// Eight bytes.
  public func encode(into buffer: inout WireBuffer) { buffer.append(microseconds) }
  /// Eight bytes.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    microseconds = try bytes.wholeInteger(Int64.self)
  }
}

/// A civil date, as `date` holds it.
public struct CalendarDay: PostgresArrayElement, Hashable, Comparable, Sendable {
  /// Days since 2000-01-01; the two ends of the range are `-infinity` and `infinity`.
  public let days: Int32

  /// A date by the server's own count.
  public init(days: Int32) { self.days = days }

  /// A date by days since 1970-01-01; nil where the server has no such date.
  public init?(unixDays: Int) {
    guard let days = Int32(exactly: unixDays - 10_957), days != .min, days != .max else {
      return nil
    }
    self.days = days
  }

  /// Days since 1970-01-01; nil for the infinities.
  public var unixDays: Int? { isFinite ? Int(days) + 10_957 : nil }

  /// Later than every date.
  public static let infinity = CalendarDay(days: .max)
  /// Earlier than every date.
  public static let negativeInfinity = CalendarDay(days: .min)

  /// Whether this is a date at all.
  public var isFinite: Bool { days != .max && days != .min }

  /// The earlier first.
  public static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.days < right.days }

  /// `date`.
  public static var postgresType: PostgresType { .date }
  /// `date[]`.
  public static var postgresArrayType: PostgresType { .dateArray }
  /// Only `date`.
  public static func accepts(_ type: PostgresType) -> Bool { type == .date }
  /// Four bytes.
  public func encode(into buffer: inout WireBuffer) { buffer.append(days) }
  /// Four bytes.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    days = try bytes.wholeInteger(Int32.self)
  }
}

/// A span of time, as `interval` holds it: months, days and microseconds stay apart, since neither is a number of the next.
public struct Interval: PostgresArrayElement, Hashable, Sendable {
  /// Whole months.
  public let months: Int32
  /// Whole days.
  public let days: Int32
  /// Microseconds.
  public let microseconds: Int64

  /// A span by its three parts.
  public init(months: Int32 = 0, days: Int32 = 0, microseconds: Int64 = 0) {
    self.months = months
    self.days = days
    self.microseconds = microseconds
  }

  /// `interval`.
  public static var postgresType: PostgresType { .interval }
  /// `interval[]`.
  public static var postgresArrayType: PostgresType { .intervalArray }
  /// Only `interval`.
  public static func accepts(_ type: PostgresType) -> Bool { type == .interval }
  /// Sixteen bytes: microseconds, days, months.
  public func encode(into buffer: inout WireBuffer) {
    buffer.append(microseconds)
    buffer.append(days)
    buffer.append(months)
  }
  /// Sixteen bytes: microseconds, days, months.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    guard bytes.byteCount == 16 else { throw .badLength(expected: 16, found: bytes.byteCount) }
    microseconds = try bytes.integer(at: 0, as: Int64.self)
    days = try bytes.integer(at: 8, as: Int32.self)
    months = try bytes.integer(at: 12, as: Int32.self)
  }
}

/// The id of a transaction, as `xid8` holds it: it never wraps around.
public struct TransactionID: PostgresArrayElement, Hashable, Comparable, Sendable {
  /// The number.
  public let number: UInt64

  /// An id by its number.
  public init(number: UInt64) { self.number = number }

  /// The older first.
  public static func < (left: TransactionID, right: TransactionID) -> Bool {
    left.number < right.number
  }

  /// `xid8`.
  public static var postgresType: PostgresType { .xid8 }
  /// `xid8[]`.
  public static var postgresArrayType: PostgresType { .xid8Array }
  /// Only `xid8`.
  public static func accepts(_ type: PostgresType) -> Bool { type == .xid8 }
  /// Eight bytes.
  public func encode(into buffer: inout WireBuffer) { buffer.append(number) }
  /// Eight bytes.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    number = try bytes.wholeInteger(UInt64.self)
  }
}
