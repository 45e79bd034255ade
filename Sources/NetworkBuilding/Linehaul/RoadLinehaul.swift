import LogisticsModel

extension WorldDraft {
  /// Trucks over land to China's neighbours, from road gateways near the border.
  mutating func addRoadLinehaul() {
    let scope = assume.scope("overland")
    let schedule = bundle.calendars.schedule(
      weekdays: scope.text("weekdays"), times: scope.texts("departs"))
    for row in scope.tables("gateways") {
      guard let place = overlandPlace(row) else { continue }
      let id = row.text("id")
      let (landside, border) = ("L-\(id)-road", "X-\(id)-road")
      for (node, part) in [(landside, "landside"), (border, "border queue")] {
        bundle.add(
          DraftNode(
            id: node, kind: "gateway", name: "\(row.text("name")) road gateway, \(part)",
            country: "CN", position: place, zone: "Asia/Shanghai"))
      }
      for hub in feeders(to: place, isMain: true).prefix(scope.integer("hubs_per_gateway")) {
        addFeeder(from: hub, to: landside, id: "feed-\(hub.id)-\(id)-road", position: place)
      }
      bundle.add(
        DraftLeg(
          id: "export-\(id)-road", from: landside, to: border, mode: "handling", stage: "export",
          service: "export-road", maxWeight: assume.integer("limits.parcel_g"),
          card: flatCard("export-rail"), running: .working(calendar: "export-CN"),
          duration: scope.integer("clearance_min"), law: scope.text("law")))
      for line in row.tables("lines") {
        addOverlandLine(line, from: border, gateway: id, position: place, schedule: schedule)
      }
    }
  }

  private func overlandPlace(_ row: AssumptionScope) -> Position? {
    if row.has("terminal") {
      if let found = tables.terminals.first(where: { $0.id == row.text("terminal") }) {
        return found.position
      }
    } else if let found = tables.origins.first(where: { $0.name == row.text("city") }) {
      return found.position
    }
    row.unknown("id", "its terminal or city is unknown")
    return nil
  }

  private mutating func addOverlandLine(
    _ line: AssumptionScope, from border: String, gateway: String, position: Position,
    schedule: String
  ) {
    let scope = assume.scope("overland")
    let country = line.text("country")
    guard
      let city = tables.demand.first(where: {
        $0.country == country && $0.name == line.text("city")
      })
    else {
      line.unknown("city", "no demand city \(line.text("city")) in \(country)")
      return
    }
    let slug = WorldDraft.slug(city.name)
    let arrival = "B-\(country)-\(slug)"
    if !bundle.hasNode(arrival) {
      bundle.add(
        DraftNode(
          id: arrival, kind: "gateway", name: "\(city.name) truck terminal", country: country,
          position: city.position, zone: city.zone))
      addImport(
        at: arrival, name: "\(country)-\(slug)", title: "\(city.name) truck terminal",
        country: country, position: city.position, zone: city.zone, mode: "road")
    }
    let road = roadKilometres(position, city.position)
    bundle.add(
      DraftLeg(
        id: "road-\(gateway)-\(country)-\(slug)", from: border, to: arrival, mode: "road",
        stage: "linehaul", service: "road-parcel", goods: goods(scope, "goods"),
        maxWeight: assume.integer("limits.parcel_g"), handling: scope.integer("cut_off_min"),
        card: distanceCard("road-parcel", kilometres: road), kilometres: road,
        running: .scheduled(schedule),
        duration: travelMinutes(
          kilometres: road, speed: scope.integer("speed_km_h"), fixed: scope.integer("border_min"),
          grid: scope.integer("grid_min")), law: scope.text("law")))
  }
}
