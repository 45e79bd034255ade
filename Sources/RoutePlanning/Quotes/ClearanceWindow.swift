public import LogisticsModel
public import RouteGraph

/// When and where the goods of one itinerary clear customs: what selects the rules of a landed price.
///
/// The window runs from the earliest minute the customs leg can end to the quantile of that end at the asked
/// service level, both taken from the exact law of the itinerary; as civil dates at the place of clearance.
public struct ClearanceWindow: Hashable, Sendable {
  /// Position in the itinerary of the leg that clears.
  public let step: Int
  /// The leg that clears.
  public let leg: LegID
  /// Where it ends: the place of clearance.
  public let place: NodeID
  /// The country the goods enter, which within a customs union need not be the destination's.
  public let entry: String
  /// The earliest minute the goods can be cleared.
  public let earliest: Instant
  /// The least minute by which they are cleared with the asked probability.
  public let atLevel: Instant
  /// Both as civil dates at the place of clearance.
  public let dates: ClosedRange<CivilDate>
}

extension ClearanceWindow {
  /// Position of the leg of an itinerary that clears customs; nil where none is needed.
  ///
  /// It is the last leg that either is of stage `import` and ends at a node of kind `customs`, or begins
  /// outside the destination's customs territory and ends inside it. A carrier's own line and the post have no
  /// leg of the first kind: their clearance is part of the leg that enters. An itinerary that begins at a port
  /// of the territory, not yet cleared, has no leg of the second.
  /// - Parameters:
  ///   - legs: the itinerary.
  ///   - bundle: the network.
  ///   - isInside: whether a country belongs to the customs territory of the destination.
  /// - Returns: the position, from zero.
  /// - Complexity: O(legs)
  public static func customsStep(
    of legs: [LegID], on bundle: NetworkBundle, isInside: (String) -> Bool
  ) -> Int? {
    legs.lastIndex { leg in
      let tail = NodeID(bundle.topology.tail[leg.position])
      let head = NodeID(bundle.topology.head[leg.position])
      let enters =
        isInside(bundle.nodes.country(of: head)) && !isInside(bundle.nodes.country(of: tail))
      return enters
        || bundle.legs.stage(of: leg) == .import && bundle.nodes.kind(of: head) == .customs
    }
  }

  /// The window of an itinerary whose timing is known; nil where none is needed.
  ///
  /// - Complexity: O(legs)
  public init?(
    of legs: [LegID], timing: ItineraryTiming, on bundle: NetworkBundle,
    isInside: (String) -> Bool
  ) {
    guard let step = ClearanceWindow.customsStep(of: legs, on: bundle, isInside: isInside) else {
      return nil
    }
    let place = NodeID(bundle.topology.head[legs[step].position])
    let arrival = timing.arrivals[step]
    let zone = bundle.zone(of: place)
    self.step = step
    leg = legs[step]
    self.place = place
    entry = bundle.nodes.country(of: place)
    earliest = Instant(minutes: arrival.earliest)
    atLevel = Instant(minutes: arrival.atLevel)
    dates = zone.date(earliest)...zone.date(atLevel)
  }
}
