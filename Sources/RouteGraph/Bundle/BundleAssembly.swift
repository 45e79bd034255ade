import LogisticsModel

/// Freezes the tables of a bundle into a network.
///
/// Assumes what ``BundleValidation`` has checked; a name that leads nowhere gives nil, never a crash.
struct BundleAssembly {
  let tables: BundleTables
  /// Zones by name: every zone a node names.
  let zoneTables: [String: ZoneTable]
  let window: TimetableWindow

  /// Schedules in the order of their names' first rows, calendars likewise, laws in file order.
  struct Patterns {
    var schedules: [Schedule] = []
    var scheduleByName: [String: Int] = [:]
    var calendars: [WorkingCalendar] = []
    var calendarByName: [String: Int] = [:]
    var laws: [DelayLaw] = []
    var lawNames: [String] = []
    var lawByName: [String: Int] = [:]

    init(_ tables: BundleTables) {
      for law in tables.laws.laws where law.isSound {
        guard let made = try? DelayLaw(atoms: law.atoms) else { continue }
        lawByName[law.name] = laws.count
        laws.append(made)
        lawNames.append(law.name)
      }
      var dates: [String: [DateSet.Day]] = [:]
      for row in tables.dates.rows { dates[row.dates, default: []].append(row.day) }
      let sets = Dictionary(
        uniqueKeysWithValues: dates.map { ($0.key, DateSet(name: $0.key, days: $0.value)) })
      var windows: [String: [(days: WeekdaySet, window: ClockWindow)]] = [:]
      var datesOf: [String: String] = [:]
      var order: [String] = []
      for row in tables.calendars.rows {
        if windows[row.calendar] == nil { order.append(row.calendar) }
        windows[row.calendar, default: []].append((row.days, row.window))
        datesOf[row.calendar] = datesOf[row.calendar] ?? row.dates
      }
      for name in order {
        calendarByName[name] = calendars.count
        calendars.append(
          WorkingCalendar(
            name: name, rows: windows[name] ?? [],
            dates: datesOf[name].flatMap { sets[$0] } ?? .none))
      }
      var rules: [String: [DepartureRule]] = [:]
      order = []
      for row in tables.departures.rows {
        if rules[row.schedule] == nil { order.append(row.schedule) }
        rules[row.schedule, default: []].append(
          DepartureRule(
            days: row.days, departs: row.departs, duration: row.duration,
            law: lawByName[row.law].map { LawID(Int32($0)) }, dates: sets[row.dates] ?? .none,
            validFrom: row.validFrom, validTo: row.validTo))
      }
      for name in order {
        scheduleByName[name] = schedules.count
        schedules.append(Schedule(name: name, rules: rules[name] ?? []))
      }
    }
  }

  /// The network; nil when some name leads nowhere.
  func network() -> NetworkBundle? {
    guard let manifest = tables.manifest else { return nil }
    let patterns = Patterns(tables)
    let zoneNames = Set(tables.nodes.rows.map(\.zone)).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let zones = zoneNames.compactMap { zoneTables[$0] }
    guard zones.count == zoneNames.count else { return nil }
    let zoneByName = Dictionary(uniqueKeysWithValues: zip(zoneNames, 0...))
    let nodeByName = Dictionary(
      tables.nodes.rows.enumerated().map { ($0.element.id, Int32($0.offset)) },
      uniquingKeysWith: { first, _ in first })
    guard let nodes = nodeTable(zoneNames, zoneByName), let legs = legTable(patterns),
      let timings = timings(patterns, nodeByName, zoneByName)
    else { return nil }
    var builder = TimetableBuilder(
      window: window, schedules: patterns.schedules, calendars: patterns.calendars, zones: zones,
      laws: patterns.laws, lawNames: patterns.lawNames)
    let (timetable, least) = builder.timetable(timings)
    let cardNames = Set(tables.legs.rows.map(\.card)).subtracting([""]).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    guard let topology = topology(nodeByName, cardNames, least) else { return nil }
    return NetworkBundle(
      manifest: manifest, topology: topology, nodes: nodes, legs: legs, laws: patterns.laws,
      lawNames: patterns.lawNames, cardNames: cardNames, timetable: timetable, zones: zones,
      calendars: CalendarBook(patterns.calendars), tiers: tables.tiers.rows,
      acceptance: tables.acceptance.rows, places: placeIndex(nodeByName))
  }

  private func nodeTable(_ zoneNames: [String], _ zoneByName: [String: Int]) -> NodeTable? {
    let rows = tables.nodes.rows
    let names = TextColumn(rows.map(\.id))
    let zones = rows.compactMap { zoneByName[$0.zone].map(Int32.init) }
    guard zones.count == rows.count else { return nil }
    return NodeTable(
      names: names, kinds: FrozenColumn(rows.map(\.kind.rawValue)),
      titles: TextColumn(rows.map(\.name)), countries: TextColumn(rows.map(\.country.code)),
      zones: FrozenColumn(zones),
      latitudes: FrozenColumn(rows.map { $0.latitude ?? NodeTable.noCoordinate }),
      longitudes: FrozenColumn(rows.map { $0.longitude ?? NodeTable.noCoordinate }),
      locodes: TextColumn(rows.map(\.locode)),
      populations: FrozenColumn(rows.map(\.population)),
      order: FrozenColumn(names.ascendingOrder()), zoneNames: zoneNames)
  }

