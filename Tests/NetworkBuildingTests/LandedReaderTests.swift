import CSVTables
import LogisticsModel
import RouteGraph
import Tariffs
import TestSupport
import Testing

@testable import Fulfilment
@testable import RoutePlanning

/// Landed quotes looked up against those of the desk, on the blocks of two origins of the world.
///
/// The days lie before 1 July 2026, when rules of the European and the Eurasian union change: many windows straddle it.
@Suite("Landed quotes from blocks", .serialized) struct LandedReaderTests {
  private static let first = CivilDate("2026-06-26")
  private static let days = 2

  private static let network: NetworkPlanner? = {
    let files = BundleFiles(texts: WorldFixture.files)
    let window = TimetableWindow(first: first.adding(days: -7), days: 110)
    let reading = NetworkBundle.read(files, zones: SystemZones().catalogue(), window: window)
    var findings = reading.findings
    func table(_ name: String) -> CSVTable? {
      files.contents[name].flatMap { CSVTable.parse($0, file: name, findings: &findings) }
    }
    let tables = TariffTables { table($0) }
    let tariff = Tariff.read(tables, currency: .eur, today: first, findings: &findings)
    guard let bundle = reading.bundle else { return nil }
    return NetworkPlanner(bundle: bundle, tariff: tariff)
  }()

  private static let builder = network.map { network in
    EngineBuilder(
      network,
      scope: EngineScope(
        from: Instant(minutes: Int64(first.days) * 1440), days: days, currency: .eur))
  }

  private static let engine: QuoteEngine? = {
    guard let builder, let network else { return nil }
    let bundle = network.bundle
    // Chosen by name, so that the test stays what it is.
    let origins = builder.frame.origins.filter {
      ["O-shenzhen", "O-yiwu"].contains(bundle.nodes.name(of: $0))
    }
    var demand = DemandWeights()
    // So often that no crowd at a destination outweighs it.
    for origin in origins { demand.origins[origin] = 1 << 40 }
    let hot = builder.hotSet(origins.count * builder.destinationClassCount, by: demand)
    return builder.engine(hot, workers: { $0(0) }, clock: { 0 }).engine
  }()

  private static let codes = ["851830", "8518300090", "610910", "950300", "330499", "420212"]

  private func order(_ random: inout SeededGenerator) throws -> OrderTerms {
    var order = OrderTerms()
    let shops: [Currency] = [.eur, .cny, .usd] + ["GBP", "JPY"].compactMap { Currency(code: $0) }
    let shop = random.pick(shops)
    let origins = ["CN", "VN", "DE"].compactMap { Country(code: $0) }
    order.lines = try (0..<3).map { _ in
      try OrderLine(
        code: random.chance(oneIn: 15) ? nil : try HSCode(random.pick(Self.codes)),
        quantity: random.integer(1...3),
        unitValue: Money(
          minorUnits: random.integer(0...(random.chance(oneIn: 3) ? 30_000 : 3000)),
          random.chance(oneIn: 10) ? random.pick(shops) : shop),
        origin: random.chance(oneIn: 4) ? random.pick(origins) : nil)
    }
    if random.chance(oneIn: 2) { order.programmes.insert("ioss") }
    if random.chance(oneIn: 3) { order.subdivision = random.pick(["TX", "CA", "ON", "ZZ"]) }
    return order
  }

  private struct Tally: CustomStringConvertible {
    var priced = 0
    var guaranteed = 0
    var refused = 0
    var straddling = 0
    var postal = 0
    var union = 0
    var others = 0

    var description: String {
      "\(priced) priced, \(guaranteed) guaranteed, \(refused) refused, \(straddling) over an edge, "
        + "\(postal) postal, \(union) in the union, \(others) elsewhere"
    }
  }

