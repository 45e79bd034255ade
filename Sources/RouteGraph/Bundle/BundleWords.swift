/// What a node is.
public enum NodeKind: UInt8, CaseIterable, Sendable {
  /// Where merchants hand goods over.
  case origin = 0
  /// Where stock is kept.
  case warehouse = 1
  /// Port, airport or rail terminal.
  case gateway = 2
  /// Where parcels are sorted.
  case hub = 3
  /// Where consignments are cleared.
  case customs = 4
  /// A destination class.
  case zone = 5

  /// The word in CSV and JSON.
  public var word: String { "\(self)" }

  /// Reads the word, or nil.
  public init?(word: some StringProtocol) {
    guard let found = NodeKind.allCases.first(where: { $0.word == word }) else { return nil }
    self = found
  }
}

/// What moves, or does not move, the goods on a leg.
public enum LegMode: UInt8, CaseIterable, Sendable {
  /// Lorry or van.
  case road = 0
  /// Aircraft.
  case air = 1
  /// Ship.
  case sea = 2
  /// Train.
  case rail = 3
  /// Work at one place: sorting, loading, clearance.
  case handling = 4
  /// The post, by whatever means.
  case post = 5

  /// The word in CSV and JSON.
  public var word: String { "\(self)" }

  /// Reads the word, or nil.
  public init?(word: some StringProtocol) {
    guard let found = LegMode.allCases.first(where: { $0.word == word }) else { return nil }
    self = found
  }
}

/// Which part of the journey a leg is.
public enum LegStage: UInt8, CaseIterable, Sendable {
  /// From the merchant.
  case pickup = 0
  /// Joining parcels into consignments.
  case consolidation = 1
  /// Export clearance and hand-over to the linehaul.
  case export = 2
  /// The long way.
  case linehaul = 3
  /// Import clearance.
  case `import` = 4
  /// From the port of entry to the region.
  case distribution = 5
  /// To the consignee.
  case lastMile = 6

  /// The word in CSV and JSON.
  public var word: String {
    switch self {
    case .pickup: "pickup"
    case .consolidation: "consolidation"
    case .export: "export"
    case .linehaul: "linehaul"
    case .import: "import"
    case .distribution: "distribution"
    case .lastMile: "last_mile"
    }
  }

  /// Reads the word, or nil.
  public init?(word: some StringProtocol) {
    guard let found = LegStage.allCases.first(where: { $0.word == word }) else { return nil }
    self = found
  }
}

/// How a leg starts and runs.
public enum LegKind: UInt8, CaseIterable, Sendable {
  /// Boards a departure of a schedule, then runs on.
  case scheduled = 0
  /// Starts at an open minute of a calendar, then runs on.
  case continuous = 1
  /// Starts at an open minute; only open minutes count.
  case working = 2

  /// The letter in CSV.
  public var letter: String {
    switch self {
    case .scheduled: "S"
    case .continuous: "C"
    case .working: "W"
    }
  }

  /// Reads the letter, or nil.
  public init?(letter: some StringProtocol) {
    guard let found = LegKind.allCases.first(where: { $0.letter == letter }) else { return nil }
    self = found
  }
}
