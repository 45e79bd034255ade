import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing
import WarehousePlacement

@testable import Fulfilment

/// Stock on the demo network, whose figures can be worked out on paper (config/networks/demo/README.md).
@Suite struct StockPlacementTests {
  static func node(_ name: String) throws -> NodeID {
    try #require(try LoadedNetworks.demo.get().bundle.nodeID(named: name))
  }

  static func item(_ sku: String, grams: Int64, line: String) throws -> StockItem {
    StockItem(
      sku: sku, origin: try node("O-YIWU"), parcel: Parcel(weight: Grams(grams)),
      line: try OrderLineText.line(line))
  }

  /// Two periods of a week; 09:00 UTC is 17:00 at Yiwu, the last minute of the pickup.
  static func question(
    _ items: [StockItem], _ demand: [DemandPoint], opening: Int64 = 0, keeping: Int64 = 0,
    dayValue: Int64 = 0
  ) throws -> StockQuestion {
    let monday = try #require(CivilDate(year: 2026, month: 11, day: 23))
    return StockQuestion(
      items: items, demand: demand,
      periods: [
        StockPeriod(first: monday, days: 7), StockPeriod(first: monday.adding(days: 7), days: 7),
      ],
      sites: [
        StockSite(node: try node("H-MAD"), opening: opening, keeping: keeping, handling: 10)
      ],
      terms: StockTerms(
        level: .standard, currency: .eur, dayValue: dayValue,
        carton: .init(weight: Grams(9600), edge: 600), cartonsDeclared: 5,
        holdingPercent: .zero, reviewDays: 7, stockLevel: 950_000, orderMinute: 540))
  }

  @Test("ways cost what the demo's page works out: parcels by air, and cartons of twenty by sea")
  func ways() throws {
    let network = try LoadedNetworks.demo.get()
    let madrid = try Self.node("Z-ES-28")
    let question = try Self.question(
      [try Self.item("earbuds", grams: 480, line: "851830:1:20EUR")],
      [
        DemandPoint(
          item: 0, destination: madrid, pieces: [7000, 14_000], variance: [7000, 14_000])
      ])
    let survey = try SupplySurvey(question, on: network)
    // By air 6.73, one heading 3, the parcel's fee 1: 10.73 EUR.
    let direct = survey.direct[0][0]
    #expect(direct.map(\.costThousandths).contains(1_073_000), "\(direct)")
    // A carton of 9.6 kg by sea: pickup (1.60 + 96 x 0.16) / 8 = 2.12, truck 96 x 0.08 / 8 = 0.96, sea
    // (1.12 + 57.60) / 8 = 7.34, customs 0.40, truck 4.80: 15.62, a twentieth 0.781. Five cartons are worth
    // 2,000, so the tariff's 10 percent of 20 EUR: 2.00; the fee of 1 a parcel, five for a hundred: 0.05.
    #expect(survey.inbound[0][0].map(\.costThousandths).min() == 283_100)
    // From the hub 2.60 + 480 x 0.0005 = 2.84, nothing to declare.
    let hop = SupplySurvey.LastMile(item: 0, site: 0, destination: madrid)
    #expect(survey.lastMile[hop]?[0].map(\.costThousandths) == [284_000])
  }

  @Test("what nobody knows the duty of is told, not guessed; a SKU's own rate helps")
  func unknownDuty() throws {
    let network = try LoadedNetworks.demo.get()
    let point = DemandPoint(
      item: 0, destination: try Self.node("Z-ES-28"), pieces: [7000, 7000], variance: [7000, 7000])
    // Above 150 EUR the demo knows a rate for chapter 85 only.
    var item = try Self.item("lamp", grams: 480, line: "940521:1:20EUR")
    let without = try SupplySurvey(try Self.question([item], [point]), on: network)
    #expect(without.gaps.contains { $0.site == 0 && $0.code == "duty_rate_unknown" })
    item.dutyPercent = try Decimal6("10")
    let with = try SupplySurvey(try Self.question([item], [point]), on: network)
    #expect(with.gaps.isEmpty)
    #expect(with.inbound[0][0].map(\.costThousandths).min() == 283_100)
    #expect(with.inbound[0][0].allSatisfy { !$0.isGuaranteed })
  }

  /// The true cost of every assignment of demand points to origin or site.
  static func least(_ placement: StockPlacement) -> Int64 {
    let points = placement.question.demand.count
    return (0..<1 << points).map { mask -> Int64 in
      let home = (0..<points).map { mask >> $0 & 1 == 1 ? 0 : nil as Int? }
      return placement.plan(open: mask == 0 ? [] : [0], home: home).cost
    }.min() ?? .max
  }