  /// One winner against the desk.
  private func compare(
    _ option: QuickOption, _ total: ImportPricer.Total?, _ landed: LandedQuote,
    _ question: NetworkPlanner.Question, _ order: OrderTerms, _ engine: QuoteEngine,
    _ tally: inout Tally
  ) throws {
    let desk = QuoteDesk(engine.network)
    let total = try #require(total, "no winner of the world is left to the slow path")
    let member = try #require(
      engine.itinerary(option, of: landed.quote, to: question.destination))
    let timing = try #require(engine.network.timing(member.legs, question))
    let freight = Money(minorUnits: option.price, question.currency)
    switch desk.landing(member.legs, timing: timing, freight: freight, question, order) {
    case .failure(let refusal):
      tally.refused += 1
      #expect(total == ImportPricer.Total(refused: refusal.code), "\(refusal) \(question)")
    case .success(let landing):
      tally.priced += 1
      if landing.price.isGuaranteed { tally.guaranteed += 1 }
      if landing.price.regimes.count > 1 { tally.straddling += 1 }
      if landing.channel == .postal { tally.postal += 1 }
      if engine.network.tariff.unions.territory(
        of: engine.network.bundle.nodes.country(of: question.destination)
      ).contains("DE") {
        tally.union += 1
      } else {
        tally.others += 1
      }
      #expect(total.minorUnits == landing.price.total.minorUnits, "\(question) \(order)")
      #expect(total.refusal == nil && total.isGuaranteed == landing.price.isGuaranteed)
    }
  }

  @Test("800 questions: totals, guarantees and refusals are those of the desk")
  func equalsTheDesk() throws {
    let engine = try #require(Self.engine)
    let network = engine.network
    let origins = engine.ground.held.indices.filter { engine.ground.segments[$0] != nil }
      .map { engine.frame.origins[$0 / Self.days] }
    #expect(Set(origins).count == 2)
    let reader = LandedReader(EngineBoard(engine))
    var options = LookUpOptions()
    options.keepsOrders = false
    options.readsAhead = false
    let forgetful = LandedReader(EngineBoard(engine), options)
    var random = SeededGenerator(seed: 41)
    var generator = RequestGenerator(
      network, seed: 41, now: Instant(minutes: engine.scope.start))
    var questions: [NetworkPlanner.Question] = []
    var terms: [OrderTerms] = []
    for number in 0..<800 {
      var question = generator.next()
      question.origin = random.pick(origins)
      question.ready = Instant(
        minutes: engine.scope.start + random.integer(0...(Int64(Self.days) * 1440 - 1)))
      // The post is cheapest for what is light.
      if number % 2 == 0 {
        question.parcel = Parcel(weight: Grams(random.integer(20...300)), goods: .general)
      }
      let own = try order(&random)
      if let value = QuoteDesk(network).declaredValue(own.lines, question) {
        question.parcel = question.parcel.with(value: value)
      }
      questions.append(question)
      terms.append(own)
    }
    let orders = terms.map {
      LandedOrder(
        $0.lines, programmes: $0.programmes, subdivision: $0.subdivision, on: network)
    }
    var tally = Tally()
    var together = Array(
      repeating: LandedQuote(QuickQuote(.none)), count: questions.count)
    var places = together.mutableSpan
    reader.quotes(questions.span, orders.span, into: &places)
    for (position, question) in questions.enumerated() {
      let landed = reader.quote(question, orders[position])
      let other = together[position]
      let isSame =
        other.economy == landed.economy && other.standard == landed.standard
        && other.premium == landed.premium
      #expect(isSame, "one by one and together")
      // The second time the order is ready; the other reader makes it ready anew.
      for again in [
        reader.quote(question, orders[position]), forgetful.quote(question, orders[position]),
      ] {
        let isSame =
          again.economy == landed.economy && again.standard == landed.standard
          && again.premium == landed.premium
        #expect(isSame, "an order kept ready, and made ready anew")
      }
      guard landed.quote.outcome == .answered else {
        #expect(landed.economy == nil && landed.standard == nil && landed.premium == nil)
        continue
      }
      for (option, total) in [
        (landed.quote.economy, landed.economy), (landed.quote.standard, landed.standard),
        (landed.quote.premium, landed.premium),
      ] {
        try compare(option, total, landed, question, terms[position], engine, &tally)
      }
    }
    print("landed quotes from blocks: \(tally)")
    #expect(reader.exactCount == 0)
    #expect(tally.priced > 300 && tally.guaranteed > 20 && tally.refused > 20, "\(tally)")
    #expect(tally.straddling > 20 && tally.postal > 10, "\(tally)")
    #expect(tally.union > 50 && tally.others > 50, "\(tally)")
  }

  @Test("Every stored clearance is the window of the itinerary, at every level and row")
  func storedClearances() throws {
    let engine = try #require(Self.engine)
    let network = engine.network
    let incoming = network.bundle.topology.incoming
    var random = SeededGenerator(seed: 5)
    let held = engine.ground.segments.indices.filter { engine.ground.segments[$0] != nil }
    var known = 0
    for _ in 0..<600 {
      let position = random.pick(held)
      let segment = try #require(engine.ground.segments[position])
      let view = try #require(SegmentView(segment))
      let row = random.int(0...(view.rowCount - 1))
      let destination = random.int(0...(engine.frame.destinations.count - 1))
      guard let block = view.block(of: destination), block.row(row).count > 0 else { continue }
      let entries = block.row(row)
      let candidate = random.int(0...(entries.count - 1))
      let path = entries.path(candidate)
      let node = engine.frame.destinations.representatives[destination]
      let last = incoming.legs[
        Int(incoming.starts[node.position]) + CandidateView(entries, candidate).lastLeg]
      let legs = segment.legs(ofPath: path).map { LegID($0) } + [LegID(last)]
      let clearance = view.clearance(path: path, row: row)
      let base = EngineScope.minutesOfDay * Int64(position % Self.days) + engine.scope.start
      let today = LocalTime(minutes: base).date
      for (level, q1024) in StoredLevels.q1024.enumerated() {
        let question = NetworkPlanner.Question(
          origin: engine.frame.origins[position / Self.days], destination: node,
          parcel: Parcel(weight: Grams(500), goods: .general),
          ready: Instant(minutes: view.rows[2 * row]),
          level: try #require(ServiceLevel(q1024: q1024)), currency: .eur)
        guard let timing = network.timing(legs, question) else { continue }
        guard let window = network.clearance(legs, timing: timing, question) else {
          #expect(clearance == .free)
          continue
        }
        known += 1
        let entry = try #require(Country(code: window.entry))
        let days = clearance.days(level: level)
        #expect(clearance.kind == .known && clearance.step == window.step)
        #expect(clearance.entry == Int32(CountrySet.position(of: entry)))
        #expect(clearance.channel == network.channel(legs, window))
        #expect(today.adding(days: Int(days.lowerBound)) == window.dates.lowerBound)
        #expect(today.adding(days: Int(days.upperBound)) == window.dates.upperBound)
      }
    }
    #expect(known > 1000)
  }

  @Test("What the reader does not price is left to the slow path, and counted")
  func leftToSlow() throws {
    let engine = try #require(Self.engine)
    let network = engine.network
    let reader = LandedReader(EngineBoard(engine))
    var generator = RequestGenerator(network, seed: 8, now: Instant(minutes: engine.scope.start))
    let position = try #require(engine.ground.segments.firstIndex { $0 != nil })
    let line = try OrderLine(
      code: try HSCode("851830"), quantity: 1, unitValue: Money(minorUnits: 900, .eur))
    let long = LandedOrder(
      Array(repeating: line, count: LandedOrder.greatestLineCount + 1), on: network)
    let short = LandedOrder([line], on: network)
    var answered = 0
    for _ in 0..<20 {
      var question = generator.next()
      question.origin = engine.frame.origins[position / Self.days]
      question.ready = Instant(minutes: engine.scope.start + 600)
      question.parcel = Parcel(weight: Grams(400), goods: .general)
      let landed = reader.quote(question, long)
      guard landed.quote.outcome == .answered else { continue }
      answered += 1
      #expect(landed.economy == nil && landed.standard == nil && landed.premium == nil)
      #expect(reader.quote(question, short).economy != nil)
    }
    #expect(answered > 5 && reader.exactCount == 3 * answered)
  }
}
