import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

@Suite struct LowerBoundsTests {
  /// Legs that all cost, and emit, the same; some that take no parcel at all.
  @Test("counting alike legs gives the bounds that Dijkstra's algorithm gives")
  func alikeLegs() throws {
    var finite = 0
    for seed in UInt64(1)...60 {
      var random = SeededGenerator(seed: seed)
      let planner = try RandomBundle(seed: seed).planner()
      let topology = planner.bundle.topology
      let each = random.integer(0...900)
      let costs = LegCosts(
        price: (0..<topology.legCount).map { _ in random.chance(percent: 15) ? -1 : each },
        emission: Array(repeating: 0, count: topology.legCount))
      #expect(costs.uniformPrice == each && costs.isWithoutEmission)
      var (counted, run) = (LowerBounds(), LowerBounds())
      for node in planner.bundle.nodes.ids {
        counted.compute(topology: topology, costs: costs, destination: node)
        run.compute(
          topology: topology, costs: costs, destination: node, countsAlikeLegs: false)
        #expect(counted.price == run.price && counted.emission == run.emission, "seed \(seed)")
        #expect(counted.minutes == run.minutes && counted.legs == run.legs)
        finite += counted.price.count { $0 < LowerBounds.unreachable }
      }
    }
    #expect(finite > 1000)
  }
}
