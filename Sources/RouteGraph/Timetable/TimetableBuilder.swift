import LogisticsModel

/// Writes weekly schedules and calendars out into UTC minutes.
///
/// Each pair of schedule and zone, and of calendar and zone, is written out once and shared. Only where a
/// schedule mixes departures with and without a duration or law of their own does the leg's duration and law
/// take part in the choice among equal minutes; such a schedule is written out per leg's duration and law.
struct TimetableBuilder {
  /// What the timetable must know of a leg.
  struct Leg {
    var kind: LegKind
    /// Position of its schedule or calendar.
    var pattern: Int
    /// Position of the zone of its tail.
    var zone: Int
    var duration: Int32
    var law: Int32
  }

  private struct SeriesKey: Hashable {
    var isSchedule: Bool
    var pattern: Int
    var zone: Int
    var duration: Int32
    var law: Int32
  }

  private struct Series {
    var start: Int32
    var count: Int32
    var override: Int32 = -1
    var openMinutes: Int32 = 0
  }

  let window: TimetableWindow
  let schedules: [Schedule]
  let calendars: [WorkingCalendar]
  let zones: [ZoneTable]
  let laws: [DelayLaw]
  let lawNames: [String]

  private var departures: [Int32] = []
  private var durations: [Int32] = []
  private var lawColumn: [Int32] = []
  private var opens: [Int32] = []
  private var closes: [Int32] = []
  private var openBefore: [Int32] = []
  private var known: [SeriesKey: Series] = [:]
  private var days: [ZoneDays?]

  init(
    window: TimetableWindow, schedules: [Schedule], calendars: [WorkingCalendar],
    zones: [ZoneTable], laws: [DelayLaw], lawNames: [String]
  ) {
    self.window = window
    self.schedules = schedules
    self.calendars = calendars
    self.zones = zones
    self.laws = laws
    self.lawNames = lawNames
    days = Array(repeating: nil, count: zones.count)
  }

  /// The timetable of these legs, and the least minutes from boarding to arrival of each.
  ///
  /// - Complexity: O(legs + series x days of the window)
  mutating func timetable(_ legs: [Leg]) -> (DatedTimetable, leastDurations: [Int32]) {
    var timings: [DatedTimetable.LegTiming] = []
    timings.reserveCapacity(legs.count)
    var least: [Int32] = []
    least.reserveCapacity(legs.count)
    for leg in legs {
      let series = series(of: leg)
      timings.append(timing(of: leg, series))
      least.append(leastDuration(of: leg, series))
    }
    let table = DatedTimetable(
      window: window, timings: FrozenColumn(timings), departures: FrozenColumn(departures),
      durations: FrozenColumn(durations), laws: FrozenColumn(lawColumn), opens: FrozenColumn(opens),
      closes: FrozenColumn(closes), openBefore: FrozenColumn(openBefore))
    return (table, least)
  }

  private func timing(of leg: Leg, _ series: Series) -> DatedTimetable.LegTiming {
    var timing = DatedTimetable.LegTiming(
      kind: Int32(leg.kind.rawValue), start: series.start, count: series.count,
      override: series.override, duration: leg.duration, law: leg.law, last: -1)
    guard leg.kind != .scheduled, series.count > 0 else { return timing }
    let range = Int(series.start)..<Int(series.start + series.count)
    let last = TimetableBuilder.lastBoarding(
      opens: opens[range], closes: closes[range], openBefore: openBefore[range],
      needed: leg.kind == .working
        ? Int64(leg.duration) + Int64(laws[Int(leg.law)].greatestDelay) : nil)
    if last == nil { timing.count = 0 }
    timing.last = last ?? -1
    return timing
  }

  /// The last minute at which a leg with these windows may be boarded; nil where it never may.
  ///
  /// - Parameters:
  ///   - opens: first minutes of its windows, ascending.
  ///   - closes: first minutes after them.
  ///   - openBefore: open minutes before each.
  ///   - needed: open minutes that must still follow, the greatest delay included; nil: none need to.
  /// - Returns: the minute, from the start of the timetable's window.
  static func lastBoarding(
    opens: ArraySlice<Int32>, closes: ArraySlice<Int32>, openBefore: ArraySlice<Int32>,
    needed: Int64?
  ) -> Int32? {
    guard let final = opens.indices.last else { return nil }
    guard let needed else { return closes[final] - 1 }
    // The latest start after which all minutes still fit.
    let latest = Int64(openBefore[final]) + Int64(closes[final] - opens[final]) - needed
    guard latest >= 0 else { return nil }
    var position = final
    while Int64(openBefore[position]) > latest { position -= 1 }
    return Int32(
      min(
        Int64(closes[position]) - 1, Int64(opens[position]) + latest - Int64(openBefore[position])))
  }

