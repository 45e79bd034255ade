import LogisticsModel

/// Every source table of the world network, read and typed; rows keep the order of their file.
struct SourceTables {
  let origins: [CityRow]
  let locodes: [String: String]
  let demand: [CityRow]
  let airports: [String: AirportRow]
  let airLinks: [AirLinkRow]
  let ports: [PortRow]
  let seaLinks: [SeaLinkRow]
  let terminals: [TerminalRow]
  let countries: [CountryRow]
  let zones: [PostalZoneRow]
  let holidays: [HolidayRow]
  let weekends: [String: [String]]
  let parcelCards: [ParcelCardRow]
  let trunkCards: [TrunkCardRow]
  let postCards: [PostCardRow]
  let postalCells: [PostalCellRow]
  let observations: [ObservationRow]
  let reliability: [ReliabilityRow]
  let surcharges: [SurchargeRow]
  let rates: [RateRow]
  let customsRules: [PlainRow]
  let customsTerms: [PlainRow]
  let taxRates: [PlainRow]
  let subnationalTaxes: [PlainRow]

  /// The files read, in the order they are named in the bundle.
  static let files = [
    "origin_cities.csv", "origin_locodes.csv", "demand_cities.csv", "airports.csv", "air_links.csv",
    "sea_ports.csv", "sea_links.csv", "rail_terminals.csv", "countries.csv", "postal_zones.csv",
    "public_holidays.csv", "weekends.csv", "rate_cards_parcel.csv", "rate_cards_trunk.csv",
    "rate_cards_chinapost_ru.csv", "rate_card_usps_ground_advantage_retail.csv",
    "surcharges.csv", "transit_observations.csv", "sea_reliability.csv", "fx_ecb_daily.csv",
    "fx_other_snapshots.csv", "customs_rules.csv", "customs_rule_terms.csv", "vat_rates.csv",
    "subnational_sales_tax.csv",
  ]

