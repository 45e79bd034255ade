public import LogisticsModel

/// The days a timetable is written out for: local dates and UTC minutes alike begin at `first` 00:00 UTC.
public struct TimetableWindow: Hashable, Sendable {
  /// First day.
  public let first: CivilDate
  /// Number of days.
  public let days: Int

  /// Days written out unless somebody asks for another number: ready times of 8 days and travel of 9 weeks
  /// fit with months to spare.
  public static let usualDays = 154
  /// Greatest number of days: minutes from the start fit 32 bits with room for every delay.
  public static let greatestDays = 1100

  /// Makes a window of 1 to ``greatestDays`` days.
  public init(first: CivilDate, days: Int = TimetableWindow.usualDays) {
    self.first = first
    self.days = Swift.min(Swift.max(days, 1), TimetableWindow.greatestDays)
  }

  /// The usual window at a moment: from 7 days before the Monday of that week (in UTC).
  ///
  /// So it moves once a week, and a snapshot stays fresh for that long.
  public init(around now: Instant, days: Int = TimetableWindow.usualDays) {
    self.init(first: LocalTime(minutes: now.minutes).date.monday.adding(days: -7), days: days)
  }

  /// First minute, since the epoch.
  public var start: Int64 { Int64(first.days) * 1440 }
  /// First minute after the window, since the epoch.
  public var end: Int64 { start + Int64(days) * 1440 }
  /// The minutes covered.
  public var minutes: Range<Int64> { start..<end }
  /// The local dates that may have a minute inside, whatever the zone.
  public var localDates: ClosedRange<CivilDate> {
    first.adding(days: -2)...first.adding(days: days + 1)
  }
}

/// One weekly rule of a schedule.
public struct DepartureRule: Hashable, Sendable {
  /// Weekdays it runs on.
  public let days: WeekdaySet
  /// Local clock time.
  public let departs: ClockTime
  /// Minutes under way; nil: the leg's own.
  public let duration: Int32?
  /// Delay law; nil: the leg's own.
  public let law: LawID?
  /// Days on which it does not run, or runs though its weekday does not.
  public let dates: DateSet
  /// First local date it holds for; nil: since ever.
  public let validFrom: CivilDate?
  /// Last local date it holds for; nil: for ever.
  public let validTo: CivilDate?

  /// Makes a rule.
  public init(
    days: WeekdaySet, departs: ClockTime, duration: Int32? = nil, law: LawID? = nil,
    dates: DateSet = .none, validFrom: CivilDate? = nil, validTo: CivilDate? = nil
  ) {
    self.days = days
    self.departs = departs
    self.duration = duration
    self.law = law
    self.dates = dates
    self.validFrom = validFrom
    self.validTo = validTo
  }

  /// Whether the date lies in the range of validity.
  public func isValid(on date: CivilDate) -> Bool {
    (validFrom.map { $0 <= date } ?? true) && (validTo.map { date <= $0 } ?? true)
  }
}

/// When a scheduled leg departs: weekly rules, read in the zone of the leg's tail.
public struct Schedule: Hashable, Sendable {
  /// Id in `departures.csv`.
  public let name: String
  /// The rules, in file order.
  public let rules: [DepartureRule]

  /// Makes a schedule.
  public init(name: String, rules: [DepartureRule]) {
    self.name = name
    self.rules = rules
  }

  /// The rules that run on a local date.
  ///
  /// A rule does not run on a closed day of its date set. On an open day (a make-up working day) the rules
  /// with that date set run as on the first weekday, Monday first, on which any of them, valid that day, runs.
  /// A half day changes nothing.
  public func rules(on date: CivilDate) -> [DepartureRule] {
    let weekday = date.weekday
    return rules.filter { rule in
      guard rule.isValid(on: date) else { return false }
      switch rule.dates.kind(of: date) {
      case .closed: return false
      case .open:
        let together = rules.filter { $0.dates.name == rule.dates.name && $0.isValid(on: date) }
        let all = together.reduce(WeekdaySet(bits: 0)) { $0.union($1.days) }
        return all.first.map(rule.days.contains) ?? false
      case .half, nil: return rule.days.contains(weekday)
      }
    }
  }

  /// The instant of a departure: a clock time that the clock jumps over departs at the first minute after,
  /// one that comes twice the first time.
  public static func instant(of clock: ClockTime, on date: CivilDate, in zone: ZoneTable) -> Instant
  {
    zone.instants(of: LocalTime(date, clock)).earliest
  }
}
