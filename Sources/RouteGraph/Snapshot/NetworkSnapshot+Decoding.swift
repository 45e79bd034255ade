import LogisticsModel

extension NetworkSnapshot {
  /// The network a snapshot holds; every index is checked against the table it points into, so that not even
  /// a forged file can make the planner read outside its memory.
  static func decode(_ file: SnapshotFile) throws(SnapshotFault) -> NetworkBundle {
    let generalBytes: FrozenColumn<UInt8> = try file.column("general")
    guard let general = General(Array(generalBytes.pointer)) else {
      throw .inconsistent(section: "general")
    }
    let nodes = try decodeNodes(file, zones: general.zones)
    let legs = try decodeLegs(file, laws: general.laws.count)
    let topology = try decodeTopology(
      file, nodes: nodes.count, legs: legs.count, cards: general.cardNames.count)
    let timetable = try decodeTimetable(
      file, legs: legs.count, laws: general.laws.count, window: file.stamp.window)
    let calendarNames = try file.text("calendars.names")
    let calendars = CalendarBook(
      names: calendarNames,
      encoded: try file.bytesColumn("calendars.encoded", count: calendarNames.count))
    return NetworkBundle(
      manifest: general.manifest, topology: topology, nodes: nodes, legs: legs, laws: general.laws,
      lawNames: general.lawNames, cardNames: general.cardNames, timetable: timetable,
      zones: general.zones, calendars: calendars, tiers: general.tiers,
      acceptance: general.acceptance, places: try decodePlaces(file, nodes: nodes.count))
  }

