import CSVTables
import LogisticsModel

/// One row of departures.csv.
struct DepartureRow {
  var row: Int
  var schedule: String
  var days: WeekdaySet
  var departs: ClockTime
  var duration: Int32?
  var law: String
  var dates: String
  var validFrom: CivilDate?
  var validTo: CivilDate?
}

/// departures.csv.
struct DepartureRows {
  static let file = "departures.csv"
  static let required = ["schedule", "weekdays", "departs"]
  static let optional = ["duration_min", "law", "dates", "valid_from", "valid_to"]

  var columns: CSVColumns
  var rows: [DepartureRow] = []
  /// Every schedule named, also by a row that could not be read: so that one fault is not reported twice.
  var names: Set<String> = []

  init(_ table: CSVTable) {
    columns = CSVColumns(table, required: Self.required, optional: Self.optional)
    guard columns.isUsable else { return }
    rows.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      let schedule = columns.id(row, "schedule")
      if let schedule { names.insert(schedule) }
      let days = columns.weekdays(row)
      var departs = columns.clock(row, "departs")
      if departs == .endOfDay {
        columns.report(
          code: BundleCode.clockImpossible, row: row, column: "departs",
          "departs 24:00; write 00:00 of the next weekday")
        departs = nil
      }
      var isSound = true
      var duration: Int32?
      if !columns.isEmpty(row, "duration_min") {
        duration = columns.duration(row, "duration_min")
        if duration == nil { isSound = false }
      }
      let validity = columns.validity(row, isSound: &isSound)
      guard let schedule, let days, let departs, isSound else { continue }
      rows.append(
        DepartureRow(
          row: row, schedule: schedule, days: days, departs: departs, duration: duration,
          law: columns.text(row, "law"), dates: columns.text(row, "dates"),
          validFrom: validity.from, validTo: validity.to))
    }
  }
}

/// One row of calendars.csv.
struct CalendarRow {
  var row: Int
  var calendar: String
  var days: WeekdaySet
  var window: ClockWindow
  var dates: String
}

/// calendars.csv.
struct CalendarRows {
  static let file = "calendars.csv"
  static let required = ["calendar", "weekdays", "opens", "closes"]
  static let optional = ["dates"]

  var columns: CSVColumns
  var rows: [CalendarRow] = []
  /// Every calendar named, also by a row that could not be read.
  var names: Set<String> = []

  init(_ table: CSVTable) {
    columns = CSVColumns(table, required: Self.required, optional: Self.optional)
    guard columns.isUsable else { return }
    for row in 0..<table.rowCount {
      let calendar = columns.id(row, "calendar")
      if let calendar { names.insert(calendar) }
      let days = columns.weekdays(row)
      let opens = columns.clock(row, "opens")
      let closes = columns.clock(row, "closes")
      guard let calendar, let days, let opens, let closes else { continue }
      guard let window = ClockWindow(opens: opens, closes: closes) else {
        columns.report(
          code: BundleCode.clockImpossible, row: row, column: "closes",
          "closes \(closes) is not after opens \(opens); write a night as two rows")
        continue
      }
      rows.append(
        CalendarRow(
          row: row, calendar: calendar, days: days, window: window,
          dates: columns.text(row, "dates")))
    }
  }
}

/// One row of calendar_dates.csv.
struct DateRow {
  var row: Int
  var dates: String
  var day: DateSet.Day
}

/// calendar_dates.csv.
struct DateRows {
  static let file = "calendar_dates.csv"
  static let required = ["dates", "date", "kind"]
  static let optional = ["closes", "name"]

  var columns: CSVColumns
  var rows: [DateRow] = []
  /// Every date set named, also by a row that could not be read.
  var names: Set<String> = []

  init(_ table: CSVTable) {
    columns = CSVColumns(table, required: Self.required, optional: Self.optional)
    guard columns.isUsable else { return }
    for row in 0..<table.rowCount {
      let dates = columns.id(row, "dates")
      if let dates { names.insert(dates) }
      let date = columns.date(row, "date")
      let kind = kind(row)
      guard let dates, let date, let kind else { continue }
      rows.append(
        DateRow(
          row: row, dates: dates,
          day: DateSet.Day(date: date, kind: kind, name: columns.text(row, "name"))))
    }
  }

  private mutating func kind(_ row: Int) -> DateSet.Kind? {
    let word = columns.word(row, "kind", expected: "closed, open or half") { word in
      ["closed", "open", "half"].contains(word) ? word : nil
    }
    guard let word else { return nil }
    let isEmpty = columns.isEmpty(row, "closes")
    guard isEmpty == (word != "half") else {
      columns.report(
        code: BundleCode.halfDayMalformed, row: row, column: "closes",
        word == "half"
          ? "a half day needs the time it closes" : "only a half day has a closing time")
      return nil
    }
    switch word {
    case "closed": return .closed
    case "open": return .open
    default: return columns.clock(row, "closes").map { .half(closes: $0) }
    }
  }
}
