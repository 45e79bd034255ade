import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// Pools on the demo network, worked out by hand.
///
/// By air a parcel of w grams costs: pickup 1.60 + 0.16 x ceil(w / 100) CNY, feeder 0.08 x ceil(w / 100) CNY, air 4 + 0.04 w
/// CNY, each at 8 CNY/EUR, customs 0.40, truck 0.0005 w, door 2.60 + 0.0005 w EUR (4.00 above 5 kg). 480 g: 0.30 + 0.05
/// + 2.90 + 0.40 + 0.24 + 2.84 = 6.73. 300 g: 0.26 + 0.03 + 2.00 + 0.40 + 0.15 + 2.75 = 5.59. 780 g: 0.36 + 0.08 +
/// 4.40 + 0.40 + 0.39 + 2.99 = 8.62.
@Suite struct PoolPlanTests {
  static func order(
    _ id: String, _ weight: String, _ lines: [String], ready: String, from: String = "CNYIU",
    goods: String? = nil
  ) throws -> PoolOrder {
    let lines = try RequestText.lines(lines, value: nil)
    var request = QuoteRequest(
      from: try RequestText.place(from), to: try RequestText.place("ES:28013"),
      parcel: try RequestText.parcel(
        weight: weight, dims: nil, goods: goods, value: nil, lines: lines),
      ready: try RequestText.ready(ready))
    request.order.lines = lines
    return PoolOrder(id: id, request: request)
  }

  static func plan(_ orders: [PoolOrder], _ network: NetworkPlanner? = nil) throws -> PoolPlan {
    var desk = QuoteDesk(try network ?? LoadedNetworks.demo.get())
    return try desk.poolPlan(orders, now: LoadedNetworks.now)
  }

  /// Headings: a has 851830 and 610910, b 851830 again. Apart: a 40 + 6.73 + 6 + 1 + 10.55 = 64.28; b 30 + 5.59 + 3 + 1
  /// + (38.59 x 0.2 = 7.718 -> 7.72) = 47.31; together 111.59. Pooled: 70 + 8.62 + 6 (two headings, not three) + 1 (one
  /// parcel) + (84.62 x 0.2 = 16.924 -> 16.92) = 102.54. Both make Friday's 17:00 collection, and so does the pool.
  @Test("two orders of one afternoon: one duty, one fee and one base fee are saved")
  func pool() throws {
    let plan = try PoolPlanTests.plan([
      PoolPlanTests.order(
        "a", "480g", ["851830:1:20EUR", "610910:2:10EUR"], ready: "2026-11-20T16:30"),
      PoolPlanTests.order("b", "300g", ["851830:1:30EUR"], ready: "2026-11-20T17:00"),
    ])
    #expect(plan.separate.map { $0.price?.amountText } == ["64.28", "47.31"])
    #expect(plan.separatePrice?.amountText == "111.59")
    let consignment = try #require(plan.consignment)
    #expect(consignment.freight.amountText == "8.62")
    #expect(consignment.price.amountText == "102.54")
    #expect(consignment.firstMiles.isEmpty)
    #expect(plan.keepsDates)
    #expect(plan.saving?.amountText == "9.05")
    #expect(plan.advice == .pool)
    // The 17:00 collection is the last that keeps Thursday 26 November.
    #expect(plan.latestSafeWait?.readyBy.rfc3339() == "2026-11-20T09:00:00Z")
  }

  /// c is ready on Monday: Saturday 28 instead of Thursday 26 November for a, two days late; the money saved is stated.
  @Test("waiting for Monday breaks a promised date, and says by how much")
  func late() throws {
    let plan = try PoolPlanTests.plan([
      PoolPlanTests.order("a", "480g", ["851830:1:20EUR"], ready: "2026-11-20T16:30"),
      PoolPlanTests.order("c", "300g", ["610910:3:8EUR"], ready: "2026-11-23T10:00"),
    ])
    #expect(plan.advice == .datesBreak)
    #expect(!plan.keepsDates)
    let words = PoolWords(plan, try LoadedNetworks.demo.get())
    #expect(plan.separate.map { words.daysLate($0) } == [2, nil])
    // a 20 + 6.73 + 3 + 1 + 5.95 = 36.68; c 24 + 5.59 + 3 + 1 + 6.52 = 40.11; pooled 44 + 8.62 + 6 + 1 + 11.72 = 71.34.
    #expect(plan.saving?.amountText == "5.45")
    #expect(words.advice().contains { $0.contains("waiting would save 5.45 EUR") })
    #expect(plan.latestSafeWait == nil)
    #expect(plan.lastChance?.readyBy.rfc3339() == "2026-11-20T09:00:00Z")
  }

