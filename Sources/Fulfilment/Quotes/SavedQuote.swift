public import LogisticsModel
import RouteGraph
public import RoutePlanning

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

extension SavedQuote {
  /// A quote to be kept.
  ///
  /// - Parameters:
  ///   - quote: the quote.
  ///   - network: the network it was made from.
  ///   - versions: that network's versions.
  ///   - validity: minutes it was allowed to hold.
  ///   - merchant: whose it is; may be empty.
  ///   - document: it as JSON for whoever moves the goods, byte for byte as it is to be answered again.
  public init(
    _ quote: Quote, on network: NetworkPlanner, versions: QuoteVersions, validity: Int64,
    merchant: String, document: String
  ) {
    let nodes = network.bundle.nodes
    // Resolved, so that the clock and the settings of whoever answers it again decide nothing.
    var request = quote.request
    request.ready = .instant(quote.question.ready)
    request.currency = quote.question.currency
    self.init(
      id: quote.id,
      receipt: QuoteReceipt(
        versions: versions, asOf: quote.asOf, validity: validity, request: request),
      expires: quote.expires, merchant: merchant,
      lane: Lane(
        origin: nodes.name(of: quote.question.origin),
        destination: nodes.name(of: quote.question.destination),
        country: nodes.country(of: quote.question.destination)),
      document: document, refusals: quote.refusals)
  }
}
