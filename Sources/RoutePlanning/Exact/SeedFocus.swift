import RouteGraph

/// What a first complete itinerary is to be best in, by the lower bounds alone.
enum SeedFocus: CaseIterable {
  case price, minutes, emission, legs
}

extension LowerBounds {
  /// The leg out of a node by which the least that is left of one sum may be reached; nil where none leads on.
  ///
  /// - Parameters:
  ///   - node: where the itinerary has got to.
  ///   - focus: the sum.
  ///   - costs: of all legs for the parcel; a negative price is a refusal.
  ///   - topology: of the network.
  /// - Returns: the leg's position.
  /// - Complexity: O(legs out of the node)
  func bestLeg(
    from node: Int, _ focus: SeedFocus, costs: LegCosts, on topology: Topology
  ) -> Int? {
    var best: (leg: Int, value: Int64)?
    for slot in Int(topology.outgoing.starts[node])..<Int(topology.outgoing.starts[node + 1]) {
      let leg = Int(topology.outgoing.legs[slot])
      let head = Int(topology.head[leg])
      guard costs.price[leg] >= 0, topology.leastDuration[leg] >= 0,
        minutes[head] < LowerBounds.unreachable
      else { continue }
      let value =
        switch focus {
        case .price: costs.price[leg] + price[head]
        case .minutes:
          Int64(topology.handling[leg]) + Int64(topology.leastDuration[leg]) + minutes[head]
        case .emission: costs.emission[leg] + emission[head]
        case .legs: legs[head]
        }
      if best.map({ value < $0.value }) ?? true { best = (leg, value) }
    }
    return best?.leg
  }
}
