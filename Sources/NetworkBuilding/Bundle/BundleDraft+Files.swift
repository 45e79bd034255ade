import CSVTables
import LogisticsModel

extension BundleDraft {
  /// Every CSV file of the bundle by name; rows in an order that depends on ids only.
  func files() -> [String: String] {
    var files = plainFiles
    files["nodes.csv"] = nodesFile()
    files["legs.csv"] = legsFile()
    files["zones.csv"] = zonesFile()
    files["cities.csv"] = citiesFile()
    files["successors.csv"] = successorsFile()
    files["fx.csv"] = ratesFile()
    files["emission_factors.csv"] = emissionsFile()
    for (name, text) in calendars.files() { files[name] = text }
    for (name, text) in cards.files(used: Set(legs.compactMap(\.card))) { files[name] = text }
    files["delay_laws.csv"] = laws.file()
    return files
  }

  private func nodesFile() -> String {
    var file = CSVWriter([
      "node", "kind", "name", "country", "lat", "lon", "tz", "unlocode", "population",
    ])
    for node in nodes.values.sorted(by: { $0.id < $1.id }) {
      file.append([
        node.id, node.kind, node.name, node.country, degrees(node.position.latitude),
        degrees(node.position.longitude), node.zone, node.unlocode,
        node.population.map { "\($0)" } ?? "",
      ])
    }
    return file.text
  }

  /// Degrees to four places (about ten metres), written with integers only.
  private func degrees(_ value: Double) -> String {
    let scaled = Int64((value * 10_000).rounded())
    return Decimal6(micros: scaled * 100).description
  }

  private func legsFile() -> String {
    var file = CSVWriter([
      "leg", "from", "to", "mode", "stage", "service", "carrier", "goods", "max_weight_g",
      "handling_min", "card", "co2_mg_per_g", "kind", "schedule", "calendar", "duration_min", "law",
      "price_basis", "time_basis",
    ])
    for leg in legs.sorted(by: { $0.id < $1.id }) {
      let kind: String
      var schedule = ""
      var calendar = ""
      switch leg.running {
      case .scheduled(let id): (kind, schedule) = ("S", id)
      case .continuous(let id): (kind, calendar) = ("C", id)
      case .working(let id): (kind, calendar) = ("W", id)
      }
      let goods = GoodsClass.allCases.filter { leg.goods.contains($0) }.map(\.word)
      file.append([
        leg.id, leg.from, leg.to, leg.mode, leg.stage, leg.service, leg.carrier,
        goods.joined(separator: "+"), "\(leg.maxWeight)", "\(leg.handling)", leg.card ?? "",
        "\(emission(mode: leg.mode, kilometres: leg.kilometres))", kind, schedule, calendar,
        "\(leg.duration)", leg.law, (leg.card == nil ? Basis.included : leg.priceBasis).word,
        leg.timeBasis.word,
      ])
    }
    return file.text
  }

  private func zonesFile() -> String {
    var file = CSVWriter(["country", "prefix", "node"])
    for zone in postalZones.sorted(by: { ($0.country, $0.prefix) < ($1.country, $1.prefix) }) {
      file.append([zone.country, zone.prefix, zone.node])
    }
    return file.text
  }

  private func citiesFile() -> String {
    var file = CSVWriter(["country", "city", "admin1", "node"])
    let ordered = cities.sorted {
      ($0.country, $0.name, $0.admin1, $0.node) < ($1.country, $1.name, $1.admin1, $1.node)
    }
    for city in ordered { file.append([city.country, city.name, city.admin1, city.node]) }
    return file.text
  }

  private func successorsFile() -> String {
    var file = CSVWriter(["code", "successor", "note"])
    for entry in successors.sorted(by: { $0.code < $1.code }) {
      file.append([entry.code, entry.successor, entry.note])
    }
    return file.text
  }

  private func ratesFile() -> String {
    var file = CSVWriter(["date", "base", "quote", "rate", "basis", "source"])
    let ordered = rates.sorted { ($0.base, $0.quote, $0.date) < ($1.base, $1.quote, $1.date) }
    for rate in ordered {
      let basis: Basis =
        rate.source == "ECB reference rate" ? .real : rate.date.isEmpty ? .assumed : .published
      file.append([rate.date, rate.base, rate.quote, rate.rate, basis.word, rate.source])
    }
    return file.text
  }

  private func emissionsFile() -> String {
    var file = CSVWriter(["mode", "g_per_tonne_km", "source"])
    for row in emissions.sorted(by: { $0.mode < $1.mode }) {
      file.append([row.mode, row.gramsPerTonneKilometre.description, row.source])
    }
    return file.text
  }
}
