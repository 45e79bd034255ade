import LogisticsModel

extension WorldDraft {
  /// China Post: its dated card to Russia with three kinds of formula, and the ordinary mail to everywhere else.
  mutating func addPostLines() {
    let scope = assume.scope("china_post")
    let title = scope.text("title")
    let intakes = addIntakes("cnpost", title: title, scope: scope)
    let schedule = bundle.calendars.schedule(
      weekdays: assume.text("lines.weekdays"), times: assume.texts("lines.departs"))
    for service in scope.tables("services") {
      guard let row = tables.postCards.first(where: { $0.id == service.text("id") }) else {
        service.unknown("id", "no China Post service of that id")
        continue
      }
      let line = CarrierLine(carrier: "cnpost", title: title, country: "RU")
      guard let station = addStation(line) else { continue }
      let family = row.id.replacingUnderscores
      addPostCard(family: family, row)
      let (duration, law) = lineLaw(
        minDays: service.integer("min_days"), maxDays: service.integer("max_days"),
        areWorking: false)
      for intake in intakes {
        addLine(
          "line-\(family)-\(intake.split(separator: "-").last ?? "")", from: intake, to: station,
          line: line, service: family, mode: service.text("mode"),
          goods: row.prohibited.contains("battery")
            ? GoodsMask([.general, .textile]) : goods(scope, "goods"),
          maxWeight: row.maxGrams, card: family, schedule: schedule,
          handling: assume.integer("lines.sorting_min"), duration: duration, law: law,
          detourPercent: service.text("mode") == "air"
            ? 100 : assume.integer("lines.land_detour_percent"))
      }
    }
    addOrdinaryMail(intakes, title: title, schedule: schedule)
  }

  /// The three formulas of the card as one kind of band: base plus steps beyond a first weight.
  private mutating func addPostCard(family: String, _ row: PostCardRow) {
    let from = row.formula == "first+step" ? row.firstGrams ?? 0 : 0
    bundle.cards.add(
      DraftVariant(
        family: family, id: family, currency: "CNY", validFrom: row.validFrom,
        minValue: row.maxValue == nil ? "" : "0", maxValue: row.maxValue.map { "\($0)" } ?? "",
        valueCurrency: row.maxValue == nil ? "" : row.valueCurrency, maxSum: row.maxSum,
        maxEdge: row.maxEdge, divisor: row.divisor, divisorEdgeFrom: row.divisorEdgeFrom,
        round: row.stepGrams > 1 ? row.stepGrams : nil, basis: .real,
        source: "rate_cards_chinapost_ru.csv \(row.id) evidence A",
        bands: [
          DraftBand(
            over: 0, upto: row.maxGrams, base: row.firstFee, from: from, step: row.stepGrams,
            perStep: row.stepFee)
        ]), ledger: ledger)
  }

  /// Ordinary small packets to regions for which a time is published; the price is assumed.
  private mutating func addOrdinaryMail(_ intakes: [String], title: String, schedule: String) {
    let scope = assume.scope("china_post.ordinary")
    let (duration, law) = lineLaw(
      minDays: scope.integer("min_days"), maxDays: scope.integer("max_days"), areWorking: false)
    let card = flatCard("post-ordinary")
    for country in scope.texts("countries") {
      let line = CarrierLine(carrier: "cnpost", title: title, country: country)
      guard let station = addStation(line) else { continue }
      for intake in intakes {
        guard let start = bundle.node(intake) else { continue }
        bundle.add(
          DraftLeg(
            id: "line-post-\(country.lowercased())-\(intake.split(separator: "-").last ?? "")",
            from: intake, to: station.node, mode: "air", stage: "linehaul",
            service: "post-ordinary",
            carrier: title, goods: GoodsMask([.general, .textile]),
            maxWeight: scope.integer("max_weight_g"),
            handling: assume.integer("lines.sorting_min"), card: card,
            kilometres: start.position.kilometres(to: station.position),
            running: .scheduled(schedule), duration: duration, law: law, timeBasis: .published))
      }
    }
  }
}

extension String {
  /// Underscores as dashes, the form of every id in the bundle.
  var replacingUnderscores: String { String(map { $0 == "_" ? "-" : $0 }) }
}