  private func legTable(_ patterns: Patterns) -> LegTable? {
    let rows = tables.legs.rows
    var words: [String] = []
    var known: [String: Int32] = [:]
    func word(_ text: String) -> Int32 {
      if let position = known[text] { return position }
      let position = Int32(words.count)
      known[text] = position
      words.append(text)
      return position
    }
    let names = TextColumn(rows.map(\.id))
    let laws = rows.compactMap { patterns.lawByName[$0.law].map(Int32.init) }
    guard laws.count == rows.count else { return nil }
    let services = rows.map { word($0.service) }
    let carriers = rows.map { word($0.carrier) }
    let pattern = rows.map { word($0.kind == .scheduled ? $0.schedule : $0.calendar) }
    return LegTable(
      names: names, order: FrozenColumn(names.ascendingOrder()),
      modes: FrozenColumn(rows.map(\.mode.rawValue)),
      stages: FrozenColumn(rows.map(\.stage.rawValue)),
      kinds: FrozenColumn(rows.map(\.kind.rawValue)),
      priceBases: FrozenColumn(rows.map(\.priceBasis.rawValue)),
      timeBases: FrozenColumn(rows.map(\.timeBasis.rawValue)), services: FrozenColumn(services),
      carriers: FrozenColumn(carriers), patterns: FrozenColumn(pattern),
      durations: FrozenColumn(rows.map(\.duration)), laws: FrozenColumn(laws),
      words: TextColumn(words))
  }

  private func timings(
    _ patterns: Patterns, _ nodes: [String: Int32], _ zones: [String: Int]
  ) -> [TimetableBuilder.Leg]? {
    let zoneOfNode = tables.nodes.rows.map { zones[$0.zone] }
    var legs: [TimetableBuilder.Leg] = []
    for row in tables.legs.rows {
      let pattern =
        row.kind == .scheduled
        ? patterns.scheduleByName[row.schedule] : patterns.calendarByName[row.calendar]
      guard let pattern, let tail = nodes[row.from], let zone = zoneOfNode[Int(tail)],
        let law = patterns.lawByName[row.law]
      else { return nil }
      legs.append(
        TimetableBuilder.Leg(
          kind: row.kind, pattern: pattern, zone: zone, duration: row.duration, law: Int32(law)))
    }
    return legs
  }

  private func topology(
    _ nodes: [String: Int32], _ cardNames: [String], _ least: [Int32]
  ) -> Topology? {
    let rows = tables.legs.rows
    let tails = rows.compactMap { nodes[$0.from] }
    let heads = rows.compactMap { nodes[$0.to] }
    guard tails.count == rows.count, heads.count == rows.count else { return nil }
    let cards = Dictionary(uniqueKeysWithValues: zip(cardNames, Int32(0)...))
    let nodeCount = tables.nodes.rows.count
    return Topology(
      nodeCount: nodeCount, tail: FrozenColumn(tails), head: FrozenColumn(heads),
      goods: FrozenColumn(rows.map(\.goods.bits)),
      greatestWeight: FrozenColumn(rows.map(\.greatestWeight)),
      handling: FrozenColumn(rows.map(\.handling)),
      card: FrozenColumn(rows.map { cards[$0.card] ?? -1 }),
      emission: FrozenColumn(rows.map(\.emission)), leastDuration: FrozenColumn(least),
      outgoing: Adjacency(nodeOfLeg: tails, nodeCount: nodeCount),
      incoming: Adjacency(nodeOfLeg: heads, nodeCount: nodeCount))
  }

  private func placeIndex(_ nodes: [String: Int32]) -> PlaceIndex {
    let (prefixes, prefixNodes) = PlaceIndex.sorted(
      tables.prefixes.rows.compactMap { row in
        nodes[row.node].map { ("\(row.country):\(row.prefix)", $0) }
      })
    let (cities, cityNodes) = PlaceIndex.sorted(
      tables.cities.rows.compactMap { row in
        nodes[row.node].map { ("\(row.country):\(CityName.key(row.city))", $0) }
      })
    let (locodes, locodeNodes) = PlaceIndex.sorted(
      tables.nodes.rows.enumerated().compactMap {
        $0.element.locode.isEmpty ? nil : ($0.element.locode, Int32($0.offset))
      })
    let withdrawn = tables.successors.rows.sorted {
      $0.code.utf8.lexicographicallyPrecedes($1.code.utf8)
    }
    return PlaceIndex(
      prefixes: prefixes, prefixNodes: prefixNodes, cities: cities, cityNodes: cityNodes,
      locodes: locodes, locodeNodes: locodeNodes, withdrawn: TextColumn(withdrawn.map(\.code)),
      successors: TextColumn(withdrawn.map(\.successor)))
  }
}
