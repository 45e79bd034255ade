import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

@Suite("Totals over a window of days") struct ImportPricerTotalsTests {
  static let tender = CivilDate("2026-10-30")

  private static func world() throws -> ImportRulesFixture.Book {
    try ImportRulesFixture.world(
      withTariff: false,
      rates: try Fixtures.text(ImportRulesFixture.root + "/config/networks/world/fx.csv"))
  }

  private struct Tally {
    var priced = 0
    var guaranteed = 0
    var regimes = 0
    var refusals: [Refusal.Code: Int] = [:]
  }

  /// The slow price of a window against the compiled one, from an order of its own and from a scratch.
  private func compare(
    _ one: RandomImports.Case, clearing days: ClosedRange<CivilDate>,
    _ book: ImportRulesFixture.Book, _ pricer: ImportPricer, _ scratch: ImportScratch,
    _ tally: inout Tally
  ) {
    let slow = book.rules.landedPrice(
      of: one.order, freight: one.freight, clearing: days, rates: book.rates, tender: Self.tender,
      in: one.quote)
    var fast: ImportPricer.Total
    switch pricer.prepare(one.order) {
    case .failure(let refusal): fast = ImportPricer.Total(refused: refusal.code)
    case .success(let prepared):
      fast = pricer.total(prepared, freight: one.freight.minorUnits, clearing: days)
    }
    // The other channel and entry are what an option may change of an order made ready.
    var other = ImportTerms(one.order, programmes: pricer.programmes(one.order.programmes))
    other.channel = one.order.channel == .postal ? .courier : .postal
    other.entry = other.dispatch
    let again: ImportPricer.Total
    if let refusal = pricer.prepare(one.order.lines.span, other, in: scratch) {
      again = ImportPricer.Total(refused: refusal)
    } else {
      again = pricer.total(
        scratch, freight: one.freight.minorUnits,
        clearing: days.lowerBound.days...days.upperBound.days,
        entry: Int32(CountrySet.position(of: one.order.entry)), channel: one.order.channel)
    }
    #expect(fast == again, "\(one)")
    switch slow {
    case .failure(let refusal):
      tally.refusals[refusal.code, default: 0] += 1
      #expect(fast == ImportPricer.Total(refused: refusal.code), "\(refusal): \(one)")
    case .success(let price):
      tally.priced += 1
      if price.isGuaranteed { tally.guaranteed += 1 }
      if price.regimes.count > 1 { tally.regimes += 1 }
      let expected = ImportPricer.Total(
        minorUnits: price.total.minorUnits, refusal: nil, isGuaranteed: price.isGuaranteed)
      #expect(fast == expected, "\(one) in \(days)")
    }
  }

  private func pricers(_ book: ImportRulesFixture.Book) -> [Currency: ImportPricer] {
    // Derived from a pricer of another day, as the engine derives those of its dates.
    Dictionary(
      uniqueKeysWithValues: RandomImports.quotes.map {
        let other = ImportPricer(
          book.rules, rates: book.rates, tender: Self.tender.adding(days: -40), in: $0)
        return ($0, ImportPricer(other, tender: Self.tender))
      })
  }

  @Test("20,000 random windows of the world's rules and of random books")
  func randomWindows() throws {
    var tally = Tally()
    let world = try Self.world()
    let places = ["ES", "IT", "RO", "GB", "US", "BR", "MX", "CA", "CH", "AU", "JP", "XZ"]
      .compactMap { Country(code: $0) }
    for seed in 0..<101 {
      var random = SeededGenerator(seed: UInt64(seed) + 9000)
      let book = seed == 0 ? world : try RandomRuleBook.text(&random).read()
      let pricers = pricers(book)
      let scratch = ImportScratch(lineCapacity: 60)
      var imports = RandomImports(
        seed: UInt64(seed) + 500,
        destinations: seed == 0 ? places : ["XA", "XB", "US"].compactMap { Country(code: $0) },
        programmes: book.rules.programmes)
      for _ in 0..<(seed == 0 ? 10_000 : 100) {
        let one = try imports.next()
        let length = random.chance(oneIn: 4) ? random.int(0...700) : random.int(0...40)
        compare(
          one, clearing: one.date...one.date.adding(days: length), book,
          try #require(pricers[one.quote]), scratch, &tally)
      }
    }
    #expect(tally.priced > 2000 && tally.guaranteed > 300 && tally.regimes > 50, "\(tally)")
    #expect((tally.refusals[.importRulesAmbiguous] ?? 0) > 100, "\(tally)")
    #expect((tally.refusals[.noRate] ?? 0) > 20, "\(tally)")
  }

  @Test("Windows up to, over and from every edge of the world's rules") func everyEdge() throws {
    var tally = Tally()
    let book = try Self.world()
    let pricers = pricers(book)
    let scratch = ImportScratch(lineCapacity: 60)
    let destinations = book.rules.duties.reduce(CountrySet([])) {
      CountrySet($0.countries + $1.scope.destinations.countries)
    }.countries
    var imports = RandomImports(
      seed: 88, destinations: destinations, programmes: book.rules.programmes)
    var edges = 0
    for destination in destinations {
      for edge in book.rules.changes(for: destination, within: .first ... .last).dropFirst() {
        edges += 1
        for window in [
          edge.adding(days: -3)...edge.adding(days: -1), edge.adding(days: -1)...edge,
          edge.adding(days: -9)...edge.adding(days: 9), edge...edge.adding(days: 30),
        ] {
          for _ in 0..<8 {
            var one = try imports.next()
            one.order.destination = destination
            compare(
              one, clearing: window, book, try #require(pricers[one.quote]), scratch, &tally)
          }
        }
      }
    }
    #expect(edges > 50 && tally.regimes > 100, "\(edges) \(tally)")
  }

  @Test("Where no border is crossed a scratch gives the domestic price") func domestic() throws {
    let book = try Self.world()
    let pricers = pricers(book)
    let scratch = ImportScratch(lineCapacity: 60)
    var imports = RandomImports(
      seed: 12, destinations: ["ES"].compactMap { Country(code: $0) }, programmes: [])
    var priced = 0
    for _ in 0..<3000 {
      let one = try imports.next()
      let pricer = try #require(pricers[one.quote])
      let slow = ImportRules.domesticPrice(
        lines: one.order.lines, freight: one.freight, rates: book.rates, tender: Self.tender,
        in: one.quote)
      let terms = ImportTerms(one.order, programmes: 0)
      let fast: ImportPricer.Total
      if let refusal = pricer.prepare(one.order.lines.span, terms, in: scratch) {
        fast = ImportPricer.Total(refused: refusal)
      } else {
        fast = pricer.domesticTotal(scratch, freight: one.freight.minorUnits)
      }
      switch slow {
      case .failure(let refusal): #expect(fast == ImportPricer.Total(refused: refusal.code))
      case .success(let price):
        priced += 1
        #expect(fast.minorUnits == price.total.minorUnits && fast.isGuaranteed)
      }
    }
    #expect(priced > 1000)
  }
}
