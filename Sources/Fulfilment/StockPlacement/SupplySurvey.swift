public import LogisticsModel
import RouteGraph
public import RoutePlanning
public import WarehousePlacement

/// What the planner says of every way goods can take: from where they are made to the buyer, in bulk to a site, and
/// from the site to the buyer.
///
/// Nothing is estimated: every way is a plan of the exact search with its charges, the promise at the service level
/// asked for, and duty and fees by the rules of the days it clears on. Where an order comes in on several days of a
/// period, each day is asked for itself.
public struct SupplySurvey: Sendable {
  /// A day that is tried, and the period it stands for.
  public struct Moment: Sendable, Hashable {
    /// Position of the period.
    public let period: Int
    /// When orders come in.
    public let ready: Instant
  }

  /// A site and destination from which a SKU can be served.
  public struct LastMile: Sendable, Hashable {
    let item: Int
    let site: Int
    let destination: NodeID
  }

  /// Why something cannot be had.
  public struct Gap: Sendable, Hashable {
    /// The SKU's position.
    public let item: Int
    /// The site's position; nil: straight from where it is made.
    public let site: Int?
    /// The destination; nil: the site itself.
    public let destination: NodeID?
    /// Stable word.
    public let code: String
  }

  /// The days tried.
  public let moments: [Moment]
  /// Ways from origin to buyer: by demand point, then by moment.
  public private(set) var direct: [[[SupplyWay]]]
  /// Ways from origin to site in bulk: entry `item * sites + site`, then by moment.
  public private(set) var inbound: [[[SupplyWay]]]
  /// Ways from site to buyer, by moment.
  public private(set) var lastMile: [LastMile: [[SupplyWay]]] = [:]
  /// What no plan, or no price that is known, leads to; once for each.
  public private(set) var gaps: [Gap] = []
  /// Plans asked for.
  public let asked: Int

  private enum Errand: Sendable {
    case direct(point: Int, moment: Int)
    case inbound(item: Int, site: Int, moment: Int)
    case lastMile(LastMile, moment: Int)
  }

  /// What one question to the planner gave.
  struct Found: Sendable {
    let ways: [SupplyWay]
    let gap: Gap?
    let fault: RequestFault?
  }