  private func leastDuration(of leg: Leg, _ series: Series) -> Int32 {
    let own = leg.duration + laws[Int(leg.law)].leastDelay
    guard series.override >= 0 else { return own }
    var least = Int32.max
    for position in Int(series.override)..<Int(series.override + series.count) {
      let duration = durations[position] >= 0 ? durations[position] : leg.duration
      let law = lawColumn[position] >= 0 ? lawColumn[position] : leg.law
      least = min(least, duration + laws[Int(law)].leastDelay)
    }
    return least == .max ? own : least
  }

  private mutating func series(of leg: Leg) -> Series {
    var key = SeriesKey(
      isSchedule: leg.kind == .scheduled, pattern: leg.pattern, zone: leg.zone, duration: -1,
      law: -1)
    if key.isSchedule, TimetableBuilder.mixesOverrides(schedules[leg.pattern]) {
      key.duration = leg.duration
      key.law = leg.law
    }
    if let series = known[key] { return series }
    let series = key.isSchedule ? departureSeries(key) : windowSeries(key)
    known[key] = series
    return series
  }

  /// Whether some rules override what others leave to the leg.
  static func mixesOverrides(_ schedule: Schedule) -> Bool {
    guard let first = schedule.rules.first else { return false }
    return schedule.rules.contains {
      ($0.duration == nil) != (first.duration == nil) || ($0.law == nil) != (first.law == nil)
    }
  }

  private mutating func departureSeries(_ key: SeriesKey) -> Series {
    struct Found {
      var minute: Int32
      var duration: Int32
      var law: Int32
    }
    let schedule = schedules[key.pattern]
    let zone = zoneDays(key.zone)
    var found: [Found] = []
    for (offset, date) in zone.dates.enumerated() {
      for rule in schedule.rules(on: date) {
        let instant = zone.earliest(rule.departs, on: offset, date)
        guard window.minutes.contains(instant) else { continue }
        found.append(
          Found(
            minute: Int32(instant - window.start), duration: rule.duration ?? key.duration,
            law: rule.law?.rawValue ?? key.law))
      }
    }
    // Among equal minutes the first by (duration, law name) is the one that runs.
    found.sort {
      if $0.minute != $1.minute { return $0.minute < $1.minute }
      if $0.duration != $1.duration { return $0.duration < $1.duration }
      return name($0.law) < name($1.law)
    }
    var series = Series(start: Int32(departures.count), count: 0)
    let overrides = found.contains { $0.duration >= 0 || $0.law >= 0 }
    if overrides { series.override = Int32(durations.count) }
    var last: Int32 = -1
    for one in found where one.minute != last {
      last = one.minute
      departures.append(one.minute)
      if overrides {
        durations.append(one.duration)
        lawColumn.append(one.law)
      }
      series.count += 1
    }
    return series
  }

  private func name(_ law: Int32) -> String { law < 0 ? "" : lawNames[Int(law)] }

  private mutating func windowSeries(_ key: SeriesKey) -> Series {
    var series = Series(start: Int32(opens.count), count: 0)
    for open in calendars[key.pattern].openWindows(window.localDates, in: zones[key.zone]) {
      let first = max(open.opens.minutes, window.start)
      let last = min(open.closes.minutes, window.end)
      guard first < last else { continue }
      opens.append(Int32(first - window.start))
      closes.append(Int32(last - window.start))
      openBefore.append(series.openMinutes)
      series.openMinutes += Int32(last - first)
      series.count += 1
    }
    return series
  }

  private mutating func zoneDays(_ zone: Int) -> ZoneDays {
    if let made = days[zone] { return made }
    let made = ZoneDays(zone: zones[zone], dates: window.localDates)
    days[zone] = made
    return made
  }
}

/// The offset of a zone on each local date, so that most departures need no search.
private struct ZoneDays {
  let zone: ZoneTable
  let dates: [CivilDate]
  /// Offset of a day without any change near it; nil: look it up.
  private let offsets: [Int32?]

  init(zone: ZoneTable, dates range: ClosedRange<CivilDate>) {
    self.zone = zone
    let dates = (0...range.upperBound.days(since: range.lowerBound)).map {
      range.lowerBound.adding(days: $0)
    }
    self.dates = dates
    offsets = dates.map { date in
      let noon = zone.instants(of: LocalTime(minutes: Int64(date.days) * 1440 + 720)).earliest
      let changes = zone.changes(
        from: noon.advanced(byMinutes: -1440), to: noon.advanced(byMinutes: 1440))
      return changes ? nil : zone.offset(at: noon)
    }
  }

  func earliest(_ clock: ClockTime, on position: Int, _ date: CivilDate) -> Int64 {
    if let offset = offsets[position] {
      return LocalTime(date, clock).minutes - Int64(offset)
    }
    return Schedule.instant(of: clock, on: date, in: zone).minutes
  }
}
