import CSVTables

/// Calendars, date sets and schedules of a bundle being made.
struct DraftCalendars {
  private struct Window: Hashable {
    let weekdays: String
    let opens: String
    let closes: String
    let dates: String
  }

  private struct Departure: Hashable {
    let weekdays: String
    let departs: String
    let dates: String
    let validFrom: String
    let validTo: String
  }

  private struct DateEntry {
    let kind: String
    let closes: String
    let name: String
  }

  private var windows: [String: [Window]] = [:]
  private var schedules: [String: [Departure]] = [:]
  private var dateSets: [String: [String: DateEntry]] = [:]

  /// Weekday patterns, Monday first.
  static let everyDay = "1111111"
  /// Names of the weekdays in the source tables, Monday first.
  static let weekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// A pattern that runs on one weekday, counted from Monday = 0.
  static func only(_ weekday: Int) -> String {
    (0..<7).map { $0 == weekday % 7 ? "1" : "0" }.joined()
  }

  /// A pattern of every day but the ones named.
  static func all(except names: [String]) -> String {
    weekdayNames.map { names.contains($0) ? "0" : "1" }.joined()
  }

  mutating func addCalendar(
    _ id: String, weekdays: String, opens: String, closes: String, dates: String = ""
  ) {
    let window = Window(weekdays: weekdays, opens: opens, closes: closes, dates: dates)
    if windows[id]?.contains(window) != true { windows[id, default: []].append(window) }
  }

  /// Adds departures at `times` and returns the schedule's id, made of the pattern so that equal schedules
  /// are one: `1111110-1100-1700-CN`.
  mutating func schedule(
    weekdays: String, times: [String], dates: String = "", validFrom: String = "",
    validTo: String = ""
  ) -> String {
    var parts = [weekdays] + times.map { $0.filter { $0 != ":" } }
    if !dates.isEmpty { parts.append(dates) }
    if !validFrom.isEmpty { parts.append("from\(validFrom.filter { $0 != "-" })") }
    if !validTo.isEmpty { parts.append("to\(validTo.filter { $0 != "-" })") }
    let id = parts.joined(separator: "-")
    schedules[id] = times.map {
      Departure(
        weekdays: weekdays, departs: $0, dates: dates, validFrom: validFrom, validTo: validTo)
    }
    return id
  }

  /// Adds a schedule of free (weekdays, time) rows under a given id.
  mutating func schedule(_ id: String, rows: [(weekdays: String, departs: String)]) {
    schedules[id] = rows.map {
      Departure(weekdays: $0.weekdays, departs: $0.departs, dates: "", validFrom: "", validTo: "")
    }
  }

  func hasDates(_ id: String) -> Bool { dateSets[id] != nil }

  /// Marks a date; a closed day wins over a half day, and names of one kind are joined.
  mutating func mark(_ set: String, date: String, kind: String, closes: String = "", name: String) {
    let order = ["closed": 2, "open": 1, "half": 0]
    if let there = dateSets[set]?[date] {
      let (old, new) = (order[there.kind] ?? 0, order[kind] ?? 0)
      if old > new { return }
      if old == new {
        let joined = there.name == name ? name : "\(there.name); \(name)"
        dateSets[set]?[date] = DateEntry(kind: kind, closes: closes, name: joined)
        return
      }
    }
    dateSets[set, default: [:]][date] = DateEntry(kind: kind, closes: closes, name: name)
  }

  func files() -> [String: String] {
    var calendars = CSVWriter(["calendar", "weekdays", "opens", "closes", "dates"])
    for id in windows.keys.sorted() {
      for window in windows[id] ?? [] {
        calendars.append([id, window.weekdays, window.opens, window.closes, window.dates])
      }
    }
    var dates = CSVWriter(["dates", "date", "kind", "closes", "name"])
    for set in dateSets.keys.sorted() {
      for (date, entry) in (dateSets[set] ?? [:]).sorted(by: { $0.key < $1.key }) {
        dates.append([set, date, entry.kind, entry.closes, entry.name])
      }
    }
    var departures = CSVWriter([
      "schedule", "weekdays", "departs", "duration_min", "law", "dates", "valid_from", "valid_to",
    ])
    for id in schedules.keys.sorted() {
      let rows = (schedules[id] ?? []).sorted {
        ($0.departs, $0.weekdays) < ($1.departs, $1.weekdays)
      }
      for row in rows {
        departures.append([
          id, row.weekdays, row.departs, "", "", row.dates, row.validFrom, row.validTo,
        ])
      }
    }
    return [
      "calendars.csv": calendars.text, "calendar_dates.csv": dates.text,
      "departures.csv": departures.text,
    ]
  }
}
