import LogisticsModel

/// A carrier's line to one country: one price covers everything between its intake and the door.
struct CarrierLine {
  /// Word used in ids and as the carrier's part of the service name: `cainiao`.
  let carrier: String
  let title: String
  let country: String
}

extension WorldDraft {
  /// The intake nodes of a carrier and the feeders to them.
  ///
  /// - Returns: ids of the nodes.
  mutating func addIntakes(_ carrier: String, title: String, scope: AssumptionScope) -> [String] {
    scope.texts("intakes").compactMap { id in
      guard let hub = consolidation.first(where: { $0.id == id }) else {
        scope.unknown("intakes", "no consolidation hub \(id)")
        return nil
      }
      let node = "N-\(carrier)-\(id)"
      bundle.add(
        DraftNode(
          id: node, kind: "hub", name: "\(title) intake \(hub.city.name)",
          country: hub.city.country,
          position: hub.city.position, zone: hub.city.zone))
      let near = consolidation.sorted {
        (hub.city.position.kilometres(to: $0.city.position), $0.id)
          < (hub.city.position.kilometres(to: $1.city.position), $1.id)
      }
      for feeder in near.prefix(scope.integer("hubs_per_intake")) {
        addFeeder(
          from: feeder, to: node, id: "feed-\(feeder.id)-\(carrier)-\(id)",
          position: hub.city.position)
      }
      return node
    }
  }

  /// The carrier's import station of a country and its rounds to every zone, included in the line's price.
  ///
  /// Published door-to-door times cover the rounds too; times that end at the station leave them assumed.
  ///
  /// - Returns: the station's node and its position, or nil where the country has no import hub.
  mutating func addStation(
    _ line: CarrierLine, suffix: String = "", timeBasis: Basis = .published,
    serves: (Destination) -> Bool = { _ in true }
  )
    -> (node: String, position: Position)?
  {
    guard let hub = importHubs[line.country]?.first else { return nil }
    let scope = assume.scope("lines")
    let node = "N-\(line.carrier)-\(line.country)\(suffix)"
    guard !bundle.hasNode(node) else { return (node, hub.city.position) }
    bundle.add(
      DraftNode(
        id: node, kind: "hub", name: "\(line.title) station \(line.country)\(suffix)",
        country: line.country, position: hub.city.position, zone: hub.city.zone))
    for zone in destinationsByCountry[line.country] ?? [] where serves(zone) {
      let distance = zone.position.kilometres(to: hub.city.position)
      bundle.add(
        DraftLeg(
          id: "lm-\(zone.id)-\(line.carrier)\(suffix)", from: node, to: zone.node, mode: "road",
          stage: "last_mile", service: "\(line.carrier)-last-mile", carrier: line.title,
          maxWeight: assume.integer("limits.trunk_g"), handling: scope.integer("station_min"),
          card: nil, kilometres: distance * assume.integer("road.detour_percent") / 100,
          running: .working(calendar: "deliver-\(line.country)"),
          duration: scope.integer("round_min"), law: scope.text("delivery_law"),
          timeBasis: timeBasis))
    }
    return (node, hub.city.position)
  }

  /// A law spread over a published range of days, and the minutes before it.
  ///
  /// A published range `min`-`max` days from intake to door is taken as: nobody is faster than `min`, most are
  /// inside, one in ten may pass `max`. The linehaul gets the range less the days of the last mile.
  ///
  /// - Returns: minutes that always pass, and the id of the law of the rest.
  mutating func lineLaw(minDays: Int, maxDays: Int, areWorking: Bool) -> (
    duration: Int, law: String
  ) {
    let scope = assume.scope("lines")
    // Five working days are seven calendar days.
    let factor = areWorking ? scope.integer("calendar_percent_of_working") : 100
    let first = minDays * 1440 * factor / 100
    let last = maxDays * 1440 * factor / 100
    let tail = scope.integer("last_mile_allowance_min")
    let duration = max(scope.integer("least_linehaul_min"), first - tail)
    let span = max(0, last - tail - scope.integer("last_mile_spread_min") - duration)
    let grid = scope.integer("grid_min")
    var weights: [Int: Int] = [:]
    for row in scope.rows("spread_percent_weight") where row.count == 2 {
      weights[(span * row[0] / 100 + grid / 2) / grid * grid, default: 0] += row[1]
    }
    let id = "line-\(minDays)-\(maxDays)\(areWorking ? "-working" : "")"
    bundle.laws.add(
      id, atoms: weights.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }, basis: .published,
      source: "published \(minDays)-\(maxDays) \(areWorking ? "working " : "")days, shape assumed",
      ledger: ledger)
    return ((duration + 29) / 30 * 30, id)
  }

  /// One priced linehaul leg of a line.
  mutating func addLine(
    _ id: String, from intake: String, to station: (node: String, position: Position),
    line: CarrierLine, service: String, mode: String, goods: GoodsMask, maxWeight: Int,
    card: String,
    schedule: String, handling: Int, duration: Int, law: String, detourPercent: Int
  ) {
    guard let start = bundle.node(intake) else { return }
    bundle.add(
      DraftLeg(
        id: id, from: intake, to: station.node, mode: mode, stage: "linehaul", service: service,
        carrier: line.title, goods: goods, maxWeight: maxWeight, handling: handling, card: card,
        kilometres: start.position.kilometres(to: station.position) * detourPercent / 100,
        running: .scheduled(schedule), duration: duration, law: law, priceBasis: .real,
        timeBasis: .published))
  }
}
