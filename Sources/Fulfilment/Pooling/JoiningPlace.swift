import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

/// Why orders cannot travel together.
struct PoolObstacle: Error {
  let refusal: QuoteRefusal

  init(_ code: String, _ rule: String, _ message: String) {
    refusal = QuoteRefusal(tier: nil, code: code, rule: rule, message: message, fixes: [])
  }
}

/// Where orders become one consignment, and when the last of them is there.
struct JoiningPlace {
  let node: NodeID
  /// Every order is there at this minute, whatever happens on its first mile.
  let complete: Instant
  /// How each gets there; empty where they start there.
  let firstMiles: [PoolPlan.FirstMile]
}

extension QuoteDesk {
  /// The places where the orders can be joined, in node order: their common origin, or every hub that a pickup leg
  /// reaches from each of their origins.
  func joiningPlaces(_ separate: [PoolPlan.Separate]) throws(RequestFault) -> [JoiningPlace] {
    let questions = separate.map(\.quote.question)
    let origins = Set(questions.map(\.origin))
    if origins.count == 1, let origin = origins.first {
      let last = questions.map(\.ready).max() ?? questions[0].ready
      return [JoiningPlace(node: origin, complete: last, firstMiles: [])]
    }
    let bundle = network.bundle
    let hubs = questions.map { question in
      Set(
        bundle.topology.outgoing.legs(of: question.origin)
          .filter { bundle.legs.stage(of: $0) == .pickup }
          .map { NodeID(bundle.topology.head[$0.position]) })
    }
    let common = hubs.dropFirst().reduce(hubs[0]) { $0.intersection($1) }
    return common.sorted().compactMap { hub in
      let miles = questions.map { firstMile($0, to: hub) }
      let known = miles.compactMap(\.self)
      guard known.count == miles.count, let last = known.map(\.arrivesBy).max() else { return nil }
      return JoiningPlace(node: hub, complete: last, firstMiles: known)
    }
  }

  /// The cheapest pickup leg that takes the parcel to the hub, the surest of equals; nil where none does.
  private func firstMile(
    _ question: NetworkPlanner.Question, to hub: NodeID
  ) -> PoolPlan.FirstMile? {
    let topology = network.bundle.topology
    var best: PoolPlan.FirstMile?
    for leg in topology.outgoing.legs(of: question.origin)
    where network.bundle.legs.stage(of: leg) == .pickup
      && NodeID(topology.head[leg.position]) == hub
      && topology.goods[leg.position] >> UInt64(question.parcel.goods.rawValue) & 1 == 1
      && question.parcel.weight.value <= topology.greatestWeight[leg.position]
    {
      guard let arrival = network.timing([leg], question)?.arrivals.first else { continue }
      let outcome = network.outcome(leg, question)
      let charge: Money
      switch outcome {
      case .refused: continue
      case .included: charge = .zero(question.currency)
      case .sold(let sold): charge = sold.total
      }
      let mile = PoolPlan.FirstMile(
        leg: QuoteLeg(leg: leg, charge: charge, outcome: outcome),
        arrivesBy: Instant(minutes: arrival.latest))
      guard let known = best else {
        best = mile
        continue
      }
      if (charge.minorUnits, mile.arrivesBy) < (known.leg.charge.minorUnits, known.arrivesBy) {
        best = mile
      }
    }
    return best
  }
}
