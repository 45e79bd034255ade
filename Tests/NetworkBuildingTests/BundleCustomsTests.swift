import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs
import TestSupport
import Testing

@Suite struct BundleCustomsTests {
  @Test("postal zones of the US and Canada lie in their state or province, others in none")
  func world() throws {
    let network = try LoadedNetworks.world.get()
    // 100 is Manhattan, 900 Los Angeles, 889 Nevada; M is Toronto, X the Northwest Territories.
    for (node, code) in [
      ("Z-US-100", "NY"), ("Z-US-900", "CA"), ("Z-US-889", "NV"), ("Z-CA-M", "ON"),
      ("Z-CA-X", "NT"),
    ] {
      #expect(network.tariff.subdivisions.code(ofNode: node) == code)
    }
    #expect(network.tariff.subdivisions.code(ofNode: "Z-ES-28") == nil)
    let nodes = network.bundle.nodes
    let zones = nodes.ids.filter {
      nodes.kind(of: $0) == .zone && ["US", "CA"].contains(nodes.country(of: $0))
    }
    let known = zones.count {
      network.tariff.subdivisions.code(ofNode: nodes.name(of: $0)) != nil
    }
    // Missing are military addresses and islands, whose zones name no state.
    #expect(zones.count > 900 && known * 100 >= zones.count * 97, "\(known) of \(zones.count)")
  }
}
