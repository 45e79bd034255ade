import LogisticsModel

extension WorldDraft {
  /// The US postal service's own card on its last mile: a cell per weight and distance zone.
  mutating func addPostalDelivery() {
    let scope = assume.scope("usps")
    let reach = scope.rows("zone_miles").first ?? []
    for number in Set(tables.postalCells.map(\.zone)).sorted() {
      let cells = tables.postalCells.filter { $0.zone == number }
        .sorted { ($0.uptoGrams, $0.price) < ($1.uptoGrams, $1.price) }
      var over = 0
      let bands = cells.enumerated().map { index, cell in
        // 15.999 oz and 1 lb are both 454 g in the source: the lower cell ends a gram before.
        let isTwin = index + 1 < cells.count && cells[index + 1].uptoGrams == cell.uptoGrams
        let upto = isTwin ? cell.uptoGrams - 1 : cell.uptoGrams
        defer { over = upto }
        return DraftBand(over: over, upto: upto, base: cell.price)
      }
      bundle.cards.add(
        DraftVariant(
          family: "usps-z\(number)", id: "usps-z\(number)",
          currency: cells.first?.currency ?? "USD", basis: .real,
          source: "rate_card_usps_ground_advantage_retail.csv zone \(number) evidence B",
          bands: bands), ledger: ledger)
    }
    let greatest = tables.postalCells.map(\.uptoGrams).max() ?? 0
    let islands = scope.texts("zone_9_prefixes")
    for zone in destinationsByCountry["US"] ?? [] {
      let near = (importHubs["US"] ?? []).min {
        (zone.position.kilometres(to: $0.city.position), $0.id)
          < (zone.position.kilometres(to: $1.city.position), $1.id)
      }
      guard let near else { continue }
      let distance = zone.position.kilometres(to: near.city.position)
      // 1 mile = 1.609344 km; the shortcut zones of the source's reader go by miles.
      let miles = distance * 1_000_000 / 1_609_344
      let number =
        islands.contains(zone.prefix)
        ? 9 : (reach.firstIndex { miles <= $0 }.map { $0 + 1 } ?? reach.count + 1)
      bundle.add(
        DraftLeg(
          id: "lm-\(zone.id)-usps", from: near.node, to: zone.node, mode: "post",
          stage: "last_mile",
          service: "usps-ground-advantage", carrier: "USPS", maxWeight: greatest,
          handling: assume.integer("last_mile.door.sorting_min"), card: "usps-z\(number)",
          kilometres: distance * assume.integer("road.detour_percent") / 100,
          running: .working(calendar: "deliver-US"),
          duration: scope.integer("first_min") + number * scope.integer("per_zone_min"),
          law: scope.text("law"), priceBasis: .real))
    }
  }
}
