import LogisticsModel

/// Which airports the network uses, and why: chosen from the route table by the assumptions' rules.
struct AirGateways {
  /// Airports goods leave from, sorted.
  var exports: [String] = []
  /// Airports of a destination country that goods enter by, sorted.
  var imports: [String] = []
  /// Foreign airports where belly cargo changes aircraft, sorted.
  var transfers: [String] = []
  /// Routes out of the exporting countries, in file order.
  var direct: [AirLinkRow] = []
  /// Routes from a transfer airport to an import airport, sorted by id.
  var onward: [AirLinkRow] = []

  init(tables: SourceTables, assume: AssumptionScope, destinations: [CountryRow]) {
    let scope = assume.scope("air")
    let closed = Set(scope.texts("countries_without_flights"))
    let wanted = Set(destinations.map(\.code)).subtracting(closed)
    let barred = scope.tables("closed_between").map {
      (one: Set($0.texts("one")), other: Set($0.texts("other")))
    }
    let flown = tables.airLinks.filter { link in
      guard let from = tables.airports[link.from]?.country,
        let to = tables.airports[link.to]?.country
      else { return false }
      return !link.isAllCodeshare
        && !barred.contains {
          ($0.one.contains(from) && $0.other.contains(to))
            || ($0.one.contains(to) && $0.other.contains(from))
        }
    }
    let leaving = flown.filter { $0.leg == "CN_EXPORT" }
    var service: [String: Int] = [:]
    for link in leaving { service[link.to, default: 0] += link.airlines }

    let limit = scope.scope("import_airports")
    var chosen: Set<String> = []
    for country in wanted.sorted() {
      let most = limit.integer(country, ifMissing: limit.integer("default"))
      let served = service.filter { tables.airports[$0.key]?.country == country }
        .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(most)
      chosen.formUnion(served.map(\.key))
    }
    for airport in tables.airports.values
    where airport.isCargoHub && wanted.contains(airport.country) {
      chosen.insert(airport.iata)
    }

    let least = scope.integer("transfer_least_airlines")
    let crossing = Set(
      service.filter {
        $0.value >= least && !closed.contains(tables.airports[$0.key]?.country ?? "")
      }
      .map(\.key))
    let perAirport = scope.integer("transfers_per_airport")
    let international = flown.filter { $0.leg == "ONWARD_INTL" && crossing.contains($0.from) }
    for country in wanted.sorted() {
      let direct = chosen.filter { tables.airports[$0]?.country == country && service[$0] != nil }
      guard direct.isEmpty else { continue }
      var incoming: [String: [AirLinkRow]] = [:]
      for link in international where link.toCountry == country {
        incoming[link.to, default: []].append(link)
      }
      let ranked = incoming.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        .prefix(scope.integer("onward_airports_per_country"))
      for (airport, links) in ranked {
        chosen.insert(airport)
        let best = links.sorted {
          ($1.airlines, $0.kilometres, $0.from) < ($0.airlines, $1.kilometres, $1.from)
        }
        onward += best.prefix(perAirport)
      }
    }
    onward.sort { ($0.from, $0.to) < ($1.from, $1.to) }
    imports = chosen.sorted()
    transfers = Set(onward.map(\.from)).sorted()
    let ends = chosen.union(transfers)
    direct = leaving.filter { ends.contains($0.to) }
    let assumed = scope.texts("freighter.main_origins") + scope.texts("freighter.origins")
    exports = Set(direct.map(\.from)).union(assumed).sorted()
  }
}