  /// A column of values that must all lie in a range.
  private static func within<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ file: SnapshotFile, _ name: String, _ range: ClosedRange<Value>, count: Int? = nil
  ) throws(SnapshotFault) -> FrozenColumn<Value> {
    let column: FrozenColumn<Value> = try file.column(name)
    guard count == nil || column.count == count, SnapshotBounds.all(column, in: range) else {
      throw .inconsistent(section: name)
    }
    return column
  }

  /// A column of positions in a table of `size` elements.
  private static func positions(
    _ file: SnapshotFile, _ name: String, below size: Int, from least: Int32 = 0, count: Int
  ) throws(SnapshotFault) -> FrozenColumn<Int32> {
    guard size > 0 || count == 0 || least < 0 else { throw .inconsistent(section: name) }
    return try within(file, name, least...Swift.max(Int32(size) - 1, least), count: count)
  }

  private static func decodeNodes(
    _ file: SnapshotFile, zones: [ZoneTable]
  ) throws(SnapshotFault) -> NodeTable {
    let names = try file.text("nodes.names")
    let count = names.count
    return NodeTable(
      names: names, kinds: try file.column("nodes.kinds", count: count),
      titles: try file.text("nodes.titles", count: count),
      countries: try file.text("nodes.countries", count: count),
      zones: try positions(file, "nodes.zones", below: zones.count, count: count),
      latitudes: try file.column("nodes.latitudes", count: count),
      longitudes: try file.column("nodes.longitudes", count: count),
      locodes: try file.text("nodes.locodes", count: count),
      populations: try within(
        file, "nodes.populations", 0...NodeTable.greatestPopulation, count: count),
      order: try positions(file, "nodes.order", below: count, count: count),
      zoneNames: zones.map(\.name))
  }

  private static func decodeLegs(
    _ file: SnapshotFile, laws: Int
  ) throws(SnapshotFault) -> LegTable {
    let names = try file.text("legs.names")
    let count = names.count
    let words = try file.text("legs.words")
    return LegTable(
      names: names, order: try positions(file, "legs.order", below: count, count: count),
      modes: try file.column("legs.modes", count: count),
      stages: try file.column("legs.stages", count: count),
      kinds: try file.column("legs.kinds", count: count),
      priceBases: try file.column("legs.priceBases", count: count),
      timeBases: try file.column("legs.timeBases", count: count),
      services: try positions(file, "legs.services", below: words.count, count: count),
      carriers: try positions(file, "legs.carriers", below: words.count, count: count),
      patterns: try positions(file, "legs.patterns", below: words.count, count: count),
      durations: try within(file, "legs.durations", 1...527_040, count: count),
      laws: try positions(file, "legs.laws", below: laws, count: count), words: words)
  }

  private static func decodeTopology(
    _ file: SnapshotFile, nodes: Int, legs: Int, cards: Int
  ) throws(SnapshotFault) -> Topology {
    Topology(
      nodeCount: nodes,
      tail: try positions(file, "graph.tail", below: nodes, count: legs),
      head: try positions(file, "graph.head", below: nodes, count: legs),
      goods: try file.column("graph.goods", count: legs),
      greatestWeight: try within(file, "graph.greatestWeight", 0...1_000_000_000, count: legs),
      handling: try within(file, "graph.handling", 0...527_040, count: legs),
      card: try positions(file, "graph.card", below: cards, from: -1, count: legs),
      emission: try within(file, "graph.emission", 0...1_000_000_000, count: legs),
      leastDuration: try within(file, "graph.leastDuration", 0...1_054_080, count: legs),
      outgoing: try adjacency(file, "graph.outgoing", nodes: nodes, legs: legs),
      incoming: try adjacency(file, "graph.incoming", nodes: nodes, legs: legs))
  }

  private static func adjacency(
    _ file: SnapshotFile, _ name: String, nodes: Int, legs: Int
  ) throws(SnapshotFault) -> Adjacency {
    let starts: FrozenColumn<Int32> = try file.column(name + "@", count: nodes + 1)
    guard SnapshotBounds.areStarts(starts, of: legs) else { throw .inconsistent(section: name) }
    return Adjacency(starts: starts, legs: try positions(file, name, below: legs, count: legs))
  }

  private static func decodeTimetable(
    _ file: SnapshotFile, legs: Int, laws: Int, window: TimetableWindow
  ) throws(SnapshotFault) -> DatedTimetable {
    let minutes = Int32(window.days * 1440)
    let departures = try within(file, "time.departures", 0...(minutes - 1))
    let durations = try within(file, "time.durations", Int32(-1)...527_040)
    let lawColumn = try positions(
      file, "time.laws", below: laws, from: -1, count: durations.count)
    let opens = try within(file, "time.opens", 0...(minutes - 1))
    let closes = try within(file, "time.closes", 1...minutes, count: opens.count)
    let openBefore = try within(file, "time.openBefore", 0...minutes, count: opens.count)
    let timings: FrozenColumn<DatedTimetable.LegTiming> = try file.column(
      "time.timings", count: legs)
    let isSound = SnapshotBounds.areSound(
      timings, departures: departures.count, overrides: durations.count, windows: opens.count,
      laws: laws, minutes: minutes)
    guard isSound else { throw .inconsistent(section: "time.timings") }
    return DatedTimetable(
      window: window, timings: timings, departures: departures, durations: durations,
      laws: lawColumn, opens: opens, closes: closes, openBefore: openBefore)
  }

  private static func decodePlaces(
    _ file: SnapshotFile, nodes: Int
  ) throws(SnapshotFault) -> PlaceIndex {
    let prefixes = try file.text("places.prefixes")
    let cities = try file.text("places.cities")
    let locodes = try file.text("places.locodes")
    let withdrawn = try file.text("places.withdrawn")
    return PlaceIndex(
      prefixes: prefixes,
      prefixNodes: try positions(file, "places.prefixNodes", below: nodes, count: prefixes.count),
      cities: cities,
      cityNodes: try positions(file, "places.cityNodes", below: nodes, count: cities.count),
      locodes: locodes,
      locodeNodes: try positions(file, "places.locodeNodes", below: nodes, count: locodes.count),
      withdrawn: withdrawn,
      successors: try file.text("places.successors", count: withdrawn.count))
  }
}