  init(_ sources: [String: [UInt8]], ledger: FindingLedger) {
    func table(_ file: String, _ required: [String]) -> TableReader {
      TableReader(file, in: sources, required: required, ledger: ledger)
    }
    let cityColumns = ["city", "country", "admin1_code", "lat", "lon", "tz", "population"]
    origins = table("origin_cities.csv", cityColumns).rows(SourceTables.city)
    demand = table("demand_cities.csv", cityColumns).rows(SourceTables.city)
    let codes = table("origin_locodes.csv", ["city", "admin1_code", "unlocode"]).rows {
      ("\($0.text("city"))|\($0.text("admin1_code"))", $0.text("unlocode"))
    }
    locodes = Dictionary(codes) { first, _ in first }
    let fields = table("airports.csv", ["iata", "name", "country", "lat", "lon", "tz"]).rows {
      AirportRow(
        iata: $0.text("iata"), name: $0.text("name"), country: $0.text("country"),
        position: $0.position, zone: $0.text("tz"), incoming: $0.optionalInteger("in_links") ?? 0,
        isCargoHub: $0.text("cargo_hub_flag") == "1")
    }
    airports = Dictionary(fields.map { ($0.iata, $0) }) { first, _ in first }
    airLinks = table(
      "air_links.csv",
      ["from_iata", "to_iata", "leg_class", "airline_count", "all_codeshare", "great_circle_km"]
    ).rows {
      AirLinkRow(
        from: $0.text("from_iata"), to: $0.text("to_iata"), fromCountry: $0.text("from_country"),
        toCountry: $0.text("to_country"), leg: $0.text("leg_class"),
        airlines: $0.integer("airline_count"), isAllCodeshare: $0.text("all_codeshare") == "1",
        kilometres: $0.integer("great_circle_km"))
    }
    ports = table("sea_ports.csv", ["unlocode", "name", "country", "lat", "lon", "tz", "role"]).rows
    {
      PortRow(
        code: $0.text("unlocode"), name: $0.text("name"), country: $0.text("country"),
        position: $0.position, zone: $0.text("tz"), isExport: $0.text("role") == "export")
    }
    seaLinks = table("sea_links.csv", ["from_unlocode", "to_unlocode", "sea_km"]).rows {
      SeaLinkRow(
        from: $0.text("from_unlocode"), to: $0.text("to_unlocode"),
        toCountry: $0.text("to_country"),
        kilometres: $0.integer("sea_km"), capeKilometres: $0.optionalInteger("cape_route_km"))
    }
    terminals = table("rail_terminals.csv", ["terminal_id", "name", "country", "lat", "lon", "tz"])
      .rows {
        TerminalRow(
          id: $0.text("terminal_id"), name: $0.text("name"), country: $0.text("country"),
          city: $0.text("city"), position: $0.position, zone: $0.text("tz"),
          isTerminal: $0.text("kind") == "terminal")
      }
    countries = table("countries.csv", ["country", "name", "currency", "population"]).rows {
      CountryRow(
        code: $0.text("country"), name: $0.text("name"), continent: $0.text("continent"),
        currency: $0.text("currency"), population: $0.integer("population"))
    }
    zones = table("postal_zones.csv", ["country", "prefix", "lat", "lon", "tz"]).rows {
      PostalZoneRow(
        country: $0.text("country"), prefix: $0.text("prefix"), position: $0.position,
        region: $0.text("main_region"), zone: $0.text("tz"))
    }
    holidays = table("public_holidays.csv", ["country", "date", "name", "estimated"]).rows {
      HolidayRow(
        country: $0.text("country"), date: $0.text("date"), name: $0.text("name"),
        isEstimated: $0.text("estimated") == "1")
    }
    let ends = table("weekends.csv", ["country", "weekend_days"]).rows {
      ($0.text("country"), $0.text("weekend_days").split(separator: " ").map(String.init))
    }
    weekends = Dictionary(ends) { first, _ in first }
    parcelCards = table(
      "rate_cards_parcel.csv", ["card_id", "carrier", "fixed_fee", "rate_per_kg"]
    )
    .rows(SourceTables.parcelCard)
    trunkCards = table(
      "rate_cards_trunk.csv", ["card_id", "service", "min_kg_incl", "rate_per_kg"]
    )
    .rows(SourceTables.trunkCard)
    postCards = table("rate_cards_chinapost_ru.csv", ["service_id", "formula", "min_g", "max_g"])
      .rows(SourceTables.postCard)
    postalCells = table(
      "rate_card_usps_ground_advantage_retail.csv", ["up_to_g", "zone", "price", "currency"]
    ).rows {
      PostalCellRow(
        uptoGrams: $0.integer("up_to_g"), zone: $0.integer("zone"), price: $0.decimal("price"),
        currency: $0.text("currency"))
    }
    observations = table(
      "transit_observations.csv", ["obs_id", "mode", "from_place", "to_place", "scope"]
    ).rows {
      ObservationRow(
        id: $0.text("obs_id"), mode: $0.text("mode"), from: $0.text("from_place"),
        to: $0.text("to_place"), service: $0.text("service"), low: $0.optionalDecimal("days_low"),
        typical: $0.optionalDecimal("days_typical"), high: $0.optionalDecimal("days_high"),
        scope: $0.text("scope"))
    }
    reliability = table("sea_reliability.csv", ["month", "series", "on_time_percent"]).rows {
      ReliabilityRow(
        month: $0.text("month"), series: $0.text("series"),
        onTimePercent: $0.decimal("on_time_percent"))
    }
    surcharges = table("surcharges.csv", ["surcharge", "condition", "amount", "currency"]).rows {
      SurchargeRow(
        condition: $0.text("condition"), amount: $0.text("amount"), currency: $0.text("currency"))
    }
    let daily = table("fx_ecb_daily.csv", ["date", "currency", "units_per_eur"]).rows {
      RateRow(
        date: $0.text("date"), base: "EUR", quote: $0.text("currency"),
        rate: $0.text("units_per_eur"), source: "ECB reference rate")
    }
    let others = table("fx_other_snapshots.csv", ["date", "base", "quote", "quote_per_base"]).rows {
      RateRow(
        date: $0.text("date"), base: $0.text("base"), quote: $0.text("quote"),
        rate: $0.text("quote_per_base"), source: $0.text("source"))
    }
    rates = daily + others
    customsRules = table("customs_rules.csv", PlainRow.customsRules).rows {
      $0.plain(PlainRow.customsRules)
    }
    customsTerms = table("customs_rule_terms.csv", PlainRow.customsTerms).rows {
      $0.plain(PlainRow.customsTerms)
    }
    taxRates = table("vat_rates.csv", PlainRow.taxRates).rows { $0.plain(PlainRow.taxRates) }
    subnationalTaxes = table("subnational_sales_tax.csv", PlainRow.subnationalTaxes).rows {
      $0.plain(PlainRow.subnationalTaxes)
    }
  }

