import LogisticsModel

/// A destination class: a postal zone, or a city where the country has no postal zones.
struct Destination {
  let node: String
  let id: String
  let country: String
  let prefix: String
  let position: Position
}

extension WorldDraft {
  /// Zones of every country, the names by which they are found, and the last-mile legs that serve them.
  mutating func addLastMile() {
    let extra = assume.scope("last_mile.extra_prefixes")
    for row in tables.zones {
      let prefix = WorldDraft.postalPrefix(row)
      let id = "\(row.country)-\(prefix)"
      bundle.add(
        DraftNode(
          id: "Z-\(id)", kind: "zone",
          name: row.region.isEmpty ? "\(row.country) \(row.prefix)" : "\(row.region) \(row.prefix)",
          country: row.country, position: row.position, zone: row.zone))
      bundle.postalZones.append((row.country, prefix, "Z-\(id)"))
      for more in extra.texts(id, ifMissing: []) {
        bundle.postalZones.append((row.country, more, "Z-\(id)"))
      }
      destinationsByCountry[row.country, default: []].append(
        Destination(
          node: "Z-\(id)", id: id, country: row.country, prefix: prefix, position: row.position))
    }
    for city in tables.demand { addDemandCity(city) }
    for country in destinations {
      for zone in destinationsByCountry[country.code] ?? [] { addDelivery(to: zone) }
    }
  }

  /// The node of a postal prefix.
  static func zoneNode(_ row: PostalZoneRow) -> String { "Z-\(row.country)-\(postalPrefix(row))" }

  /// A prefix as requests are matched with: upper case, without spaces and dashes.
  private static func postalPrefix(_ row: PostalZoneRow) -> String {
    row.prefix.uppercased().filter { $0 != "-" && $0 != " " }
  }

  /// A demand city is the nearest postal zone of its country or, where there is none, a zone of its own.
  private mutating func addDemandCity(_ city: CityRow) {
    let zones = (destinationsByCountry[city.country] ?? []).filter { !$0.prefix.isEmpty }
    let nearest = zones.min {
      (city.position.kilometres(to: $0.position), $0.id)
        < (city.position.kilometres(to: $1.position), $1.id)
    }
    if let nearest {
      bundle.cities.append((city.country, city.name, city.admin1, nearest.node))
      cityPopulation[nearest.node, default: 0] += city.population
      return
    }
    let plain = "\(city.country)-\(WorldDraft.slug(city.name))"
    let id = bundle.hasNode("Z-\(plain)") ? "\(plain)-\(WorldDraft.slug(city.admin1))" : plain
    bundle.add(
      DraftNode(
        id: "Z-\(id)", kind: "zone", name: city.name, country: city.country,
        position: city.position,
        zone: city.zone))
    bundle.cities.append((city.country, city.name, city.admin1, "Z-\(id)"))
    cityPopulation["Z-\(id)", default: 0] += city.population
    destinationsByCountry[city.country, default: []].append(
      Destination(
        node: "Z-\(id)", id: id, country: city.country, prefix: "", position: city.position))
  }

  /// Door and pick-up point from the nearest hub, and door from the second nearest: the way that remains when
  /// a hub is shut.
  private mutating func addDelivery(to zone: Destination) {
    let near = (importHubs[zone.country] ?? []).map {
      ($0, zone.position.kilometres(to: $0.city.position))
    }.sorted { ($0.1, $0.0.id) < ($1.1, $1.0.id) }
    for (rank, (hub, distance)) in near.prefix(2).enumerated() {
      addDelivery(
        product: "door", from: hub.node, distance: distance, to: zone,
        id: rank == 0 ? "lm-\(zone.id)-door" : "lm-\(zone.id)-door2")
      if rank == 0 {
        addDelivery(
          product: "point", from: hub.node, distance: distance, to: zone, id: "lm-\(zone.id)-point")
      }
    }
  }

  private mutating func addDelivery(
    product: String, from hub: String, distance: Int, to zone: Destination, id: String
  ) {
    guard let region = regions[zone.country] else { return }
    let scope = assume.scope("last_mile.\(product)")
    let remote = assume.texts("last_mile.remote_zones")
    bundle.add(
      DraftLeg(
        id: id, from: hub, to: zone.node, mode: "road", stage: "last_mile",
        service: remote.contains(zone.id) ? "lm-\(product)-remote" : "lm-\(product)",
        maxWeight: scope.integer("max_weight_g"), handling: scope.integer("sorting_min"),
        card: lastMileCard(product, region: region),
        kilometres: distance * assume.integer("road.detour_percent") / 100,
        running: .working(calendar: "deliver-\(zone.country)"),
        duration: deliveryMinutes(distance: distance) + scope.integer("extra_min"),
        law: region.text("\(product)_law")))
  }

  /// Working minutes from the hub's sorting to the door: a round within reach, and one more delivery day for
  /// every further stretch.
  func deliveryMinutes(distance: Int) -> Int {
    let scope = assume.scope("last_mile")
    let beyond = max(0, distance - scope.integer("round_km"))
    let stretch = max(1, scope.integer("stretch_km"))
    return scope.integer("round_min")
      + min(scope.integer("most_stretches"), (beyond + stretch - 1) / stretch)
      * scope.integer("stretch_min")
  }

  private mutating func lastMileCard(_ product: String, region: AssumptionScope) -> String {
    let level = region.integer("last_mile_price_percent")
    let card = assume.scope("cards.last-mile-\(product)")
    let family = "lm-\(product)-\(level)"
    bundle.cards.addLinear(
      family, currency: card.text("currency"), fixed: card.decimal("fixed").percent(level),
      perKilogram: card.decimal("per_kg").percent(level),
      divisor: card.has("divisor") ? card.integer("divisor") : nil,
      source: "assumptions cards.last-mile-\(product) at \(level) percent", ledger: ledger)
    return family
  }
}
