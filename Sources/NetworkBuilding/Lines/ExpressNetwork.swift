import LogisticsModel

extension WorldDraft {
  /// The courier-express network.
  ///
  /// It has hubs of its own in China, one line to every import hub's city with clearance on the way, and its own
  /// rounds to every zone. One price covers the whole line.
  mutating func addExpress() {
    let scope = assume.scope("express")
    for row in scope.tables("hubs") {
      guard let airport = tables.airports[row.text("airport")] else {
        row.unknown("airport", "no airport \(row.text("airport"))")
        continue
      }
      let node = "E-\(airport.iata)"
      bundle.add(
        DraftNode(
          id: node, kind: "hub", name: "express hub \(airport.iata)", country: airport.country,
          position: airport.position, zone: airport.zone))
      for hub in feeders(to: airport.position, isMain: true) {
        addFeeder(
          from: hub, to: node, id: "feed-\(hub.id)-express-\(airport.iata)",
          position: airport.position)
      }
    }
    for country in destinations {
      for hub in importHubs[country.code] ?? [] { addExpressLine(to: hub, country: country.code) }
      for zone in destinationsByCountry[country.code] ?? [] { addExpressDelivery(to: zone) }
    }
  }

  private mutating func addExpressLine(to hub: ImportHub, country: String) {
    guard let region = regions[country] else { return }
    let scope = assume.scope("express")
    let node = "E-\(hub.id)"
    bundle.add(
      DraftNode(
        id: node, kind: "hub", name: "\(hub.city.name) express station", country: country,
        position: hub.city.position, zone: hub.city.zone))
    let schedule = bundle.calendars.schedule(
      weekdays: scope.text("weekdays"), times: scope.texts("departs"))
    for row in scope.tables("hubs") {
      guard let airport = tables.airports[row.text("airport")] else { continue }
      let kilometres = airport.position.kilometres(to: hub.city.position)
      bundle.add(
        DraftLeg(
          id: "express-\(airport.iata)-\(hub.id)", from: "E-\(airport.iata)", to: node, mode: "air",
          stage: "linehaul", service: "express", carrier: "courier express",
          maxWeight: assume.integer("limits.parcel_g"), handling: scope.integer("cut_off_min"),
          card: distanceCard("express", kilometres: kilometres), kilometres: kilometres,
          running: .scheduled(schedule),
          duration: travelMinutes(
            kilometres: kilometres, speed: scope.integer("speed_km_h"),
            fixed: scope.integer("sorting_min") + region.integer("express_clearance_min"),
            grid: scope.integer("grid_min")), law: region.text("express_law")))
    }
  }

  private mutating func addExpressDelivery(to zone: Destination) {
    let near = (importHubs[zone.country] ?? []).min {
      (zone.position.kilometres(to: $0.city.position), $0.id)
        < (zone.position.kilometres(to: $1.city.position), $1.id)
    }
    guard let near else { return }
    let scope = assume.scope("express")
    let distance = zone.position.kilometres(to: near.city.position)
    bundle.add(
      DraftLeg(
        id: "lm-\(zone.id)-express", from: "E-\(near.id)", to: zone.node, mode: "road",
        stage: "last_mile", service: "express", carrier: "courier express",
        maxWeight: assume.integer("limits.parcel_g"), handling: scope.integer("station_min"),
        card: nil, kilometres: distance * assume.integer("road.detour_percent") / 100,
        running: .working(calendar: "express-\(zone.country)"),
        duration: scope.integer("round_min")
          + (distance > scope.integer("far_km") ? scope.integer("far_min") : 0),
        law: scope.text("delivery_law")))
  }
}
