import LogisticsModel

/// Columns of a plain network while its legs are read.
struct PlainParts {
  private var nodeNames: [String] = []
  private var nodePositions: [String: Int32] = [:]
  private var legNames: [String] = []
  private var tail: [Int32] = []
  private var head: [Int32] = []
  private var goods: [UInt64] = []
  private var weight: [Int64] = []
  private var handling: [Int32] = []
  private var card: [Int32] = []
  private var emission: [Int64] = []
  private var leastDuration: [Int32] = []
  private var lines: [PeriodicTimetable.Line] = []

  /// A node exists as soon as something names it.
  mutating func node(_ name: String) -> Int32 {
    if let position = nodePositions[name] { return position }
    nodeNames.append(name)
    nodePositions[name] = Int32(nodeNames.count - 1)
    return Int32(nodeNames.count - 1)
  }

  mutating func append(
    name: String, from: String, to: String, goods: UInt64, weight: Int64, handling: Int32,
    card: Int32,
    emission: Int64, line: PeriodicTimetable.Line, laws: [DelayLaw]
  ) {
    legNames.append(name)
    tail.append(node(from))
    head.append(node(to))
    self.goods.append(goods)
    self.weight.append(weight)
    self.handling.append(handling)
    self.card.append(card)
    self.emission.append(emission)
    lines.append(line)
    let durations = line.slots.map { $0.duration + laws[$0.law.position].leastDelay }
    leastDuration.append(durations.min() ?? -1)
  }

  func network(laws: [DelayLaw], cards: [[PlainNetwork.RateRow]]) -> PlainNetwork {
    let topology = Topology(
      nodeCount: nodeNames.count, tail: FrozenColumn(tail), head: FrozenColumn(head),
      goods: FrozenColumn(goods), greatestWeight: FrozenColumn(weight),
      handling: FrozenColumn(handling), card: FrozenColumn(card), emission: FrozenColumn(emission),
      leastDuration: FrozenColumn(leastDuration),
      outgoing: Adjacency(nodeOfLeg: tail, nodeCount: nodeNames.count),
      incoming: Adjacency(nodeOfLeg: head, nodeCount: nodeNames.count))
    return PlainNetwork(
      nodeNames: nodeNames, legNames: legNames, topology: topology,
      timetable: PeriodicTimetable(lines: lines), laws: laws, cards: cards,
      nodePositions: nodePositions)
  }
}

extension DelayLaw {
  /// Whether P(delay <= t) is nowhere below P(other + shift <= t): first-order stochastic dominance.
  ///
  /// - Complexity: O(atoms of both)
  func isNowhereBelow(_ other: DelayLaw, shiftedBy shift: Int64) -> Bool {
    var mine: Int32 = 0
    var theirs: Int32 = 0
    var slot = 0
    for atom in other.atoms {
      theirs += atom.weight
      let minute = Int64(atom.delay) + shift
      while slot < atoms.count && Int64(atoms[slot].delay) <= minute {
        mine += atoms[slot].weight
        slot += 1
      }
      if mine < theirs { return false }
    }
    return true
  }
}
