public import RouteGraph
public import RoutePlanning
import LogisticsModel

/// Every itinerary without a repeated node, one by one, each with its arrival law from first principles.
///
/// Written from the text of the plain format and sharing nothing with the search: probabilities are exact
/// fractions out of 1024^n in a dictionary, departures are found by stepping through minutes' candidates.
public struct BruteForcePlanner {
  private let network: PlainNetwork

  /// Works on a loaded network.
  public init(_ network: PlainNetwork) { self.network = network }

  /// The front of a query, ascending by (price, promise, CO2e).
  public func front(_ query: PlainQuery) -> [PlanVector] {
    if query.origin == query.destination {
      return [PlanVector(price: 0, promise: query.ready, emission: 0)]
    }
    guard let origin = network.node(named: query.origin),
      let destination = network.node(named: query.destination)
    else { return [] }
    var vectors: [PlanVector] = []
    walk(
      query, at: origin, destination, visited: [origin], arrivals: [query.ready: 1], legs: 0,
      price: 0,
      emission: 0, into: &vectors)
    var kept: [PlanVector] = []
    for vector in vectors.sorted()
    where !kept.contains(where: {
      $0.price <= vector.price && $0.promise <= vector.promise && $0.emission <= vector.emission
    }) {
      kept.append(vector)
    }
    return kept
  }

  private func walk(
    _ query: PlainQuery, at node: NodeID, _ destination: NodeID, visited: Set<NodeID>,
    arrivals: [Int64: UInt128], legs: Int, price: Int64, emission: Int64,
    into vectors: inout [PlanVector]
  ) {
    if node == destination {
      var whole: UInt128 = 1
      for _ in 0..<legs { whole *= 1024 }
      var sum: UInt128 = 0
      for minute in arrivals.keys.sorted() {
        sum += arrivals[minute] ?? 0
        if sum * 1024 >= whole * UInt128(query.level) {
          vectors.append(PlanVector(price: price, promise: minute, emission: emission))
          return
        }
      }
      return
    }
    guard legs < query.greatestLegs else { return }
    for leg in 0..<network.topology.legCount where network.topology.tail[leg] == node.rawValue {
      let head = NodeID(network.topology.head[leg])
      guard !visited.contains(head), let charge = charge(leg, query) else { continue }
      guard let next = travel(LegID(Int32(leg)), arrivals, query) else { continue }
      walk(
        query, at: head, destination, visited: visited.union([head]), arrivals: next,
        legs: legs + 1,
        price: price + charge, emission: emission + query.weight * network.topology.emission[leg],
        into: &vectors)
    }
  }

  private func charge(_ leg: Int, _ query: PlainQuery) -> Int64? {
    guard network.topology.goods[leg] >> UInt64(query.goods) & 1 == 1,
      query.weight <= network.topology.greatestWeight[leg]
    else { return nil }
    let rows = network.cards[Int(network.topology.card[leg])].sorted {
      ($0.uptoGrams, $0.baseCents, $0.unitGrams, $0.unitCents)
        < ($1.uptoGrams, $1.baseCents, $1.unitGrams, $1.unitCents)
    }
    guard let row = rows.first(where: { query.weight <= $0.uptoGrams }) else { return nil }
    var units: Int64 = 0
    while units * row.unitGrams < query.weight { units += 1 }
    return row.baseCents + units * row.unitCents
  }

  private func travel(
    _ leg: LegID, _ arrivals: [Int64: UInt128], _ query: PlainQuery
  ) -> [Int64: UInt128]? {
    var next: [Int64: UInt128] = [:]
    for (minute, count) in arrivals {
      let from = minute + Int64(network.topology.handling[leg.position])
      guard let boarding = network.timetable.boarding(leg, atOrAfter: from),
        boarding.minute <= query.ready + 9 * 10080
      else { return nil }
      for atom in network.laws[boarding.law.position].atoms {
        let arrival = boarding.minute + Int64(boarding.duration) + Int64(atom.delay)
        next[arrival, default: 0] += count * UInt128(atom.weight)
      }
    }
    return next
  }
}
