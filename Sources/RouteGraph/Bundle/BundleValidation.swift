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
    var refused: [String: ZoneFault] = [:]
    tables.nodes.columns.reportDuplicates("node", "node")
    for row in tables.nodes.columns.usableRows {
      let locode = tables.nodes.columns.text(row, "unlocode")
      if let successor = successors[locode] {
        tables.nodes.columns.report(
          .warning, code: BundleCode.codeWithdrawn, row: row, column: "unlocode",
          "UN/LOCODE \(locode) is withdrawn"
            + (successor.isEmpty ? "" : "; its successor is \(successor)"))
      }
      let zone = tables.nodes.columns.text(row, "tz")
      guard !zone.isEmpty else { continue }
      if zones[zone] == nil, refused[zone] == nil {
        do throws(ZoneFault) {
          zones[zone] = try catalogue.zone(zone)
        } catch {
          refused[zone] = error
        }
      }
      if let fault = refused[zone] {
        let why: String
        switch fault {
        case .unknown: why = "is no zone this system knows (IANA names such as Europe/Madrid)"
        case .leapSeconds: why = "counts leap seconds; use the zone of the same name without right/"
        case .notZoneFile, .truncated, .inconsistent: why = "has a damaged file on this system"
        }
        tables.nodes.columns.report(
          code: BundleCode.timeZoneUnknown, row: row, column: "tz",
          "zone \"\(zone.prefix(64))\" \(why)")
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
    let dateSets = Suggestions(tables.dates.names, from: DateRows.file, of: tables)
    tables.calendars.columns.reportUnknown(
      "dates", "date set", dateSets, BundleCode.dateSetUnknown)
    for row in tables.calendars.rows {
      if let first = dates[row.calendar], first != row.dates {
        tables.calendars.columns.report(
          code: BundleCode.calendarDatesDiffer, row: row.row, column: "dates",
          "calendar \(row.calendar) names date set \"\(row.dates)\" here and \"\(first)\" before; "
            + "all its rows must name the same")
      }
      dates[row.calendar] = dates[row.calendar] ?? row.dates
      if row.days.isEmpty {
        tables.calendars.columns.report(
          .warning, code: BundleCode.departureNever, row: row.row, column: "weekdays",
          "this window of calendar \(row.calendar) is open on no weekday")
      }
    }
  }

  private mutating func checkDepartures() {
    let sets = Suggestions(tables.dates.names, from: DateRows.file, of: tables)
    let laws = Suggestions(
      Set(tables.laws.laws.map(\.name)), from: LawRows.file, of: tables)
    tables.departures.columns.reportUnknown(
      "dates", "date set", sets, BundleCode.dateSetUnknown)
    tables.departures.columns.reportUnknown("law", "delay law", laws, BundleCode.lawUnknown)
    for row in tables.departures.rows {
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
    tables.legs.columns.reportDuplicates("leg", "leg")
    for row in tables.legs.columns.usableRows {
      for fault in names.faults(tables.legs.columns, row) {
        tables.legs.columns.report(
          code: fault.code, row: row, column: fault.column, fault.message)
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
    }
    tables.prefixes.columns.reportUnknownNodes(nodes)
    tables.cities.columns.reportUnknownNodes(nodes)
    let withdrawn = Set(tables.successors.rows.map(\.code))
    tables.successors.columns.reportDuplicates("code", "code")
    for row in tables.successors.rows {
      if withdrawn.contains(row.successor) {
        tables.successors.columns.report(
          .warning, code: BundleCode.successorCircular, row: row.row, column: "successor",
          "successor \(row.successor) is itself withdrawn")
      }
    }
  }

  private mutating func checkTiers() {
    guard !tables.tiers.rows.isEmpty || !tables.acceptance.rows.isEmpty else { return }
    // A row that could not be read has been reported; its tier is not missing as well.
    let tiers = Set(
      tables.tiers.columns.usableRows.map { tables.tiers.columns.text($0, "tier") })
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
