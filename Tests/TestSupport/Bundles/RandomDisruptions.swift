import LogisticsModel
import RouteGraph
public import RoutePlanning

/// A random bundle, loaded, and random events that are all on it.
public struct RandomDisruptions {
  /// The bundle.
  public var bundle: RandomBundle
  /// It loaded.
  public let planner: NetworkPlanner
  /// For further choices of the test.
  public var random: SeededGenerator

  /// Loads the bundle of a seed.
  public init(seed: UInt64) {
    bundle = RandomBundle(seed: seed)
    guard let planner = try? bundle.planner() else { fatalError("seed \(seed) does not load") }
    self.planner = planner
    random = SeededGenerator(seed: seed &* 977)
  }

  /// An overlay of random events of some kinds; each has its leg, node and departure.
  public mutating func overlay(
    count: Int, kinds: [Disruption.Kind] = Disruption.Kind.allCases
  ) -> DisruptionOverlay {
    var events: [Disruption] = []
    var tries = 0
    while events.count < count, tries < 200 {
      tries += 1
      let event = disruption(random.pick(kinds))
      if DisruptionOverlay([event]).applied(to: planner.bundle).faults.isEmpty {
        events.append(event)
      }
    }
    return DisruptionOverlay(events)
  }

  private mutating func disruption(_ kind: Disruption.Kind) -> Disruption {
    let names = planner.bundle.legs
    let leg = names.name(of: LegID(Int32(random.int(0...names.count - 1))))
    let today = LocalTime(minutes: bundle.now.minutes).date
    let date = today.adding(days: random.int(-1...12))
    let day = Disruption.DepartureDay(date)
    switch kind {
    case .cancel: return .cancel(leg: leg, day)
    case .full: return .full(leg: leg, day)
    case .delay:
      let minutes = random.pick([30, 60, 240, 1440, Int32(random.int(1...4000))])
      return .delay(leg: leg, day, minutes: minutes, movesCutOff: random.chance(percent: 50))
    case .close:
      return .close(
        node: random.pick(bundle.nodes), from: date, through: date.adding(days: random.int(0...3)))
    case .restrict:
      let goods: GoodsClass? = random.chance(percent: 60) ? random.pick([.general, .battery]) : nil
      let over = goods == nil || random.chance(percent: 30) ? Grams(random.pick([499, 1000])) : nil
      return .restrict(
        subject: random.chance(percent: 70) ? leg : random.pick(bundle.nodes), goods: goods,
        over: over)
    case .add:
      let duration: Int32? = random.chance(percent: 50) ? Int32(random.int(20...2000)) : nil
      let local = LocalTime(minutes: Int64(date.days) * 1440 + random.integer(0...1439))
      return .add(leg: leg, departs: .local(local), duration: duration)
    }
  }
}
