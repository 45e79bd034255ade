import LogisticsModel

extension WorldDraft {
  /// Lines priced by the forwarder's bulk card: real cut-off and sailing weekdays where it gives them.
  ///
  /// Each service is one weekly leg from the region's intake to the service's station for a zone of the country;
  /// delivery from there is included. From 21 kg (12 kg by air, 10 kg to Mexico) by the card itself.
  mutating func addTrunkLines() {
    let scope = assume.scope("trunk")
    for region in scope.tables("intakes") {
      _ = addIntakes("trunk", title: scope.text("title"), scope: region)
    }
    for service in scope.tables("services") {
      let rows = tables.trunkCards.filter { $0.service == service.text("service") }
      if rows.isEmpty { service.unknown("service", "no such service in the trunk card") }
      // One leg per origin region, country and zone of the country.
      var groups: [String: [TrunkCardRow]] = [:]
      for row in rows {
        groups["\(row.region)|\(row.country)|\(row.zone)", default: []].append(row)
      }
      for key in groups.keys.sorted() {
        if let rows = groups[key] { addTrunkService(service, rows) }
      }
    }
  }

  private mutating func addTrunkService(_ service: AssumptionScope, _ rows: [TrunkCardRow]) {
    let scope = assume.scope("trunk")
    let first = rows[0]
    let zones = scope.tables("zones").first {
      $0.text("country") == first.country && $0.text("zone") == first.zone
    }
    let suffix = zones?.text("suffix") ?? ""
    let prefixes = zones?.texts("prefixes", ifMissing: []) ?? []
    let line = CarrierLine(
      carrier: service.text("station"), title: scope.text("title"), country: first.country)
    let station = addStation(line, suffix: suffix, timeBasis: .assumed) { zone in
      prefixes.isEmpty || prefixes.contains { zone.prefix.hasPrefix($0) || zone.id == $0 }
    }
    guard let station else { return }
    let name = service.text("id")
    let family = "\(name)-\(regionWord(first.region))\(first.country.lowercased())\(suffix)"
    let accepted =
      zones.map { $0.has("goods") ? goods($0, "goods") : goods(scope, "goods") }
      ?? goods(scope, "goods")
    addTrunkCard(family: family, rows)
    let schedule = bundle.calendars.schedule(
      weekdays: service.has("weekdays")
        ? service.text("weekdays") : weekdayPattern(first.departureWeekday, service),
      times: [scope.text("departs")])
    let published = trunkLaw(first, name: name, clearance: service.integer("before_clock_min"))
    for intake in regionIntakes(first.region) {
      addLine(
        "line-\(family)-\(intake.split(separator: "-").last ?? "")", from: intake, to: station,
        line: line, service: name, mode: first.mode == "truck" ? "road" : first.mode,
        goods: accepted, maxWeight: assume.integer("limits.trunk_g"), card: family,
        schedule: schedule, handling: cutOff(first, service), duration: published.duration,
        law: published.law, detourPercent: service.integer("detour_percent"))
    }
  }

  private func regionWord(_ region: String) -> String {
    region == "any" ? "" : "\(region.prefix { $0 != " " })-"
  }

  private func regionIntakes(_ region: String) -> [String] {
    let word = region == "any" ? "any" : String(region.prefix { $0 != " " })
    let scope = assume.scope("trunk").tables("intakes").filter {
      word == "any" ? $0.text("region") != "north" : $0.text("region") == word
    }
    return scope.flatMap { $0.texts("intakes") }.map { "N-trunk-\($0)" }
  }

  private func weekdayPattern(_ name: String, _ service: AssumptionScope) -> String {
    guard let day = DraftCalendars.weekdayNames.firstIndex(of: name) else {
      service.unknown("service", "neither the card nor the assumptions give its weekday")
      return DraftCalendars.everyDay
    }
    return DraftCalendars.only(day)
  }

  /// Minutes from the cut-off to the departure: whole days between the card's weekdays at the same clock time.
  private func cutOff(_ row: TrunkCardRow, _ service: AssumptionScope) -> Int {
    let names = DraftCalendars.weekdayNames
    guard let cut = names.firstIndex(of: row.cutOffWeekday),
      let sail = names.firstIndex(of: row.departureWeekday)
    else { return assume.integer("trunk.cut_off_min") }
    return (sail - cut + 7) % 7 * 1440
  }

  /// The published days end at hand-over for delivery ("pick-up at hub"); the clock starts at departure.
  private mutating func trunkLaw(
    _ row: TrunkCardRow, name: String, clearance: Int
  ) -> (duration: Int, law: String) {
    let scope = assume.scope("trunk")
    let duration = row.minDays * 1440 + clearance
    let span = (row.maxDays - row.minDays) * 1440
    var weights: [Int: Int] = [:]
    for atom in scope.rows("spread_percent_weight") where atom.count == 2 {
      weights[(span * atom[0] / 100 + 360) / 720 * 720, default: 0] += atom[1]
    }
    for atom in scope.rows("late_min_weight") where atom.count == 2 {
      weights[span + atom[0], default: 0] += atom[1]
    }
    let id = "trunk-\(row.mode)-\(row.minDays)-\(row.maxDays)"
    bundle.laws.add(
      id, atoms: weights.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }, basis: .published,
      source: "published \(row.minDays)-\(row.maxDays) days from \(row.clock), shape assumed",
      ledger: ledger)
    return (duration, id)
  }

  /// Bands of a trunk card.
  ///
  /// Where the source puts a weight into two bands (21-100 and 100+) it stays in the lower; where it leaves less
  /// than a kilogram between them (50 and 51) the lower band reaches up to the next.
  private mutating func addTrunkCard(family: String, _ rows: [TrunkCardRow]) {
    let ordered = rows.sorted { $0.fromKilograms < $1.fromKilograms }
    let bands = ordered.enumerated().map { index, row in
      let next = index + 1 < ordered.count ? ordered[index + 1] : nil
      let touches = index > 0 && ordered[index - 1].uptoKilograms == row.fromKilograms
      return DraftBand(
        over: touches ? row.fromKilograms * 1000 : row.fromKilograms * 1000 - 1,
        upto: next.map {
          row.uptoKilograms == $0.fromKilograms
            ? $0.fromKilograms * 1000 : $0.fromKilograms * 1000 - 1
        }, base: Decimal6(micros: 0), perStep: Decimal6(micros: row.perKilogram.micros / 1000))
    }
    bundle.cards.add(
      DraftVariant(
        family: family, id: family, currency: ordered[0].currency, divisor: ordered[0].divisor,
        basis: .real, source: "rate_cards_trunk.csv \(ordered[0].id) and following, evidence B",
        bands: bands), ledger: ledger)
  }
}
