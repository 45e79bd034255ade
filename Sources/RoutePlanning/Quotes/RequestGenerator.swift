public import LogisticsModel
import RouteGraph

/// Seeded random questions to a network: for benchmarks and for properties, the same on every machine.
///
/// Every origin is equally likely; so is every destination country, and within it every zone, so that a
/// country with many zones does not drown the others.
public struct RequestGenerator {
  private let network: NetworkPlanner
  private let origins: [NodeID]
  private let zonesByCountry: [[NodeID]]
  private let now: Instant
  private var state: UInt64

  /// Prepares the draws; a network without origins or zones gives no questions worth asking.
  public init(_ network: NetworkPlanner, seed: UInt64, now: Instant) {
    self.network = network
    self.now = now
    state = seed
    let nodes = network.bundle.nodes
    origins = nodes.ids.filter { nodes.kind(of: $0) == .origin }
    var byCountry: [String: [NodeID]] = [:]
    for node in nodes.ids where nodes.kind(of: node) == .zone {
      byCountry[nodes.country(of: node), default: []].append(node)
    }
    zonesByCountry = byCountry.keys.sorted().compactMap { byCountry[$0] }
  }

  /// The next question.
  public mutating func next() -> NetworkPlanner.Question {
    let country = zonesByCountry.isEmpty ? [] : zonesByCountry[draw(below: zonesByCountry.count)]
    let origin = origins.isEmpty ? NodeID(0) : origins[draw(below: origins.count)]
    let destination = country.isEmpty ? NodeID(0) : country[draw(below: country.count)]
    // Log-uniform from 50 g to 20 kg: most parcels are light.
    let octave = draw(below: 9)
    let base = Int64(50) << Int64(octave)
    let weight = min(base + Int64(draw(below: Int(base))), 20_000)
    let goods: [GoodsClass] = [.general, .general, .general, .battery, .liquid, .textile]
    let parcel = Parcel(weight: Grams(weight), goods: goods[draw(below: goods.count)])
    let levels: [Int32] = [819, 922, 973, 973, 1014]
    let level = ServiceLevel(q1024: levels[draw(below: levels.count)]) ?? .standard
    return NetworkPlanner.Question(
      origin: origin, destination: destination, parcel: parcel,
      ready: now.advanced(byMinutes: Int64(draw(below: 7 * 1440))), level: level,
      currency: Currency(code: network.bundle.manifest.currency) ?? .eur)
  }

  /// SplitMix64 (doi:10.1145/2660193.2660195), reduced by the high half of a product.
  private mutating func draw(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed &>> 31
    return Int(mixed.multipliedFullWidth(by: UInt64(bound)).high)
  }
}
