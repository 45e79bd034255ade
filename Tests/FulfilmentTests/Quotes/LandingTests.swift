import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs
import TestSupport
import Testing

/// Landed prices of the demo network, worked out by hand.
///
/// 480 g, 20 x 15 x 8 cm, ready Friday 20 November 2026 17:30: by air 6.73 EUR, cleared in Liege on 25 or 26 November;
/// by sea 4.33 EUR, cleared in Rotterdam on 28, 29 or 30 December with 7/16 + 9/32 + 1/32 = 0.75, on 4 January with 7/32
/// more: at 0.95 the window is 28 December to 4 January. Duty is 3 EUR for each distinct heading until 31 December, 5 EUR
/// from 1 January, up to a value of 150 EUR; above, 10 percent of the value for chapter 85 and unknown for the rest. The fee
/// is 1 EUR a parcel, VAT 20 percent of goods, freight and duty. Nothing is known after 30 June 2027.
@Suite struct LandingTests {
  static func quote(
    _ lines: [String], value: String? = nil, ready: String = "2026-11-20T17:30",
    _ network: NetworkPlanner? = nil, _ change: (inout QuoteRequest) -> Void = { _ in }
  ) throws -> Quote {
    let lines = try RequestText.lines(lines, value: value)
    var request = QuoteRequest(
      from: try RequestText.place("CNYIU"), to: try RequestText.place("ES:28013"),
      parcel: try RequestText.parcel(
        weight: "480g", dims: "20x15x8cm", goods: nil, value: nil, lines: lines),
      ready: try RequestText.ready(ready))
    request.order.lines = lines
    change(&request)
    var desk = QuoteDesk(try network ?? LoadedNetworks.demo.get())
    return try desk.quote(request, now: LoadedNetworks.now)
  }

  /// Kind and amount of every line.
  static func lines(_ assessment: ImportAssessment) -> [String] {
    assessment.lines.map { "\($0.kind.rawValue) \($0.amount.amountText)" }
  }

