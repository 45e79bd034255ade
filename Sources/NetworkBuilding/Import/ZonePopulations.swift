import LogisticsModel

extension WorldDraft {
  /// How many people each destination stands for: what weighs demand where no past requests are known.
  ///
  /// Of countries with demand cities only: in the others nobody is known to be sent parcels from abroad. A demand city
  /// counts for the zone that its name leads to. Whoever lives in none of them is spread evenly over the zones of the
  /// country, so that a country's zones add up to its population, or to its cities' where those are more.
  mutating func addZonePopulations() {
    for country in destinations {
      let zones = destinationsByCountry[country.code] ?? []
      guard !zones.isEmpty else { continue }
      let inCities = zones.reduce(0) { $0 + (cityPopulation[$1.node] ?? 0) }
      let elsewhere = max(0, country.population - inCities)
      for (place, zone) in zones.enumerated() {
        let share = elsewhere / zones.count + (place < elsewhere % zones.count ? 1 : 0)
        bundle.setPopulation((cityPopulation[zone.node] ?? 0) + share, of: zone.node)
      }
    }
  }
}
