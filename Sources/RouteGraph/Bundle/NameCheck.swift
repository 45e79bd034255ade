import LogisticsModel

/// Node names of a bundle, and what to say of one that is not among them.
struct NodeNames {
  let known: Set<String>
  let successors: [String: String]

  init(_ tables: BundleTables) {
    known = Set(tables.nodes.rows.map(\.id))
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
    return "unknown node \(shown)" + maybe(name, known)
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
  private let schedules: Set<String>
  private let calendars: Set<String>
  private let laws: Set<String>
  private let cards: Set<String>?

  init(_ tables: BundleTables) {
    nodes = NodeNames(tables)
    schedules = tables.departures.names
    calendars = tables.calendars.names
    laws = Set(tables.laws.laws.map(\.name))
    cards = tables.cards
  }

  func faults(of leg: LegRow) -> [Fault] {
    var faults: [Fault] = []
    func report(_ code: String, _ column: String, _ message: String) {
      faults.append(Fault(code: code, column: column, message: message))
    }
    for (column, name) in [("from", leg.from), ("to", leg.to)] {
      if let fault = nodes.fault(name) { report(BundleCode.nodeUnknown, column, fault) }
    }
    if leg.from == leg.to {
      report(BundleCode.legLoop, "to", "leg \(leg.id) leads from \(leg.from) to itself")
    }
    if leg.goods.bits == 0 {
      report(BundleCode.legUnusable, "goods", "leg \(leg.id) takes no goods: no parcel can use it")
    }
    if leg.greatestWeight == 0 {
      report(
        BundleCode.legUnusable, "max_weight_g",
        "leg \(leg.id) takes no weight: no parcel can use it")
    }
    if !laws.contains(leg.law) {
      report(
        BundleCode.lawUnknown, "law", "unknown delay law \(leg.law)" + maybe(leg.law, laws))
    }
    pattern(leg, report)
    price(leg, report)
    return faults
  }

  private func pattern(_ leg: LegRow, _ report: (String, String, String) -> Void) {
    let isScheduled = leg.kind == .scheduled
    let (used, usedColumn) =
      isScheduled ? (leg.schedule, "schedule") : (leg.calendar, "calendar")
    let (unused, unusedColumn) =
      isScheduled ? (leg.calendar, "calendar") : (leg.schedule, "schedule")
    if used.isEmpty {
      report(
        BundleCode.legIncomplete, usedColumn,
        "leg \(leg.id) of kind \(leg.kind.letter) needs a \(usedColumn)")
    } else if isScheduled, !schedules.contains(used) {
      report(
        BundleCode.scheduleUnknown, usedColumn,
        "unknown schedule \(used.prefix(64)): leg \(leg.id) has no departures"
          + maybe(used, schedules))
    } else if !isScheduled, !calendars.contains(used) {
      report(
        BundleCode.calendarUnknown, usedColumn,
        "unknown calendar \(used.prefix(64))" + maybe(used, calendars))
    }
    if !unused.isEmpty {
      report(
        BundleCode.legIncomplete, unusedColumn,
        "leg \(leg.id) of kind \(leg.kind.letter) has no use for a \(unusedColumn)")
    }
  }

  private func price(_ leg: LegRow, _ report: (String, String, String) -> Void) {
    if leg.card.isEmpty != (leg.priceBasis == .included) {
      report(
        BundleCode.priceBasisContradicts, "price_basis",
        leg.card.isEmpty
          ? "leg \(leg.id) has no rate card; then price_basis must be included"
          : "leg \(leg.id) has a rate card and price_basis included; one of the two is wrong")
    }
    if let cards, !leg.card.isEmpty, !cards.contains(leg.card) {
      report(
        BundleCode.cardUnknown, "card",
        "unknown rate-card family \(leg.card)" + maybe(leg.card, cards))
    }
  }
}
