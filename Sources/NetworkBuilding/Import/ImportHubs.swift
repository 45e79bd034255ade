import LogisticsModel

extension WorldDraft {
  /// Chooses each country's import hubs: the largest demand cities that lie far enough apart, as many as its
  /// population asks for.
  mutating func addImportHubs() {
    let scope = assume.scope("import_hubs")
    let steps = scope.rows("by_population")
    let apart = scope.scope("separation_km")
    for country in destinations {
      let wanted = steps.first { $0.count == 2 && country.population >= $0[0] }?[1] ?? 1
      let separation = apart.integer(country.code, ifMissing: apart.integer("default"))
      var chosen: [CityRow] = []
      let ranked = tables.demand.filter { $0.country == country.code }.sorted { $0.rank < $1.rank }
      for city in ranked where chosen.count < wanted {
        if chosen.allSatisfy({ $0.position.kilometres(to: city.position) >= separation }) {
          chosen.append(city)
        }
      }
      for (index, city) in chosen.enumerated() {
        let hub = ImportHub(id: "\(country.code)\(index + 1)", city: city)
        importHubs[country.code, default: []].append(hub)
        bundle.add(
          DraftNode(
            id: hub.node, kind: "hub", name: "\(city.name) import hub", country: country.code,
            position: city.position, zone: city.zone))
      }
    }
  }

  /// Trucks from a gateway's cleared goods to the import hubs of a country.
  mutating func addDistribution(from gateway: ImportGateway, to country: String, hubs limit: Int) {
    let scope = assume.scope("distribution")
    let schedule = bundle.calendars.schedule(
      weekdays: scope.text("weekdays"), times: scope.texts("departs"))
    let near = (importHubs[country] ?? []).sorted {
      (gateway.position.kilometres(to: $0.city.position), $0.id)
        < (gateway.position.kilometres(to: $1.city.position), $1.id)
    }
    for hub in near.prefix(limit) {
      let id = "truck-\(gateway.cleared.dropFirst(2))-\(hub.id)"
      guard !bundle.hasLeg(id) else { continue }
      let road = roadKilometres(gateway.position, hub.city.position)
      bundle.add(
        DraftLeg(
          id: id, from: gateway.cleared, to: hub.node, mode: "road", stage: "distribution",
          service: "distribution", maxWeight: assume.integer("limits.parcel_g"),
          handling: scope.integer("dock_min"), card: distanceCard("truck-import", kilometres: road),
          kilometres: road, running: .scheduled(schedule),
          duration: travelMinutes(
            kilometres: road, speed: scope.integer("speed_km_h"), fixed: scope.integer("dock_min"),
            grid: scope.integer("grid_min")), law: DraftLaws.none))
    }
  }

  /// Clearance at a gateway and the trucks beyond it.
  ///
  /// Clearance counts working time of the country's customs; then trucks go to its hubs and, from the main
  /// gateways of a customs union, to hubs of the other members. `arrival` is the node where the linehaul ends,
  /// `name` the short name used in ids.
  mutating func addImport(
    at arrival: String, name: String, title: String, country: String, position: Position,
    zone: String, mode: String
  ) {
    guard let region = regions[country] else { return }
    let scope = assume.scope("import")
    let kind = mode == "air" ? "air" : "bulk"
    let gateway = ImportGateway(
      cleared: "C-\(name)", country: country, position: position, mode: mode)
    guard !bundle.hasNode(gateway.cleared) else { return }
    bundle.add(
      DraftNode(
        id: gateway.cleared, kind: "customs", name: "\(title), cleared", country: country,
        position: position, zone: zone))
    bundle.add(
      DraftLeg(
        id: "clear-\(name)", from: arrival, to: gateway.cleared, mode: "handling", stage: "import",
        service: "import-\(kind)", maxWeight: assume.integer("limits.parcel_g"),
        handling: scope.integer("\(kind)_breakdown_min"), card: importCard(kind, region: region),
        running: .working(calendar: "customs-\(country)"),
        duration: region.integer("\(kind)_clearance_min"), law: region.text("\(kind)_clearance_law")
      ))
    gateways.append(gateway)
    addDistribution(from: gateway, to: country, hubs: scope.integer("hubs_per_gateway"))
    let union = assume.texts("customs.eu27")
    guard union.contains(country), scope.texts("union_gateways").contains(name) else { return }
    for member in union where member != country {
      addDistribution(from: gateway, to: member, hubs: scope.integer("union_hubs_per_gateway"))
    }
  }

  private mutating func importCard(_ kind: String, region: AssumptionScope) -> String {
    let fee = region.decimal("\(kind)_import_fee")
    let perKilogram = region.decimal("\(kind)_import_per_kg")
    let family = "import-\(kind)-\(fee.description)-\(perKilogram.description)"
    bundle.cards.addLinear(
      family, currency: "EUR", fixed: fee, perKilogram: perKilogram, divisor: nil,
      source: "assumptions regions: \(kind) import fee", ledger: ledger)
    return family
  }
}
