public import LogisticsModel

/// A delivery date given to a customer: committed, stored, never edited.
///
/// What is expected later is an ``ArrivalEstimate``, a record of its own.
public struct Promise: Hashable, Sendable {
  /// Its id, which is also that of the shipment it was given for: one shipment, one promise.
  public let id: RecordID
  /// The quote it was made from.
  public let quote: String
  /// The tier that was bought.
  public let tier: Tier
  /// The date, at the destination.
  public let deliverBy: CivilDate
  /// The least minute by which it holds at the level below.
  public let minute: Instant
  /// The destination's zone.
  public let zone: String
  /// How sure it is.
  public let level: ServiceLevel
  /// The price that was quoted; it stands whatever the plan costs.
  public let price: Money
  /// The date the quote had; another than ``deliverBy`` where a full departure rolled the promise on.
  public let quotedBy: CivilDate
  /// When it was given.
  public let made: Instant

  /// A promise as given.
  public init(
    id: RecordID, quote: String, tier: Tier, deliverBy: CivilDate, minute: Instant, zone: String,
    level: ServiceLevel, price: Money, quotedBy: CivilDate, made: Instant
  ) {
    self.id = id
    self.quote = quote
    self.tier = tier
    self.deliverBy = deliverBy
    self.minute = minute
    self.zone = zone
    self.level = level
    self.price = price
    self.quotedBy = quotedBy
    self.made = made
  }

  /// Whether its date is later than the one quoted.
  public var isRolled: Bool { deliverBy > quotedBy }
}

/// What was said of the arrival after the promise was given, by an event or because of one; kept beside it.
public struct ArrivalEstimate: Hashable, Sendable {
  /// Whose word it is.
  public enum Source: String, Sendable {
    /// The event named the time.
    case reported
    /// What is left of the way was planned anew after the event, at the promise's service level.
    case planned
  }

  /// The event that said so.
  public let event: String
  /// When it happened.
  public let occurred: Instant
  /// When the consignee is expected to have the goods.
  public let expected: Instant
  /// Whose word it is.
  public let source: Source

  /// An estimate as recorded.
  public init(event: String, occurred: Instant, expected: Instant, source: Source) {
    self.event = event
    self.occurred = occurred
    self.expected = expected
    self.source = source
  }
}
