import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

@Suite struct DestinationClassesTests {
  @Test("zones reached alike share a class, whatever their last legs emit; what leads on has none")
  func classes() throws {
    let frame = try HandBundle.frame()
    let nodes = frame.network.bundle.nodes
    func classOf(_ name: String) throws -> Int? {
      let node = try #require(frame.network.bundle.nodeID(named: name))
      return frame.destinations.destinationClass(of: node)
    }
    let near = try classOf("Z0")
    #expect(near != nil)
    #expect(try classOf("Z1") == near && classOf("Z2") == near)
    // Another card, another handling, another hub.
    let others = try ["Y", "X", "V"].map { try classOf($0) }
    #expect(Set(others + [near]).count == 4 && !others.contains(nil))
    // A leg leaves W; H and A are no zones.
    #expect(try ["W", "H", "A"].allSatisfy { try classOf($0) == nil })
    #expect(frame.destinations.count == 4)
    // Z2's last leg emits a milligram per gram more: told apart if that counted.
    #expect(frame.destinations.emissionClassCount == 5)
    #expect(frame.destinations.emissionExcess[near ?? 0] == [0])
    #expect(nodes.name(of: frame.destinations.representatives[near ?? 0]) == "Z0")
    #expect(frame.origins.map { nodes.name(of: $0) } == ["A", "B"])
  }
}
