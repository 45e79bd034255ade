import LogisticsModel
import RouteGraph

extension ExactSearch {
  /// Follows the cheapest and the fastest way by the lower bounds, so that the front prunes at once.
  ///
  /// Any complete itinerary is a sound member of the front; seeding changes work, never answers.
  mutating func seed<Times: Timetable>(
    _ request: SearchRequest, costs: LegCosts, network: SearchNetwork<Times>
  ) throws(Obstacle) {
    for focus in SeedFocus.allCases {
      var index: Int32 = 0
      while true {
        let label = labels[Int(index)]
        guard Int(label.legs) < request.greatestLegs,
          let leg = bounds.bestLeg(
            from: Int(label.node), focus, costs: costs, on: network.topology),
          var next = try follow(index, leg: leg, request, costs: costs, network: network)
        else { break }
        if Int(next.node) == request.destination.position {
          try admit(next, isDestination: true)
          break
        }
        next.firstAtom = arena.append(scratch)
        labels.append(next)  // Not queued: only the way to a complete itinerary.
        index = Int32(labels.count - 1)
      }
    }
  }
}
