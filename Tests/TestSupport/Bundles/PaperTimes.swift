import Foundation
import LogisticsModel
import RouteGraph

/// When legs of a bundle run, read off its tables as a clerk would with a calendar and Foundation's zones.
///
/// Written from `config/networks/FORMAT.md` and sharing nothing with the product's timetable.
final class PaperTimes {
  /// Minutes of a departure, minutes under way, delay law by name.
  typealias Run = (minute: Int64, duration: Int64, law: String)

  private let text: BundleText
  /// The days the product writes out; nothing runs outside them.
  private let window: TimetableWindow
  private let firstDay: Int64
  private let dayCount: Int64
  private var zones: [String: TimeZone] = [:]
  private var runs: [String: [Run]] = [:]
  private var open: [String: [(from: Int64, to: Int64)]] = [:]
  private var kinds: [String: (kind: String, closes: Int64)] = [:]

  init(_ text: BundleText, now: Instant) {
    self.text = text
    window = TimetableWindow(around: now)
    firstDay = window.start / 1440 - 2
    dayCount = Int64(window.days) + 4
    for row in text["calendar_dates.csv"].rows {
      kinds["\(row[0]) \(row[1])"] = (row[2], row[3].isEmpty ? 0 : PaperTimes.clock(row[3]))
    }
  }

  /// The first run of a leg's row at or after a minute.
  func boarding(_ leg: Int, zone: String, atOrAfter minute: Int64) -> Run? {
    let legs = text["legs.csv"]
    let duration = Int64(legs.text(leg, "duration_min")) ?? 0
    let law = legs.text(leg, "law")
    if legs.text(leg, "kind") == "S" {
      guard
        let run = departures(legs.text(leg, "schedule"), zone).first(where: { $0.minute >= minute })
      else { return nil }
      return (
        run.minute, run.duration < 0 ? duration : run.duration, run.law.isEmpty ? law : run.law
      )
    }
    let windows = hours(legs.text(leg, "calendar"), zone)
    guard let window = windows.first(where: { $0.to > minute }) else { return nil }
    return (max(minute, window.from), duration, law)
  }

  /// When a run that began at a minute has been under way for so many; nil: not within the days written out.
  func arrival(_ leg: Int, zone: String, start: Int64, after minutes: Int64) -> Int64? {
    let legs = text["legs.csv"]
    guard legs.text(leg, "kind") == "W" else { return start + minutes }
    var left = minutes
    for window in hours(legs.text(leg, "calendar"), zone) where window.to > start {
      let from = max(window.from, start)
      if left <= window.to - from { return from + left }
      left -= window.to - from
    }
    return nil
  }

  private static func clock(_ text: String) -> Int64 {
    (Int64(text.prefix(2)) ?? 0) * 60 + (Int64(text.suffix(2)) ?? 0)
  }

  /// `YYYY-MM-DD` of a day since 1970, by Foundation's calendar.
  private func name(_ day: Int64) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zoneNamed("UTC")
    let parts = calendar.dateComponents(
      [.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86400))
    func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
    return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
  }

  /// 0 is Monday; 1 January 1970 was a Thursday.
  private func weekday(_ day: Int64) -> Int { Int((day + 3) % 7) }

  private func zoneNamed(_ name: String) -> TimeZone {
    if let zone = zones[name] { return zone }
    guard let zone = TimeZone(identifier: name) else { fatalError("no zone \(name)") }
    zones[name] = zone
    return zone
  }

  private func offset(_ minute: Int64, _ zone: TimeZone) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(minute) * 60))) / 60
  }

  /// The first minute at which the wall shows a local time, or the first one after it was jumped over.
  private func earliest(_ local: Int64, _ name: String) -> Int64 {
    let zone = zoneNamed(name)
    let widest = max(offset(local - 1600, zone), offset(local + 1600, zone))
    var minute = local - widest
    while minute + offset(minute, zone) < local { minute += 1 }
    return minute
  }

  /// The last minute at which the wall shows a local time.
  private func latest(_ local: Int64, _ name: String) -> Int64 {
    let zone = zoneNamed(name)
    let least = min(offset(local - 1600, zone), offset(local + 1600, zone))
    let minute = local - least
    return minute + offset(minute, zone) == local ? minute : earliest(local, name)
  }

  private func runs(on weekday: Int, _ mask: String) -> Bool { Array(mask.utf8)[weekday] == 49 }

  private func departures(_ schedule: String, _ zone: String) -> [Run] {
    let key = "\(schedule) \(zone)"
    if let known = runs[key] { return known }
    let table = text["departures.csv"]
    let rows = table.rows.filter { $0[0] == schedule }
    let (weekdays, departs) = (table.column("weekdays"), table.column("departs"))
    let dates = table.column("dates")
    var found: [Run] = []
    for day in firstDay..<firstDay + dayCount {
      let date = name(day)
      func isValid(_ row: [String]) -> Bool {
        let (from, to) = (row[table.column("valid_from")], row[table.column("valid_to")])
        return (from.isEmpty || from <= date) && (to.isEmpty || date <= to)
      }
      for row in rows where isValid(row) {
        let kind = row[dates].isEmpty ? nil : kinds["\(row[dates]) \(date)"]?.kind
        if kind == "closed" { continue }
        var runsAs = weekday(day)
        if kind == "open" {
          let together = rows.filter { $0[dates] == row[dates] && isValid($0) }
          runsAs =
            (0..<7).first { day in together.contains { runs(on: day, $0[weekdays]) } } ?? runsAs
        }
        if runs(on: runsAs, row[weekdays]) {
          let minute = earliest(day * 1440 + PaperTimes.clock(row[departs]), zone)
          guard window.minutes.contains(minute) else { continue }
          let duration = Int64(row[table.column("duration_min")]) ?? -1
          found.append((minute, duration, row[table.column("law")]))
        }
      }
    }
    found.sort { $0.minute < $1.minute }
    runs[key] = found
    return found
  }

  private func hours(_ calendar: String, _ zone: String) -> [(from: Int64, to: Int64)] {
    let key = "\(calendar) \(zone)"
    if let known = open[key] { return known }
    let rows = text["calendars.csv"].rows.filter { $0[0] == calendar }
    func week(_ day: Int) -> [[String]] { rows.filter { runs(on: day, $0[1]) } }
    var found: [(from: Int64, to: Int64)] = []
    for day in firstDay..<firstDay + dayCount {
      let special = rows.first.flatMap { kinds["\($0[4]) \(name(day))"] }
      var today = week(weekday(day))
      if special?.kind == "closed" { today = [] }
      if special?.kind == "open" {
        today = (0..<7).map(week).first { !$0.isEmpty } ?? []
      }
      for row in today {
        let opens = PaperTimes.clock(row[2])
        var closes = PaperTimes.clock(row[3])
        if let special, special.kind == "half" { closes = min(closes, special.closes) }
        guard opens < closes else { continue }
        let from = max(earliest(day * 1440 + opens, zone), window.start)
        let to = min(latest(day * 1440 + closes, zone), window.end)
        if from < to { found.append((from, to)) }
      }
    }
    found.sort { $0.from < $1.from }
    var merged: [(from: Int64, to: Int64)] = []
    for window in found {
      if let last = merged.last, window.from <= last.to {
        merged[merged.count - 1].to = max(last.to, window.to)
      } else {
        merged.append(window)
      }
    }
    open[key] = merged
    return merged
  }
}
