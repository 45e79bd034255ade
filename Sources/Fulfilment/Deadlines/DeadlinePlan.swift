public import LogisticsModel
import RouteGraph
public import RoutePlanning
import Tariffs

/// When a parcel must be ready at the latest to arrive by a date.
public struct DeadlinePlan: Sendable {
  /// One itinerary that keeps the date.
  public struct Way: Sendable {
    /// The itinerary as quoted at `readyBy`, its last minute.
    public let option: QuoteOption
    /// The last ready minute at which this itinerary still keeps the date.
    public let readyBy: Instant
  }

  /// The date to keep, at the destination.
  public let deliverBy: CivilDate
  /// The question asked of the planner, with the earliest ready minute considered.
  public let question: NetworkPlanner.Question
  /// Ways that keep the date when ready now, each with its own last ready minute; cheapest first.
  public let ways: [Way]
  /// The last ready minute at which any itinerary keeps the date, with that itinerary.
  public let lastChance: Way?
}

extension QuoteDesk {
  /// Plans backwards from a date: the latest ready minute, for each way that works now and over all ways.
  ///
  /// The earliest promise over all itineraries never gets earlier as ready gets later, so the last chance is
  /// found by bisection over forward searches; planning forward from it gives the same departure.
  /// - Parameters:
  ///   - request: the parcel; its ready time is the earliest considered.
  ///   - deliverBy: civil date at the destination.
  ///   - now: the clock.
  /// - Returns: the plan; without ways where even `ready` is too late.
  /// - Throws: a ``RequestFault`` where the request itself is at fault.
  public mutating func deadlinePlan(
    _ request: QuoteRequest, deliverBy: CivilDate, now: Instant
  ) throws(RequestFault) -> DeadlinePlan {
    let question = try question(request, now: now)
    if let last = BundleValidity(network).to, deliverBy > last {
      throw RequestFault(
        code: RequestFault.beyondValidity,
        message: "deliver-by \(deliverBy) is after the network's data end, on \(last)",
        advice: "choose \(last) or earlier, or a newer network")
    }
    let window = network.bundle.timetable.window
    guard
      network.end(of: deliverBy, at: question.destination) + SearchRequest.usualHorizon < window.end
    else {
      throw RequestFault(
        code: RequestFault.timeOutsideWindow,
        message: "deliver-by \(deliverBy) is beyond what the timetable can answer for",
        advice: "choose a date nearer to \(question.ready.rfc3339())")
    }
    let zone = network.bundle.zone(of: question.destination)
    var ways: [DeadlinePlan.Way] = []
    for member in try front(question) {
      guard zone.date(Instant(minutes: member.vector.promise)) <= deliverBy else { continue }
      let window = network.readyWindow(member.legs, question, keeping: deliverBy)
      if let way = way(member, at: window.latestReady, question) { ways.append(way) }
    }
    return DeadlinePlan(
      deliverBy: deliverBy, question: question, ways: ways,
      lastChance: try lastChance(question, deliverBy))
  }

  /// A member of a front as booked at another ready minute; nil where it cannot be, or is not sold then.
  func way(
    _ member: PlannedItinerary, at ready: Int64, _ question: NetworkPlanner.Question
  ) -> DeadlinePlan.Way? {
    var last = question
    last.ready = Instant(minutes: ready)
    guard let timing = network.timing(member.legs, last) else { return nil }
    // Cards and surcharges carry dates: the price is the one of the day the parcel is tendered.
    var price: Int64 = 0
    for leg in member.legs {
      switch network.outcome(leg, last) {
      case .included: continue
      case .sold(let charge): price += charge.total.minorUnits
      case .refused: return nil
      }
    }
    let vector = PlanVector(
      price: price, promise: timing.promise, emission: member.vector.emission)
    return option(PlannedItinerary(vector: vector, legs: member.legs), [], last).map {
      DeadlinePlan.Way(option: $0, readyBy: last.ready)
    }
  }

  /// The last ready minute at which any itinerary still keeps a date, with that itinerary; nil where none does at the
  /// question's ready.
  mutating func lastChance(
    _ question: NetworkPlanner.Question, _ deliverBy: CivilDate
  ) throws(RequestFault) -> DeadlinePlan.Way? {
    let end = network.end(of: deliverBy, at: question.destination)
    guard var best = try fastest(question, at: question.ready.minutes, before: end) else {
      return nil
    }
    var good = question.ready.minutes
    var bad = end
    while bad - good > 1 {
      let middle = good + (bad - good) / 2
      if let found = try fastest(question, at: middle, before: end) {
        good = middle
        best = found
      } else {
        bad = middle
      }
    }
    return way(best, at: good, question)
  }

  /// The itinerary with the earliest promise, if that is before `end`.
  private mutating func fastest(
    _ question: NetworkPlanner.Question, at ready: Int64, before end: Int64
  ) throws(RequestFault) -> PlannedItinerary? {
    var asked = question
    asked.ready = Instant(minutes: ready)
    guard ready + SearchRequest.usualHorizon < network.bundle.timetable.window.end else {
      return nil
    }
    let first = try front(asked).min { $0.vector.promise < $1.vector.promise }
    return first.flatMap { $0.vector.promise < end ? $0 : nil }
  }
}