  /// Asks the planner for everything the question needs.
  ///
  /// - Throws: where a day lies outside the timetable, or exact arithmetic ends.
  /// - Complexity: one exact search for each demand point and day, each SKU, site and day, and each SKU, site,
  ///   destination within its reach and day.
  public init(
    _ question: StockQuestion, on network: NetworkPlanner, spread: Spread = .inOrder,
    progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws(RequestFault) {
    moments = try SupplySurvey.moments(question, network)
    direct = Array(
      repeating: Array(repeating: [], count: moments.count), count: question.demand.count)
    inbound = Array(
      repeating: Array(repeating: [], count: moments.count),
      count: question.items.count * question.sites.count)
    var errands: [Errand] = []
    for point in question.demand.indices {
      for moment in moments.indices { errands.append(.direct(point: point, moment: moment)) }
    }
    let reaches = question.sites.map { SupplySurvey.reach(of: $0.node, on: network) }
    var wanted = [Set<NodeID>](repeating: [], count: question.items.count)
    for point in question.demand { wanted[point.item].insert(point.destination) }
    for item in question.items.indices {
      for site in question.sites.indices where question.sites[site].isOpen != false {
        let near = wanted[item].filter { reaches[site][$0.position] }
        guard !near.isEmpty else { continue }
        for moment in moments.indices {
          errands.append(.inbound(item: item, site: site, moment: moment))
          for destination in near.sorted() {
            errands.append(
              .lastMile(
                LastMile(item: item, site: site, destination: destination), moment: moment))
          }
        }
      }
    }
    asked = errands.count
    let pricing = SupplyPricing(question, moments: moments, on: network)
    let size = 128
    let pieces = (errands.count + size - 1) / size
    let (list, days) = (errands, moments)
    let done = ProgressCount()
    let answers = spread.map(pieces) { piece -> [Found] in
      var planner = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
      let share = list[piece * size..<min((piece + 1) * size, list.count)]
      let found = share.map { errand -> Found in
        switch errand {
        case .direct(let point, let moment):
          let wish = question.demand[point]
          return pricing.direct(wish, days[moment], &planner)
        case .inbound(let item, let site, let moment):
          return pricing.inbound(item, site, days[moment], &planner)
        case .lastMile(let hop, let moment):
          return pricing.lastMile(hop, days[moment], &planner)
        }
      }
      progress(done.add(share.count), list.count)
      return found
    }
    var known = Set<Gap>()
    for (errand, found) in zip(errands, answers.joined()) {
      if let fault = found.fault { throw fault }
      if let gap = found.gap, known.insert(gap).inserted { gaps.append(gap) }
      switch errand {
      case .direct(let point, let moment): direct[point][moment] = found.ways
      case .inbound(let item, let site, let moment):
        inbound[item * question.sites.count + site][moment] = found.ways
      case .lastMile(let hop, let moment):
        lastMile[hop, default: Array(repeating: [], count: moments.count)][moment] = found.ways
      }
    }
  }

  /// Ways of bulk goods to shelves on many days, by shelf and then by day; days outside the timetable have none.
  ///
  /// - Throws: where exact arithmetic ends.
  static func inbound(
    _ shelves: [(item: Int, site: Int)], leaving days: [CivilDate], _ question: StockQuestion,
    on network: NetworkPlanner, spread: Spread
  ) throws(RequestFault) -> [[[SupplyWay]]] {
    let window = network.bundle.timetable.window
    let moments = days.map {
      Moment(period: 0, ready: Instant(minutes: Int64($0.days) * 1440))
    }
    let isInside = moments.map {
      $0.ready.minutes >= window.start
        && $0.ready.minutes + SearchRequest.usualHorizon < window.end
    }
    let pricing = SupplyPricing(
      question, moments: moments.indices.filter { isInside[$0] }.map { moments[$0] }, on: network)
    let answers = spread.map(shelves.count) { index -> [Found] in
      var planner = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
      return moments.indices.map { moment in
        guard isInside[moment] else { return Found(ways: [], gap: nil, fault: nil) }
        return pricing.inbound(
          shelves[index].item, shelves[index].site, moments[moment], &planner)
      }
    }
    for found in answers.joined() { if let fault = found.fault { throw fault } }
    return answers.map { $0.map(\.ways) }
  }

  /// The cheapest way of bulk goods from one site to another; nil where there is none.
  ///
  /// - Throws: where exact arithmetic ends.
  static func transfer(
    _ item: Int, from: Int, to: Int, leaving day: CivilDate, _ question: StockQuestion,
    on network: NetworkPlanner
  ) throws(RequestFault) -> SupplyWay? {
    let moment = Moment(period: 0, ready: Instant(minutes: Int64(day.days) * 1440))
    let window = network.bundle.timetable.window
    guard moment.ready.minutes >= window.start,
      moment.ready.minutes + SearchRequest.usualHorizon < window.end
    else { return nil }
    var planner = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
    let pricing = SupplyPricing(question, moments: [], on: network)
    let found = pricing.transfer(item, from, to, moment, &planner)
    if let fault = found.fault { throw fault }
    return found.ways.best(dayValue: 0)
  }

  /// The days tried: evenly spread over each period.
  private static func moments(
    _ question: StockQuestion, _ network: NetworkPlanner
  ) throws(RequestFault) -> [Moment] {
    var moments: [Moment] = []
    let window = network.bundle.timetable.window
    for (position, period) in question.periods.enumerated() {
      let tried = max(1, min(question.terms.daysTried, period.days))
      for index in 0..<tried {
        let day = period.first.adding(days: index * period.days / tried)
        let ready = Instant(minutes: Int64(day.days) * 1440 + question.terms.orderMinute)
        guard ready.minutes >= window.start,
          ready.minutes + SearchRequest.usualHorizon < window.end
        else {
          throw RequestFault(
            code: RequestFault.timeOutsideWindow, message: "\(day) is outside the timetable",
            advice: "give periods that begin within five months of the clock, or pin it with --now")
        }
        moments.append(Moment(period: position, ready: ready))
      }
    }
    return moments
  }

  /// Which nodes can be got to from a node, by position.
  private static func reach(of node: NodeID, on network: NetworkPlanner) -> [Bool] {
    let topology = network.bundle.topology
    var isReached = [Bool](repeating: false, count: topology.nodeCount)
    var waiting = [node]
    isReached[node.position] = true
    while let next = waiting.popLast() {
      for leg in topology.outgoing.legs(of: next) {
        let head = Int(topology.head[leg.position])
        if !isReached[head] {
          isReached[head] = true
          waiting.append(NodeID(Int32(head)))
        }
      }
    }
    return isReached
  }
}
