/// How far the wording of a rule has been checked; only checked rules carry a guarantee.
public enum RuleVerification: String, CaseIterable, Sendable {
  /// A dated page or a dated table was read.
  case verified
  /// An undated list of unknown age.
  case listed
  /// From memory; no page was seen.
  case unverified
}

/// What is to be said of a rule in every explanation: its dates, its state, its source.
public struct ImportRuleTerms: Hashable, Sendable {
  /// Id.
  public let id: String
  /// Days of clearance it holds for.
  public let validity: Validity
  /// Whether it is applied; a withheld rule is kept for explanation only (proposed, or out of date).
  public let isApplied: Bool
  /// How far it has been checked.
  public let verification: RuleVerification
  /// Its state, in the words of the source: `in force`, `proposed only when seen`.
  public let status: String
  /// What else is to be known.
  public let note: String
  /// Where it comes from.
  public let source: String

  /// Makes terms.
  init(
    id: String, validity: Validity, isApplied: Bool, verification: RuleVerification,
    status: String, note: String, source: String
  ) {
    self.id = id
    self.validity = validity
    self.isApplied = isApplied
    self.verification = verification
    self.status = status
    self.note = note
    self.source = source
  }
}
