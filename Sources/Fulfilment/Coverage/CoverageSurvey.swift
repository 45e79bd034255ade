public import LogisticsModel
import RouteGraph
public import RoutePlanning

/// Which destinations have no plan, and which rule is missing.
public struct CoverageSurvey: Sendable {
  /// One pair of places without an option in some tier.
  public struct Gap: Hashable, Sendable {
    /// Origin node.
    public let origin: NodeID
    /// Destination node.
    public let destination: NodeID
    /// Tiers without an option; all of them where nothing leads there.
    public let tiers: [Tier]
    /// Stable word for the reason.
    public let code: String
    /// The rule that refuses.
    public let rule: String
    /// For people.
    public let message: String
  }

  /// Pairs asked.
  public private(set) var asked = 0
  /// Pairs with at least one option.
  public private(set) var served = 0
  /// Pairs with a gap, in the order asked.
  public private(set) var gaps: [Gap] = []

  /// Asks the planner for every pair.
  ///
  /// - Parameters:
  ///   - pairs: origins and destinations.
  ///   - parcel: what is sent on each.
  ///   - ready: when.
  ///   - level: how sure.
  ///   - network: the network.
  ///   - progress: called after each pair.
  /// - Throws: only where exact arithmetic ends.
  public init(
    _ pairs: [(origin: NodeID, destination: NodeID)], parcel: Parcel, ready: Instant,
    level: ServiceLevel, on network: NetworkPlanner, progress: () -> Void = {}
  ) throws(RequestFault) {
    var desk = QuoteDesk(network)
    let currency = Currency(code: network.bundle.manifest.currency) ?? .eur
    for pair in pairs {
      let question = NetworkPlanner.Question(
        origin: pair.origin, destination: pair.destination, parcel: parcel, ready: ready,
        level: level, currency: currency)
      let front = try desk.front(question)
      asked += 1
      if front.isEmpty {
        let reason = RefusalAnalysis(question, on: network)
        gaps.append(
          Gap(
            origin: pair.origin, destination: pair.destination, tiers: Tier.allCases,
            code: reason.code, rule: reason.rule, message: reason.message))
      } else {
        served += 1
        let rules = TierRules(
          network, goods: parcel.goods, currency: currency, on: network.tenderDate(question))
        if !rules.refused.isEmpty {
          gaps.append(
            Gap(
              origin: pair.origin, destination: pair.destination, tiers: rules.refused,
              code: "class_not_accepted",
              rule: rules.refused.map { "acceptance:\($0.word):\(parcel.goods.word)" }
                .joined(separator: " "),
              message: "the tier does not take \(parcel.goods.word) goods"))
        }
      }
      progress()
    }
  }

  /// Every origin to one zone of every country, and one origin to every zone.
  public static func usualPairs(
    _ network: NetworkPlanner, from origin: NodeID?
  ) -> [(origin: NodeID, destination: NodeID)] {
    let nodes = network.bundle.nodes
    let zones = nodes.ids.filter { nodes.kind(of: $0) == .zone }
    let origins = nodes.ids.filter { nodes.kind(of: $0) == .origin }
    var firstOfCountry: [String: NodeID] = [:]
    for zone in zones where firstOfCountry[nodes.country(of: zone)] == nil {
      firstOfCountry[nodes.country(of: zone)] = zone
    }
    let representatives = firstOfCountry.keys.sorted().compactMap { firstOfCountry[$0] }
    if let origin { return zones.map { (origin, $0) } }
    return origins.flatMap { from in representatives.map { (from, $0) } }
  }
}
