public import LogisticsModel
import RouteGraph
public import RoutePlanning

/// Decides what becomes of shipments under disruptions: where they are now, what they can still take, and by when.
///
/// Pure but for its search scratch; one desk per thread. A promise is never changed here: what is decided is an estimate beside
/// it, and whether it is kept.
///
/// A parcel under way stays on its leg, and what follows is searched from the leg's end, from the minute by which it gets there
/// at the promise's service level. The date of what is found is exact all the same: the whole rest of the way, the leg under way
/// included, is timed as one law. A leg that was begun before the timetable's first day cannot be timed any more: it is taken to
/// end when it is expected to, at the latest estimate or as planned.
public struct ReplanDesk {
  /// What becomes of a shipment.
  public enum Outcome: Hashable, Sendable {
    /// It meets nothing that changed, or has ended.
    case unaffected
    /// It meets a change and keeps its date on the legs it was booked on.
    case absorbed(arrival: Instant)
    /// It keeps its date on other legs.
    case repaired(legs: [String], arrival: Instant)
    /// Its date is broken; this is the earliest one it can have now.
    case rePromised(legs: [String], arrival: Instant, deliverBy: CivilDate)
    /// Its date is broken, and no way is left to give another.
    case breached

    /// The word in tables, JSON and notes.
    public var word: String {
      switch self {
      case .unaffected: "unaffected"
      case .absorbed: "absorbed"
      case .repaired: "repaired"
      case .rePromised: "re_promised"
      case .breached: "breached"
      }
    }

    /// Whether the promise is broken, and a refund due.
    public var breaksPromise: Bool {
      switch self {
      case .rePromised, .breached: true
      case .unaffected, .absorbed, .repaired: false
      }
    }
  }

  /// The network as planned and as it runs.
  public let network: DisruptedNetwork
  private var desk: QuoteDesk

  /// A desk over a network and an overlay.
  public init(_ network: DisruptedNetwork) {
    self.network = network
    desk = QuoteDesk(network.planner)
  }

  /// Names of the legs that run other than planned: only shipments with one of them can be affected.
  public var changedLegs: [String] {
    Set(network.effect.changes.map(\.leg)).sorted().map { network.planned.bundle.legs.name(of: $0) }
  }

  /// What becomes of a shipment.
  ///
  /// - Parameters:
  ///   - shipment: the shipment as it is.
  ///   - promise: what was promised for it.
  ///   - request: what the quote behind the promise was asked for.
  ///   - now: the clock; nothing starts before.
  /// - Returns: the outcome.
  /// - Throws: a ``RequestFault`` where its request or a leg of it is not of this network.
  public mutating func outcome(
    of shipment: Shipment, promised promise: Promise, request: QuoteRequest, now: Instant
  ) throws(RequestFault) -> Outcome {
    guard let (standing, question) = try situation(of: shipment, promise, request, now: now) else {
      return .unaffected
    }
    let (rest, isUnderWay) = (standing.rest, standing.isUnderWay)
    guard network.touches(rest, question) else { return .unaffected }
    let asBooked = arrival(of: rest, question)
    if let asBooked, date(asBooked, question) <= promise.deliverBy {
      return .absorbed(arrival: asBooked)
    }
    let found = try rescue(rest, question, isUnderWay: isUnderWay, keeping: promise.deliverBy)
    guard
      let best = [found, asBooked.map { (rest, $0) }].compactMap({ $0 }).min(by: { $0.1 < $1.1 })
    else { return .breached }
    let names = best.0.map { network.planned.bundle.legs.name(of: $0) }
    let deliverBy = date(best.1, question)
    return deliverBy <= promise.deliverBy
      ? .repaired(legs: names, arrival: best.1)
      : .rePromised(legs: names, arrival: best.1, deliverBy: deliverBy)
  }

  /// When a shipment is expected on the legs it is on, from where it is now, at its promise's service level; nil: it has ended,
  /// or its legs cannot be gone any more.
  ///
  /// An estimate, to be kept beside the promise: a hand-over or a departure that was seen is worth more than one that was planned.
  ///
  /// - Parameters:
  ///   - shipment: the shipment as it is.
  ///   - promise: what was promised for it.
  ///   - request: what the quote behind the promise was asked for.
  ///   - now: the clock; nothing starts before.
  /// - Returns: the minute.
  /// - Throws: a ``RequestFault`` where its request or a leg of it is not of this network.
  public mutating func estimate(
    of shipment: Shipment, promised promise: Promise, request: QuoteRequest, now: Instant
  ) throws(RequestFault) -> Instant? {
    guard let (standing, question) = try situation(of: shipment, promise, request, now: now) else {
      return nil
    }
    return arrival(of: standing.rest, question)
  }

  /// Where a shipment stands, and what is to be asked from there; nil: nothing is left to plan.
  private mutating func situation(
    of shipment: Shipment, _ promise: Promise, _ request: QuoteRequest, now: Instant
  ) throws(RequestFault) -> (Standing, NetworkPlanner.Question)? {
    guard !shipment.state.isFinal, let number = shipment.currentLeg else { return nil }
    var question = try question(of: request, promise, now: now)
    let asked = number == 0 ? (try? desk.question(request, now: promise.made))?.ready : nil
    guard
      let standing = standing(
        of: shipment, try legs(shipment.legs[number...], promise.quote), asked: asked, now: now)
    else { return nil }
    question.origin = NodeID(network.planned.bundle.topology.tail[standing.rest[0].position])
    question.ready = standing.ready
    return (standing, question)
  }

