public import LogisticsModel

/// What a leg takes instead of what its row says.
public struct AcceptanceEdit: Hashable, Sendable {
  /// The leg.
  public let leg: LegID
  /// Goods classes it takes, one bit each.
  public let goods: UInt64
  /// Heaviest parcel it takes, in grams.
  public let greatestWeight: Int64

  /// Makes an edit.
  public init(leg: LegID, goods: UInt64, greatestWeight: Int64) {
    self.leg = leg
    self.goods = goods
    self.greatestWeight = greatestWeight
  }
}

extension Topology {
  /// The same graph in which some legs take other parcels, or may be quicker than they were.
  ///
  /// Columns that do not change are shared with this topology.
  /// - Complexity: O(legs) bytes copied for each column that changes.
  func replacing(
    _ acceptance: [AcceptanceEdit], leastDuration quicker: [(leg: LegID, minutes: Int32)]
  ) -> Topology {
    Topology(
      nodeCount: nodeCount, tail: tail, head: head,
      goods: acceptance.isEmpty
        ? goods
        : FrozenColumn(copying: goods) { elements in
          for edit in acceptance { elements[edit.leg.position] = edit.goods }
        },
      greatestWeight: acceptance.isEmpty
        ? greatestWeight
        : FrozenColumn(copying: greatestWeight) { elements in
          for edit in acceptance { elements[edit.leg.position] = edit.greatestWeight }
        },
      handling: handling, card: card, emission: emission,
      leastDuration: quicker.isEmpty
        ? leastDuration
        : FrozenColumn(copying: leastDuration) { elements in
          for (leg, minutes) in quicker { elements[leg.position] = minutes }
        },
      outgoing: outgoing, incoming: incoming)
  }
}