  /// Two headings worth 40 EUR.
  ///
  /// Air: 3 x 2 = 6 duty; (40 + 6.73 + 6) x 0.2 = 10.546; 64.28 in all.
  @Test("by air, cleared before the change")
  func air() throws {
    let quote = try LandingTests.quote(["851830:1:20EUR", "610910:2:10EUR"])
    let option = try #require(quote.options.first { $0.tiers.contains(.premium) })
    let landing = try #require(option.landing)
    #expect(
      LandingTests.lines(landing.price.assessment)
        == ["goods 40.00", "freight 6.73", "duty 6.00", "fee 1.00", "vat 10.55"])
    #expect(landing.price.total.description == "64.28 EUR")
    #expect(landing.price.isGuaranteed)
    #expect(landing.price.regimes.count == 1)
    #expect(landing.clearance?.entry == "BE")
    #expect(landing.channel == .courier)
    #expect(option.askedByShop(.ddp) == landing.price.total)
    // DAP: 40 + 6.73 to the shop, 6 + 1 + 10.55 at the door.
    #expect(option.askedByShop(.dap).description == "46.73 EUR")
    #expect(landing.price.assessment.askedAtClearance.description == "17.55 EUR")
  }

  /// Sea, until 31 December: 6 duty, (40 + 4.33 + 6) x 0.2 = 10.066 -> 10.07: 61.40.
  ///
  /// From 1 January: 10 duty,
  /// (40 + 4.33 + 10) x 0.2 = 10.866 -> 10.87: 66.20, the dearer.
  @Test("by sea the window straddles a change: both prices are kept, the dearer counts")
  func sea() throws {
    let quote = try LandingTests.quote(["851830:1:20EUR", "610910:2:10EUR"])
    let option = try #require(quote.options.first { $0.tiers.contains(.economy) })
    let price = try #require(option.landing?.price)
    #expect(price.regimes.map(\.assessment.total.amountText) == ["61.40", "66.20"])
    #expect(
      price.regimes.map { "\($0.days.lowerBound) \($0.days.upperBound)" }
        == ["2026-12-28 2026-12-31", "2027-01-01 2027-01-04"])
    #expect(price.total.amountText == "66.20")
    #expect(price.isGuaranteed)
  }

  @Test("without lines or value the quote is freight only, and the landed price changes no freight")
  func freightOnly() throws {
    let plain = try LandingTests.quote([])
    let landed = try LandingTests.quote(["851830:1:20EUR"])
    #expect(plain.options.allSatisfy { $0.landing == nil })
    #expect(plain.options.map(\.freight) == landed.options.map(\.freight))
    #expect(plain.options.map(\.deliverBy) == landed.options.map(\.deliverBy))
    #expect(plain.id != landed.id)
  }

  @Test("a single value has a price that says what it does not know")
  func singleValue() throws {
    let quote = try LandingTests.quote([], value: "40EUR")
    let landing = try #require(quote.options.last?.landing)
    #expect(!landing.price.isGuaranteed)
    #expect(landing.doubts.map(\.kind) == [.headingsUnknown])
    #expect(LandedWords.unknown(quote.request.order.lines).count == 2)
    #expect(quote.question.parcel.declaredValue?.description == "40.00 EUR")
  }

  /// 80 CNY at 8 CNY/EUR are 10 EUR: the price is that of 20 + 10 EUR.
  ///
  /// VAT (30 + 6.73 + 6) x 0.2 = 8.546 -> 8.55;
  /// 30 + 6.73 + 6 + 1 + 8.55 = 52.28.
  @Test("lines of two currencies are converted at the rate of the tender date, which is stated")
  func mixedCurrencies() throws {
    let quote = try LandingTests.quote(["851830:1:20EUR", "610910:1:80CNY"])
    #expect(quote.question.parcel.declaredValue?.description == "30.00 EUR")
    let assessment = try #require(quote.options.last?.landing?.price.assessment)
    #expect(assessment.total.amountText == "52.28")
    #expect(assessment.ratesDate.description == "2026-11-20")
    #expect(assessment.rates.map { "\($0.from)/\($0.to)" } == ["CNY/EUR"])
  }

  @Test("a line without a rate is a refusal that names the pair and the date")
  func noRate() throws {
    let quote = try LandingTests.quote(["851830:1:20EUR", "610910:1:80KWD"])
    #expect(quote.options.isEmpty)
    #expect(quote.refusals.map(\.code) == ["no_rate", "no_rate", "no_rate"])
    #expect(quote.refusals.allSatisfy { $0.rule == "KWD/EUR on 2026-11-20" })
    #expect(quote.refusals.allSatisfy { $0.fixes.isEmpty })
  }

  /// 151 EUR of chapter 85 is above the band: 10 percent of 151 = 15.10; VAT (151 + 6.73 + 15.10) x 0.2 = 34.566 -> 34.57;
  /// 151 + 6.73 + 15.10 + 1 + 34.57 = 208.40.
  ///
  /// Chapter 61 has no rate.
  @Test("above the band the tariff counts; without a rate the tier is refused, and the fix works")
  func normalTariff() throws {
    let known = try LandingTests.quote(["851830:1:151EUR"])
    #expect(known.options.last?.landing?.price.total.amountText == "208.40")
    let unknown = try LandingTests.quote(["610910:1:151EUR"])
    #expect(unknown.options.isEmpty)
    #expect(unknown.refusals.count == 3)
    for refusal in unknown.refusals {
      #expect(refusal.code == "duty_rate_unknown")
      #expect(refusal.fixes.map { "\($0.change) \($0.to)" } == ["allow_estimate true"])
    }
    let estimate = try LandingTests.quote(["610910:1:151EUR"]) { $0.order.allowsEstimate = true }
    #expect(estimate.options.count == 2)
    #expect(estimate.options.allSatisfy { $0.landing?.price.isGuaranteed == false })
    // At 150 EUR, the end of the band, the flat duty still counts.
    #expect(try LandingTests.quote(["610910:1:150EUR"]).options.count == 2)
  }

  @Test("no refusal proposes a tier that has no offer itself")
  func tierFixes() throws {
    // Economy takes no batteries; the other tiers have no rate for chapter 61 above the band.
    let quote = try LandingTests.quote(["610910:1:160EUR:in_equipment"])
    #expect(
      quote.refusals.map(\.code) == ["class_not_accepted"]
        + Array(repeating: "duty_rate_unknown", count: 2))
    #expect(quote.refusals.allSatisfy { !$0.fixes.contains { $0.change == "tier" } })
    let sold = try LandingTests.quote(["610910:1:16EUR:in_equipment"])
    #expect(sold.refusals.map { $0.fixes.map(\.to) } == [["standard", "premium"]])
  }

  /// The sea way of a parcel ready on 27 May 2027 clears in July, after the last rule; by air it is in June.
  @Test("a tier that clears after the last known rule is refused, and told the tier that is not")
  func pastTheLastRule() throws {
    let now = LoadedNetworks.now.advanced(byMinutes: 180 * 1440)
    let network = try DemoNetwork.planner(now: now)
    let quote = try LandingTests.quote(["851830:1:20EUR"], ready: "2027-05-27T17:00", network)
    #expect(quote.options.map(\.tiers) == [[.standard, .premium]])
    let refusal = try #require(quote.refusals.first)
    #expect(refusal.tier == .economy)
    #expect(refusal.code == "duty_rule_missing")
    #expect(
      refusal.fixes.map { "\($0.change) \($0.to)" }
        == ["tier standard", "tier premium", "allow_estimate true"])
  }

  @Test("goods that are in the union already cost goods and freight")
  func withinTheUnion() throws {
    let quote = try LandingTests.quote(["851830:1:20EUR"]) {
      $0.from = (try? RequestText.place("H-MAD")) ?? $0.from
    }
    let landing = try #require(quote.options.first?.landing)
    #expect(landing.clearance == nil)
    #expect(LandingTests.lines(landing.price.assessment) == ["goods 20.00", "freight 2.84"])
    #expect(landing.price.isGuaranteed)
  }

  /// Cells alone never board a passenger flight, nor do cells of which nobody says how they travel; cells in equipment do.
  @Test("the battery kind of a line decides which aircraft takes the parcel")
  func loneCells() throws {
    let network = try LoadedNetworks.world.get()
    func services(_ kind: String) throws -> Set<String> {
      let quote = try LandingTests.quote(
        ["850760:1:20EUR:\(kind)"], ready: "2026-11-20T17:00", network)
      #expect(quote.question.parcel.goods == .battery)
      #expect(!quote.options.isEmpty)
      return Set(
        quote.front.flatMap { $0.legs.map { network.bundle.legs.service(of: $0) } })
    }
    let passenger: Set<String> = ["air-belly", "air-domestic"]
    #expect(try !services("in_equipment").isDisjoint(with: passenger))
    #expect(try !services("with_equipment").isDisjoint(with: passenger))
    #expect(try services("alone").isDisjoint(with: passenger))
    #expect(try services("battery").isDisjoint(with: passenger))
  }

  @Test("a programme no rule knows is a slip")
  func programme() throws {
    #expect {
      _ = try LandingTests.quote(["851830:1:20EUR"]) { $0.order.programmes = ["iosss"] }
    } throws: {
      ($0 as? RequestFault)?.code == "TW-REQ-111"
    }
  }

  @Test("lines, terms and estimates each change the id of a quote; their order of words does not")
  func identity() throws {
    let base = try LandingTests.quote(["851830:1:20EUR:CN:in_equipment"])
    #expect(try LandingTests.quote(["851830:1:20EUR:in_equipment:CN"]).id == base.id)
    var ids: Set<String> = [base.id]
    ids.insert(try LandingTests.quote(["851830:2:10EUR:CN:in_equipment"]).id)
    ids.insert(try LandingTests.quote(["851830:1:20EUR:in_equipment"]).id)
    ids.insert(try LandingTests.quote(["851830:1:20EUR:CN:alone"]).id)
    ids.insert(
      try LandingTests.quote(["851830:1:20EUR:CN:in_equipment"]) { $0.order.incoterm = .dap }.id)
    ids.insert(
      try LandingTests.quote(["851830:1:20EUR:CN:in_equipment"]) {
        $0.order.allowsEstimate = true
      }.id)
    #expect(ids.count == 6)
  }

  /// Whatever the order, the lines add up to the total and the price at hand is freight plus what the rules add.
  @Test("on random requests to the world the lines add up and every window is the auditor's")
  func world() throws {
    let network = try LoadedNetworks.world.get()
    let auditor = PlanAuditor(bundle: network.bundle, tariff: network.tariff)
    var desk = QuoteDesk(network)
    var generator = RequestGenerator(network, seed: 77, now: LoadedNetworks.now)
    var landed = 0
    for round in 0..<80 {
      let question = generator.next()
      var request = QuoteRequest(
        from: try RequestText.place(network.bundle.nodes.name(of: question.origin)),
        to: try RequestText.place(network.bundle.nodes.name(of: question.destination)),
        parcel: question.parcel, ready: .instant(question.ready), level: question.level)
      request.order.lines = try [
        "851830:\(round % 3 + 1):\(round + 1)EUR", "610910:1:\(round * 2).50USD:BD",
      ].map { try OrderLineText.line($0) }
      request.order.allowsEstimate = round % 2 == 0
      let quote = try desk.quote(request, now: LoadedNetworks.now)
      for option in quote.options {
        let landing = try #require(option.landing)
        for regime in landing.price.regimes {
          let sum = regime.assessment.lines.reduce(Int64(0)) { $0 + $1.amount.minorUnits }
          #expect(sum == regime.assessment.total.minorUnits)
          #expect(landing.price.total.minorUnits >= sum)
          let freight = regime.assessment.lines.first { $0.kind == .freight }
          #expect(freight?.amount == option.freight)
        }
        var claim = PlanClaim(legs: option.legs.map(\.leg), vector: option.vector)
        claim.clearance = landing.clearance
        #expect(auditor.audit(claim, of: quote.question) == [])
        landed += 1
      }
      // A tier is offered or refused, never neither.
      #expect(
        Set(quote.options.flatMap(\.tiers) + quote.refusals.compactMap(\.tier)).count == 3
          || quote.refusals.contains { $0.tier == nil })
    }
    #expect(landed > 60)
  }
}