  @Test(
    "the bound holds for the true cost, roots and all, and plans come near it", arguments: 0..<12)
  func bound(_ seed: UInt64) throws {
    let network = try LoadedNetworks.demo.get()
    var generator = SeededGenerator(seed: seed &+ 500)
    let items = [
      try Self.item("earbuds", grams: 480, line: "851830:1:20EUR"),
      try Self.item("speaker", grams: 2400, line: "851821:1:60EUR"),
    ]
    let ends = [try Self.node("Z-ES-28"), try Self.node("Z-ES-08")]
    let demand = (0..<4).map { index -> DemandPoint in
      let pieces = (0..<2).map { _ in generator.integer(1...30) * 1000 }
      return DemandPoint(
        item: index / 2, destination: ends[index % 2], pieces: pieces,
        variance: pieces.map { $0 * generator.integer(1...20) })
    }
    var question = try Self.question(
      items, demand, opening: generator.integer(0...20_000), keeping: generator.integer(0...4000),
      dayValue: generator.integer(0...60_000))
    question.terms.holdingPercent = try Decimal6("\(generator.integer(5...2000))")
    let placement = try StockPlacement(
      question, try SupplySurvey(question, on: network), on: network)
    let answer = placement.solve()
    let plan = try #require(answer.plan)
    let least = Self.least(placement)
    #expect(answer.bound <= least)
    #expect(plan.cost >= least)
    #expect(Double(plan.cost) <= Double(least) * 1.01, "\(plan.cost) \(least)")
  }

  @Test("bulky goods are kept near the buyer, cheap small ones are not worth their shelf")
  func bulky() throws {
    let network = try LoadedNetworks.world.get()
    func node(_ name: String) throws -> NodeID { try #require(network.bundle.nodeID(named: name)) }
    let items = try [
      ("case", "60g", "16x9x2cm", "392690:1:4EUR"),
      ("chair", "3.4kg", "90x18x18cm", "940179:1:28EUR"),
    ]
    .map { sku, weight, size, line -> StockItem in
      let line = try OrderLineText.line(line)
      var item = StockItem(
        sku: sku, origin: try node("O-yiwu"),
        parcel: try RequestText.parcel(
          weight: weight, dims: size, goods: nil, value: nil, lines: [line]), line: line)
      item.dutyPercent = try Decimal6("6.5")
      return item
    }
    let london = try node("Z-GB-EC")
    var question = try Self.question(
      items,
      (0..<2).map {
        DemandPoint(
          item: $0, destination: london, pieces: [20_000, 20_000], variance: [20_000, 20_000])
      }, keeping: 2000)
    question.sites[0].node = try node("H-GB1")
    question.sites[0].handling = 60
    question.terms.carton = .init(weight: Grams(20_000), edge: 600)
    let survey = try SupplySurvey(question, on: network)
    // From which worth of a day on, in cents, each is kept in London: a chair's parcel is cheap only by sea, for
    // seven weeks; the case flies for little.
    var kept: [Int?] = [nil, nil]
    for cents in 0...60 {
      let placement = try StockPlacement(
        question, survey, on: network, dayValue: Int64(cents) * 1000)
      let plan = try #require(placement.solve().plan)
      for item in 0..<2 where plan.home[item] != nil && kept[item] == nil { kept[item] = cents }
    }
    let (small, bulky) = (try #require(kept[0]), try #require(kept[1]))
    #expect(bulky > 0 && bulky < small, "\(bulky) \(small)")
  }

  @Test("a day's worth switches the answer, and the sweep finds where")
  func sweep() throws {
    let network = try LoadedNetworks.demo.get()
    let question = try Self.question(
      [try Self.item("earbuds", grams: 480, line: "851830:1:20EUR")],
      [
        DemandPoint(
          item: 0, destination: try Self.node("Z-ES-28"), pieces: [10_000, 10_000],
          variance: [10_000, 10_000])
      ], opening: 15_000)
    let survey = try SupplySurvey(question, on: network)
    let sweep = try DayValueSweep([0, 500_000], question, survey, on: network, finest: 100)
    let change = try #require(sweep.switches.first)
    let (below, above) = (sweep.points[change.below], sweep.points[change.above])
    #expect(below.open.isEmpty && above.open == [0])
    #expect(above.dayValue - below.dayValue <= 200)
    // At the switch both answers cost the same, to within what the step between is worth.
    let step = (above.dayValue - below.dayValue) * 60 * 20
    #expect(abs(above.cost - below.cost) <= step)
  }

  @Test("what is sent for a period is there when it begins, or said to be late")
  func schedule() throws {
    let network = try LoadedNetworks.demo.get()
    let question = try Self.question(
      [try Self.item("earbuds", grams: 480, line: "851830:1:20EUR")],
      [
        DemandPoint(
          item: 0, destination: try Self.node("Z-ES-28"), pieces: [4000, 40_000],
          variance: [4000, 40_000])
      ], dayValue: 500_000)
    let placement = try StockPlacement(
      question, try SupplySurvey(question, on: network), on: network)
    let plan = try #require(placement.solve().plan)
    let now = LoadedNetworks.now
    let schedule = try PeakSchedule(plan, of: placement, now: now, on: network)
    #expect(!schedule.consignments.isEmpty)
    for sent in schedule.consignments {
      #expect(sent.leaves.days(since: CivilDate(days: Int(now.minutes / 1440))) >= 0)
      #expect(
        sent.daysEarly == question.periods[sent.period].first.days(since: sent.arrives))
    }
    // The first week begins three days after the clock: nothing is there that soon.
    #expect(schedule.consignments.first.map { $0.daysEarly < 0 } == true)
    // Second week: 40 and 1.645 x sqrt(40) = 10.4 are wanted, less what 4 and 1.645 x 2 leave over, 3.3.
    #expect(schedule.consignments.last.map { (46...48).contains($0.pieces) } == true)
  }
}
