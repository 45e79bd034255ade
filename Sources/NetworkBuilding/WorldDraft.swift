import LogisticsModel

/// A consolidation hub: where parcels of a region are sorted by gateway.
struct ConsolidationHub {
  let id: String
  let city: CityRow
  var node: String { "K-\(id)" }
}

/// An import hub: where a country's parcels are sorted for the last mile.
struct ImportHub {
  let id: String
  let city: CityRow
  var node: String { "H-\(id)" }
}

/// A gateway through which goods enter, once cleared.
struct ImportGateway {
  /// Node of cleared goods.
  let cleared: String
  let country: String
  let position: Position
  /// `air`, `sea`, `rail` or `road`.
  let mode: String
}

/// The state that the parts of one build share.
struct WorldDraft {
  let tables: SourceTables
  let assume: AssumptionScope
  let ledger: FindingLedger
  var bundle: BundleDraft
  /// Destination countries in the order of `countries.csv`.
  let destinations: [CountryRow]
  /// Region of the assumptions each destination country belongs to.
  var regions: [String: AssumptionScope] = [:]
  var consolidation: [ConsolidationHub] = []
  var importHubs: [String: [ImportHub]] = [:]
  var gateways: [ImportGateway] = []
  var destinationsByCountry: [String: [Destination]] = [:]
  /// People of the demand cities that each destination stands for.
  var cityPopulation: [String: Int] = [:]

  init(tables: SourceTables, assume: AssumptionScope, ledger: FindingLedger) {
    self.tables = tables
    self.assume = assume
    self.ledger = ledger
    bundle = BundleDraft(ledger: ledger)
    let wanted = Set(tables.demand.map(\.country))
    destinations = tables.countries.filter { wanted.contains($0.code) }
    bundle.laws.read(assume.scope("laws"))
    for row in assume.tables("emission_factors") {
      bundle.emissions.append(
        (row.text("mode"), row.decimal("g_per_tonne_km"), row.text("source")))
    }
  }

  /// Puts every destination country into its region; each must stand in exactly one.
  mutating func addRegions() {
    let scope = assume.scope("regions")
    for name in scope.keys {
      let region = scope.scope(name)
      for country in region.texts("countries") {
        if regions[country] != nil {
          region.unknown("countries", "\(country) stands in two regions")
        }
        regions[country] = region
      }
    }
    for country in destinations where regions[country.code] == nil {
      scope.unknown("countries", "\(country.code) (\(country.name)) stands in no region")
    }
  }

  /// A name as an id: ASCII letters and digits in lower case without accents, words joined by a dash.
  static func slug(_ name: String) -> String {
    let words = name.split {
      !$0.isLetter && !$0.isNumber && !["'", "\u{2018}", "\u{2019}"].contains($0)
    }
    return words.map { String(CityName.key($0).filter(\.isASCII)) }.filter { !$0.isEmpty }
      .joined(separator: "-")
  }

  /// A small number that depends on the text only (FNV-1a, 32 bits): spreads departures over the week.
  static func spread(_ text: String, over count: Int) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int(hash % UInt32(max(count, 1)))
  }

  /// Kilometres by road: great circle times the detour of the assumptions.
  func roadKilometres(_ from: Position, _ to: Position) -> Int {
    from.kilometres(to: to) * assume.integer("road.detour_percent") / 100
  }

  /// A rate-card family that depends on distance.
  ///
  /// Its price is taken at the far end of the distance band, and every leg of the band shares it. The family is
  /// made when it is first asked for.
  mutating func distanceCard(_ name: String, kilometres: Int) -> String {
    let scope = assume.scope("cards.\(name)")
    let width = max(1, scope.integer("band_km"))
    let band = (kilometres + width - 1) / width
    let family = "\(name)-\(band)"
    let perKilogram = Decimal6(
      micros:
        scope.decimal("per_kg").micros
        + scope.decimal("per_kg_per_1000_km").micros * Int64(band * width) / 1000)
    bundle.cards.addLinear(
      family, currency: scope.text("currency"), fixed: scope.decimal("fixed"),
      perKilogram: perKilogram, divisor: scope.has("divisor") ? scope.integer("divisor") : nil,
      source: "assumptions cards.\(name): up to \(band * width) km", ledger: ledger)
    return family
  }

  /// A rate-card family that does not depend on distance.
  mutating func flatCard(_ name: String) -> String {
    let scope = assume.scope("cards.\(name)")
    bundle.cards.addLinear(
      name, currency: scope.text("currency"), fixed: scope.decimal("fixed"),
      perKilogram: scope.decimal("per_kg"),
      divisor: scope.has("divisor") ? scope.integer("divisor") : nil,
      source: "assumptions cards.\(name)", ledger: ledger)
    return name
  }

  /// The goods classes named in a list of the assumptions.
  func goods(_ scope: AssumptionScope, _ name: String) -> GoodsMask {
    GoodsMask(
      scope.texts(name).compactMap { word in
        let found = GoodsClass(word: word)
        if found == nil { scope.unknown(name, "no goods class \(word)") }
        return found
      })
  }
}
