public import LogisticsModel

/// A network, loaded: frozen, immutable, shared by all threads.
///
/// Holds the graph, the timetable written out for a window of days, and what explains both. Prices and rules
/// are other modules' and are joined one row up.
public struct NetworkBundle: Sendable {
  /// Name, version, currency, validity.
  public let manifest: BundleManifest
  /// What the search needs of nodes and legs.
  public let topology: Topology
  /// The nodes.
  public let nodes: NodeTable
  /// The legs, for people and for rules.
  public let legs: LegTable
  /// Delay laws by ``LogisticsModel/LawID``.
  public let laws: [DelayLaw]
  /// Ids of the delay laws.
  public let lawNames: [String]
  /// Ids of the rate-card families by ``LogisticsModel/CardID``, ascending by bytes.
  public let cardNames: [String]
  /// When legs can be boarded.
  public let timetable: DatedTimetable
  /// The zones of the nodes, ascending by name.
  public let zones: [ZoneTable]
  /// Working calendars by name.
  public let calendars: CalendarBook
  /// The rows of tiers.csv.
  public let tiers: [TierRule]
  /// The rows of acceptance.csv.
  public let acceptance: [AcceptanceRule]

  let places: PlaceIndex

  init(
    manifest: BundleManifest, topology: Topology, nodes: NodeTable, legs: LegTable,
    laws: [DelayLaw], lawNames: [String], cardNames: [String], timetable: DatedTimetable,
    zones: [ZoneTable], calendars: CalendarBook, tiers: [TierRule], acceptance: [AcceptanceRule],
    places: PlaceIndex
  ) {
    self.manifest = manifest
    self.topology = topology
    self.nodes = nodes
    self.legs = legs
    self.laws = laws
    self.lawNames = lawNames
    self.cardNames = cardNames
    self.timetable = timetable
    self.zones = zones
    self.calendars = calendars
    self.tiers = tiers
    self.acceptance = acceptance
    self.places = places
  }

  /// The node with this id.
  public func nodeID(named name: String) -> NodeID? { nodes.nodeID(named: name) }

  /// The leg with this id.
  public func legID(named name: String) -> LegID? { legs.legID(named: name) }

  /// The zone a node's clock shows.
  public func zone(of node: NodeID) -> ZoneTable { zones[nodes.zonePosition(of: node)] }

  /// The delay law with this index.
  public func law(_ id: LawID) -> DelayLaw { laws[id.position] }

  /// Whether a tier takes a goods class; false where the matrix says nothing.
  public func accepts(tier: String, goods: GoodsClass) -> Bool {
    acceptance.contains { $0.tier == tier && $0.goods == goods && $0.isAccepted }
  }

  /// Number of postal prefixes, for statistics.
  public var prefixCount: Int { places.prefixes.count }
}
