/// The modelling assumptions: every number of the world network that is not real data.
///
/// The tree mirrors `config/assumptions.toml`, where each entry stands with its reason as a comment. It is
/// kept as a tree, not as a struct per section, so that a missing or mistyped entry becomes one located
/// finding among others instead of the first decoding error hiding the rest.
public struct Assumptions: Codable, Sendable {
  /// The entries by name.
  public let entries: [String: AssumptionValue]

  /// Wraps a tree, for tests.
  public init(entries: [String: AssumptionValue]) { self.entries = entries }

  /// Reads the tree from any decoder that offers keys at the top.
  public init(from decoder: any Decoder) throws {
    guard case .table(let entries) = try AssumptionValue(from: decoder) else {
      throw DecodingError.typeMismatch(
        Assumptions.self,
        .init(codingPath: decoder.codingPath, debugDescription: "the file must be a table"))
    }
    self.entries = entries
  }

  /// Writes the tree.
  public func encode(to encoder: any Encoder) throws {
    try AssumptionValue.table(entries).encode(to: encoder)
  }
}
