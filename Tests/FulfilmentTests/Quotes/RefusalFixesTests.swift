import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

@testable import Fulfilment

/// The changes a refusal proposes: the smallest of their kind, on demo networks whose limits are known.
@Suite struct RefusalFixesTests {
  private static func fixes(
    _ network: NetworkPlanner, _ request: QuoteRequest
  ) throws -> [QuoteRefusal.Fix] {
    var desk = QuoteDesk(network)
    let quote = try desk.quote(request, now: LoadedNetworks.now)
    #expect(quote.options.isEmpty, "nothing to mend")
    return try #require(quote.refusals.first).fixes
  }

  private static func works(_ network: NetworkPlanner, _ request: QuoteRequest) throws -> Bool {
    var desk = QuoteDesk(network)
    return !(try desk.quote(request, now: LoadedNetworks.now).options.isEmpty)
  }

  @Test("a parcel too light for the only line is told the least weight it takes")
  func tooLight() throws {
    let network = try DemoNetwork.planner([
      .init("rate_bands.csv", "door,0,5000,2.6,0,1,0.0005\n", "")
    ])
    let fixes = try RefusalFixesTests.fixes(network, try DemoNetwork.request("480g"))
    #expect(fixes == [.init(change: "weight", to: "5001g")])
    #expect(try RefusalFixesTests.works(network, try DemoNetwork.request("5001g")))
    #expect(!(try RefusalFixesTests.works(network, try DemoNetwork.request("5000g"))))
  }

  @Test("in a hole between two bands both ends are told")
  func hole() throws {
    let network = try DemoNetwork.planner([
      .init("rate_bands.csv", "door,0,5000", "door,0,1000"),
      .init("rate_bands.csv", "door,5000,", "door,3000,"),
    ])
    let fixes = try RefusalFixesTests.fixes(network, try DemoNetwork.request("2kg"))
    #expect(
      fixes == [.init(change: "weight", to: "1000g"), .init(change: "weight", to: "3001g")])
    for (weight, works) in [("1000g", true), ("1001g", false), ("3000g", false), ("3001g", true)] {
      let request = try DemoNetwork.request(weight)
      #expect(try RefusalFixesTests.works(network, request) == works, "\(weight)")
    }
  }

  /// Two islands above a sea: halving would fall into the lower one.
  @Test("the nearest weight is told where a farther one works too")
  func nearestIsland() throws {
    let network = try DemoNetwork.planner([
      .init(
        "rate_bands.csv", "door,0,5000,2.6,0,1,0.0005\n",
        "door,0,100,2.6,0,1,0.0005\ndoor,5000,5200,2.6,0,1,0.0005\n"),
      .init("rate_bands.csv", "door,5000,,4", "door,20000,,4"),
    ])
    let fixes = try RefusalFixesTests.fixes(network, try DemoNetwork.request("10kg"))
    #expect(
      fixes == [.init(change: "weight", to: "5200g"), .init(change: "weight", to: "20001g")])
  }

  @Test("a value above a card's band is told the greatest it takes")
  func lowerValue() throws {
    let network = try DemoNetwork.planner([try DemoNetwork.cards(door: "0,150,EUR,")])
    let fixes = try RefusalFixesTests.fixes(
      network, try DemoNetwork.request("480g", value: "1234.56EUR"))
    #expect(fixes == [.init(change: "value", to: "150.00 EUR")])
    #expect(
      try RefusalFixesTests.works(network, try DemoNetwork.request("480g", value: "150.00 EUR")))
    #expect(
      !(try RefusalFixesTests.works(network, try DemoNetwork.request("480g", value: "150.01 EUR"))))
  }

  @Test("a joint fix gives weight and size back as far as they go")
  func jointFixIsSmall() throws {
    let network = try DemoNetwork.planner([
      try DemoNetwork.table(
        "restrictions.csv",
        "restriction,scope,key,goods,max_edge_cm,reason,source\n"
          + "no-battery-at-sea,service,sea,battery,,cells,demo\ndoor-edge,service,door,,120,long,demo\n"
      )
    ])
    // 31 kg is one kilogram too much, 300 cm longer than the 120 cm of the door.
    let asked = try DemoNetwork.request("31kg", dims: "300x40x10cm")
    let fixes = try RefusalFixesTests.fixes(network, asked)
    #expect(fixes == [.init(change: "weight+dims", to: "30000g+1200x400x100mm")])
    #expect(
      try RefusalFixesTests.works(
        network, try DemoNetwork.request("30000g", dims: "1200x400x100mm")))
    for (weight, dims) in [("30001g", "1200x400x100mm"), ("30000g", "1201x400x100mm")] {
      #expect(
        !(try RefusalFixesTests.works(network, try DemoNetwork.request(weight, dims: dims))))
    }
  }

  /// Six legs lead to Madrid, by air or by sea; no leg takes 31 kg.
  @Test("the bound on legs is raised no further than needed, alone and with other changes")
  func fewestLegs() throws {
    let network = try DemoNetwork.planner()
    var request = try DemoNetwork.request("480g")
    request.greatestLegs = 3
    #expect(
      try RefusalFixesTests.fixes(network, request) == [.init(change: "max_legs", to: "6")])
    request.parcel = try RequestText.parcel(
      weight: "31kg", dims: nil, goods: "general", value: nil)
    #expect(
      try RefusalFixesTests.fixes(network, request) == [
        .init(change: "weight+max_legs", to: "30000g+6")
      ])
  }

  /// Friday's 17:00 collection is the last that arrives by 27 November; see BundleValidityTests.
  @Test("a ready time past the data is moved back with the other changes, no further than needed")
  func jointlyEarlier() throws {
    let network = try DemoNetwork.planner([.init("bundle.json", "2028-12-31", "2026-11-27")])
    #expect(
      try RefusalFixesTests.fixes(network, try DemoNetwork.request("31kg")) == [
        .init(change: "weight+ready", to: "30000g+2026-11-20T09:00:00Z")
      ])
  }

  @Test("too light and without a rate: both are mended together")
  func jointlyHeavier() throws {
    let network = try DemoNetwork.planner([
      .init("rate_bands.csv", "door,0,5000,2.6,0,1,0.0005\n", "")
    ])
    var request = try DemoNetwork.request("480g")
    request.currency = try RequestText.currency("KWD")
    #expect(
      try RefusalFixesTests.fixes(network, request) == [
        .init(change: "currency+weight", to: "EUR+5001g")
      ])
  }
}
