public import LogisticsModel
import RouteGraph
public import RoutePlanning
public import TransitTimes

/// Orders through a network, leg by leg with drawn delays: histories whose truth is known.
///
/// Every order is planned as a quote of its tier would be and then runs: it is handled by its seller, boards the
/// first departure it can, and each leg takes its duration and a delay drawn from its law, both stretched by the
/// conditions of the day. Seeded and in whole numbers: the same seed gives the same history on every machine.
public struct NetworkSimulation {
  /// What is simulated.
  public struct Plan: Sendable {
    /// First day of orders.
    public var first: CivilDate
    /// Days with orders.
    public var days: Int
    /// Orders a day.
    public var perDay: Int
    /// The same seed, the same history.
    public var seed: UInt64
    /// Whether orders go the way that is promised earliest instead of the cheapest.
    public var isPremium = false
    /// Service level of the plan's own promises.
    public var level = ServiceLevel.standard
    /// What the network is like.
    public var conditions = NetworkConditions()

    /// Makes a plan.
    public init(first: CivilDate, days: Int, perDay: Int, seed: UInt64) {
      self.first = first
      self.days = days
      self.perDay = perDay
      self.seed = seed
    }
  }

  /// The orders, with the plan's promises.
  public private(set) var orders: [HistoryOrder] = []
  /// Every leg that was run.
  public private(set) var runs: [LegRuns.Run] = []
  /// Orders that no plan, or no departure, could be found for.
  public private(set) var unserved = 0

  private let network: NetworkPlanner
  private let plan: Plan
  private var random: SeededDraws
  private var planner = ExactPlanner<DatedTimetable>()
  private let origins: [NodeID]
  private let zones: [NodeID]
  private var ways: [Way: PlannedItinerary] = [:]

  /// An itinerary is planned once a week for each pair of places.
  private struct Way: Hashable {
    let origin: NodeID
    let destination: NodeID
    let week: Int32
  }

  /// Sellers at each origin; seller n of an origin handles in n + 1 half days, on the mean.
  private static let sellers = 6

  /// Runs a plan.
  ///
  /// - Parameters:
  ///   - network: its timetable must be written out for the days and what follows them.
  ///   - plan: what is simulated.
  /// - Complexity: O(orders x legs), and a search for each pair of places and week
  public init(_ network: NetworkPlanner, _ plan: Plan) {
    self.network = network
    self.plan = plan
    random = SeededDraws(seed: plan.seed)
    let nodes = network.bundle.nodes
    origins = nodes.ids.filter { nodes.kind(of: $0) == .origin }
    zones = nodes.ids.filter { nodes.kind(of: $0) == .zone }
    guard !origins.isEmpty, !zones.isEmpty else { return }
    for day in 0..<plan.days {
      for number in 0..<plan.perDay { simulate(day, number) }
    }
  }

