/// Named days on which a calendar or a schedule differs from its week.
public struct DateSet: Hashable, Sendable {
  /// How a day differs.
  public enum Kind: Hashable, Sendable {
    /// A holiday.
    case closed
    /// A make-up working day.
    case open
    /// A working day that closes at this time if that is earlier.
    case half(closes: ClockTime)
  }

  /// One day.
  public struct Day: Hashable, Sendable {
    /// The local date.
    public let date: CivilDate
    /// How it differs.
    public let kind: Kind
    /// For people, such as `Chinese New Year`.
    public let name: String

    /// Makes a day.
    public init(date: CivilDate, kind: Kind, name: String = "") {
      self.date = date
      self.kind = kind
      self.name = name
    }
  }

  /// Id in `calendar_dates.csv`; empty for the set that is always empty.
  public let name: String
  /// The days, ascending, each date once (the first given counts).
  public let days: [Day]

  /// The set with no days.
  public static let none = DateSet(name: "", days: [])

  /// Orders the days; of two for one date the first given is kept.
  public init(name: String, days: [Day]) {
    self.name = name
    let ordered = days.enumerated().sorted {
      ($0.element.date, $0.offset) < ($1.element.date, $1.offset)
    }
    var kept: [Day] = []
    for (_, day) in ordered where kept.last?.date != day.date { kept.append(day) }
    self.days = kept
  }

  /// The entry of a date, if it has one.
  ///
  /// - Complexity: O(log days)
  public func day(_ date: CivilDate) -> Day? {
    var low = 0
    var high = days.count
    while low < high {
      let middle = (low + high) / 2
      if days[middle].date < date { low = middle + 1 } else { high = middle }
    }
    return low < days.count && days[low].date == date ? days[low] : nil
  }

  /// How a date differs, nil when it does not.
  public func kind(of date: CivilDate) -> Kind? { day(date)?.kind }
}
