/// What the search needs of every leg besides its timetable and its price: plain columns, one per property.
///
/// Shared by the product's bundles and by the plain network of the conformance command, so that both run on
/// the same planner code.
public struct Topology: Sendable {
  /// Number of nodes.
  public let nodeCount: Int
  /// Node each leg leaves from.
  public let tail: FrozenColumn<Int32>
  /// Node each leg arrives at.
  public let head: FrozenColumn<Int32>
  /// Accepted goods classes, one bit each.
  public let goods: FrozenColumn<UInt64>
  /// Heaviest parcel taken, in grams.
  public let greatestWeight: FrozenColumn<Int64>
  /// Minutes needed before boarding, cut-off included.
  public let handling: FrozenColumn<Int32>
  /// Rate-card family, or -1: no charge (paid by another leg).
  public let card: FrozenColumn<Int32>
  /// CO2e in milligrams per gram of actual weight.
  public let emission: FrozenColumn<Int64>
  /// Least minutes from boarding to arrival over all departures, delay included: a bound for pruning.
  public let leastDuration: FrozenColumn<Int32>
  /// Legs by tail.
  public let outgoing: Adjacency
  /// Legs by head.
  public let incoming: Adjacency

  /// Number of legs.
  public var legCount: Int { tail.count }

  /// Adopts columns of equal length.
  public init(
    nodeCount: Int, tail: FrozenColumn<Int32>, head: FrozenColumn<Int32>,
    goods: FrozenColumn<UInt64>,
    greatestWeight: FrozenColumn<Int64>, handling: FrozenColumn<Int32>, card: FrozenColumn<Int32>,
    emission: FrozenColumn<Int64>, leastDuration: FrozenColumn<Int32>, outgoing: Adjacency,
    incoming: Adjacency
  ) {
    self.nodeCount = nodeCount
    self.tail = tail
    self.head = head
    self.goods = goods
    self.greatestWeight = greatestWeight
    self.handling = handling
    self.card = card
    self.emission = emission
    self.leastDuration = leastDuration
    self.outgoing = outgoing
    self.incoming = incoming
  }
}
