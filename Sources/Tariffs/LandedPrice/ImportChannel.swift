/// How goods come into a country: it decides which customs procedure, and so which rule.
public enum ImportChannel: Int, BitwiseCopyable, CaseIterable, Sendable {
  /// By the post, under the postal conventions.
  case postal = 0
  /// By a courier, a parcel line or a bulk broker: everything that is not the post.
  case courier = 1

  /// The word in CSV, JSON and on the command line.
  public var word: String {
    switch self {
    case .postal: "postal"
    case .courier: "courier"
    }
  }

  /// Reads the word, or nil.
  public init?(word: some StringProtocol) {
    guard let found = ImportChannel.allCases.first(where: { $0.word == word }) else { return nil }
    self = found
  }
}
