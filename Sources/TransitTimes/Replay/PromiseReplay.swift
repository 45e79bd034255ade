public import LogisticsModel

/// Replays a history: every order promised with what was known at its midnight, and judged by what became of it.
///
/// The learner is fed the events in order of time, exactly as live events are (the same code); the methods it is held
/// against see the same days. Orders before the first scored day only train.
public struct PromiseReplay: Sendable {
  /// What the learner is called among the methods.
  public static let learned = "tradewind"
  /// The history's own promises.
  public static let platform = "platform"
  /// Service levels of the frontier, in thousandths.
  static let frontierLevels = [
    700, 750, 800, 850, 875, 900, 925, 940, 950, 960, 970, 980, 985,
  ]

  /// Days promised by one method.
  struct Promises: Sendable {
    let method: String
    /// By level in thousandths; the platform has its one promise at every level.
    var days: [Int: [Int32]]
  }

  let cases: [ReplayCase]
  let promises: [Promises]
  /// The service level in thousandths.
  public let level: Int
  /// First day scored.
  public let scoreFrom: CivilDate
  /// The learner after the last event.
  public let learner: PromiseLearner
  /// Events and rows held back.
  public let quarantine: Quarantine
  /// Times a Kaplan-Meier factor could not be reached.
  public let factorsNotReached: Int
  /// Level and sample the learned promises rested on, by level.
  public let levelsUsed: [PromiseLevel: Int]

  /// Replays a history.
  ///
  /// - Parameters:
  ///   - history: the orders.
  ///   - first: the first day scored; nil: the first of the history.
  ///   - level: service level in thousandths, 500 to 990.
  ///   - now: the present; later events are held back.
  ///   - comparing: whether the other methods are replayed too.
  ///   - settings: the learner's constants.
  /// - Complexity: O(events x log + days x parcels under way), for the methods compared O(days x orders)
  public init(
    _ history: ShipmentHistory, from first: CivilDate?, level: Int, now: LocalTime,
    comparing: Bool = true, settings: LearningSettings = LearningSettings()
  ) {
    self.level = level
    let orders = history.orders
    let start = first ?? orders.map(\.placed.date).min() ?? .first
    scoreFrom = start
    // Only what was delivered can be judged, as the learner would have promised it.
    let scored = orders.indices.filter {
      orders[$0].placed.date >= start && orders[$0].delivered != nil
        && orders[$0].placed <= now && (orders[$0].delivered ?? now) <= now
    }
    cases = scored.map {
      let order = orders[$0]
      return ReplayCase(
        placed: order.placed.date, actual: order.days ?? 0, group: order.traits.group,
        platform: order.promised.map { $0.days - order.placed.date.days })
    }
    let levels = Set(PromiseReplay.frontierLevels + [level]).sorted()
    let (learner, curves, used) = PromiseReplay.learnedCurves(
      history, scored, levels: levels, now: now, settings: settings)
    self.learner = learner
    levelsUsed = used
    var held = history.quarantine
    held.add(learner.quarantine)
    quarantine = held
    var promises = [Promises(method: PromiseReplay.learned, days: curves)]
    var notReached = 0
    if comparing {
      let plain = BaselineOrders(orders.map { $0.known(at: now) })
      for method in BaselineMethod.allCases {
        var baseline = BaselinePromises(plain)
        var days: [Int: [Int32]] = [:]
        for level in levels {
          let all = baseline.days(method, level: Double(level) / 1000, from: Int(start.days))
          days[level] = scored.map { all[$0] }
        }
        notReached += baseline.notReached
        promises.append(Promises(method: method.rawValue, days: days))
      }
    }
    if !cases.isEmpty, cases.allSatisfy({ $0.platform != nil }) {
      let days = cases.map { $0.platform ?? 0 }
      promises.append(
        Promises(
          method: PromiseReplay.platform,
          days: Dictionary(uniqueKeysWithValues: levels.map { ($0, days) })))
    }
    self.promises = promises
    factorsNotReached = notReached
  }

