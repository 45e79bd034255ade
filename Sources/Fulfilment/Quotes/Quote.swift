public import LogisticsModel
import RouteGraph
public import RoutePlanning
public import Tariffs

/// A priced offer with an expiry: options that carry tier names, and why other tiers are refused.
public struct Quote: Sendable {
  /// Derived from bundle, clock and request, so that the same question has the same id.
  public let id: String
  /// Bundle label, such as `world@2026.11.1`.
  public let bundle: String
  /// When the quote was made.
  public let asOf: Instant
  /// Until when it holds.
  public let expires: Instant
  /// The question, with places resolved.
  public let question: NetworkPlanner.Question
  /// The request as it was made.
  public let request: QuoteRequest
  /// Options, in tier order of their first name; one option may carry several names.
  public let options: [QuoteOption]
  /// Tiers without an option, and why.
  public let refusals: [QuoteRefusal]
  /// The whole non-dominated set behind the options; where they were looked up, the winners alone.
  public let front: [PlannedItinerary]
  /// Work counts of the search; none where the winners were looked up.
  public let statistics: SearchStatistics
  /// Which engine answered.
  public let answer: EngineAnswer
}

/// One way to send the parcel, with its commitment.
public struct QuoteOption: Sendable {
  /// Tiers it wins, in order.
  public let tiers: [Tier]
  /// Price, promise and emission.
  public let vector: PlanVector
  /// Freight in the quote's currency.
  public let freight: Money
  /// Civil date of the promise at the destination.
  public let deliverBy: CivilDate
  /// The last ready minute that keeps the date.
  public let latestReady: Instant
  /// The date one minute later; nil when the itinerary cannot be booked then.
  public let nextIfMissed: CivilDate?
  /// Calendar days from the tender date to the promised date.
  public let calendarDays: Int
  /// Working days of the delivery calendar in between.
  public let workingDays: Int
  /// Name of that calendar's dates, usually the country.
  public let workingCalendar: String
  /// When each leg is passed.
  public let timing: ItineraryTiming
  /// The legs with their charges.
  public let legs: [QuoteLeg]
  /// Where the time goes.
  public let waterfall: Waterfall
  /// The price at hand; nil where only the freight was asked for.
  public internal(set) var landing: Landing?
}

extension QuoteOption {
  /// What the buyer pays the shop: under DDP everything, under DAP what is not asked for at the door, and the freight
  /// alone where nothing is known of the goods.
  public func askedByShop(_ incoterm: Incoterm) -> Money {
    guard let landing else { return freight }
    return incoterm == .ddp ? landing.price.total : landing.payableToSeller
  }
}

/// One leg of an option.
public struct QuoteLeg: Sendable {
  /// The leg.
  public let leg: LegID
  /// Its charge in the quote's currency.
  public let charge: Money
  /// Every line of the charge, or `included`.
  public let outcome: LegOutcome
}

/// Why a tier, or the whole request, has no option, and what would help.
public struct QuoteRefusal: Hashable, Sendable {
  /// The tier; nil: no tier has one.
  public let tier: Tier?
  /// Stable word, such as `class_not_accepted`.
  public let code: String
  /// The rule that refuses, such as `acceptance:economy:battery`.
  public let rule: String
  /// For people.
  public let message: String
  /// Changes that make it feasible, each of them tried.
  public let fixes: [Fix]

  /// One change that was verified to help.
  public struct Fix: Hashable, Sendable {
    /// What to change: `tier`, `currency`, `goods`, `weight`, `dims`, `ready`, `value`, `max_legs`, `to`,
    /// `programme`, `allow_estimate`.
    public let change: String
    /// To what.
    public let to: String
  }
}
