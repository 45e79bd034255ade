import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

@testable import Fulfilment

/// No date past the days the data are meant for is promised, on the demo network with another last day.
@Suite struct BundleValidityTests {
  /// The demo quote of its README (ready 20 November 17:30) promises Saturday 28 November by air.
  private static func network(until last: String, from first: String = "2026-01-01") throws
    -> NetworkPlanner
  {
    try DemoNetwork.planner([
      .init("bundle.json", "2028-12-31", last), .init("bundle.json", "2026-01-01", first),
    ])
  }

  @Test("the last day itself is promised, the day before it no longer")
  func lastDay() throws {
    var desk = QuoteDesk(try BundleValidityTests.network(until: "2026-11-28"))
    let kept = try desk.quote(try DemoNetwork.request("480g"), now: LoadedNetworks.now)
    // The ship would arrive in January: with it goes the cheaper price.
    #expect(kept.options.map(\.deliverBy) == ["2026-11-28"])
    #expect(kept.front.count == 1)
    desk = QuoteDesk(try BundleValidityTests.network(until: "2026-11-27"))
    let refused = try desk.quote(try DemoNetwork.request("480g"), now: LoadedNetworks.now)
    #expect(refused.options.isEmpty)
    #expect(refused.front.isEmpty)
    let refusal = try #require(refused.refusals.first)
    #expect(refusal.code == "bundle_expired")
    #expect(refusal.rule == "bundle:valid_to:2026-11-27")
  }

  @Test("the fix is the last ready minute whose promise is still covered")
  func earlierReady() throws {
    var desk = QuoteDesk(try BundleValidityTests.network(until: "2026-11-27"))
    let refusal = try #require(
      try desk.quote(try DemoNetwork.request("480g"), now: LoadedNetworks.now).refusals.first)
    // The collection of Friday 17:00 is the last that is delivered within the week.
    #expect(refusal.fixes == [.init(change: "ready", to: "2026-11-20T17:00:00+08:00")])
    let mended = try desk.quote(
      try DemoNetwork.request("480g", ready: "2026-11-20T17:00"), now: LoadedNetworks.now)
    #expect(mended.options.allSatisfy { $0.deliverBy <= "2026-11-27" })
    #expect(!mended.options.isEmpty)
  }

  @Test("ready outside the data's days has no plan, whatever the itinerary")
  func readyOutside() throws {
    var desk = QuoteDesk(try BundleValidityTests.network(until: "2026-11-19"))
    let late = try desk.quote(try DemoNetwork.request("480g"), now: LoadedNetworks.now)
    #expect(late.refusals.map(\.code) == ["bundle_expired"])
    #expect(late.refusals.first?.fixes == [])
    desk = QuoteDesk(try BundleValidityTests.network(until: "2028-12-31", from: "2026-11-21"))
    let early = try desk.quote(try DemoNetwork.request("480g"), now: LoadedNetworks.now)
    #expect(early.refusals.map(\.code) == ["bundle_not_yet_valid"])
    #expect(early.refusals.first?.rule == "bundle:valid_from:2026-11-21")
    // One day later, the first of the data, it works: the fix of a day names it.
    let fix = try #require(early.refusals.first?.fixes.first { $0.change == "ready" })
    #expect(fix.to == "2026-11-21T17:30:00+08:00")
  }

  @Test("no deadline after the last day is planned for")
  func deadline() throws {
    let network = try BundleValidityTests.network(until: "2026-11-28")
    var desk = QuoteDesk(network)
    #expect {
      _ = try desk.deadlinePlan(
        try DemoNetwork.request("480g"), deliverBy: "2026-11-29", now: LoadedNetworks.now)
    } throws: { error in
      (error as? RequestFault)?.code == RequestFault.beyondValidity
    }
    let plan = try desk.deadlinePlan(
      try DemoNetwork.request("480g"), deliverBy: "2026-11-28", now: LoadedNetworks.now)
    // Monday's collection is the last that arrives by Saturday.
    let collection: Instant = "2026-11-23T09:00Z"
    #expect(plan.lastChance?.readyBy == collection)
  }
}
