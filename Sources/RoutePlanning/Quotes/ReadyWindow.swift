public import LogisticsModel
import TransitTimes
public import RouteGraph

/// How long a parcel may still wait before an itinerary loses its date.
///
/// A promise never moves earlier when ready moves later, so the last ready minute that keeps a date is found
/// by bisection; no departure is searched backwards.
public struct ReadyWindow: Hashable, Sendable {
  /// The last ready minute with the same date.
  public let latestReady: Int64
  /// The promise minute one minute later; nil when the itinerary cannot be booked then.
  public let promiseIfMissed: Int64?

  /// Bisects between `ready` and the first minute that is too late whatever happens.
  ///
  /// - Parameters:
  ///   - legs: the itinerary.
  ///   - ready: a minute at which it is feasible.
  ///   - level: the service level in parts of 1024.
  ///   - horizon: minutes after ready up to which boarding is allowed.
  ///   - network: the network it runs on.
  ///   - end: the first minute after the date to keep: a promise before it still counts.
  /// - Complexity: O(log(end - ready)) evaluations of the itinerary.
  public init<Times: Timetable>(
    _ legs: [LegID], ready: Int64, level: Int32, horizon: Int64,
    on network: SearchNetwork<Times>, before end: Int64
  ) {
    func promised(_ minute: Int64) -> Int64? {
      ItineraryPromise.minute(legs, ready: minute, level: level, horizon: horizon, on: network)
    }
    var good = ready
    var bad = max(end, ready + 1)
    while bad - good > 1 {
      let middle = good + (bad - good) / 2
      if let minute = promised(middle), minute < end { good = middle } else { bad = middle }
    }
    latestReady = good
    promiseIfMissed = promised(good + 1)
  }
}

/// The promise of one itinerary without its explanation.
public enum ItineraryPromise {
  /// The least minute by which the parcel is there with probability level/1024; nil when it cannot be booked.
  public static func minute<Times: Timetable>(
    _ legs: [LegID], ready: Int64, level: Int32, horizon: Int64, on network: SearchNetwork<Times>
  ) -> Int64? {
    if let law = Itineraries<Times, UInt128>.laws(legs, ready, horizon, network)?.last {
      return law.quantile(level: level)
    }
    return Itineraries<Times, WideMass>.laws(legs, ready, horizon, network)?.last?.quantile(
      level: level)
  }
}
