public import LogisticsModel

/// What somebody asks a price and a date for.
public struct QuoteRequest: Hashable, Sendable {
  /// Where the parcel is, as the user named it.
  public var from: Place
  /// Where it shall go, as the user named it.
  public var to: Place
  /// What is sent.
  public var parcel: Parcel
  /// When it is ready; nil: now.
  public var ready: ReadyTime?
  /// How sure the promise shall be.
  public var level: ServiceLevel
  /// Currency of all charges; nil: the bundle's.
  public var currency: Currency?
  /// Most legs of an itinerary.
  public var greatestLegs: Int
  /// What is in it and on what terms it is sold; without lines only the freight is asked for.
  public var order = OrderTerms()

  /// When a parcel is ready, as a user may say it.
  public enum ReadyTime: Hashable, Sendable {
    /// A moment, given with its offset.
    case instant(Instant)
    /// A clock time at the origin.
    case local(LocalTime)
  }

  /// Asks for everything by default: general goods need only places and a weight.
  public init(
    from: Place, to: Place, parcel: Parcel, ready: ReadyTime? = nil,
    level: ServiceLevel = .standard,
    currency: Currency? = nil, greatestLegs: Int = 10
  ) {
    self.from = from
    self.to = to
    self.parcel = parcel
    self.ready = ready
    self.level = level
    self.currency = currency
    self.greatestLegs = greatestLegs
  }
}

/// A request that cannot be answered because it is itself at fault: coded, with what to do.
public struct RequestFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Stable code such as `TW-REQ-101`.
  public let code: String
  /// What, which value, why.
  public let message: String
  /// What to try; empty where there is nothing to say.
  public let advice: String

  /// Makes a fault.
  public init(code: String, message: String, advice: String = "") {
    self.code = code
    self.message = message
    self.advice = advice
  }

  /// The lines shown to people.
  public var description: String {
    "error \(code): \(message)" + (advice.isEmpty ? "" : "\n  \(advice)")
  }

  /// The place is not in the network.
  public static let unknownPlace = "TW-REQ-101"
  /// The name stands for several places.
  public static let ambiguousPlace = "TW-REQ-102"
  /// The local time is skipped or comes twice at a change of clocks.
  public static let ambiguousTime = "TW-REQ-103"
  /// The time lies outside the timetable's window.
  public static let timeOutsideWindow = "TW-REQ-104"
  /// The currency is unknown or has no rate.
  public static let currency = "TW-REQ-105"
  /// The text of a place has no form a place can have.
  public static let malformedPlace = "TW-REQ-106"
  /// A programme that no rule of the bundle knows.
  public static let programme = "TW-REQ-111"
  /// Orders that do not make a pool: too few, too many, two of one name, some without lines.
  public static let poolMalformed = "TW-REQ-112"
  /// Orders to pool that go to different addresses.
  public static let poolAddresses = "TW-REQ-113"
}
