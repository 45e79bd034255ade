/// What a customer chooses between: three promises, never a carrier's product.
public enum Tier: Int, CaseIterable, Comparable, Sendable {
  /// Least freight.
  case economy = 0
  /// Best balance of freight and time.
  case standard = 1
  /// Earliest promise.
  case premium = 2

  /// The word in CSV, JSON and on the command line.
  public var word: String {
    switch self {
    case .economy: "economy"
    case .standard: "standard"
    case .premium: "premium"
    }
  }

  /// Reads the word, or nil.
  public init?(word: some StringProtocol) {
    guard let found = Tier.allCases.first(where: { $0.word == word }) else { return nil }
    self = found
  }

  /// Orders economy, standard, premium: the order in which tiers are named everywhere.
  public static func < (left: Tier, right: Tier) -> Bool { left.rawValue < right.rawValue }
}
