/// A moment in whole minutes since 1970-01-01T00:00Z: the only time the planner knows.
///
/// Seconds do not exist inside the planner; a boundary that reads seconds rounds up (a parcel is not ready
/// before it is ready). Leap seconds are not counted, as in POSIX time.
public struct Instant: Hashable, Comparable, Sendable {
  /// Minutes since the epoch; negative before 1970.
  public let minutes: Int64

  /// Wraps a number of minutes since the epoch.
  @inlinable public init(minutes: Int64) { self.minutes = minutes }

  /// Orders by time.
  @inlinable public static func < (left: Instant, right: Instant) -> Bool {
    left.minutes < right.minutes
  }

  /// The instant that many minutes later.
  @inlinable public func advanced(byMinutes count: Int64) -> Instant {
    Instant(minutes: minutes + count)
  }

  /// Minutes from `other` to this instant.
  @inlinable public func minutes(since other: Instant) -> Int64 { minutes - other.minutes }
}
