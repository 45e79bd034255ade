import LogisticsModel

/// The numbers by which rules find a leg: positions in the tables of names the caller has.
public struct LegKey: Hashable, Sendable {
  /// Position of the rate-card family in the caller's card names; negative: no charge.
  public var card: Int32
  /// Position of the service.
  public var service: Int32
  /// Position of the mode.
  public var mode: Int32
  /// Position of the stage.
  public var stage: Int32
  /// Node it arrives at.
  public var node: Int32

  /// Makes a key.
  public init(card: Int32, service: Int32, mode: Int32, stage: Int32, node: Int32) {
    self.card = card
    self.service = service
    self.mode = mode
    self.stage = stage
    self.node = node
  }
}

/// The names that the numbers of a ``LegKey`` stand for.
public struct LegKeyNames: Sendable {
  /// Rate-card families.
  public var cards: [String]
  /// Services.
  public var services: [String]
  /// Modes.
  public var modes: [String]
  /// Stages.
  public var stages: [String]

  /// Makes the tables of names.
  public init(cards: [String], services: [String], modes: [String], stages: [String]) {
    self.cards = cards
    self.services = services
    self.modes = modes
    self.stages = stages
  }
}

/// Legs grouped by price: two legs of one class cost any parcel the same on any date.
///
/// Made once per bundle. A class is a distinct (card, service, mode, stage, node), where the node counts only if
/// some rule names it: tens of thousands of legs become a few hundred classes.
public struct PriceClassTable: Sendable {
  /// Class of each leg.
  public let classOfLeg: [Int32]
  /// Rules of one class, ready for use.
  struct Entry: Sendable {
    /// Family in the book; nil: the name is unknown, or there is no charge.
    var family: Int32?
    /// Name of a card the book lacks.
    var unknownCard: String?
    /// Whether another class has the same family, so that its base charge is worth keeping.
    var sharesFamily = false
    /// Positions of surcharges whose scope fits, ascending.
    var surcharges: [Int32]
    /// Positions of restrictions whose scope fits, ascending.
    var restrictions: [Int32]
  }

  let entries: [Entry]

  /// Number of classes.
  public var count: Int { entries.count }

  /// Whether a class neither charges nor refuses anybody.
  public func isFree(_ position: Int32) -> Bool {
    let entry = entries[Int(position)]
    return entry.family == nil && entry.unknownCard == nil && entry.restrictions.isEmpty
  }

  /// Groups legs.
  ///
  /// - Parameters:
  ///   - tariff: the rules.
  ///   - legCount: number of legs.
  ///   - names: what the numbers of the keys stand for.
  ///   - nodePosition: position of a node by its id, nil for one the network lacks.
  ///   - key: the key of a leg.
  /// - Complexity: O(legs + classes x rules)
  public init(
    _ tariff: Tariff, legCount: Int, names: LegKeyNames, nodePosition: (String) -> Int32?,
    key: (Int) -> LegKey
  ) {
    var named: [Int32: String] = [:]
    for scope in tariff.surcharges.map(\.scope) + tariff.restrictions.map(\.scope) {
      if case .node(let id) = scope, let position = nodePosition(id) { named[position] = id }
    }
    var classOf: [LegKey: Int32] = [:]
    var keys: [LegKey] = []
    var classOfLeg = [Int32](repeating: 0, count: legCount)
    for leg in 0..<legCount {
      var key = key(leg)
      if named[key.node] == nil { key.node = -1 }
      if key.card < 0 { key.card = -1 }
      if let known = classOf[key] {
        classOfLeg[leg] = known
      } else {
        let next = Int32(keys.count)
        classOf[key] = next
        classOfLeg[leg] = next
        keys.append(key)
      }
    }
    self.classOfLeg = classOfLeg
    var entries = keys.map { key in
      let leg = NamedLeg(
        card: key.card < 0 ? nil : names.cards[Int(key.card)],
        service: names.services[Int(key.service)], mode: names.modes[Int(key.mode)],
        stage: names.stages[Int(key.stage)], node: named[key.node] ?? "")
      let family = leg.card.flatMap { tariff.cards.card(named: $0)?.rawValue }
      return Entry(
        family: family, unknownCard: family == nil ? leg.card : nil,
        surcharges: tariff.surcharges.indices.filter { tariff.surcharges[$0].scope.concerns(leg) }
          .map { Int32($0) },
        restrictions: tariff.restrictions.indices
          .filter { tariff.restrictions[$0].scope.concerns(leg) }.map { Int32($0) })
    }
    var uses: [Int32: Int] = [:]
    for entry in entries { if let family = entry.family { uses[family, default: 0] += 1 } }
    for position in entries.indices {
      entries[position].sharesFamily = entries[position].family.map { uses[$0] ?? 0 > 1 } ?? false
    }
    self.entries = entries
  }
}
