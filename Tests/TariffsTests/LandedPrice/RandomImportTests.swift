import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

@Suite("Random orders") struct RandomImportTests {
  static let tender = CivilDate("2026-10-30")

  private static func country(_ code: String) throws -> Country {
    try #require(Country(code: code))
  }

  /// The world's rules, or the same with a tariff, at the world's own exchange rates.
  private func world(withTariff: Bool) throws -> ImportRulesFixture.Book {
    try ImportRulesFixture.world(
      withTariff: withTariff,
      rates: try Fixtures.text(ImportRulesFixture.root + "/config/networks/world/fx.csv"))
  }

  private func destinations(_ rules: ImportRules) throws -> [Country] {
    let all = rules.duties.reduce(CountrySet([])) {
      CountrySet($0.countries + $1.scope.destinations.countries)
    }
    // Places whose rules differ most come up most; one has no rules at all.
    return try all.countries
      + ["ES", "IT", "RO", "RO", "GB", "US", "BR", "BR", "MX", "RU", "TH", "CA", "CH", "XZ"]
      .map(Self.country)
  }

  private struct Tally {
    var priced = 0
    var guaranteed = 0
    var refusals: [Refusal.Code: Int] = [:]
  }

  /// Both twins on one case, and that the lines add up.
  private func compare(
    _ one: RandomImports.Case, _ book: ImportRulesFixture.Book, _ pricers: [Currency: ImportPricer],
    _ tally: inout Tally
  ) throws {
    let slow = book.rules.assessment(
      of: one.order, freight: one.freight, clearingOn: one.date, rates: book.rates,
      tender: Self.tender, in: one.quote)
    let pricer = try #require(pricers[one.quote])
    let fast: ImportPricer.Total
    switch pricer.prepare(one.order) {
    case .failure(let refusal):
      fast = ImportPricer.Total(minorUnits: 0, refusal: refusal.code, isGuaranteed: false)
    case .success(let prepared):
      fast = pricer.total(prepared, freight: one.freight.minorUnits, clearingOn: one.date)
    }
    switch slow {
    case .failure(let refusal):
      tally.refusals[refusal.code, default: 0] += 1
      if fast.refusal != refusal.code || fast.isGuaranteed {
        Issue.record("\(refusal) but compiled \(fast): \(one)")
      }
    case .success(let assessment):
      tally.priced += 1
      if assessment.isGuaranteed { tally.guaranteed += 1 }
      if fast.minorUnits != assessment.total.minorUnits || fast.refusal != nil
        || fast.isGuaranteed != assessment.isGuaranteed
      {
        Issue.record("\(assessment) but compiled \(fast): \(one)")
      }
      let sum = assessment.lines.reduce(0) { $0 + $1.amount.minorUnits }
      let isOneCurrency = assessment.lines.allSatisfy { $0.amount.currency == one.quote }
      if sum != assessment.total.minorUnits || !isOneCurrency
        || assessment.lines.contains(where: { $0.amount.minorUnits < 0 })
      {
        Issue.record("lines do not add up: \(assessment)")
      }
    }
  }

  private func pricers(_ book: ImportRulesFixture.Book) -> [Currency: ImportPricer] {
    Dictionary(
      uniqueKeysWithValues: RandomImports.quotes.map {
        ($0, ImportPricer(book.rules, rates: book.rates, tender: Self.tender, in: $0))
      })
  }

  @Test("100,000 orders of the world: twins agree, lines add up", arguments: [false, true])
  func worldOrders(withTariff: Bool) throws {
    let book = try world(withTariff: withTariff)
    let pricers = pricers(book)
    var imports = RandomImports(
      seed: withTariff ? 31 : 32, destinations: try destinations(book.rules),
      programmes: book.rules.programmes)
    var tally = Tally()
    for _ in 0..<50_000 { try compare(try imports.next(), book, pricers, &tally) }
    // The orders are no monoculture.
    #expect(tally.priced > (withTariff ? 20_000 : 10_000), "\(tally)")
    #expect(tally.guaranteed > 3000, "\(tally)")
    for code in [Refusal.Code.dutyRuleMissing, .noRate, .subdivisionUnknown, .taxRuleMissing] {
      #expect((tally.refusals[code] ?? 0) > 20, "\(code): \(tally)")
    }
    #expect((tally.refusals[.dutyRateUnknown] ?? 0 > 20) == !withTariff, "\(tally)")
  }

  @Test("Random rule books: twins agree on every kind of rule, overlaps included")
  func randomBooks() throws {
    var tally = Tally()
    for seed in 0..<150 {
      var random = SeededGenerator(seed: UInt64(seed) + 4000)
      let book = try RandomRuleBook.text(&random).read()
      let pricers = pricers(book)
      var imports = RandomImports(
        seed: UInt64(seed), destinations: try ["XA", "XB", "US"].map(Self.country),
        programmes: book.rules.programmes)
      for _ in 0..<100 { try compare(try imports.next(), book, pricers, &tally) }
    }
    #expect(tally.priced > 1000, "\(tally)")
    #expect((tally.refusals[.importRulesAmbiguous] ?? 0) > 100, "\(tally)")
  }