  private mutating func simulate(_ day: Int, _ number: Int) {
    let origin = origins[random.draw(below: origins.count)]
    let destination = zones[random.draw(below: zones.count)]
    let seller = random.draw(below: NetworkSimulation.sellers)
    let date = plan.first.adding(days: day)
    let placed = Instant(
      minutes: Int64(date.days) * 1440 + Int64(random.draw(below: 1440)))
    // Two draws of up to half the seller's time each: a hump, with neither a rush nor a tail.
    let half = (seller + 1) * 720
    // What the seller says when he is asked: his mean.
    let stated = placed.advanced(byMinutes: Int64(30 + half))
    let handling = Int64(30 + random.draw(below: half) + random.draw(below: half))
    let isLost = random.draw(below: 1000) < plan.conditions.lost
    let handedOver = placed.advanced(byMinutes: handling)
    let question = NetworkPlanner.Question(
      origin: origin, destination: destination, parcel: Parcel(weight: Grams(480), goods: .general),
      ready: stated, level: plan.level,
      currency: Currency(code: network.bundle.manifest.currency) ?? .eur)
    guard let way = way(question), let course = run(way, from: handedOver, isLost: isLost) else {
      unserved += 1
      return
    }
    let nodes = network.bundle.nodes
    let zone = network.bundle.zone(of: destination)
    // One clock for a history: the destination's, on which promises are kept.
    func local(_ time: Instant) -> LocalTime { zone.local(time) }
    let timing = network.timing(way.legs, question)
    let promise = timing.map { Instant(minutes: $0.promise) }
    orders.append(
      HistoryOrder(
        name: "s\(plan.seed)-\(day)-\(number)", placed: local(placed),
        handedOver: local(handedOver), delivered: isLost ? nil : local(course.arrived),
        promised: promise.map { zone.date($0) },
        traits: OrderTraits(
          origin: nodes.name(of: origin), destination: nodes.country(of: destination),
          zone: nodes.name(of: destination),
          seller: nodes.name(of: origin) + "/" + String(seller),
          planned: promise.map { Int32(clamping: $0.minutes(since: placed)) },
          moving: timing.map { Int32(clamping: $0.minutesUnderWay) },
          longest: timing.map { Int32(clamping: $0.longestLeg) }),
        legs: course.legs.map { leg in
          LegRun(departed: local(leg.departed), expected: leg.expected, taken: leg.taken)
        }))
  }

  private mutating func way(_ question: NetworkPlanner.Question) -> PlannedItinerary? {
    let key = Way(
      origin: question.origin, destination: question.destination,
      week: CivilDate(days: Int(question.ready.minutes / 1440)).monday.days)
    if let known = ways[key] { return known }
    let front = (try? network.front(question, with: &planner)) ?? []
    guard
      let winners = TierWinners(
        front.map(\.vector), ready: question.ready.minutes, valueOfHour: 0)
    else { return nil }
    let best = front[plan.isPremium ? winners.premium : winners.economy]
    ways[key] = best
    return best
  }

  /// What became of a parcel.
  private struct Course {
    /// A leg that runs by the clock.
    struct Leg {
      let departed: Instant
      let expected: Int32
      var taken: Int32?
    }

    var arrived: Instant
    var legs: [Leg] = []

    /// A lost parcel is lost on its longest leg.
    mutating func lose() {
      guard let longest = legs.indices.max(by: { legs[$0].expected < legs[$1].expected }) else {
        return
      }
      legs.removeSubrange((longest + 1)...)
      legs[longest].taken = nil
    }
  }

  /// How the parcel goes; nil where a departure is missing.
  private mutating func run(
    _ way: PlannedItinerary, from ready: Instant, isLost: Bool
  ) -> Course? {
    let timetable = network.bundle.timetable
    var minute = ready.minutes
    var course = Course(arrived: ready)
    for leg in way.legs {
      let handling = Int64(network.bundle.topology.handling[leg.position])
      guard let start = timetable.boarding(leg, atOrAfter: minute + handling) else { return nil }
      let law = network.bundle.law(start.law)
      let delay = law.quantile(level: Int32(random.draw(below: 1024)) + 1)
      let day = Int(start.minute / 1440) - Int(plan.first.days)
      let under =
        ((Int64(start.duration) + Int64(delay)) * plan.conditions.slowness(on: day) + 500) / 1000
      minute = timetable.arrival(leg, start: start.minute, after: under)
      if timetable.runsInElapsedTime(leg) {
        var weighed: Int64 = 0
        for atom in law.atoms { weighed += Int64(atom.delay) * Int64(atom.weight) }
        let expected = Int64(start.duration) + weighed / Int64(DelayLaw.scale)
        course.legs.append(
          Course.Leg(
            departed: Instant(minutes: start.minute),
            expected: Int32(clamping: expected), taken: Int32(clamping: under)))
      }
      if !isLost {
        runs.append(
          LegRuns.Run(
            leg: network.bundle.legs.name(of: leg), departed: Instant(minutes: start.minute),
            arrived: Instant(minutes: minute)))
      }
    }
    if isLost { course.lose() }
    course.arrived = Instant(minutes: minute)
    return course
  }
}