  /// With a promise of Saturday 28 for both, a may wait until Monday's 17:00 collection.
  @Test("a date promised before binds instead of the one a new quote would give")
  func promisedBefore() throws {
    var orders = [
      try PoolPlanTests.order("a", "480g", ["851830:1:20EUR"], ready: "2026-11-20T16:30"),
      try PoolPlanTests.order("c", "300g", ["610910:3:8EUR"], ready: "2026-11-23T10:00"),
    ]
    orders[0].promised = CivilDate(iso: "2026-11-28")
    let plan = try PoolPlanTests.plan(orders)
    #expect(plan.advice == .pool)
    #expect(plan.latestSafeWait?.readyBy.rfc3339() == "2026-11-23T09:00:00Z")
  }

  /// Together 100 + 60 = 160 EUR leave the band: 10 percent of the chapter 85 and no rate for chapter 61.
  @Test("a joint value beyond the band is dearer, or has no price at all")
  func valueBand() throws {
    let dear = try PoolPlanTests.plan([
      PoolPlanTests.order("a", "480g", ["851830:1:100EUR"], ready: "2026-11-20T17:00"),
      PoolPlanTests.order("b", "300g", ["852990:1:60EUR"], ready: "2026-11-20T17:00"),
    ])
    // a 100 + 6.73 + 3 + 1 + 21.95 = 132.68; b 60 + 5.59 + 3 + 1 + 13.72 = 83.31; together 215.99.
    // Pooled: 160 + 8.62 + 16.00 + 1 + (184.62 x 0.2 = 36.924 -> 36.92) = 222.54.
    #expect(dear.separatePrice?.amountText == "215.99")
    #expect(dear.consignment?.price.amountText == "222.54")
    #expect(dear.advice == .noCheaper)
    #expect(dear.saving?.amountText == "-6.55")
    let none = try PoolPlanTests.plan([
      PoolPlanTests.order("a", "480g", ["610910:1:100EUR"], ready: "2026-11-20T17:00"),
      PoolPlanTests.order("b", "300g", ["620342:1:60EUR"], ready: "2026-11-20T17:00"),
    ])
    #expect(none.consignment == nil)
    #expect(none.obstacle?.code == "duty_rate_unknown")
    #expect(none.advice == .cannotPool)
  }

  @Test("without lines only the freight is pooled")
  func freightOnly() throws {
    let plan = try PoolPlanTests.plan([
      PoolPlanTests.order("a", "480g", [], ready: "2026-11-20T17:00"),
      PoolPlanTests.order("b", "300g", [], ready: "2026-11-20T17:00"),
    ])
    // 6.73 + 5.59 - 8.62.
    #expect(plan.saving?.amountText == "3.70")
    #expect(plan.advice == .pool)
  }

  /// 20 x 15 x 8 and 30 x 10 x 4 cm laid on each other: 30 x 15 x 12 cm, 5,400 cm³ / 6,000 = 900 g of volumetric weight for
  /// 780 g of goods.
  ///
  /// By air 4 + 0.04 x 900 = 40 CNY = 5.00 instead of 4.40; the other legs count grams.
  @Test(
    "the consignment is as large as the boxes stacked; one size unknown leaves it unknown, and said"
  )
  func sizes() throws {
    func order(_ id: String, _ weight: String, _ dims: String?) throws -> PoolOrder {
      var order = try PoolPlanTests.order(id, weight, [], ready: "2026-11-20T17:00")
      order.request.parcel = try RequestText.parcel(
        weight: weight, dims: dims, goods: "general", value: nil)
      return order
    }
    let sized = try PoolPlanTests.plan([
      order("a", "480g", "20x15x8cm"), order("b", "300g", "30x10x4cm"),
    ])
    #expect(sized.consignment?.question.parcel.dimensions == Dimensions(millimetres: 300, 150, 120))
    #expect(sized.consignment?.freight.amountText == "9.22")
    #expect(sized.unsized.isEmpty)
    let bare = try PoolPlanTests.plan([
      order("a", "480g", "20x15x8cm"), order("b", "300g", nil),
    ])
    #expect(bare.consignment?.question.parcel.dimensions == nil)
    #expect(bare.unsized == ["b"])
    let words = PoolWords(bare, try LoadedNetworks.demo.get())
    #expect(words.advice().contains { $0.hasPrefix("not known: the size of b") })
  }

  @Test("batteries and liquids cannot travel together")
  func conflict() throws {
    let plan = try PoolPlanTests.plan([
      PoolPlanTests.order("a", "480g", ["850760:1:20EUR:alone"], ready: "2026-11-20T17:00"),
      PoolPlanTests.order("b", "300g", ["330499:1:20EUR:liquid"], ready: "2026-11-20T17:00"),
    ])
    #expect(plan.advice == .cannotPool)
    #expect(plan.obstacle?.code == "goods_conflict")
  }

  @Test("an order that has no offer by itself leaves no advice")
  func noOffer() throws {
    let plan = try PoolPlanTests.plan([
      PoolPlanTests.order("a", "31kg", ["851830:1:20EUR"], ready: "2026-11-20T17:00"),
      PoolPlanTests.order("b", "300g", ["851830:1:20EUR"], ready: "2026-11-20T17:00"),
    ])
    #expect(plan.advice == .noOffer)
    #expect(plan.separate[0].option == nil)
    #expect(plan.consignment == nil)
  }