  @Test("How many parcels there are changes only what is counted by the parcel")
  func parcels() throws {
    let book = try world(withTariff: true)
    var imports = RandomImports(
      seed: 77, destinations: try destinations(book.rules), programmes: book.rules.programmes)
    var changed = 0
    for _ in 0..<10_000 {
      var one = try imports.next()
      func lines() -> [ImportAssessment.Line]? {
        try? book.rules.assessment(
          of: one.order, freight: one.freight, clearingOn: one.date, rates: book.rates,
          tender: Self.tender, in: one.quote
        ).get().lines
      }
      one.order.parcels = 1
      let single = lines()
      one.order.parcels = 3
      let triple = lines()
      #expect(single?.count == triple?.count)
      for (before, after) in zip(single ?? [], triple ?? []) where before != after {
        #expect(before.rule == "ro-a" && after.rule == "ro-a", "\(before) \(after)")
        #expect(after.own.minorUnits == 3 * before.own.minorUnits)
        changed += 1
      }
    }
    #expect(changed > 20)
  }

  @Test(
    "Sending an order in two consignments changes headings, flat charges and bands, and nothing else"
  )
  func consignments() throws {
    let book = try world(withTariff: false)
    var imports = RandomImports(
      seed: 78, destinations: try ["ES", "IT", "RO", "FI"].map(Self.country), programmes: ["ioss"])
    var shared = 0
    for _ in 0..<20_000 {
      var one = try imports.next()
      guard one.order.lines.count > 1 else { continue }
      one.order.parcels = 1
      func answer(_ lines: ArraySlice<OrderLine>) -> ImportAssessment? {
        var order = one.order
        order.lines = Array(lines)
        return try? book.rules.assessment(
          of: order, freight: .zero(.eur), clearingOn: one.date, rates: book.rates,
          tender: Self.tender, in: .eur
        ).get()
      }
      let cut = one.order.lines.count / 2
      guard let whole = answer(one.order.lines[...]), let first = answer(one.order.lines[..<cut]),
        let second = answer(one.order.lines[cut...])
      else { continue }
      func own(_ answer: ImportAssessment, _ kind: ImportAssessment.Line.Kind) -> Int64 {
        answer.lines.filter { $0.kind == kind }.reduce(0) { $0 + $1.own.minorUnits }
      }
      func headings(_ lines: ArraySlice<OrderLine>) -> Int64 {
        let codes = lines.compactMap(\.code?.heading)
        return Int64(Set(codes).count + lines.count - codes.count)
      }
      let rules = [whole, first, second].map { $0.lines.filter { $0.kind == .duty }.map(\.rule) }
      // An order of one rule before and after.
      guard rules.allSatisfy({ $0 == ["eu-b"] || $0 == ["eu-a"] }), rules[0] == rules[1],
        rules[1] == rules[2]
      else { continue }
      if rules[0] == ["eu-b"] {
        #expect(own(whole, .duty) == 300 * headings(one.order.lines[...]))
        #expect(own(first, .duty) == 300 * headings(one.order.lines[..<cut]))
        #expect(own(second, .duty) == 300 * headings(one.order.lines[cut...]))
        if own(whole, .duty) < own(first, .duty) + own(second, .duty) { shared += 1 }
      } else {
        #expect(own(whole, .duty) == 0 && own(first, .duty) == 0 && own(second, .duty) == 0)
      }
      // A fee is due once for each consignment.
      #expect(own(first, .fee) == own(whole, .fee) && own(second, .fee) == own(whole, .fee))
      // The goods and the tax on them differ by no more than the rounding of each consignment.
      let goods = own(first, .goods) + own(second, .goods) - own(whole, .goods)
      #expect(abs(goods) <= 14, "\(goods)")
      let duty = own(first, .duty) + own(second, .duty) - own(whole, .duty)
      let tax = own(first, .vat) + own(second, .vat) - own(whole, .vat)
      let rate = try #require(whole.lines.first { $0.kind == .vat }?.rate)
      let due = Rounding.halfUp(
        Int128(goods + duty) * Int128(try Decimal6(rate).micros), over: Int128(Decimal6.scale))
      #expect(abs(Int128(tax) - due) <= 2, "\(one)")
    }
    #expect(shared > 100)
  }

  @Test("Many threads give the answers one thread gives") func threads() async throws {
    let book = try world(withTariff: true)
    let rules = book.rules
    let rates = book.rates
    let places = try destinations(rules)
    @Sendable func answers() throws -> [Result<ImportAssessment, Refusal>] {
      var imports = RandomImports(seed: 5, destinations: places, programmes: rules.programmes)
      return try (0..<500).map { _ in
        let one = try imports.next()
        return rules.assessment(
          of: one.order, freight: one.freight, clearingOn: one.date, rates: rates,
          tender: Self.tender, in: one.quote)
      }
    }
    let alone = try answers()
    try await withThrowingTaskGroup(of: [Result<ImportAssessment, Refusal>].self) { group in
      for _ in 0..<4 { group.addTask { try answers() } }
      for try await together in group { #expect(together == alone) }
    }
  }
}
