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
