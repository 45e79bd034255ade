public import LogisticsModel

/// One node, spelled out.
public struct Node: Hashable, Sendable {
  /// Its id in the bundle.
  public let name: String
  /// What it is.
  public let kind: NodeKind
  /// Name for people.
  public let title: String
  /// Its country.
  public let country: String
  /// IANA name of its zone.
  public let zone: String
  /// Latitude in millionths of a degree, north positive; nil where the bundle gives none.
  public let latitude: Int32?
  /// Longitude in millionths of a degree, east positive; nil where the bundle gives none.
  public let longitude: Int32?
  /// UN/LOCODE; empty where it has none.
  public let locode: String
  /// People it stands for, as an origin or a destination; 0 where the bundle does not say.
  public let population: Int64
}

/// The nodes of a bundle, as columns.
public struct NodeTable: Sendable {
  /// Stands for a coordinate that is not given.
  static let noCoordinate = Int32.min
  /// More than there are people.
  static let greatestPopulation: Int64 = 100_000_000_000

  let names: TextColumn
  let kinds: FrozenColumn<UInt8>
  let titles: TextColumn
  let countries: TextColumn
  /// Position of each node's zone in the bundle's zones.
  let zones: FrozenColumn<Int32>
  let latitudes: FrozenColumn<Int32>
  let longitudes: FrozenColumn<Int32>
  let locodes: TextColumn
  let populations: FrozenColumn<Int64>
  /// Positions in the order of names.
  let order: FrozenColumn<Int32>
  let zoneNames: [String]

  /// Number of nodes.
  public var count: Int { names.count }

  /// Every node.
  public var ids: [NodeID] { (0..<Int32(count)).map { NodeID($0) } }

  /// One node, spelled out.
  public subscript(node: NodeID) -> Node {
    let latitude = latitudes[node.position]
    let longitude = longitudes[node.position]
    return Node(
      name: names[node.position], kind: kind(of: node), title: titles[node.position],
      country: countries[node.position], zone: zoneNames[zonePosition(of: node)],
      latitude: latitude == NodeTable.noCoordinate ? nil : latitude,
      longitude: longitude == NodeTable.noCoordinate ? nil : longitude,
      locode: locodes[node.position], population: population(of: node))
  }

  /// The id of a node in the bundle.
  public func name(of node: NodeID) -> String { names[node.position] }

  /// What a node is.
  public func kind(of node: NodeID) -> NodeKind {
    NodeKind(rawValue: kinds[node.position]) ?? .hub
  }

  /// The country of a node.
  public func country(of node: NodeID) -> String { countries[node.position] }

  /// People a node stands for; 0 where the bundle does not say.
  public func population(of node: NodeID) -> Int64 { populations[node.position] }

  /// Position of a node's zone in ``NetworkBundle/zones``.
  public func zonePosition(of node: NodeID) -> Int { Int(zones[node.position]) }

  /// The node with this id.
  ///
  /// - Complexity: O(log nodes)
  public func nodeID(named name: String) -> NodeID? {
    names.position(of: name, in: order).map { NodeID(Int32($0)) }
  }
}
