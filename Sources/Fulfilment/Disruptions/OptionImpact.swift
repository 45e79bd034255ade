public import LogisticsModel

/// What disruptions do to one promised option.
public struct OptionImpact: Hashable, Sendable {
  /// The option as it was promised.
  public let booked: BookedOption
  /// What becomes of it if nobody does anything.
  public let outcome: Outcome
  /// The promise minute of the same itinerary under the disruptions; nil where it is lost.
  public let promise: Instant?
  /// The civil date of that minute at the destination; nil where it is lost.
  public let deliverBy: CivilDate?
  /// Where it is late or lost, the best option of each of its tiers now; empty where the date holds.
  ///
  /// Tiers with one option stand together; a tier may have no option any more.
  public let instead: [Replacement]

  /// What becomes of an option.
  ///
  /// Late or not is decided by the civil date promised, not by the minute.
  public enum Outcome: Hashable, Sendable {
    /// It meets nothing that changed: its law of arrival is what it was.
    case unaffected
    /// It meets a change and keeps its date, with so many minutes more (fewer where it got quicker).
    case absorbed(minutes: Int64)
    /// It arrives so many calendar days, and minutes, after what was promised.
    case late(days: Int, minutes: Int64)
    /// It can no longer be booked.
    case lost(Loss)

    /// The word in tables and JSON.
    public var word: String {
      switch self {
      case .unaffected: "unaffected"
      case .absorbed: "absorbed"
      case .late: "late"
      case .lost: "lost"
      }
    }
  }

  /// Why an option can no longer be booked.
  public enum Loss: String, Hashable, Sendable {
    /// A leg takes the parcel's class or weight no longer.
    case refused
    /// A leg has no departure any more within nine weeks of the ready time, from some minute it may be reached.
    case notBookable = "not_bookable"
    /// It would end after the last day the bundle's data are meant for.
    case beyondValidity = "beyond_validity"
  }

  /// What a tier offers now.
  public struct Replacement: Hashable, Sendable {
    /// The tiers.
    public let tiers: [Tier]
    /// Their option; nil: none.
    public let option: BookedOption?
  }
}

/// What disruptions do to one quote.
public struct QuoteImpact: Hashable, Sendable {
  /// Name of the quote: its id in a file, else its number.
  public let id: String
  /// Where from, as asked.
  public let from: String
  /// Where to, as asked.
  public let to: String
  /// Where the promised dates hold.
  public let destination: NodeID
  /// Its options.
  public let options: [OptionImpact]
}

/// Counts over the options of many quotes.
public struct ImpactSummary: Hashable, Sendable {
  /// Quotes looked at.
  public private(set) var quotes = 0
  /// Options that meet no change.
  public private(set) var unaffected = 0
  /// Options that meet one and keep their date.
  public private(set) var absorbed = 0
  /// Options whose date breaks.
  public private(set) var late = 0
  /// Options that cannot be booked.
  public private(set) var lost = 0
  /// Most calendar days late.
  public private(set) var greatestDays = 0
  /// Options late or lost with no option left in one of their tiers.
  public private(set) var stranded = 0

  /// Nothing counted.
  public init() {}

  /// All options.
  public var options: Int { unaffected + absorbed + late + lost }

  /// Counts a quote.
  public mutating func count(_ quote: QuoteImpact) {
    quotes += 1
    for option in quote.options {
      switch option.outcome {
      case .unaffected: unaffected += 1
      case .absorbed: absorbed += 1
      case .late(let days, _):
        late += 1
        greatestDays = max(greatestDays, days)
      case .lost: lost += 1
      }
      if option.instead.contains(where: { $0.option == nil }) { stranded += 1 }
    }
  }
}
