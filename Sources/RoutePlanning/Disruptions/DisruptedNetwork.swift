public import LogisticsModel
import RouteGraph

/// A planner whose network runs under an overlay.
public struct DisruptedNetwork: Sendable {
  /// The network as planned.
  public let planned: NetworkPlanner
  /// The network as it runs: every search, timing, waterfall and audit works on it unchanged.
  public let planner: NetworkPlanner
  /// What became of the bundle.
  public let effect: DisruptedBundle
  /// Changed minutes by leg.
  private let changes: ChangedMinutes

  /// Lays an overlay over a network; the tariff and the price classes of its legs are shared.
  public init(_ planned: NetworkPlanner, under overlay: DisruptionOverlay) {
    self.init(planned, overlay.applied(to: planned.bundle))
  }

  /// The same network under the next overlay; see ``DisruptedBundle/updated(to:)``.
  public func updated(to next: DisruptionOverlay) -> DisruptedNetwork {
    DisruptedNetwork(planned, effect.updated(to: next))
  }

  private init(_ planned: NetworkPlanner, _ effect: DisruptedBundle) {
    self.planned = planned
    self.effect = effect
    planner = NetworkPlanner(planned, over: effect.bundle)
    changes = ChangedMinutes(effect.changes, on: planned)
  }

  /// Whether every leg of an itinerary still takes the question's parcel: its class and its weight.
  public func takes(_ legs: [LegID], _ question: NetworkPlanner.Question) -> Bool {
    let topology = planner.bundle.topology
    return legs.allSatisfy { leg in
      topology.goods[leg.position] >> UInt64(question.parcel.goods.rawValue) & 1 == 1
        && question.parcel.weight.value <= topology.greatestWeight[leg.position]
    }
  }

  /// Whether a parcel on this itinerary may meet a change.
  ///
  /// It does if, with a probability above nothing, it asks a leg in a minute in which that leg serves it otherwise. If
  /// not, its law of arrival is bit for bit what it was.
  ///
  /// - Complexity: O(1) where no leg is changed, else one evaluation of the itinerary.
  public func touches(_ legs: [LegID], _ question: NetworkPlanner.Question) -> Bool {
    guard changes.concern(legs) else { return false }
    if !takes(legs, question) { return true }
    let request = question.request
    return changes.areAsked(legs, ready: request.ready, horizon: request.horizon)
  }
}
