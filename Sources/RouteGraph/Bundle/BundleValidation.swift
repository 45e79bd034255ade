import CSVTables
import LogisticsModel

/// Checks the tables of a bundle against each other: every fault is found in one run, none stops another.
struct BundleValidation {
  var tables: BundleTables
  /// Zones by name, as far as the system knows them.
  private(set) var zones: [String: ZoneTable] = [:]

  /// Reads the tables and checks names; what needs the finished network is checked by
  /// ``NetworkValidation``.
  init(_ files: BundleFiles, zones catalogue: ZoneCatalogue) {
    tables = BundleTables(files)
    checkNodes(catalogue)
    checkCalendars()
    checkDepartures()
    checkLegs()
    checkPlaces()
    checkTiers()
  }

  /// Whether the network may be built.
  var isSound: Bool { !tables.findings.contains { $0.severity == .error } }

  private mutating func checkNodes(_ catalogue: ZoneCatalogue) {
    let successors = Dictionary(
      tables.successors.rows.map { ($0.code, $0.successor) },
      uniquingKeysWith: { first, _ in first })
    var firstRow: [String: Int] = [:]
    var refused: [String: ZoneFault] = [:]
    for node in tables.nodes.rows {
      if let first = firstRow[node.id] {
        tables.nodes.columns.report(
          code: BundleCode.idTwice, row: node.row, column: "node",
          "node \(node.id) stands twice, first in line \(tables.nodes.columns.table.line(first))")
      }
      firstRow[node.id] = firstRow[node.id] ?? node.row
      if let successor = successors[node.locode] {
        tables.nodes.columns.report(
          .warning, code: BundleCode.codeWithdrawn, row: node.row, column: "unlocode",
          "UN/LOCODE \(node.locode) is withdrawn"
            + (successor.isEmpty ? "" : "; its successor is \(successor)"))
      }
      if zones[node.zone] == nil, refused[node.zone] == nil {
        do throws(ZoneFault) {
          zones[node.zone] = try catalogue.zone(node.zone)
        } catch {
          refused[node.zone] = error
        }
      }
      if let fault = refused[node.zone] {
        let why: String
        switch fault {
        case .unknown: why = "is no zone this system knows (IANA names such as Europe/Madrid)"
        case .leapSeconds: why = "counts leap seconds; use the zone of the same name without right/"
        case .notZoneFile, .truncated, .inconsistent: why = "has a damaged file on this system"
        }
        tables.nodes.columns.report(
          code: BundleCode.timeZoneUnknown, row: node.row, column: "tz",
          "zone \"\(node.zone.prefix(64))\" \(why)")
      }
    }
  }

  private mutating func checkCalendars() {
    var seen: Set<String> = []
    for date in tables.dates.rows where !seen.insert("\(date.dates) \(date.day.date)").inserted {
      tables.dates.columns.report(
        code: BundleCode.dateTwice, row: date.row, column: "date",
        "\(date.day.date) stands twice in date set \(date.dates)")
    }
    var dates: [String: String] = [:]
    let known = tables.dates.names
    for row in tables.calendars.rows {
      if let first = dates[row.calendar], first != row.dates {
        tables.calendars.columns.report(
          code: BundleCode.calendarDatesDiffer, row: row.row, column: "dates",
          "calendar \(row.calendar) names date set \"\(row.dates)\" here and \"\(first)\" before; "
            + "all its rows must name the same")
      }
      dates[row.calendar] = dates[row.calendar] ?? row.dates
      if !row.dates.isEmpty, !known.contains(row.dates) {
        tables.calendars.columns.report(
          code: BundleCode.dateSetUnknown, row: row.row, column: "dates",
          "unknown date set \(row.dates)" + maybe(row.dates, known))
      }
      if row.days.isEmpty {
        tables.calendars.columns.report(
          .warning, code: BundleCode.departureNever, row: row.row, column: "weekdays",
          "this window of calendar \(row.calendar) is open on no weekday")
      }
    }
  }

  private mutating func checkDepartures() {
    let sets = tables.dates.names
    let laws = Set(tables.laws.laws.map(\.name))
    for row in tables.departures.rows {
      if !row.dates.isEmpty, !sets.contains(row.dates) {
        tables.departures.columns.report(
          code: BundleCode.dateSetUnknown, row: row.row, column: "dates",
          "unknown date set \(row.dates)" + maybe(row.dates, sets))
      }
      if !row.law.isEmpty, !laws.contains(row.law) {
        tables.departures.columns.report(
          code: BundleCode.lawUnknown, row: row.row, column: "law",
          "unknown delay law \(row.law)" + maybe(row.law, laws))
      }
      if row.days.isEmpty {
        tables.departures.columns.report(
          code: BundleCode.departureNever, row: row.row, column: "weekdays",
          "this departure of schedule \(row.schedule) runs on no weekday")
      }
    }
    checkDeparturesThatNeverRun()
  }

