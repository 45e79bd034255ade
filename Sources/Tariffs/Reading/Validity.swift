public import LogisticsModel

/// The days on which a row applies, both ends included; an open end reaches the end of the calendar.
public struct Validity: Hashable, Sendable {
  /// First day.
  public let from: CivilDate
  /// Last day.
  public let to: CivilDate

  /// Every day there is.
  public static let always = Validity(from: .first, to: .last)

  /// Makes a range of days; one whose end comes first holds no day.
  public init(from: CivilDate, to: CivilDate) {
    self.from = from
    self.to = to
  }

  /// Whether the day is in the range.
  @inlinable public func contains(_ date: CivilDate) -> Bool { from <= date && date <= to }

  /// Whether every day of another range is in this one.
  func covers(_ other: Validity) -> Bool {
    other.from > other.to || from <= other.from && other.to <= to
  }

  /// The days in both ranges, or nil.
  public func intersection(_ other: Validity) -> Validity? {
    let both = Validity(from: max(from, other.from), to: min(to, other.to))
    return both.from <= both.to ? both : nil
  }
}
