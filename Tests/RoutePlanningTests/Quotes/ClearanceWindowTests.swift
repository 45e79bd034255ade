import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs
import TestSupport
import Testing

/// When and where goods clear: worked out by hand, and held against the auditor on every quote of the world.
@Suite struct ClearanceWindowTests {
  static func question(
    _ network: NetworkPlanner, _ from: String, _ to: String, ready: Int64, level: String = "0.95"
  ) throws -> NetworkPlanner.Question {
    NetworkPlanner.Question(
      origin: try #require(network.bundle.nodeID(named: from)),
      destination: try #require(network.bundle.nodeID(named: to)),
      parcel: Parcel(weight: Grams(480)), ready: Instant(minutes: ready),
      level: try ServiceLevel(level), currency: .eur)
  }

  /// The README of the demo network: ready Friday 20 November 2026 17:30 in China, the goods reach Liege on Wednesday
  /// 25 at 04:00 or 08:00 and are cleared at 12:00 or 13:00 that day with 896/1024, on Thursday with the other 128.
  ///
  /// 896/1024 = 0.875, so at 0.875 the window is the Wednesday alone and at 0.95 it holds the Thursday.
  @Test(
    "the window runs from the earliest end of clearance to its quantile",
    arguments: [("0.95", "2026-11-26"), ("0.875", "2026-11-25"), ("0.5", "2026-11-25")])
  func demoByAir(_ level: String, _ last: String) throws {
    let network = try LoadedNetworks.demo.get()
    let question = try ClearanceWindowTests.question(
      network, "O-YIWU", "Z-ES-28", ready: LoadedNetworks.now.minutes + 510, level: level)
    let legs = try ["pickup", "truck-pvg", "air", "clear-lgg", "truck-lgg-mad", "lm-28"].map {
      try #require(network.bundle.legID(named: $0))
    }
    let timing = try #require(network.timing(legs, question))
    let window = try #require(network.clearance(legs, timing: timing, question))
    #expect(window.step == 3)
    #expect(window.entry == "BE")
    #expect(network.bundle.nodes.name(of: window.place) == "C-LGG")
    #expect(window.dates.lowerBound.description == "2026-11-25")
    #expect(window.dates.upperBound.description == last)
    // 12:00 in Brussels is 11:00 UTC.
    #expect(window.earliest.rfc3339() == "2026-11-25T11:00:00Z")
    #expect(network.channel(legs, window) == .courier)
  }

  @Test("goods that start cleared within the union clear nowhere, goods at its port do")
  func withinTheUnion() throws {
    let network = try LoadedNetworks.demo.get()
    func window(_ from: String, _ names: [String]) throws -> ClearanceWindow? {
      let question = try ClearanceWindowTests.question(
        network, from, "Z-ES-28", ready: LoadedNetworks.now.minutes)
      let legs = try names.map { try #require(network.bundle.legID(named: $0)) }
      return network.clearance(
        legs, timing: try #require(network.timing(legs, question)), question)
    }
    #expect(try window("C-LGG", ["truck-lgg-mad", "lm-28"]) == nil)
    #expect(try window("H-MAD", ["lm-28"]) == nil)
    let port = try #require(try window("P-RTM", ["clear-rtm", "truck-rtm-mad", "lm-28"]))
    #expect(port.step == 0)
    #expect(port.entry == "NL")
  }

  /// A line of a carrier has no customs node: the leg that enters the country clears.
  @Test("carrier lines clear on the leg that enters, the post by the postal channel")
  func carrierLines() throws {
    let network = try LoadedNetworks.world.get()
    var planner = ExactPlanner<DatedTimetable>()
    var postal = 0
    var courier = 0
    for (to, weight) in [("Z-RU-101", Int64(300)), ("Z-DE-10", 480), ("Z-GB-AB", 480)] {
      var question = try ClearanceWindowTests.question(
        network, "O-yiwu", to, ready: LoadedNetworks.now.minutes)
      question.parcel = Parcel(
        weight: Grams(weight), declaredValue: Money(minorUnits: 2000, .eur))
      for member in try network.front(question, with: &planner) {
        let timing = try #require(network.timing(member.legs, question))
        let window = try #require(network.clearance(member.legs, timing: timing, question))
        let leg = network.bundle.legs[window.leg]
        let isLine = leg.stage != .import
        if isLine {
          #expect(window.entry == network.bundle.nodes.country(of: question.destination))
        }
        let isPost = leg.carrier == "China Post"
        #expect(network.channel(member.legs, window) == (isPost ? .postal : .courier))
        if isPost { postal += 1 } else if isLine { courier += 1 }
      }
    }
    #expect(postal > 0)
    #expect(courier > 0)
  }

  @Test("the auditor finds the same window for every option of random requests, and no other")
  func audited() throws {
    let network = try LoadedNetworks.world.get()
    let auditor = PlanAuditor(bundle: network.bundle, tariff: network.tariff)
    var generator = RequestGenerator(network, seed: 41, now: LoadedNetworks.now)
    var planner = ExactPlanner<DatedTimetable>()
    var windows = 0
    for _ in 0..<60 {
      let question = generator.next()
      for member in try network.front(question, with: &planner) {
        let timing = try #require(network.timing(member.legs, question))
        var claim = PlanClaim(member)
        claim.clearance = network.clearance(member.legs, timing: timing, question)
        guard claim.clearance != nil else { continue }
        windows += 1
        #expect(auditor.audit(claim, of: question) == [])
        // A window of another service level is another claim, unless clearance is certain.
        var other = question
        other.level = try ServiceLevel("0")
        let early = try #require(network.timing(member.legs, other))
        claim.clearance = network.clearance(member.legs, timing: early, other)
        let step = claim.clearance?.step ?? 0
        let differs = claim.clearance?.atLevel.minutes != timing.arrivals[step].atLevel
        #expect(
          auditor.audit(claim, of: question).map(\.code)
            == (differs ? [Discrepancy.Code.clearance] : []))
      }
    }
    #expect(windows > 100)
  }
}