  @Test("what is no pool")
  func faults() throws {
    func code(_ orders: [PoolOrder]) -> String? {
      do {
        _ = try PoolPlanTests.plan(orders)
        return nil
      } catch {
        return (error as? RequestFault)?.code
      }
    }
    let one = try PoolPlanTests.order("a", "480g", ["851830:1:20EUR"], ready: "2026-11-20T17:00")
    #expect(code([]) == "TW-REQ-112")
    #expect(code([one]) == "TW-REQ-112")
    #expect(code([one, one]) == "TW-REQ-112")
    var other = one
    other.id = "b"
    other.request.to = try RequestText.place("ES:28014")
    #expect(code([one, other]) == "TW-REQ-113")
    other = try PoolPlanTests.order("b", "480g", [], ready: "2026-11-20T17:00")
    #expect(code([one, other]) == "TW-REQ-112")
  }

  /// A second origin with a pickup of its own to the same hub, one hour later: 18:00, two hours on the way.
  private static func twoOrigins() throws -> NetworkPlanner {
    try DemoNetwork.planner([
      .init(
        "nodes.csv", "K-YIWU,hub", "O-WUYI,origin,Wuyi,CN,28.9,119.8,Asia/Shanghai,,\nK-YIWU,hub"),
      .init(
        "legs.csv", "truck-pvg,K-YIWU",
        "pickup-wuyi,O-WUYI,K-YIWU,road,pickup,pickup,,general+battery+liquid+textile,30000,0,pickup,2,S,wuyi,,"
          + "120,none,assumed,assumed\ntruck-pvg,K-YIWU"),
      .init("departures.csv", "nightly,1111111", "wuyi,1111100,18:00,,,CN,,\nnightly,1111111"),
    ])
  }

  /// Joined at the hub: a leaves Yiwu at 17:00 and is there at 18:00, b leaves Wuyi at 18:00 and is there at 20:00 on
  /// Friday; two hours of sorting make the 22:00 truck, so both keep Thursday 26 November.
  ///
  /// Freight: two pickups of 0.30
  /// and 0.26, then 780 g without pickup: 8.62 - 0.36 = 8.26; 8.82 in all, against 6.73 + 5.59 = 12.32.
  @Test("orders of two origins are joined at the hub both are collected to")
  func twoOrigins() throws {
    let network = try PoolPlanTests.twoOrigins()
    let plan = try PoolPlanTests.plan(
      [
        PoolPlanTests.order("a", "480g", [], ready: "2026-11-20T17:00"),
        PoolPlanTests.order("b", "300g", [], ready: "2026-11-20T17:30", from: "O-WUYI"),
      ], network)
    let consignment = try #require(plan.consignment)
    #expect(network.bundle.nodes.name(of: consignment.question.origin) == "K-YIWU")
    #expect(consignment.firstMiles.map { $0.leg.charge.amountText } == ["0.30", "0.26"])
    #expect(
      consignment.firstMiles.map { $0.arrivesBy.rfc3339() }
        == ["2026-11-20T10:00:00Z", "2026-11-20T12:00:00Z"])
    #expect(consignment.freight.amountText == "8.82")
    #expect(consignment.option.deliverBy.description == "2026-11-26")
    #expect(plan.advice == .pool)
    // The 22:00 truck takes what is at the hub by 20:00 (12:00 UTC). Friday's flies on Saturday, Saturday's on Sunday, and
    // both wait for customs to open on Monday: Saturday 20:00 is early enough, Sunday 20:00 is not.
    #expect(plan.latestSafeWait?.readyBy.rfc3339() == "2026-11-21T12:00:00Z")
    let apart = try PoolPlanTests.plan(
      [
        PoolPlanTests.order("a", "480g", [], ready: "2026-11-20T17:00"),
        PoolPlanTests.order("b", "300g", [], ready: "2026-11-20T17:30", from: "K-YIWU"),
      ], network)
    #expect(apart.obstacle?.code == "no_common_hub")
  }

  /// The way of the pool is one the search would find for that parcel alone, and the auditor agrees with all of it.
  @Test("a consignment is an ordinary plan: the auditor finds nothing wrong with it")
  func audited() throws {
    let network = try LoadedNetworks.world.get()
    let auditor = PlanAuditor(bundle: network.bundle, tariff: network.tariff)
    let plan = try PoolPlanTests.plan(
      [
        PoolPlanTests.order("a", "480g", ["851830:1:20EUR"], ready: "2026-11-20T16:30"),
        PoolPlanTests.order("b", "900g", ["610910:3:8EUR"], ready: "2026-11-21T10:00"),
      ], network)
    let consignment = try #require(plan.consignment)
    var claim = PlanClaim(
      legs: consignment.option.legs.map(\.leg), vector: consignment.option.vector)
    claim.clearance = consignment.landing?.clearance
    #expect(auditor.audit(claim, of: consignment.question) == [])
    #expect(consignment.question.parcel.weight == Grams(1380))
  }
}