  /// Departures that no day of their validity (within the bundle's) has: their date set closes all of them.
  private mutating func checkDeparturesThatNeverRun() {
    let patterns = BundleAssembly.Patterns(tables)
    var next: [String: Int] = [:]
    for row in tables.departures.rows {
      // The rules of a schedule stand in the order of its rows.
      let place = next[row.schedule, default: 0]
      next[row.schedule] = place + 1
      guard !row.days.isEmpty, let position = patterns.scheduleByName[row.schedule],
        let from = [row.validFrom, tables.manifest?.validFrom].compactMap({ $0 }).max(),
        let to = [row.validTo, tables.manifest?.validTo].compactMap({ $0 }).min(),
        to.days(since: from) < 1200
      else { continue }
      let schedule = patterns.schedules[position]
      let rule = schedule.rules[place]
      let count = to.days(since: from) + 1
      let runs = (0..<Swift.max(count, 0)).contains { offset in
        schedule.rules(on: from.adding(days: offset)).contains(rule)
      }
      if !runs {
        tables.departures.columns.report(
          code: BundleCode.departureNever, row: row.row, column: "weekdays",
          "this departure of schedule \(row.schedule) never runs: no day of \(row.days) from "
            + "\(from) to \(to) is open")
      }
    }
  }

  private mutating func checkLegs() {
    let names = NameCheck(tables)
    var firstRow: [String: Int] = [:]
    for leg in tables.legs.rows {
      if let first = firstRow[leg.id] {
        tables.legs.columns.report(
          code: BundleCode.idTwice, row: leg.row, column: "leg",
          "leg \(leg.id) stands twice, first in line \(tables.legs.columns.table.line(first))")
      }
      firstRow[leg.id] = firstRow[leg.id] ?? leg.row
      for finding in names.faults(of: leg) {
        tables.legs.columns.report(
          code: finding.code, row: leg.row, column: finding.column, finding.message)
      }
    }
  }

  private mutating func checkPlaces() {
    let nodes = NodeNames(tables)
    var seen: Set<String> = []
    for row in tables.prefixes.rows {
      if !seen.insert("\(row.country):\(row.prefix)").inserted {
        tables.prefixes.columns.report(
          code: BundleCode.prefixTwice, row: row.row, column: "prefix",
          "prefix \(row.prefix) of \(row.country) stands twice")
      }
      if let fault = nodes.fault(row.node) {
        tables.prefixes.columns.report(
          code: BundleCode.nodeUnknown, row: row.row, column: "node", fault)
      }
    }
    for row in tables.cities.rows {
      if let fault = nodes.fault(row.node) {
        tables.cities.columns.report(
          code: BundleCode.nodeUnknown, row: row.row, column: "node", fault)
      }
    }
    let withdrawn = Set(tables.successors.rows.map(\.code))
    var codes: Set<String> = []
    for row in tables.successors.rows {
      if !codes.insert(row.code).inserted {
        tables.successors.columns.report(
          code: BundleCode.idTwice, row: row.row, column: "code", "code \(row.code) stands twice")
      }
      if withdrawn.contains(row.successor) {
        tables.successors.columns.report(
          .warning, code: BundleCode.successorCircular, row: row.row, column: "successor",
          "successor \(row.successor) is itself withdrawn")
      }
    }
  }

  private mutating func checkTiers() {
    guard !tables.tiers.rows.isEmpty || !tables.acceptance.rows.isEmpty else { return }
    let tiers = Set(tables.tiers.rows.map(\.tier))
    for name in TierRows.names where !tiers.contains(name) {
      tables.tiers.columns.findings.append(
        Finding(
          code: BundleCode.tierIncomplete, file: TierRows.file, message: "tier \(name) is missing"))
    }
    for name in TierRows.names {
      for goods in GoodsClass.allCases
      where !tables.acceptance.rows.contains(where: { $0.tier == name && $0.goods == goods }) {
        tables.acceptance.columns.findings.append(
          Finding(
            code: BundleCode.acceptanceIncomplete, file: AcceptanceRows.file,
            message: "no row for tier \(name) and class \(goods.word)"))
      }
    }
  }
}

/// `; maybe A or B`, or nothing.
func maybe(_ word: String, _ candidates: some Sequence<String>) -> String {
  let near = EditDistance.nearest(to: word, among: candidates)
  return near.isEmpty ? "" : " (maybe \(near.joined(separator: " or ")))"
}
