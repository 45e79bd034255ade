/// Which legs a surcharge or a restriction concerns.
public enum RuleScope: Hashable, Sendable {
  /// Every leg.
  case all
  /// Legs of one rate-card family.
  case card(String)
  /// Legs of one service.
  case service(String)
  /// Legs of one mode.
  case mode(String)
  /// Legs of one stage.
  case stage(String)
  /// Legs that arrive at one node.
  case node(String)

  /// Reads the two columns; nil when the word is unknown or the key missing or superfluous.
  init?(word: String, key: String) {
    switch word {
    case "all" where key.isEmpty: self = .all
    case "card" where !key.isEmpty: self = .card(key)
    case "service" where !key.isEmpty: self = .service(key)
    case "mode" where !key.isEmpty: self = .mode(key)
    case "stage" where !key.isEmpty: self = .stage(key)
    case "node" where !key.isEmpty: self = .node(key)
    default: return nil
    }
  }

  static let words = ["card", "service", "mode", "stage", "node", "all"]

  /// Whether the rule concerns a leg with these names.
  func concerns(_ leg: NamedLeg) -> Bool {
    switch self {
    case .all: true
    case .card(let id): leg.card == id
    case .service(let name): leg.service == name
    case .mode(let name): leg.mode == name
    case .stage(let name): leg.stage == name
    case .node(let id): leg.node == id
    }
  }
}

/// The names by which rules find a leg.
public struct NamedLeg: Hashable, Sendable {
  /// Rate-card family; nil: nothing is charged, another leg pays.
  public let card: String?
  /// Service.
  public let service: String
  /// Mode.
  public let mode: String
  /// Stage.
  public let stage: String
  /// Id of the node it arrives at.
  public let node: String

  /// Makes the names of a leg.
  public init(card: String?, service: String, mode: String, stage: String, node: String) {
    self.card = card
    self.service = service
    self.mode = mode
    self.stage = stage
    self.node = node
  }
}
