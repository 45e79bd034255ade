import LogisticsModel

extension WorldDraft {
  /// Origin cities, consolidation hubs and the pick-up legs between them.
  ///
  /// Every city is served by its nearest hubs, with a local cut-off on the working calendar of its country
  /// (holidays closed, make-up weekend days worked).
  mutating func addOriginsAndPickup() {
    let override = assume.scope("origins.zone_override")
    for hub in assume.tables("hubs") {
      let city = tables.origins.first {
        $0.name == hub.text("city") && $0.admin1 == hub.text("admin1")
      }
      guard let city else {
        hub.unknown("city", "no origin city \(hub.text("city")) in \(hub.text("admin1"))")
        continue
      }
      let entry = ConsolidationHub(id: hub.text("id"), city: city)
      consolidation.append(entry)
      bundle.add(
        DraftNode(
          id: entry.node, kind: "hub", name: "\(city.name) consolidation hub",
          country: city.country,
          position: city.position, zone: override.text(city.zone, ifMissing: city.zone)))
    }
    let names = Dictionary(grouping: tables.origins) { WorldDraft.slug($0.name) }
    for city in tables.origins {
      let slug = WorldDraft.slug(city.name)
      let isAlone = names[slug]?.count == 1
      let node = isAlone ? "O-\(slug)" : "O-\(slug)-\(city.admin1.lowercased())"
      bundle.add(
        DraftNode(
          id: node, kind: "origin", name: city.name, country: city.country, position: city.position,
          zone: override.text(city.zone, ifMissing: city.zone),
          unlocode: tables.locodes["\(city.name)|\(city.admin1)"] ?? "",
          population: city.population))
      bundle.cities.append((city.country, city.name, city.admin1, node))
      addPickup(from: node, city: city)
    }
    for entry in assume.tables("successors") {
      bundle.successors.append((entry.text("code"), entry.text("successor"), entry.text("note")))
    }
  }

  private mutating func addPickup(from node: String, city: CityRow) {
    let scope = assume.scope("pickup")
    let near = consolidation.map { ($0, city.position.kilometres(to: $0.city.position)) }
      .sorted { ($0.1, $0.0.id) < ($1.1, $1.0.id) }
    let schedule = bundle.calendars.schedule(
      weekdays: scope.text("weekdays"), times: scope.texts("cut_offs"), dates: city.country)
    let card = flatCard("pickup")
    for (rank, (hub, distance)) in near.prefix(scope.integer("hubs_per_city")).enumerated() {
      if rank > 0, distance > scope.integer("further_hub_within_km") { continue }
      let road = roadKilometres(city.position, hub.city.position)
      bundle.add(
        DraftLeg(
          id: "pickup-\(node.dropFirst(2))-\(hub.id)", from: node, to: hub.node, mode: "road",
          stage: "pickup", service: "pickup", maxWeight: assume.integer("limits.trunk_g"),
          card: card, kilometres: road, running: .scheduled(schedule),
          duration: travelMinutes(
            kilometres: road, speed: scope.integer("speed_km_h"),
            fixed: scope.integer("round_min"), grid: scope.integer("grid_min")),
          law: DraftLaws.none))
    }
  }

  /// A truck from a consolidation hub to a gateway or a carrier's intake.
  ///
  /// Not `paid` where the price of the line that begins there includes the way to it.
  mutating func addFeeder(
    from hub: ConsolidationHub, to node: String, id: String, position: Position, paid: Bool = true
  ) {
    let scope = assume.scope("feeder")
    let road = roadKilometres(hub.city.position, position)
    let schedule = bundle.calendars.schedule(
      weekdays: scope.text("weekdays"), times: scope.texts("departs"))
    bundle.add(
      DraftLeg(
        id: id, from: hub.node, to: node, mode: "road", stage: "consolidation", service: "feeder",
        maxWeight: assume.integer("limits.trunk_g"), handling: scope.integer("sorting_min"),
        card: paid ? distanceCard("truck-cn", kilometres: road) : nil, kilometres: road,
        running: .scheduled(schedule),
        duration: travelMinutes(
          kilometres: road, speed: scope.integer("speed_km_h"), fixed: scope.integer("dock_min"),
          grid: scope.integer("grid_min")), law: DraftLaws.none))
  }

  /// The hubs that feed a gateway: every hub for a main gateway, else the nearest ones.
  func feeders(to position: Position, isMain: Bool) -> [ConsolidationHub] {
    let scope = assume.scope("feeder")
    let near = consolidation.sorted {
      (position.kilometres(to: $0.city.position), $0.id)
        < (position.kilometres(to: $1.city.position), $1.id)
    }
    return isMain
      ? Array(near.prefix(scope.integer("hubs_per_main_gateway")))
      : Array(near.prefix(scope.integer("hubs_per_gateway")))
  }
}
