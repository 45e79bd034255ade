import ArgumentParser
import CSVTables
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `tradewind calendar`: working days as the planner counts them.
struct CalendarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar", abstract: "Look at the calendars of a network.",
    discussion: """
      Examples:
        tradewind calendar show CN --year 2026
        tradewind calendar show customs-AE --year 2027 --json
      """,
    subcommands: [Show.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the working days of a year: holidays, make-up days, half days.",
      discussion: """
        NAME is a calendar (customs-CN) or its dates (CN); without a match the calendars are listed.

        Examples:
          tradewind calendar show CN --year 2026 --csv
          tradewind calendar show customs-AE --year 2027 --json
        """)

    @Argument(help: "A calendar, or the country whose dates it follows.")
    var name: String

    @Option(help: "Year; default the clock's.")
    var year: Int?

    @OptionGroup var output: OutputOptions

    @OptionGroup var options: NetworkOptions

    struct Day: Encodable {
      let date: String
      let weekday: String
      let kind: String
      let name: String
    }

    struct Document: Encodable {
      let calendar: String
      let dates: String
      let year: Int
      let hours: [String: String]
      let working_days: Int
      let working_days_by_month: [Int]
      let days: [Day]
    }

    func run() throws {
      let bundle = try options.source(try options.settings()).planner().bundle
      let year = try year ?? CivilDate(days: Int(options.clock().minutes / 1440)).year
      guard (1970...2100).contains(year) else {
        Streams.complain("error TW-CAL-002: year \(year) is not within 1970...2100")
        throw ExitStatus.usage
      }
      guard let calendar = calendar(in: bundle) else {
        Streams.complain(
          "error TW-CAL-001: no calendar \(name)\n  known: \(Show.summary(bundle.calendars.all))")
        throw ExitStatus.usage
      }
      let document = document(calendar, year)
      try output.write(
        json: document, jsonl: document.days, csv: rows(document), text: text(document))
    }

    /// The days that are not as their weekday has it.
    private func rows(_ document: Document) -> CSVWriter {
      var rows = CSVWriter(["date", "weekday", "kind", "name"])
      for day in document.days { rows.append([day.date, day.weekday, day.kind, day.name]) }
      return rows
    }

    /// Calendar names, those of one family (`customs-..`) with their endings behind it.
    static func summary(_ names: [String]) -> String {
      var families: [(name: String, endings: [String])] = []
      for name in names {
        let parts = name.split(separator: "-", maxSplits: 1).map(String.init)
        if let last = families.last, last.name == parts[0] {
          families[families.count - 1].endings.append(parts.count > 1 ? parts[1] : "")
        } else {
          families.append((parts[0], parts.count > 1 ? [parts[1]] : []))
        }
      }
      return families.map { family in
        family.endings.isEmpty
          ? family.name
          : "\(family.name)-(\(family.endings.joined(separator: " ")))"
      }.joined(separator: "\n  ")
    }

    /// The named calendar, or the one that follows the named dates (customs before others, then by name).
    private func calendar(in bundle: NetworkBundle) -> WorkingCalendar? {
      if let found = bundle.calendars.calendar(named: name) { return found }
      let following = bundle.calendars.all.compactMap { bundle.calendars.calendar(named: $0) }
        .filter { $0.dates.name == name }
      return following.first { $0.name.hasPrefix("customs") } ?? following.first
    }

    private func document(_ calendar: WorkingCalendar, _ year: Int) -> Document {
      var byMonth = [Int](repeating: 0, count: 12)
      var days: [Day] = []
      guard var date = CivilDate(year: year, month: 1, day: 1),
        let end = CivilDate(year: year, month: 12, day: 31)
      else { preconditionFailure("a year within 1970...2100 has a first and a last day") }
      while date <= end {
        if calendar.isWorkingDay(date) { byMonth[date.month - 1] += 1 }
        if let special = calendar.dates.day(date) {
          let kind =
            switch special.kind {
            case .closed: "closed"
            case .open: "open"
            case .half(let closes): "half, closes \(closes)"
            }
          days.append(
            Day(
              date: date.description, weekday: date.weekday.abbreviation, kind: kind,
              name: special.name))
        }
        date = date.adding(days: 1)
      }
      var hours: [String: String] = [:]
      for day in Weekday.allCases {
        let windows = calendar.week[day.rawValue].map(\.description)
        hours[day.abbreviation] = windows.isEmpty ? "closed" : windows.joined(separator: " ")
      }
      return Document(
        calendar: calendar.name, dates: calendar.dates.name, year: year, hours: hours,
        working_days: byMonth.reduce(0, +), working_days_by_month: byMonth, days: days)
    }

    private func text(_ document: Document) -> String {
      var text = "\(document.calendar) \(document.year), dates \(document.dates)\n"
      for day in Weekday.allCases {
        text += "  \(day.abbreviation) \(document.hours[day.abbreviation] ?? "")\n"
      }
      text += "working days \(document.working_days), by month "
      text += document.working_days_by_month.map(String.init).joined(separator: " ") + "\n\n"
      var table = TextTable(["DATE", "DAY", "KIND", "NAME"], [.left, .left, .left, .left])
      for day in document.days { table.append([day.date, day.weekday, day.kind, day.name]) }
      return text + table.text
    }
  }
}
