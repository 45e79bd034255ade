public import LogisticsModel
import RouteGraph
import RoutePlanning

/// One way that was, or would now be, promised: what it costs, by when, over which legs.
public struct BookedOption: Hashable, Sendable {
  /// Tiers it won, in order.
  public let tiers: [Tier]
  /// Its legs.
  public let legs: [LegID]
  /// Freight in the quote's currency.
  public let freight: Money
  /// The promise minute.
  public let promise: Instant
  /// Its civil date at the destination.
  public let deliverBy: CivilDate

  /// Makes an option.
  public init(
    tiers: [Tier], legs: [LegID], freight: Money, promise: Instant, deliverBy: CivilDate
  ) {
    self.tiers = tiers
    self.legs = legs
    self.freight = freight
    self.promise = promise
    self.deliverBy = deliverBy
  }

  /// A member of a front that won some tiers.
  init(
    _ member: PlannedItinerary, _ tiers: [Tier], _ question: NetworkPlanner.Question,
    on network: NetworkPlanner
  ) {
    let promise = Instant(minutes: member.vector.promise)
    self.init(
      tiers: tiers, legs: member.legs,
      freight: Money(minorUnits: member.vector.price, question.currency), promise: promise,
      deliverBy: network.bundle.zone(of: question.destination).date(promise))
  }
}
