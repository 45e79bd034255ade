import LogisticsModel

extension WorldDraft {
  /// Belly cargo on real domestic routes, from an export airport far away to the main gateways.
  ///
  /// It stays on the land side: clearance is at the gateway. An express hub at the gateway is fed too.
  mutating func addDomesticFlights() {
    let scope = assume.scope("air.domestic")
    let heads = Set(scope.texts("to"))
    let least = scope.integer("least_km")
    for link in tables.airLinks
    where link.leg == "CN_DOMESTIC" && !link.isAllCodeshare && heads.contains(link.to)
      && link.kilometres >= least && bundle.hasNode("L-\(link.from)")
    {
      addDomesticFlight(link, to: "L-\(link.to)", id: "dom-\(link.from)-\(link.to)")
      if bundle.hasNode("E-\(link.to)") {
        addDomesticFlight(link, to: "E-\(link.to)", id: "dom-\(link.from)-express-\(link.to)")
      }
    }
  }

  private mutating func addDomesticFlight(_ link: AirLinkRow, to head: String, id: String) {
    guard bundle.hasNode(head) else { return }
    let scope = assume.scope("air.domestic")
    bundle.add(
      DraftLeg(
        id: id, from: "L-\(link.from)", to: head, mode: "air", stage: "consolidation",
        service: "air-domestic", goods: goods(scope, "goods"),
        maxWeight: assume.integer("limits.parcel_g"), handling: scope.integer("cut_off_min"),
        card: distanceCard("air-domestic", kilometres: link.kilometres),
        kilometres: link.kilometres,
        running: .scheduled(flightSchedule(count: weekly(airlines: link.airlines), leg: id)),
        duration: travelMinutes(
          kilometres: link.kilometres, speed: scope.integer("speed_km_h"),
          fixed: scope.integer("taxi_min"), grid: scope.integer("grid_min")),
        law: scope.text("law")))
  }
}