  /// What is sent where, at which level; when it is ready was long ago, and is looked up from what happened.
  private func question(
    of request: QuoteRequest, _ promise: Promise, now: Instant
  ) throws(RequestFault) -> NetworkPlanner.Question {
    var request = request
    request.ready = .instant(now)
    var question = try desk.question(request, now: now)
    question.level = promise.level
    return question
  }

  /// From where a shipment goes on.
  private struct Standing {
    /// Legs to come; the first is under way, or is next.
    let rest: [LegID]
    /// The minute at which it stands, or stood, at the tail of the first.
    let ready: Instant
    let isUnderWay: Bool
  }

  /// Where it stands; nil where nothing is left that could be planned.
  private func standing(
    of shipment: Shipment, _ rest: [LegID], asked: Instant?, now: Instant
  ) -> Standing? {
    let number = shipment.legs.count - rest.count
    let current = shipment.legs[number]
    let reached = number == 0 ? asked : shipment.legs[number - 1].actual.arrival
    guard let departed = current.actual.departure else {
      return Standing(rest: rest, ready: max(now, reached ?? now), isUnderWay: false)
    }
    // It caught this departure, whatever left since it got there: it was ready when the cut-off came.
    let ready = boarded(rest[0], departed: departed) ?? reached ?? departed
    if ready.minutes >= network.planned.bundle.timetable.window.start {
      return Standing(rest: rest, ready: ready, isUnderWay: true)
    }
    guard rest.count > 1 else { return nil }
    let expected = current.estimated.arrival ?? current.planned.arrival ?? now
    return Standing(rest: Array(rest.dropFirst()), ready: max(now, expected), isUnderWay: false)
  }

  /// Minutes by which a departure may leave before its time.
  private static let earliness: Int64 = 60

  /// The last minute at which whoever left on a leg at a moment could have got there; nil: none is known.
  private func boarded(_ leg: LegID, departed: Instant) -> Instant? {
    let bundle = network.planned.bundle
    let latest = departed.minutes + ReplanDesk.earliness
    // Of a leg without departures the moment itself: only a scheduled one can have been left early.
    guard let last = bundle.timetable.boarding(leg, atOrBefore: latest) else { return nil }
    let start = bundle.timetable.openWindows(of: leg).isEmpty ? last.minute : departed.minutes
    return Instant(minutes: start - Int64(bundle.topology.handling[leg.position]))
  }

  private func legs(
    _ legs: ArraySlice<ShipmentLeg>, _ quote: String
  ) throws(RequestFault) -> [LegID] {
    var ids: [LegID] = []
    for leg in legs {
      guard let id = network.planned.bundle.legID(named: leg.name) else {
        throw RequestFault(
          code: RequestFault.storedQuote,
          message: "a shipment of quote \(quote) goes over leg \(leg.name), which "
            + "\(network.planned.bundle.manifest.label) has not",
          advice: "plan it on the network it was booked on")
      }
      ids.append(id)
    }
    return ids
  }

  /// When an itinerary arrives, at the question's level; nil where it cannot be gone.
  private func arrival(of legs: [LegID], _ question: NetworkPlanner.Question) -> Instant? {
    guard network.takes(legs, question), let timing = network.planner.timing(legs, question) else {
      return nil
    }
    let vector = PlanVector(price: 0, promise: timing.promise, emission: 0)
    let member = PlannedItinerary(vector: vector, legs: legs)
    return BundleValidity(network.planner).committable([member], question).isEmpty
      ? nil : Instant(minutes: timing.promise)
  }

  private func date(_ minute: Instant, _ question: NetworkPlanner.Question) -> CivilDate {
    network.planner.bundle.zone(of: question.destination).date(minute)
  }

  /// The cheapest other way that keeps the date, else the earliest; nil: there is none.
  private mutating func rescue(
    _ rest: [LegID], _ question: NetworkPlanner.Question, isUnderWay: Bool,
    keeping deliverBy: CivilDate
  ) throws(RequestFault) -> ([LegID], Instant)? {
    var onward = question
    var begun: [LegID] = []
    if isUnderWay {
      begun = [rest[0]]
      guard rest.count > 1, let timing = network.planner.timing(begun, question) else { return nil }
      onward.origin = NodeID(network.planned.bundle.topology.head[rest[0].position])
      onward.ready = Instant(minutes: timing.promise)
    }
    let ways = try desk.front(onward).compactMap { member -> ([LegID], Instant, Int64)? in
      let legs = begun + member.legs
      return arrival(of: legs, question).map { (legs, $0, member.vector.price) }
    }
    let kept = ways.filter { date($0.1, question) <= deliverBy }
    let best =
      kept.min { ($0.2, $0.1) < ($1.2, $1.1) } ?? ways.min { ($0.1, $0.2) < ($1.1, $1.2) }
    return best.map { ($0.0, $0.1) }
  }
}