  private static func learnedCurves(
    _ history: ShipmentHistory, _ scored: [Int], levels: [Int], now: LocalTime,
    settings: LearningSettings
  ) -> (PromiseLearner, [Int: [Int32]], [PromiseLevel: Int]) {
    var learner = PromiseLearner(pace: history.pace, settings: settings)
    var positions: [String: Int] = [:]
    for (position, index) in scored.enumerated() {
      positions[history.orders[index].name] = position
    }
    var days: [Int: [Int32]] = [:]
    for level in levels { days[level] = Array(repeating: 0, count: scored.count) }
    var used: [PromiseLevel: Int] = [:]
    // Whole days of legs before the events of the day: what a promise rests on ended the day before.
    let runs = history.runs()
    var nextRun = 0
    for event in history.events() {
      while nextRun < runs.count, let arrived = runs[nextRun].arrived,
        arrived.date <= event.at.date
      {
        learner.feed(runs[nextRun], now: now)
        nextRun += 1
      }
      if case .placed(let traits) = event.kind,
        let position = positions.removeValue(forKey: event.order)
      {
        learner.advance(to: event.at.date)
        let curve = learner.curve(for: traits, at: event.at)
        used[curve.level, default: 0] += 1
        for level in levels {
          guard let index = PromiseCurve.index(ofThousandths: level) else { continue }
          days[level]?[position] = curve.days[index]
        }
      }
      learner.feed(event, now: now)
    }
    return (learner, days, used)
  }

  /// Names of the methods replayed, the learner first.
  public var methods: [String] { promises.map(\.method) }

  /// The groups that have orders, and how many.
  public var groups: [(group: OrderTraits.Group, orders: Int)] {
    OrderTraits.Group.allCases.map { group in (group, cases.count { $0.group == group }) }
      .filter { $0.1 > 0 }
  }

  /// Which orders a score is over.
  public enum Rows: Hashable, Sendable {
    /// All.
    case all
    /// Those whose two ends are known: the fair contest with a rival who knows them all.
    case zoned
    /// Those of a group.
    case group(OrderTraits.Group)

    func holds(_ order: ReplayCase) -> Bool {
      switch self {
      case .all: true
      case .zoned: order.group != .withoutLane
      case .group(let group): order.group == group
      }
    }
  }

  /// The score of a method over some orders; nil where there are none.
  public func score(_ method: String, _ rows: Rows) -> PromiseScore? {
    guard let found = promises.first(where: { $0.method == method }) else { return nil }
    let chosen = cases.indices.filter { rows.holds(cases[$0]) }
    func days(_ level: Int) -> [Int32] {
      let all = found.days[level] ?? []
      return chosen.map { all[$0] }
    }
    return PromiseScore.of(
      chosen.map { cases[$0] }, served: days(level), at90: days(900), at95: days(950),
      level: Double(level) / 1000)
  }

  /// The frontier of a method over some orders.
  public func frontier(_ method: String, _ rows: Rows) -> PromiseFrontier {
    guard let found = promises.first(where: { $0.method == method }) else {
      return PromiseFrontier(points: [])
    }
    let chosen = cases.indices.filter { rows.holds(cases[$0]) }
    guard !chosen.isEmpty else { return PromiseFrontier(points: []) }
    return PromiseFrontier(
      points: PromiseReplay.frontierLevels.map { level in
        let days = found.days[level] ?? []
        let sum = chosen.reduce(0) { $0 + Int(days[$1]) }
        let kept = chosen.count { cases[$0].actual <= days[$0] }
        return PromiseFrontier.Point(
          level: level, meanDays: Double(sum) / Double(chosen.count),
          onTime: Double(kept) / Double(chosen.count))
      })
  }

  /// The mean loss of a method at .95 less the learner's, with the middle nine tenths of what whole weeks drawn anew
  /// would give; nil without orders.
  ///
  /// Bad weeks are shared by their orders, so weeks are drawn, not orders. Seeded: the same answer every time.
  public func gain(over method: String, _ rows: Rows) -> WeekBootstrap.Interval? {
    guard let own = promises.first(where: { $0.method == PromiseReplay.learned })?.days[950],
      let other = promises.first(where: { $0.method == method })?.days[950]
    else { return nil }
    let chosen = cases.indices.filter { rows.holds(cases[$0]) }
    return WeekBootstrap.interval(
      chosen.map { index in
        let order = cases[index]
        return (
          order.placed.monday,
          PromiseScore.loss(promised: other[index], actual: order.actual, level: 0.95)
            - PromiseScore.loss(promised: own[index], actual: order.actual, level: 0.95)
        )
      })
  }

  /// The mean loss of a method at .95, with its interval.
  public func lossInterval(_ method: String, _ rows: Rows) -> WeekBootstrap.Interval? {
    guard let days = promises.first(where: { $0.method == method })?.days[950] else { return nil }
    let chosen = cases.indices.filter { rows.holds(cases[$0]) }
    return WeekBootstrap.interval(
      chosen.map { index in
        (
          cases[index].placed.monday,
          PromiseScore.loss(promised: days[index], actual: cases[index].actual, level: 0.95)
        )
      })
  }
}
