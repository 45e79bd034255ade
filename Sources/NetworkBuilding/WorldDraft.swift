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

  /// A name as an id: ASCII letters and digits in lower case, other runs as one dash, accents dropped.
  static func slug(_ name: String) -> String {
    var slug = ""
    for scalar in name.unicodeScalars {
      guard let plain = plainLetter(scalar) else { continue }
      if plain == "-" {
        if !slug.isEmpty, slug.last != "-" { slug.append("-") }
      } else {
        slug.append(plain)
      }
    }
    while slug.last == "-" { slug.removeLast() }
    return slug
  }

  /// A name without accents and curly quotes, as people type it.
  static func plainName(_ name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars {
      if scalar.isASCII {
        text.unicodeScalars.append(scalar)
      } else if scalar == "\u{2019}" || scalar == "\u{2018}" {
        text.append("'")
      } else if let plain = plainLetter(scalar) {
        text.append(scalar.properties.isUppercase ? plain.uppercased() : plain)
      }
    }
    return text
  }

  private static let folded: [Unicode.Scalar: String] = [
    "ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "œ": "oe",
    "ħ": "h", "ə": "a",
  ]

  private static func plainLetter(_ scalar: Unicode.Scalar) -> String? {
    if scalar.isASCII {
      switch scalar.value {
      case 48...57, 97...122: return String(scalar)
      case 65...90: return scalar.properties.lowercaseMapping
      case 39: return nil
      default: return "-"
      }
    }
    let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
    if let known = folded[lower] { return known }
    return latin[lower]
  }

  /// Accented Latin letters and the letter each is read as.
  private static let latin: [Unicode.Scalar: String] = {
    let groups: [(String, String)] = [
      ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặ"), ("c", "çćĉċč"), ("d", "ďḑḍ"), ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
      ("g", "ĝğġģ"), ("h", "ĥḩḥ"), ("i", "ìíîïĩīĭįǐỉị"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľ"),
      ("n", "ñńņňṇ"), ("o", "òóôõöōŏőơǒọỏốồổỗộớờởỡợ"), ("r", "ŕŗř"), ("s", "śŝşšșṣ"), ("t", "ţťțṭ"),
      ("u", "ùúûüũūŭůűųưǔǖǘǚǜụủứừửữự"), ("w", "ŵ"), ("y", "ýÿŷỳỵỷỹ"), ("z", "źżžẓ"),
    ]
    var table: [Unicode.Scalar: String] = [:]
    for (plain, accented) in groups {
      for scalar in accented.unicodeScalars { table[scalar] = plain }
    }
    return table
  }()

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
    let perKilogram = Micro(
      scope.decimal("per_kg").millionths
        + scope.decimal("per_kg_per_1000_km").millionths * Int64(band * width) / 1000)
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
