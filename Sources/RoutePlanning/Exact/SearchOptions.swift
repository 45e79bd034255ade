/// Which optimisations are on; tests switch each off to prove that it changes no answer.
public struct SearchOptions: Sendable {
  /// Prune labels whose best completion is already covered by a complete itinerary.
  public var prunesByBounds: Bool
  /// Evaluate a few promising itineraries first, so that bounds prune from the start.
  public var seedsFront: Bool
  /// Drop dominated labels at their node; off means full enumeration (small networks only).
  public var dropsDominated: Bool
  /// Count legs, breadth first, where every leg costs or emits the same, instead of running Dijkstra's algorithm again.
  public var countsAlikeLegs: Bool
  /// Take a law that ends before another begins for the earlier one without comparing them.
  public var skipsDisjointLaws: Bool
  /// Board no leg where a label at its head is there before the leg can be, for no more.
  public var skipsOutrunLegs: Bool

  /// Give, of itineraries that tie in every component, the first by one stated rule.
  ///
  /// So another engine can give the same one. The rule: fewest legs; then the arrival law that runs ahead where two first differ; then, from the destination
  /// backwards, the leg that stands first in the network and again the law before it. Costs a little pruning.
  public var settlesTies: Bool

  /// Everything on but the settling of ties, unless said otherwise.
  public init(
    prunesByBounds: Bool = true, seedsFront: Bool = true, dropsDominated: Bool = true,
    countsAlikeLegs: Bool = true, skipsDisjointLaws: Bool = true, skipsOutrunLegs: Bool = true,
    settlesTies: Bool = false
  ) {
    self.prunesByBounds = prunesByBounds
    self.seedsFront = seedsFront
    self.dropsDominated = dropsDominated
    self.countsAlikeLegs = countsAlikeLegs
    self.skipsDisjointLaws = skipsDisjointLaws
    self.skipsOutrunLegs = skipsOutrunLegs
    self.settlesTies = settlesTies
  }
}

/// Work counts of the last run: independent of the machine, hence fit for gates.
public struct SearchStatistics: Sendable, Equatable {
  /// Labels that entered the queue.
  public var created = 0
  /// Labels that left it undominated.
  public var settled = 0
  /// Legs along which an arrival law was computed.
  public var extended = 0
  /// Atoms of all laws kept.
  public var atoms = 0

  /// No work.
  public init() {}
}

extension SearchStatistics {
  /// Adds the counts of another run.
  public static func += (left: inout SearchStatistics, right: SearchStatistics) {
    left.created += right.created
    left.settled += right.settled
    left.extended += right.extended
    left.atoms += right.atoms
  }

  /// What one run did more than another that it went on from.
  public static func - (left: SearchStatistics, right: SearchStatistics) -> SearchStatistics {
    var difference = left
    difference.created -= right.created
    difference.settled -= right.settled
    difference.extended -= right.extended
    difference.atoms -= right.atoms
    return difference
  }
}
