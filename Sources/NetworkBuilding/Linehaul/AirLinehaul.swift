import LogisticsModel

extension WorldDraft {
  /// Export airports, import airports, and the flights between them: belly cargo on the real routes, and
  /// assumed freighters between cargo airports.
  mutating func addAirLinehaul() {
    let air = AirGateways(tables: tables, assume: assume, destinations: destinations)
    for iata in air.exports { addExportAirport(iata) }
    for iata in air.imports { addImportAirport(iata) }
    for iata in air.transfers { addAirside(iata) }
    for link in air.direct { addBelly(link) }
    for link in air.onward { addBelly(link) }
    addFreighters(air)
    addBondedTrucks()
  }

  private mutating func addAirside(_ iata: String) {
    guard let airport = tables.airports[iata], !bundle.hasNode("A-\(iata)") else { return }
    let override = assume.scope("origins.zone_override")
    bundle.add(
      DraftNode(
        id: "A-\(iata)", kind: "gateway", name: "\(airport.name), airside",
        country: airport.country,
        position: airport.position, zone: override.text(airport.zone, ifMissing: airport.zone)))
  }

  /// Landside (where trucks arrive), clearance in the airport's customs hours, airside.
  private mutating func addExportAirport(_ iata: String) {
    guard let airport = tables.airports[iata] else {
      assume.scope("air.freighter").unknown("origins", "no airport \(iata)")
      return
    }
    addAirside(iata)
    let scope = assume.scope("export")
    let override = assume.scope("origins.zone_override")
    let landside = "L-\(iata)"
    bundle.add(
      DraftNode(
        id: landside, kind: "gateway", name: "\(airport.name), landside", country: airport.country,
        position: airport.position, zone: override.text(airport.zone, ifMissing: airport.zone)))
    let isMain = assume.texts("air.main_export_airports").contains(iata)
    for hub in feeders(to: airport.position, isMain: isMain) {
      addFeeder(from: hub, to: landside, id: "feed-\(hub.id)-\(iata)", position: airport.position)
    }
    bundle.add(
      DraftLeg(
        id: "export-\(iata)", from: landside, to: "A-\(iata)", mode: "handling", stage: "export",
        service: "export-air", maxWeight: assume.integer("limits.parcel_g"),
        handling: scope.integer("air_acceptance_min"), card: flatCard("export-air"),
        running: .working(calendar: "export-\(airport.country)"),
        duration: scope.integer("air_clearance_min"), law: scope.text("air_law")))
  }

  private mutating func addImportAirport(_ iata: String) {
    guard let airport = tables.airports[iata] else { return }
    addAirside(iata)
    addImport(
      at: "A-\(iata)", name: iata, title: airport.name, country: airport.country,
      position: airport.position, zone: airport.zone, mode: "air")
  }

  /// Departures a week of a route, rounded down to a count that spreads evenly.
  func weekly(airlines: Int) -> Int {
    let counts = assume.scope("air").rows("weekly_counts").first ?? [1]
    let estimate = airlines * assume.integer("air.departures_per_airline")
    return counts.last { $0 <= estimate } ?? counts[0]
  }

  /// A schedule with `count` departures a week, spread over weekdays and clock times by the leg's id.
  mutating func flightSchedule(count: Int, leg: String) -> String {
    let slots = 8
    let phase = WorldDraft.spread(leg, over: slots)
    let id = "fl-\(count)-\(phase)"
    func clock(_ slot: Int) -> String {
      let hour = slot % slots * 3
      return "\(hour < 10 ? "0" : "")\(hour):30"
    }
    if count >= 7 {
      let daily = count / 7
      let rows = (0..<daily).map {
        (weekdays: DraftCalendars.everyDay, departs: clock(phase + $0 * slots / daily))
      }
      bundle.calendars.schedule(id, rows: rows)
    } else {
      let days = Set((0..<count).map { ($0 * 7 / count + phase) % 7 })
      let pattern = (0..<7).map { days.contains($0) ? "1" : "0" }.joined()
      bundle.calendars.schedule(id, rows: [(weekdays: pattern, departs: clock(phase))])
    }
    return id
  }

