import LogisticsModel

extension WorldDraft {
  /// Parcels that stay in China: trucks between the consolidation hubs' cities and delivery to every zone.
  mutating func addDomesticDelivery() {
    let scope = assume.scope("domestic")
    let country = scope.text("country")
    let schedule = bundle.calendars.schedule(
      weekdays: scope.text("weekdays"), times: scope.texts("departs"))
    let hubs = consolidation.filter { $0.city.country == country }
    for hub in hubs {
      bundle.add(
        DraftNode(
          id: "H-\(country)-\(hub.id)", kind: "hub", name: "\(hub.city.name) delivery hub",
          country: country, position: hub.city.position,
          zone: assume.scope("origins.zone_override").text(hub.city.zone, ifMissing: hub.city.zone))
      )
    }
    for from in consolidation {
      for to in hubs {
        let road = roadKilometres(from.city.position, to.city.position)
        bundle.add(
          DraftLeg(
            id: "truck-\(from.id)-\(country)-\(to.id)", from: from.node,
            to: "H-\(country)-\(to.id)",
            mode: "road", stage: "distribution", service: "domestic",
            maxWeight: assume.integer("limits.parcel_g"),
            handling: assume.integer("feeder.sorting_min"),
            card: distanceCard("truck-cn", kilometres: road), kilometres: road,
            running: .scheduled(schedule),
            duration: travelMinutes(
              kilometres: road, speed: scope.integer("speed_km_h"),
              fixed: scope.integer("dock_min"), grid: scope.integer("grid_min")),
            law: DraftLaws.none))
      }
    }
    let card = flatCard("domestic-door")
    for zone in destinationsByCountry[country] ?? [] {
      let near = hubs.sorted {
        (zone.position.kilometres(to: $0.city.position), $0.id)
          < (zone.position.kilometres(to: $1.city.position), $1.id)
      }
      for (rank, hub) in near.prefix(2).enumerated() {
        let distance = zone.position.kilometres(to: hub.city.position)
        bundle.add(
          DraftLeg(
            id: "lm-\(zone.id)-door\(rank == 0 ? "" : "2")", from: "H-\(country)-\(hub.id)",
            to: zone.node, mode: "road", stage: "last_mile", service: "domestic",
            maxWeight: assume.integer("limits.parcel_g"), handling: scope.integer("sorting_min"),
            card: card, kilometres: distance * assume.integer("road.detour_percent") / 100,
            running: .working(calendar: "deliver-\(country)"),
            duration: deliveryMinutes(distance: distance), law: scope.text("law")))
      }
    }
  }
}
