import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@Suite struct DIMACSGraphTests {
  @Test("the demo network as a graph: nodes in file order, arcs weigh handling and least minutes")
  func demo() throws {
    let bundle = try ShippedBundle.load("demo")
    let lines = DIMACSGraph.text(bundle).split(separator: "\n").map(String.init)
    let nodes = bundle.nodes
    #expect(lines[1] == "p sp \(nodes.count) \(bundle.legs.count)")
    #expect(lines.count { $0.hasPrefix("c node ") } == nodes.count)
    let from = try #require(bundle.nodeID(named: "A-PVG")).position + 1
    let to = try #require(bundle.nodeID(named: "A-LGG")).position + 1
    // 360 minutes of handling and 720 under way: the law of the flight begins with no delay.
    #expect(lines.contains("a \(from) \(to) 1080"))
    let arcs = lines.filter { $0.hasPrefix("a ") }
    #expect(arcs.count == bundle.legs.count)
    for arc in arcs {
      let parts = arc.split(separator: " ").dropFirst().compactMap { Int($0) }
      #expect(parts.count == 3 && parts[0] <= nodes.count && parts[1] <= nodes.count)
    }
  }
}