  private mutating func addBelly(_ link: AirLinkRow) {
    let scope = assume.scope("air.belly")
    let id = "air-\(link.from)-\(link.to)"
    bundle.add(
      DraftLeg(
        id: id, from: "A-\(link.from)", to: "A-\(link.to)", mode: "air", stage: "linehaul",
        service: "air-belly", goods: goods(scope, "goods"),
        maxWeight: assume.integer("limits.parcel_g"), handling: scope.integer("cut_off_min"),
        card: distanceCard("air-belly", kilometres: link.kilometres), kilometres: link.kilometres,
        running: .scheduled(flightSchedule(count: weekly(airlines: link.airlines), leg: id)),
        duration: flightMinutes(link.kilometres, scope: scope), law: scope.text("law")))
  }

  private func flightMinutes(_ kilometres: Int, scope: AssumptionScope) -> Int {
    let stop = kilometres > scope.integer("range_km") ? scope.integer("technical_stop_min") : 0
    return travelMinutes(
      kilometres: kilometres, speed: scope.integer("speed_km_h"),
      fixed: scope.integer("taxi_min") + stop, grid: scope.integer("grid_min"))
  }

  private mutating func addFreighters(_ air: AirGateways) {
    let scope = assume.scope("air.freighter")
    let hubs = air.imports.filter { tables.airports[$0]?.isCargoHub == true }
    let main = Set(scope.texts("main_destinations"))
    for (origins, isMain) in [(scope.texts("main_origins"), true), (scope.texts("origins"), false)]
    {
      for from in origins {
        for to in hubs where isMain || main.contains(to) {
          guard let start = tables.airports[from], let end = tables.airports[to] else { continue }
          let kilometres = start.position.kilometres(to: end.position)
          let count = scope.integer(
            isMain && main.contains(to) ? "weekly_main" : "weekly_other")
          let id = "frt-\(from)-\(to)"
          bundle.add(
            DraftLeg(
              id: id, from: "A-\(from)", to: "A-\(to)", mode: "air", stage: "linehaul",
              service: "air-freighter", goods: goods(scope, "goods"),
              maxWeight: assume.integer("limits.parcel_g"), handling: scope.integer("cut_off_min"),
              card: distanceCard("air-freighter", kilometres: kilometres), kilometres: kilometres,
              running: .scheduled(flightSchedule(count: count, leg: id)),
              duration: flightMinutes(kilometres, scope: scope), law: scope.text("law")))
        }
      }
    }
  }

  /// Road under bond from an airport to the border of a country that has no usable flights of its own, or few.
  private mutating func addBondedTrucks() {
    let scope = assume.scope("bonded")
    let schedule = bundle.calendars.schedule(
      weekdays: scope.text("weekdays"), times: scope.texts("departs"))
    for row in scope.tables("lines") {
      let country = row.text("country")
      guard
        let city = tables.demand.first(where: {
          $0.country == country && $0.name == row.text("city")
        })
      else {
        row.unknown("city", "no demand city \(row.text("city")) in \(country)")
        continue
      }
      let name = "\(country)-road"
      let arrival = "B-\(country)-road"
      bundle.add(
        DraftNode(
          id: arrival, kind: "gateway", name: "\(city.name) road gateway, under bond",
          country: country, position: city.position, zone: city.zone))
      addImport(
        at: arrival, name: name, title: "\(city.name) road gateway", country: country,
        position: city.position, zone: city.zone, mode: "air")
      for from in row.texts("from") {
        guard let start = bundle.node(from) else {
          row.unknown("from", "no node \(from)")
          continue
        }
        let road = roadKilometres(start.position, city.position)
        bundle.add(
          DraftLeg(
            id: "bond-\(from.dropFirst(2))-\(country)", from: from, to: arrival, mode: "road",
            stage: "linehaul", service: "bonded-truck",
            maxWeight: assume.integer("limits.parcel_g"),
            handling: scope.integer("cut_off_min"),
            card: distanceCard("truck-import", kilometres: road),
            kilometres: road, running: .scheduled(schedule),
            duration: travelMinutes(
              kilometres: road, speed: scope.integer("speed_km_h"),
              fixed: scope.integer("border_min"), grid: scope.integer("grid_min")),
            law: scope.text("law")))
      }
    }
  }
}
