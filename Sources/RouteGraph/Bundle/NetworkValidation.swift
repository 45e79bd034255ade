import CSVTables
import LogisticsModel

/// Checks of the network as a whole: what can be boarded, what overtakes, what is reached.
///
/// Works on the rows that can be read, so that a fault elsewhere hides nothing.
struct NetworkValidation {
  let window: TimetableWindow
  let zones: [String: ZoneTable]

  /// Reports into the tables' findings.
  func check(_ tables: inout BundleTables) {
    checkBoarding(&tables)
    // Without all nodes and legs nothing can be said about paths.
    if tables.unreadable.isDisjoint(with: [NodeRows.file, LegRows.file]) { checkReach(&tables) }
  }

  /// Legs that are boarded alike: one is checked for all.
  private struct Class: Hashable {
    var kind: LegKind
    var pattern: Int
    var zone: String
    var duration: Int32
    var law: Int
  }

  private func checkBoarding(_ tables: inout BundleTables) {
    let patterns = BundleAssembly.Patterns(tables)
    let zoneOfNode = Dictionary(
      tables.nodes.rows.map { ($0.id, $0.zone) }, uniquingKeysWith: { first, _ in first })
    let names = zones.keys.sorted()
    let positions = Dictionary(uniqueKeysWithValues: zip(names, 0...))
    var members: [Class: [Int]] = [:]
    var order: [Class] = []
    for (index, leg) in tables.legs.rows.enumerated() {
      let pattern =
        leg.kind == .scheduled
        ? patterns.scheduleByName[leg.schedule] : patterns.calendarByName[leg.calendar]
      guard let pattern, let zone = zoneOfNode[leg.from], positions[zone] != nil,
        let law = patterns.lawByName[leg.law]
      else { continue }
      let key = Class(
        kind: leg.kind, pattern: pattern, zone: zone, duration: leg.duration, law: law)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(index)
    }
    var builder = TimetableBuilder(
      window: window, schedules: patterns.schedules, calendars: patterns.calendars,
      zones: names.compactMap { zones[$0] }, laws: patterns.laws, lawNames: patterns.lawNames)
    let (timetable, _) = builder.timetable(
      order.map {
        TimetableBuilder.Leg(
          kind: $0.kind, pattern: $0.pattern, zone: positions[$0.zone] ?? 0, duration: $0.duration,
          law: Int32($0.law))
      })
    // Legs that nothing ever boards, by the pattern and zone that make them so.
    var idle: [Idle: [Int]] = [:]
    for (position, key) in order.enumerated() {
      guard let legs = members[key], let first = legs.first else { continue }
      let leg = LegID(Int32(position))
      if timetable.boardingCount(of: leg) == 0 {
        idle[Idle(kind: key.kind, pattern: key.pattern, zone: key.zone), default: []] += legs
      } else if let fault = overtaking(timetable.departures(of: leg), patterns.laws) {
        let row = tables.legs.rows[first]
        let zone = zones[key.zone] ?? .utc
        tables.legs.columns.report(
          code: BundleCode.legOvertakes, row: row.row, column: "schedule",
          "leg \(row.id)\(others(legs)) overtakes itself: \(spoken(fault.later, zone)) can arrive "
            + "before \(spoken(fault.earlier, zone)); make the faster departures a leg of their own"
        )
      }
    }
    for (key, legs) in idle {
      if let first = legs.min() {
        reportIdle(&tables, tables.legs.rows[first], key, patterns, others(legs))
      }
    }
  }

  private struct Idle: Hashable {
    var kind: LegKind
    var pattern: Int
    var zone: String
  }

  private func others(_ legs: [Int]) -> String {
    legs.count > 1 ? " (and \(legs.count - 1) more of its kind)" : ""
  }

  private func spoken(_ boarding: Boarding, _ zone: ZoneTable) -> String {
    let local = zone.local(Instant(minutes: boarding.minute))
    return "the departure of \(local.date) \(local.clock) (\(boarding.duration) min)"
  }

  private func reportIdle(
    _ tables: inout BundleTables, _ row: LegRow, _ key: Idle, _ patterns: BundleAssembly.Patterns,
    _ others: String
  ) {
    let never: Bool
    if key.kind == .scheduled {
      never = patterns.schedules[key.pattern].rules.allSatisfy { $0.days.isEmpty }
    } else {
      let calendar = patterns.calendars[key.pattern]
      never = calendar.workingWeekdays.isEmpty
    }
    let last = window.first.adding(days: window.days - 1)
    tables.legs.columns.report(
      never ? .error : .warning, code: never ? BundleCode.legUnusable : BundleCode.legOutOfSeason,
      row: row.row, column: key.kind == .scheduled ? "schedule" : "calendar",
      never
        ? "leg \(row.id)\(others) has no departures and no open hours: no parcel can use it"
        : "leg \(row.id)\(others) cannot be boarded between \(window.first) and \(last)")
  }

  /// The first two consecutive departures of which the later can arrive earlier.
  ///
  /// Legs must be first in, first out in the stochastic sense: at every minute, the earlier departure is at
  /// least as likely to have arrived. That is transitive, so neighbours suffice.
  private func overtaking(
    _ departures: [Boarding], _ laws: [DelayLaw]
  ) -> (earlier: Boarding, later: Boarding)? {
    for (earlier, later) in zip(departures, departures.dropFirst())
    where earlier.duration != later.duration || earlier.law != later.law {
      if !earlier.arrivesNoLater(than: later, laws) { return (earlier, later) }
    }
    return nil
  }

  /// Destination zones no origin reaches with at least one goods class, and nodes no leg touches.
  private func checkReach(_ tables: inout BundleTables) {
    let nodes = Dictionary(
      tables.nodes.rows.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    var next: [[(node: Int, goods: UInt64)]] = Array(repeating: [], count: tables.nodes.rows.count)
    var touched: Set<Int> = []
    for leg in tables.legs.rows {
      guard let tail = nodes[leg.from], let head = nodes[leg.to] else { continue }
      touched.insert(tail)
      touched.insert(head)
      if leg.greatestWeight > 0 { next[tail].append((head, leg.goods.bits)) }
    }
    let starts = tables.nodes.rows.indices.filter {
      tables.nodes.rows[$0].kind == .origin || tables.nodes.rows[$0].kind == .warehouse
    }
    guard !starts.isEmpty || tables.nodes.rows.isEmpty else {
      tables.nodes.columns.findings.append(
        Finding(
          code: BundleCode.originMissing, file: NodeRows.file,
          message: "no node of kind origin or warehouse: nothing can be sent"))
      return
    }
    var reached: [UInt64] = Array(repeating: 0, count: tables.nodes.rows.count)
    for goods in GoodsClass.allCases {
      let bit = UInt64(1) << UInt64(goods.rawValue)
      var queue = starts
      for start in starts { reached[start] |= bit }
      while let node = queue.popLast() {
        for leg in next[node] where leg.goods & bit != 0 && reached[leg.node] & bit == 0 {
          reached[leg.node] |= bit
          queue.append(leg.node)
        }
      }
    }
    for (index, node) in tables.nodes.rows.enumerated() {
      if node.kind == .zone, reached[index] == 0 {
        tables.nodes.columns.report(
          code: BundleCode.zoneUnreachable, row: node.row, column: "node",
          "zone \(node.id) is unreachable: no path from any origin takes any one goods class")
      } else if !touched.contains(index), nodes[node.id] == index {
        tables.nodes.columns.report(
          .warning, code: BundleCode.nodeIsolated, row: node.row, column: "node",
          "no leg touches node \(node.id)")
      }
    }
  }
}
