import LogisticsModel

extension WorldDraft {
  /// Lines priced by the real parcel cards: every product of a carrier to a country is one leg from each of the
  /// carrier's intakes to its station there.
  mutating func addParcelLines() {
    for scope in assume.tables("parcel_lines") {
      let carrier = scope.text("carrier")
      let rows = tables.parcelCards.filter { $0.carrier == scope.text("source_carrier") }
      let title = scope.text("title")
      var intakes: [String: [String]] = [:]
      for row in scope.tables("origins") {
        intakes[row.text("origin")] = addIntakes(
          row.text("prefix"), title: title, scope: row)
      }
      // One product = one service to one country out of one origin; its rows are bands and variants.
      var products: [String: [ParcelCardRow]] = [:]
      for row in rows { products[product(row, scope), default: []].append(row) }
      for key in products.keys.sorted() {
        guard let first = products[key]?.first, let rows = products[key] else { continue }
        addParcelProduct(
          key, rows, carrier: carrier, title: title, intakes: intakes[first.origin] ?? [])
      }
    }
  }

  /// Id of the product a row belongs to: the service's word in the assumptions and the country.
  private func product(_ row: ParcelCardRow, _ scope: AssumptionScope) -> String {
    for rule in scope.tables("products") where row.service == rule.text("service") {
      return "\(rule.text("id"))-\(row.country.lowercased())"
    }
    scope.unknown("products", "no product for service \(row.service)")
    return "\(WorldDraft.slug(row.service))-\(row.country.lowercased())"
  }

  private mutating func addParcelProduct(
    _ key: String, _ rows: [ParcelCardRow], carrier: String, title: String, intakes: [String]
  ) {
    let line = CarrierLine(carrier: carrier, title: title, country: rows[0].country)
    guard let station = addStation(line) else { return }
    addParcelCards(family: key, rows)
    let scope = assume.scope("lines")
    let schedule = bundle.calendars.schedule(
      weekdays: scope.text("weekdays"), times: scope.texts("departs"))
    let (duration, law) = lineLaw(
      minDays: rows[0].minDays, maxDays: rows[0].maxDays, areWorking: rows[0].areWorkingDays)
    let classes = rows.compactMap { GoodsClass(word: $0.goods) }
    // Clothing travels as general goods too; a card for general goods takes it.
    let goods = GoodsMask(classes.contains(.general) ? classes + [.textile] : classes)
    let service = String(key.dropLast(3))
    for intake in intakes {
      addLine(
        "line-\(key)-\(intake.split(separator: "-").last ?? "")", from: intake, to: station,
        line: line, service: service, mode: rows[0].mode == "land" ? "rail" : "air", goods: goods,
        maxWeight: rows.map(\.uptoGrams).max() ?? 0, card: key, schedule: schedule,
        handling: scope.integer("sorting_min"), duration: duration, law: law,
        detourPercent: rows[0].mode == "land" ? scope.integer("land_detour_percent") : 100)
    }
  }

  /// Variants of a family: rows that share dates, goods, value band and limits are bands of one variant.
  private mutating func addParcelCards(family: String, _ rows: [ParcelCardRow]) {
    struct Key: Hashable {
      let goods, validFrom, validTo: String
      let minValue, maxValue: Int?
      let maxSum, maxEdge, divisor, maxChargeable: Int?
    }
    var groups: [(key: Key, rows: [ParcelCardRow])] = []
    for row in rows {
      let key = Key(
        goods: row.goods, validFrom: row.validFrom, validTo: row.validTo, minValue: row.minValue,
        maxValue: row.maxValue, maxSum: row.maxSum, maxEdge: row.maxEdge, divisor: row.divisor,
        maxChargeable: row.maxChargeableGrams)
      if let index = groups.firstIndex(where: { $0.key == key }) {
        groups[index].rows.append(row)
      } else {
        groups.append((key, [row]))
      }
    }
    let classes = Set(rows.map(\.goods))
    for group in groups {
      guard let first = group.rows.first else { continue }
      let own = GoodsClass(word: first.goods)
      let variant = DraftVariant(
        family: family, id: groups.count == 1 ? family : variantID(family, first),
        currency: first.currency, validFrom: first.validFrom, validTo: first.validTo,
        goods: classes.count > 1
          ? own.map { GoodsMask($0 == .general ? [.general, .textile] : [$0]) } : nil,
        minValue: lowestValue(first), maxValue: first.maxValue.map { "\($0)" } ?? "",
        valueCurrency: first.maxValue == nil ? "" : first.valueCurrency, maxSum: first.maxSum,
        maxEdge: first.maxEdge, divisor: first.divisor, divisorSumOver: first.divisorSumOver,
        maxChargeable: first.maxChargeableGrams, round: first.roundGrams, basis: .real,
        source: "rate_cards_parcel.csv \(first.id) evidence \(first.evidence)",
        bands: group.rows.map { row in
          // Dimensional weight may pass the greatest actual weight; the card's own ceiling then bounds it.
          let last = max(row.uptoGrams, row.maxChargeableGrams ?? 0)
          return DraftBand(
            over: row.overGrams, upto: last, base: row.fixedFee,
            perStep: Decimal6(micros: row.perKilogram.micros / 1000))
        })
      bundle.cards.add(variant, ledger: ledger)
    }
  }

  private func variantID(_ family: String, _ row: ParcelCardRow) -> String {
    row.id.hasPrefix("cel-") ? row.id : "\(family)-\(row.goods)"
  }

  /// The cards give whole roubles (1-1500, 1501-7000, ...); a converted value between two bands belongs to the
  /// upper one, so its lower end is put one hundredth above the band below.
  private func lowestValue(_ row: ParcelCardRow) -> String {
    guard let least = row.minValue else { return "" }
    return least <= 1 ? "0" : "\(least - 1).01"
  }
}
