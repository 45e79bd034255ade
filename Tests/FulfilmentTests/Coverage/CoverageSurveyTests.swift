import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

@Suite struct CoverageSurveyTests {
  private static func survey(
    _ network: NetworkPlanner, _ pairs: [(origin: NodeID, destination: NodeID)],
    grams: Int64 = 500, goods: GoodsClass = .general, progress: () -> Void = {}
  ) throws -> CoverageSurvey {
    try CoverageSurvey(
      pairs,
      parcel: Parcel(weight: Grams(grams), dimensions: nil, goods: goods, declaredValue: nil),
      ready: LoadedNetworks.now, level: .standard, on: network, progress: progress)
  }

  @Test("every origin to one zone of every country, or one origin to every zone")
  func pairs() throws {
    let network = try LoadedNetworks.demo.get()
    func names(_ pairs: [(origin: NodeID, destination: NodeID)]) -> [String] {
      pairs.map {
        "\(network.bundle.nodes.name(of: $0.origin)) \(network.bundle.nodes.name(of: $0.destination))"
      }
    }
    #expect(names(CoverageSurvey.usualPairs(network, from: nil)) == ["O-YIWU Z-ES-28"])
    let origin = try #require(network.bundle.nodeID(named: "K-YIWU"))
    #expect(
      names(CoverageSurvey.usualPairs(network, from: origin)) == [
        "K-YIWU Z-ES-28", "K-YIWU Z-ES-08",
      ])
  }

  @Test("a served pair is no gap; one without any way is a gap of all tiers, with its reason")
  func served() throws {
    // The last leg to Barcelona takes batteries only.
    let network = try DemoNetwork.planner([
      .init(
        "legs.csv", "Z-ES-08,road,last_mile,door,,general+battery+liquid+textile",
        "Z-ES-08,road,last_mile,door,,battery")
    ])
    let origin = try #require(network.bundle.nodeID(named: "O-YIWU"))
    let pairs = CoverageSurvey.usualPairs(network, from: origin)
    var told = 0
    let survey = try CoverageSurveyTests.survey(network, pairs) { told += 1 }
    #expect(survey.asked == 2)
    #expect(survey.served == 1)
    #expect(told == 2)
    let gap = try #require(survey.gaps.first)
    #expect(survey.gaps.count == 1)
    #expect(network.bundle.nodes.name(of: gap.destination) == "Z-ES-08")
    #expect(gap.origin == origin)
    #expect(gap.tiers == Tier.allCases)
    #expect(gap.code == "goods_not_carried")
    #expect(gap.rule == "goods:general")
    #expect(!gap.message.isEmpty)
  }

  @Test("a tier that refuses the goods is a gap of that tier, and the pair is served")
  func tierGap() throws {
    let network = try LoadedNetworks.demo.get()
    let pairs = CoverageSurvey.usualPairs(network, from: nil)
    let battery = try CoverageSurveyTests.survey(network, pairs, goods: .battery)
    #expect(battery.served == 1)
    #expect(battery.gaps.map(\.tiers) == [[.economy]])
    #expect(battery.gaps.first?.code == "class_not_accepted")
    #expect(battery.gaps.first?.rule == "acceptance:economy:battery")
    #expect(try CoverageSurveyTests.survey(network, pairs).gaps.isEmpty)
    let heavy = try CoverageSurveyTests.survey(network, pairs, grams: 30_001)
    #expect(heavy.served == 0)
    #expect(heavy.gaps.map(\.code) == ["too_heavy"])
  }
}
