import LogisticsModel

extension WorldDraft {
  /// Ports and the weekly sailings between them, direct and, where the direct way uses Suez, round the Cape.
  mutating func addSeaLinehaul() {
    addSeaLaws()
    let scope = assume.scope("sea")
    let closed = Set(scope.texts("ports_left_out"))
    let wanted = Set(destinations.map(\.code))
    let main = Set(scope.texts("main_export_ports"))
    for port in tables.ports where !closed.contains(port.code) {
      if port.isExport {
        guard tables.seaLinks.contains(where: { $0.from == port.code }) else { continue }
        addExportPort(port, isMain: main.contains(port.code))
      } else if wanted.contains(port.country) {
        addQuay(port)
        addImport(
          at: "P-\(port.code)", name: port.code, title: "port of \(port.name)",
          country: port.country, position: port.position, zone: port.zone, mode: "sea")
      }
    }
    for link in tables.seaLinks
    where bundle.hasNode("P-\(link.from)") && bundle.hasNode("C-\(link.to)") {
      addSailings(link)
    }
  }

  private mutating func addQuay(_ port: PortRow) {
    bundle.add(
      DraftNode(
        id: "P-\(port.code)", kind: "gateway", name: "port of \(port.name)", country: port.country,
        position: port.position, zone: port.zone, unlocode: port.isExport ? "" : port.code))
  }

  /// The freight station where containers are stuffed, and the quay.
  private mutating func addExportPort(_ port: PortRow, isMain: Bool) {
    let scope = assume.scope("sea")
    let station = "L-\(port.code)"
    addQuay(port)
    bundle.add(
      DraftNode(
        id: station, kind: "gateway", name: "port of \(port.name), freight station",
        country: port.country, position: port.position, zone: port.zone))
    let count = scope.integer(isMain ? "hubs_per_main_port" : "hubs_per_port")
    let near = consolidation.sorted {
      (port.position.kilometres(to: $0.city.position), $0.id)
        < (port.position.kilometres(to: $1.city.position), $1.id)
    }
    for hub in near.prefix(count) {
      addFeeder(
        from: hub, to: station, id: "feed-\(hub.id)-\(port.code)", position: port.position)
    }
    bundle.add(
      DraftLeg(
        id: "lcl-\(port.code)", from: station, to: "P-\(port.code)", mode: "handling",
        stage: "export", service: "export-sea", maxWeight: assume.integer("limits.parcel_g"),
        card: flatCard("export-sea"), running: .working(calendar: "work-\(port.country)"),
        duration: scope.integer("stuffing_min"), law: scope.text("stuffing_law")))
  }

  /// The lane of the assumptions that a destination country belongs to.
  private func lane(of country: String) -> AssumptionScope {
    let lanes = assume.tables("sea.lanes")
    return lanes.first { $0.texts("countries").contains(country) } ?? assume.scope("sea.other_lane")
  }

  private mutating func addSailings(_ link: SeaLinkRow) {
    let scope = assume.scope("sea")
    let lane = lane(of: link.toCountry)
    let id = "sea-\(link.from)-\(link.to)"
    let weekday = DraftCalendars.only(WorldDraft.spread(id, over: 7))
    let time = scope.text("departs")
    if let cape = link.capeKilometres {
      let direct = bundle.calendars.schedule(
        weekdays: weekday, times: [time], validFrom: scope.text("suez_from"))
      addSailing(id, link, kilometres: link.kilometres, schedule: direct, lane: lane)
      let always = bundle.calendars.schedule(weekdays: weekday, times: [time])
      addSailing("\(id)-cape", link, kilometres: cape, schedule: always, lane: lane)
    } else {
      let always = bundle.calendars.schedule(weekdays: weekday, times: [time])
      addSailing(id, link, kilometres: link.kilometres, schedule: always, lane: lane)
    }
  }

  /// The heaviest parcel an assumed card takes to a country: less where a real bulk card sells the way.
  func parcelLimit(to country: String) -> Int {
    tables.trunkCards.contains { $0.country == country }
      ? assume.integer("sea.parcel_limit_g") : assume.integer("limits.parcel_g")
  }

  private mutating func addSailing(
    _ id: String, _ link: SeaLinkRow, kilometres: Int, schedule: String, lane: AssumptionScope
  ) {
    let scope = assume.scope("sea")
    let carriers = lane.has("carriers") ? lane.tables("carriers") : []
    let carrier = carriers.isEmpty ? lane : carriers[WorldDraft.spread(id, over: carriers.count)]
    bundle.add(
      DraftLeg(
        id: id, from: "P-\(link.from)", to: "P-\(link.to)", mode: "sea", stage: "linehaul",
        service: "sea-parcel", carrier: carrier.text("name", ifMissing: ""),
        goods: goods(scope, "goods"), maxWeight: parcelLimit(to: link.toCountry),
        handling: scope.integer("cut_off_min"),
        card: distanceCard("sea-parcel", kilometres: link.capeKilometres ?? kilometres),
        kilometres: kilometres,
        running: .scheduled(schedule),
        duration: travelMinutes(
          kilometres: kilometres, speed: lane.integer("speed_km_h"),
          fixed: lane.integer("port_calls_min"), grid: scope.integer("grid_min")),
        law: carrier.text("law"),
        timeBasis: Basis(word: lane.text("time_basis")) ?? .assumed))
  }
}
