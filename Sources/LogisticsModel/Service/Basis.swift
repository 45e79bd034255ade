/// Where a figure comes from, so that nobody mistakes an assumption for data.
public enum Basis: UInt8, CaseIterable, Sendable {
  /// Taken unchanged from a named source.
  case real = 0
  /// Printed on a page by somebody; not measured by us.
  case published = 1
  /// Derived by us from real data.
  case computed = 2
  /// Our judgement, with its reason in `config/assumptions.toml`.
  case assumed = 3
  /// Prices only: paid by another leg of the same line.
  case included = 4

  /// The word in CSV and JSON.
  public var word: String {
    switch self {
    case .real: "real"
    case .published: "published"
    case .computed: "computed"
    case .assumed: "assumed"
    case .included: "included"
    }
  }

  /// Reads the word, or nil.
  public init?(word: some StringProtocol) {
    guard let found = Basis.allCases.first(where: { $0.word == word }) else { return nil }
    self = found
  }
}
