/// One way a quick quote may go: enough to show its price and date; ``QuoteEngine/itinerary(_:of:to:)`` tells its legs.
public struct QuickOption: BitwiseCopyable, Hashable, Sendable {
  /// Freight in minor units of the question's currency.
  public var price: Int64
  /// Promise minute.
  public var promise: Int64
  /// CO2e in milligrams.
  public var emission: Int64
  /// Position of its first legs among the segment's paths.
  var path: UInt16 = 0
  /// Position of its last leg among those into the destination.
  var lastLeg: UInt8 = 0

  /// Price, promise and emission as one vector.
  public var vector: PlanVector { PlanVector(price: price, promise: promise, emission: emission) }
}

/// The winners of one question, looked up.
public struct QuickQuote: BitwiseCopyable, Sendable {
  /// Why a question was not looked up, or that it was.
  public enum Outcome: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    /// The three options are the winners.
    case answered
    /// No itinerary takes the parcel.
    case none
    /// The origin or the destination has no block.
    case notBuilt
    /// Ready outside the days blocks are built for.
    case outsideDays
    /// A promise at this level is not held.
    case otherLevel
    /// Blocks are for parcels up to a weight.
    case tooHeavy
    /// Blocks are for one currency.
    case otherCurrency
    /// Blocks are for one bound on legs.
    case otherLegs
    /// A disruption concerns the block, and it has not been repaired.
    case stale

    /// Whether the answer stands; otherwise the exact search is to be asked.
    public var isFinal: Bool { self == .answered || self == .none }
  }

  /// How the question fared.
  public var outcome: Outcome
  /// Least (price, promise, CO2e).
  public var economy: QuickOption
  /// Least price x 60 + value of an hour x minutes, ties by (price, promise, CO2e).
  public var standard: QuickOption
  /// Least (promise, price, CO2e).
  public var premium: QuickOption
  /// The engine that answered.
  public var version: UInt64 = 0
  /// Position of the segment that answered.
  var segment: Int32 = -1

  /// No itinerary: also what a place for a quote holds before there is one.
  public static let none = QuickQuote(.none)

  /// A question that was not looked up.
  init(_ outcome: Outcome) {
    self.outcome = outcome
    let nothing = QuickOption(price: 0, promise: 0, emission: 0)
    economy = nothing
    standard = nothing
    premium = nothing
  }
}
