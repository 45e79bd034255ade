public import LogisticsModel

/// A quote as it is kept: what was answered, and everything needed to answer it again.
public struct SavedQuote: Sendable {
  /// The quote's id.
  public let id: String
  /// What it was made from.
  public let receipt: QuoteReceipt
  /// Until when it holds.
  public let expires: Instant
  /// Whose it is, for reports; may be empty.
  public let merchant: String
  /// Origin and destination as resolved, and the destination's country.
  public let lane: Lane
  /// The answer as JSON, byte for byte as it was printed.
  public let document: String
  /// Tiers it refused, and why.
  public let refusals: [QuoteRefusal]

  /// Where a quote leads from and to.
  public struct Lane: Hashable, Sendable {
    /// Node it starts at.
    public let origin: String
    /// Node it ends at.
    public let destination: String
    /// Country of the destination.
    public let country: String

    /// From node to node.
    public init(origin: String, destination: String, country: String) {
      self.origin = origin
      self.destination = destination
      self.country = country
    }
  }

  /// A quote as read from where it is kept.
  public init(
    id: String, receipt: QuoteReceipt, expires: Instant, merchant: String, lane: Lane,
    document: String, refusals: [QuoteRefusal]
  ) {
    self.id = id
    self.receipt = receipt
    self.expires = expires
    self.merchant = merchant
    self.lane = lane
    self.document = document
    self.refusals = refusals
  }
}
