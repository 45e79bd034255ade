import CSVTables
import LogisticsModel

/// Node names of a bundle, and what to say of one that is not among them.
struct NodeNames {
  let known: Suggestions
  let successors: [String: String]

  init(_ tables: BundleTables) {
    let columns = tables.nodes.columns
    known = Suggestions(
      Set(columns.usableRows.map { columns.text($0, "node") }), from: NodeRows.file, of: tables)
    successors = Dictionary(
      tables.successors.rows.map { ($0.code, $0.successor) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What is wrong with a name, nil when it is known.
  func fault(_ name: String) -> String? {
    guard !known.contains(name) else { return nil }
    let shown = name.prefix(64)
    if let successor = successors[name] {
      return "unknown node \(shown) (withdrawn in UN/LOCODE"
        + (successor.isEmpty ? ")" : "; maybe \(successor))")
    }
    return "unknown node \(shown)" + known.maybe(name)
  }
}

/// Checks each name a leg uses, and what fits together.
struct NameCheck {
  struct Fault {
    var code: String
    var column: String
    var message: String
  }

  private let nodes: NodeNames
  private let schedules: Suggestions
  private let calendars: Suggestions
  private let laws: Suggestions
  private let cards: Suggestions?

  init(_ tables: BundleTables) {
    nodes = NodeNames(tables)
    schedules = Suggestions(tables.departures.names, from: DepartureRows.file, of: tables)
    calendars = Suggestions(tables.calendars.names, from: CalendarRows.file, of: tables)
    laws = Suggestions(
      Set(tables.laws.laws.map(\.name)), from: LawRows.file, of: tables)
    cards = tables.cards.map { Suggestions($0, from: "rate_cards.csv", of: tables) }
  }

  /// What is wrong with the names in one row of legs.csv; works on the text, so that a malformed cell
  /// elsewhere in the row hides nothing.
  func faults(_ columns: CSVColumns, _ row: Int) -> [Fault] {
    var faults: [Fault] = []
    func report(_ code: String, _ column: String, _ message: String) {
      faults.append(Fault(code: code, column: column, message: message))
    }
    let leg = columns.text(row, "leg").prefix(64)
    let from = columns.text(row, "from")
    let to = columns.text(row, "to")
    for (column, name) in [("from", from), ("to", to)] where !name.isEmpty {
      if let fault = nodes.fault(name) { report(BundleCode.nodeUnknown, column, fault) }
    }
    if from == to, !from.isEmpty {
      report(BundleCode.legLoop, "to", "leg \(leg) leads from \(from) to itself")
    }
    if columns.isEmpty(row, "goods") {
      report(BundleCode.legUnusable, "goods", "leg \(leg) takes no goods: no parcel can use it")
    }
    if columns.text(row, "max_weight_g") == "0" {
      report(
        BundleCode.legUnusable, "max_weight_g", "leg \(leg) takes no weight: no parcel can use it")
    }
    let law = columns.text(row, "law")
    if !law.isEmpty, !laws.contains(law) {
      report(
        BundleCode.lawUnknown, "law", "unknown delay law \(law.prefix(64))" + laws.maybe(law))
    }
    if let kind = LegKind(letter: columns.text(row, "kind")) {
      pattern(
        String(leg), kind, schedule: columns.text(row, "schedule"),
        calendar: columns.text(row, "calendar"), report)
    }
    if let basis = Basis(word: columns.text(row, "price_basis")) {
      price(String(leg), columns.text(row, "card"), basis, report)
    }
    return faults
  }

  private func pattern(
    _ leg: String, _ kind: LegKind, schedule: String, calendar: String,
    _ report: (String, String, String) -> Void
  ) {
    let isScheduled = kind == .scheduled
    let (used, usedColumn) = isScheduled ? (schedule, "schedule") : (calendar, "calendar")
    let (unused, unusedColumn) = isScheduled ? (calendar, "calendar") : (schedule, "schedule")
    if used.isEmpty {
      report(
        BundleCode.legIncomplete, usedColumn,
        "leg \(leg) of kind \(kind.letter) needs a \(usedColumn)")
    } else if isScheduled, !schedules.contains(used) {
      report(
        BundleCode.scheduleUnknown, usedColumn,
        "unknown schedule \(used.prefix(64)): leg \(leg) has no departures"
          + schedules.maybe(used))
    } else if !isScheduled, !calendars.contains(used) {
      report(
        BundleCode.calendarUnknown, usedColumn,
        "unknown calendar \(used.prefix(64))" + calendars.maybe(used))
    }
    if !unused.isEmpty {
      report(
        BundleCode.legIncomplete, unusedColumn,
        "leg \(leg) of kind \(kind.letter) has no use for a \(unusedColumn)")
    }
  }

  private func price(
    _ leg: String, _ card: String, _ basis: Basis, _ report: (String, String, String) -> Void
  ) {
    if card.isEmpty != (basis == .included) {
      report(
        BundleCode.priceBasisContradicts, "price_basis",
        card.isEmpty
          ? "leg \(leg) has no rate card; then price_basis must be included"
          : "leg \(leg) has a rate card and price_basis included; one of the two is wrong")
    }
    if let cards, !card.isEmpty, !cards.contains(card) {
      report(
        BundleCode.cardUnknown, "card",
        "unknown rate-card family \(card.prefix(64))" + cards.maybe(card))
    }
  }
}
