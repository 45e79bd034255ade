/// A half-open stretch of the clock, [opens, closes).
public struct ClockWindow: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// First minute inside.
  public let opens: ClockTime
  /// First minute outside.
  public let closes: ClockTime

  /// Makes a window; nil unless it opens before it closes.
  public init?(opens: ClockTime, closes: ClockTime) {
    guard opens < closes else { return nil }
    self.opens = opens
    self.closes = closes
  }

  /// Minutes inside.
  public var length: Int32 { closes.minutes - opens.minutes }

  /// Orders by opening, then closing.
  public static func < (left: ClockWindow, right: ClockWindow) -> Bool {
    (left.opens, left.closes) < (right.opens, right.closes)
  }

  /// `08:00-17:00`.
  public var description: String { "\(opens)-\(closes)" }
}

/// A stretch of open time, [opens, closes).
public struct OpenWindow: Hashable, Sendable {
  /// First open minute.
  public let opens: Instant
  /// First closed minute.
  public let closes: Instant

  /// Makes a window.
  public init(opens: Instant, closes: Instant) {
    self.opens = opens
    self.closes = closes
  }
}

/// When something is open: weekly hours, and days that differ from the week (a ``DateSet``).
///
/// - A closed day has no hours. An open day (a make-up working day) has the hours of the first weekday,
///   Monday first, that has any. A half day keeps its weekday's hours up to its own closing time; on a day
///   off it stays a day off.
/// - Windows that touch or overlap are one window.
public struct WorkingCalendar: Hashable, Sendable {
  /// Id in `calendars.csv`.
  public let name: String
  /// Hours by weekday, Monday first: seven lists, each ascending and without overlap.
  public let week: [[ClockWindow]]
  /// Days that differ from the week.
  public let dates: DateSet

  /// Makes a calendar from rows of windows; overlapping ones are merged.
  public init(name: String, rows: [(days: WeekdaySet, window: ClockWindow)], dates: DateSet = .none)
  {
    self.name = name
    self.dates = dates
    week = Weekday.allCases.map { day in
      WorkingCalendar.merged(rows.filter { $0.days.contains(day) }.map(\.window))
    }
  }

  /// Round the clock on every day.
  public static let always: WorkingCalendar = {
    let rows = ClockWindow(opens: .midnight, closes: .endOfDay).map {
      [(days: WeekdaySet(Weekday.allCases), window: $0)]
    }
    return WorkingCalendar(name: "always", rows: rows ?? [])
  }()

  private static func merged(_ windows: [ClockWindow]) -> [ClockWindow] {
    var result: [ClockWindow] = []
    for window in windows.sorted() {
      if let last = result.last, window.opens <= last.closes,
        let joined = ClockWindow(opens: last.opens, closes: Swift.max(last.closes, window.closes))
      {
        result[result.count - 1] = joined
      } else {
        result.append(window)
      }
    }
    return result
  }

  /// The weekdays with hours.
  public var workingWeekdays: WeekdaySet {
    WeekdaySet(Weekday.allCases.filter { !week[$0.rawValue].isEmpty })
  }

  /// The hours of one local date, ascending.
  public func windows(on date: CivilDate) -> [ClockWindow] {
    switch dates.kind(of: date) {
    case nil: return week[date.weekday.rawValue]
    case .closed: return []
    case .open: return week.first { !$0.isEmpty } ?? []
    case .half(let closes):
      return week[date.weekday.rawValue].compactMap {
        ClockWindow(opens: $0.opens, closes: Swift.min($0.closes, closes))
      }
    }
  }

  /// Whether the date has any hours.
  public func isWorkingDay(_ date: CivilDate) -> Bool { !windows(on: date).isEmpty }

  /// Working days after `start` up to and including `end`: from a Friday to the next Monday is one.
  ///
  /// - Complexity: O(days)
  public func workingDays(after start: CivilDate, through end: CivilDate) -> Int {
    guard start < end else { return 0 }
    return (1...end.days(since: start)).count { isWorkingDay(start.adding(days: $0)) }
  }

  /// The open time of the local dates given, in a zone, ascending; windows that touch are joined.
  ///
  /// Where the clock changes: a boundary that the clock jumps over moves to the first minute after the jump;
  /// a time shown twice opens the first time and closes the second. So a night that is an hour longer is
  /// open for an hour more, and round the clock never has a hole.
  public func openWindows(_ days: ClosedRange<CivilDate>, in zone: ZoneTable) -> [OpenWindow] {
    var result: [OpenWindow] = []
    for offset in 0...days.upperBound.days(since: days.lowerBound) {
      let date = days.lowerBound.adding(days: offset)
      for window in windows(on: date) {
        let opens = zone.instants(of: LocalTime(date, window.opens)).earliest
        let closes = zone.instants(of: LocalTime(date, window.closes)).latest
        guard opens < closes else { continue }
        if let last = result.last, opens <= last.closes {
          result[result.count - 1] = OpenWindow(
            opens: last.opens, closes: Swift.max(last.closes, closes))
        } else {
          result.append(OpenWindow(opens: opens, closes: closes))
        }
      }
    }
    return result
  }
}
