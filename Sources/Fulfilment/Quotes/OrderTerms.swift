public import LogisticsModel

/// What an order holds and on what terms it is sold: all a landed price needs beyond the parcel itself.
public struct OrderTerms: Hashable, Sendable {
  /// The lines; empty: nobody asks for a landed price.
  ///
  /// A single declared value stands here as one line without HS code.
  public var lines: [OrderLine] = []
  /// Who pays duty and tax.
  public var incoterm = Incoterm.ddp
  /// Programmes the seller is registered for, such as `ioss`.
  public var programmes: Set<String> = []
  /// State or province of the consignee, the second part of its ISO 3166-2 code; nil: not known.
  public var subdivision: String?
  /// Whether a price that cannot be guaranteed is wanted all the same, flagged.
  public var allowsEstimate = false

  /// An order of which only the freight is asked for.
  public init() {}

  /// Whether a landed price is asked for.
  public var asksForLandedPrice: Bool { !lines.isEmpty }

  /// Whether its value is the sum of lines, and not a single figure.
  var isItemised: Bool { lines.contains { $0.code != nil } }

  /// The order with another value, where a single figure is all that is known of it.
  func declaring(_ value: Money?) throws(RequestFault) -> OrderTerms {
    guard let value, !isItemised, asksForLandedPrice else { return self }
    var changed = self
    changed.lines = [try RequestText.line(declaring: value)]
    return changed
  }
}