  private static func city(_ row: SourceRecord) -> CityRow? {
    CityRow(
      name: row.text("city"), country: row.text("country"), admin1: row.text("admin1_code"),
      position: row.position, zone: row.text("tz"), population: row.integer("population"),
      rank: row.optionalInteger("rank_in_country") ?? 0)
  }

  /// Rows without a weight limit or a transit time are no usable card (see config/sources/README.md).
  private static func parcelCard(_ row: SourceRecord) -> ParcelCardRow? {
    guard let over = row.optionalGrams("min_kg_excl"), let upto = row.optionalGrams("max_kg_incl"),
      let minDays = row.optionalInteger("transit_min_days"),
      let maxDays = row.optionalInteger("transit_max_days")
    else { return nil }
    return ParcelCardRow(
      id: row.text("card_id"), carrier: row.text("carrier"), service: row.text("service"),
      tier: row.text("tier"), mode: row.text("mode"), goods: row.text("goods_class"),
      origin: row.text("origin"), country: row.text("dest_country"), overGrams: over,
      uptoGrams: upto, fixedFee: row.decimal("fixed_fee"), perKilogram: row.decimal("rate_per_kg"),
      currency: row.text("currency"), minValue: row.optionalInteger("min_declared_value"),
      maxValue: row.optionalInteger("max_declared_value"),
      valueCurrency: row.text("declared_value_currency"),
      maxSum: row.optionalInteger("max_dim_sum_cm"), maxEdge: row.optionalInteger("max_edge_cm"),
      divisor: row.optionalInteger("volumetric_divisor"),
      divisorSumOver: row.optionalInteger("volumetric_applies_if_dim_sum_over_cm"),
      maxChargeableGrams: row.optionalGrams("max_chargeable_kg"),
      roundGrams: row.optionalGrams("weight_rounding_kg"), minDays: minDays, maxDays: maxDays,
      areWorkingDays: row.text("day_kind") == "working", validFrom: row.text("effective_from"),
      validTo: row.text("effective_to"), evidence: row.text("evidence"))
  }

  private static func trunkCard(_ row: SourceRecord) -> TrunkCardRow? {
    TrunkCardRow(
      id: row.text("card_id"), service: row.text("service"), mode: row.text("mode"),
      region: row.text("origin_region"), country: row.text("dest_country"),
      zone: row.text("dest_zone"), fromKilograms: row.integer("min_kg_incl"),
      uptoKilograms: row.optionalInteger("max_kg_incl"), perKilogram: row.decimal("rate_per_kg"),
      currency: row.text("currency"), divisor: row.integer("volumetric_divisor"),
      minDays: row.integer("transit_min_days"), maxDays: row.integer("transit_max_days"),
      clock: row.text("clock_starts_at"), cutOffWeekday: row.text("cutoff_weekday"),
      departureWeekday: row.text("departure_weekday"))
  }

  private static func postCard(_ row: SourceRecord) -> PostCardRow? {
    let condition = row.text("volumetric_applies_if").split(separator: " ")
    return PostCardRow(
      id: row.text("service_id"), name: row.text("name"), formula: row.text("formula"),
      minGrams: row.integer("min_g"), maxGrams: row.integer("max_g"),
      firstFee: row.decimal("base_or_first_fee_cny"),
      firstGrams: row.optionalInteger("first_weight_g"),
      stepFee: row.decimal("per_gram_or_step_fee_cny"), stepGrams: row.integer("step_g"),
      maxSum: row.optionalInteger("max_dim_sum_cm"), maxEdge: row.optionalInteger("max_edge_cm"),
      maxValue: row.optionalInteger("max_value"), valueCurrency: row.text("value_currency"),
      divisor: row.optionalInteger("volumetric_divisor"),
      divisorEdgeFrom: condition.compactMap { Int($0) }.first, prohibited: row.text("prohibited"),
      validFrom: row.text("valid_from"))
  }
}
