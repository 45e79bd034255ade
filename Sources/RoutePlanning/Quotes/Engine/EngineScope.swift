public import LogisticsModel

/// What blocks are built for; questions outside are left to the exact search.
public struct EngineScope: Hashable, Sendable {
  /// First ready minute.
  public var start: Int64
  /// Days of ready minutes from there.
  public var days: Int
  /// Currency of prices.
  public var currency: Currency
  /// Heaviest parcel, in grams.
  public var greatestWeight: Int64
  /// Most legs of an itinerary.
  public var greatestLegs: Int

  /// Days of ready minutes that a store covers: a week and a day.
  public static let usualDays = 8
  /// What nearly every parcel stays below; heavier ones meet other limits from leg to leg.
  public static let usualGreatestWeight: Int64 = 20_000

  /// Starts at the UTC day of a moment unless told otherwise.
  public init(
    from now: Instant, days: Int = EngineScope.usualDays, currency: Currency,
    greatestWeight: Int64 = EngineScope.usualGreatestWeight,
    greatestLegs: Int = NetworkPlanner.usualGreatestLegs
  ) {
    start = now.minutes - now.minutes % EngineScope.minutesOfDay
    self.days = days
    self.currency = currency
    self.greatestWeight = greatestWeight
    self.greatestLegs = greatestLegs
  }

  /// Minutes of one segment.
  static let minutesOfDay: Int64 = 1440

  /// The ready minutes of one day.
  func minutes(ofDay day: Int) -> Range<Int64> {
    let first = start + Int64(day) * EngineScope.minutesOfDay
    return first..<(first + EngineScope.minutesOfDay)
  }
}
