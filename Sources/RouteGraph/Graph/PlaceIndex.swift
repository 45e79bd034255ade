public import LogisticsModel

/// What a place may stand for: an end of the journey.
public enum PlaceRole: Sendable {
  /// Where the goods start.
  case origin
  /// Where they go.
  case destination
}

/// What a place stands for in a network.
public enum PlaceResolution: Hashable, Sendable {
  /// One node.
  case found(NodeID)
  /// None; similar names, the likeliest first, and the reason where there is one.
  case unknown(suggestions: [String], note: String)
  /// Several; each with how to name it (its node id).
  case ambiguous([NodeID])
}

/// The names by which requests find nodes: UN/LOCODEs, postal prefixes, cities, withdrawn codes.
///
/// All lists ascend by bytes and are searched by halves; nothing is built on loading.
struct PlaceIndex: Sendable {
  /// `ES:28` by bytes, with the node of each.
  let prefixes: TextColumn
  let prefixNodes: FrozenColumn<Int32>
  /// `JP:tokyo` (``CityName/key(_:)``), with the node of each; a key may stand more than once.
  let cities: TextColumn
  let cityNodes: FrozenColumn<Int32>
  /// UN/LOCODEs, with the node of each; a code may stand more than once.
  let locodes: TextColumn
  let locodeNodes: FrozenColumn<Int32>
  /// Withdrawn codes, with the successor of each (may be empty).
  let withdrawn: TextColumn
  let successors: TextColumn

  /// Sorts names with what they stand for.
  static func sorted(_ pairs: [(key: String, node: Int32)]) -> (TextColumn, FrozenColumn<Int32>) {
    let ordered = pairs.sorted {
      if $0.key == $1.key { return $0.node < $1.node }
      return $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }
    return (TextColumn(ordered.map(\.key)), FrozenColumn(ordered.map(\.node)))
  }

  /// The values of every entry with this key.
  static func all(_ key: String, in keys: TextColumn, _ nodes: FrozenColumn<Int32>) -> [NodeID] {
    var place = keys.lowerBound(of: key.utf8, in: nil)
    var found: [NodeID] = []
    while place < keys.count, keys.bytes(place).elementsEqual(key.utf8) {
      found.append(NodeID(nodes[place]))
      place += 1
    }
    return found
  }

  /// The node of the longest known prefix of a postal code.
  ///
  /// - Complexity: O(length x log prefixes)
  func longestPrefix(_ country: Country, _ code: String) -> NodeID? {
    var prefix = code[...]
    while true {
      if let node = PlaceIndex.all("\(country):\(prefix)", in: prefixes, prefixNodes).first {
        return node
      }
      if prefix.isEmpty { return nil }
      prefix = prefix.dropLast()
    }
  }

  /// The successor of a withdrawn code; an empty text when it has none, nil when the code is not withdrawn.
  func successor(of code: String) -> String? {
    let place = withdrawn.lowerBound(of: code.utf8, in: nil)
    guard place < withdrawn.count, withdrawn.bytes(place).elementsEqual(code.utf8) else {
      return nil
    }
    return successors[place]
  }
}
