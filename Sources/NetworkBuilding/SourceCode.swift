/// Finding codes of this module.
public enum SourceCode {
  /// A source file that is missing.
  public static let fileMissing = "TW-SRC-001"
  /// A value in a source that cannot be used.
  public static let valueUnusable = "TW-SRC-002"
  /// A source row that names something no other table knows.
  public static let referenceUnknown = "TW-SRC-003"
  /// An assumption that is missing.
  public static let assumptionMissing = "TW-SRC-010"
  /// An assumption of the wrong kind.
  public static let assumptionMalformed = "TW-SRC-011"
  /// A name inside an assumption that no source knows.
  public static let assumptionUnknownName = "TW-SRC-012"
  /// A file of assumptions that is no TOML.
  public static let assumptionsUnreadable = "TW-SRC-013"
  /// An id made twice with different content: a fault of the builder.
  public static let idTwice = "TW-SRC-020"
}
