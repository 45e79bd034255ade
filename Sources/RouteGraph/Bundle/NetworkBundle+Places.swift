public import LogisticsModel

extension NetworkBundle {
  /// What a place stands for at one end of the journey.
  ///
  /// A node id always names its node. A UN/LOCODE or a city that several nodes share names the one that suits
  /// the role: origins and warehouses before others at the start, zones at the end, and no node that nothing
  /// leaves (or enters) while there is another. A withdrawn code is not followed, only named.
  public func node(for place: Place, role: PlaceRole) -> PlaceResolution {
    if let node = nodeID(named: place.text) { return .found(node) }
    switch place.form {
    case .node(let name): return unknown(name)
    case .code(let code):
      if let node = nodeID(named: code) { return .found(node) }
      let nodes = PlaceIndex.all(code, in: places.locodes, places.locodeNodes)
      return nodes.isEmpty ? unknown(code) : best(nodes, role)
    case .postal(let country, let code):
      if let node = places.longestPrefix(country, code) { return .found(node) }
      return .unknown(suggestions: [], note: postalNote(country))
    case .city(let country, let name):
      let key = "\(country):\(CityName.key(name))"
      let nodes = PlaceIndex.all(key, in: places.cities, places.cityNodes)
      return nodes.isEmpty ? unknownCity(country, key) : best(nodes, role)
    }
  }

  private func best(_ nodes: [NodeID], _ role: PlaceRole) -> PlaceResolution {
    var different: [NodeID] = []
    for node in nodes where !different.contains(node) { different.append(node) }
    let ranked = different.map { (rank($0, role), $0) }
    let least = ranked.map(\.0).min()
    let kept = ranked.filter { $0.0 == least }.map(\.1)
    return kept.count == 1 ? .found(kept[0]) : .ambiguous(kept)
  }

  private func rank(_ node: NodeID, _ role: PlaceRole) -> Int {
    let legs = role == .origin ? topology.outgoing : topology.incoming
    let isDead = legs.starts[node.position] == legs.starts[node.position + 1]
    let kind: Int
    switch (nodes.kind(of: node), role) {
    case (.origin, .origin), (.zone, .destination): kind = 0
    case (.warehouse, _): kind = 1
    case (.hub, _): kind = 2
    case (.gateway, _): kind = 3
    case (.customs, _): kind = 4
    case (.zone, .origin), (.origin, .destination): kind = 5
    }
    return (isDead ? 10 : 0) + kind
  }

  private func unknown(_ name: String) -> PlaceResolution {
    if let successor = places.successor(of: name) {
      return .unknown(
        suggestions: successor.isEmpty ? [] : [successor], note: "withdrawn in UN/LOCODE")
    }
    let locodes = (0..<places.locodes.count).lazy.map { places.locodes[$0] }
    let ids = (0..<nodes.count).lazy.map { nodes.names[$0] }
    var near: [String] = []
    for word in EditDistance.nearest(to: name, among: ids)
      + EditDistance.nearest(to: name, among: locodes) where !near.contains(word)
    {
      near.append(word)
    }
    return .unknown(suggestions: Array(near.prefix(3)), note: "")
  }

  private func unknownCity(_ country: Country, _ key: String) -> PlaceResolution {
    let keys = (0..<places.cities.count).lazy.map { places.cities[$0] }
    return .unknown(
      suggestions: EditDistance.nearest(
        to: key, among: keys.filter { $0.hasPrefix("\(country):") }),
      note: "")
  }

  private func postalNote(_ country: Country) -> String {
    let place = places.prefixes.lowerBound(of: "\(country):".utf8, in: nil)
    let isServed = place < places.prefixes.count && places.prefixes[place].hasPrefix("\(country):")
    return isServed ? "no zone of \(country) covers it" : "no postal codes of \(country) are known"
  }
}
