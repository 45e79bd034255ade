public import LogisticsModel
import RouteGraph
public import RoutePlanning
public import TransitTimes

/// What each date of a promise costs: the freight, the time until then, and the refund to be expected when it is missed.
///
/// A later date is missed less often and sells worse; the date that costs least in all is marked. Whole minor units,
/// each part rounded half up once.
public struct CurveCosts: Hashable, Sendable {
  /// One service level.
  public struct Point: Hashable, Sendable {
    /// In thousandths.
    public let level: Int
    /// The date that is promised.
    public let date: CivilDate
    /// Freight and the value of the time until then.
    public let price: Money
    /// Refund times the share of promises missed.
    public let expectedRefund: Money
    /// Both.
    public var total: Int64 { price.minorUnits + expectedRefund.minorUnits }
  }

  /// By rising level; dates never fall.
  public let points: [Point]
  /// Position of the least total, the earliest date and then the highest level of several.
  public let best: Int

  /// Works out the costs of dates by level; nil without dates.
  ///
  /// - Parameters:
  ///   - dates: by rising level in thousandths; of one date the highest level is kept.
  ///   - ready: the date time is counted from.
  ///   - freight: what carriage costs.
  ///   - valueOfHour: what an hour is worth, in minor units of the freight's currency.
  ///   - refund: what is paid back when the date is missed.
  public init?(
    _ dates: [(level: Int, date: CivilDate)], ready: CivilDate, freight: Money,
    valueOfHour: Int64, refund: Money
  ) {
    var points: [Point] = []
    for (level, date) in dates {
      if let last = points.last, last.date == date { points.removeLast() }
      let hours = Int64(date.days(since: ready)) * 24
      let missed = Int128(1000 - level) * Int128(refund.minorUnits)
      points.append(
        Point(
          level: level, date: date,
          price: Money(
            minorUnits: freight.minorUnits + hours * valueOfHour, freight.currency),
          expectedRefund: Money(
            minorUnits: Int64(Rounding.halfUp(missed, over: 1000)), freight.currency)))
    }
    guard let first = points.first else { return nil }
    var best = (index: 0, total: first.total)
    for (index, point) in points.enumerated() where point.total < best.total {
      best = (index, point.total)
    }
    self.points = points
    self.best = best.index
  }

  /// The level of a plan's own law that serves a date: its lowest with a date no earlier; nil: it has none so late.
  ///
  /// - Parameters:
  ///   - date: what was learned that a service level needs.
  ///   - dates: the plan's own, by rising level.
  /// - Returns: the level in thousandths.
  public static func planLevel(
    serving date: CivilDate, of dates: [(level: Int, date: CivilDate)]
  ) -> Int? {
    dates.first { $0.date >= date }?.level
  }
}

extension QuoteDesk {
  /// The dates of one option at every level of a curve, by the planner's exact law.
  ///
  /// - Complexity: O(levels x atoms of the law x legs)
  public func dates(
    of option: QuoteOption, _ question: NetworkPlanner.Question
  ) -> [(level: Int, date: CivilDate)] {
    let zone = network.bundle.zone(of: question.destination)
    return stride(from: 500, through: 990, by: 10).compactMap { level in
      var asked = question
      // Rounded up: a date is promised at no less than the level it is listed under.
      asked.level = ServiceLevel(q1024: Int32((level * 1024 + 999) / 1000)) ?? question.level
      return network.timing(option.legs.map(\.leg), asked).map {
        (level, zone.date(Instant(minutes: $0.promise)))
      }
    }
  }

  /// Minutes from a moment to when a plan has the parcel there at the standard level: what learning holds plans against.
  ///
  /// - Returns: the minutes; of these, those under way on a leg; of these, those of the longest leg.
  public func minutesPlanned(
    _ option: QuoteOption, _ question: NetworkPlanner.Question, since moment: Instant
  ) -> (whole: Int32, moving: Int32, longest: Int32)? {
    var asked = question
    asked.level = .standard
    return network.timing(option.legs.map(\.leg), asked).map {
      (
        Int32(clamping: Instant(minutes: $0.promise).minutes(since: moment)),
        Int32(clamping: $0.minutesUnderWay), Int32(clamping: $0.longestLeg)
      )
    }
  }

  /// The earliest date on which an option can arrive at all: the floor of every promise for it.
  public func earliestDate(
    of option: QuoteOption, _ question: NetworkPlanner.Question
  ) -> CivilDate? {
    guard let timing = network.timing(option.legs.map(\.leg), question),
      let earliest = timing.arrivals.last?.earliest
    else { return nil }
    return network.bundle.zone(of: question.destination).date(Instant(minutes: earliest))
  }
}

extension PromiseLearner {
  /// The dates a learned curve promises, none before a plan's earliest.
  ///
  /// - Parameters:
  ///   - traits: of the order.
  ///   - placed: when, on the clock of the history.
  ///   - floor: the plan's earliest feasible date.
  /// - Returns: dates by level, and what they rest on.
  public mutating func dates(
    for traits: OrderTraits, at placed: LocalTime, notBefore floor: CivilDate
  ) -> (dates: [(level: Int, date: CivilDate)], curve: PromiseCurve) {
    let curve = curve(for: traits, at: placed).notBefore(floor)
    let dates = zip(PromiseCurve.levels, curve.days).filter { $0.0 % 10 == 0 }.map {
      (level: $0.0, date: placed.date.adding(days: Int($0.1)))
    }
    return (dates, curve)
  }
}
