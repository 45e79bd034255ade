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

  /// Takes a bundle that is loaded already.
  public init(_ bundle: RandomBundle, _ planner: NetworkPlanner, seed: UInt64) {
    self.bundle = bundle
    self.planner = planner
    random = SeededGenerator(seed: seed &* 977)
  }

  /// An overlay of random events of some kinds; each has its leg, node and departure.
  ///
  /// - Parameters:
  ///   - count: how many events.
  ///   - kinds: of which kinds.
  ///   - questions: two events in three befall a leg of an answer to one of these, on the day it is used.
  /// - Returns: an overlay without a fault on the bundle.
  public mutating func overlay(
    count: Int, kinds: [Disruption.Kind] = Disruption.Kind.allCases,
    befalling questions: [NetworkPlanner.Question] = []
  ) -> DisruptionOverlay {
    let used = questions.flatMap(passages)
    var events: [Disruption] = []
    var tries = 0
    while events.count < count, tries < 200 {
      tries += 1
      let isAimed = !used.isEmpty && random.chance(percent: 66)
      let event = disruption(random.pick(kinds), isAimed ? random.pick(used) : somewhere())
      if DisruptionOverlay([event]).applied(to: planner.bundle).faults.isEmpty {
        events.append(event)
      }
    }
    return DisruptionOverlay(events)
  }

  /// A leg, and a minute at which somebody may start on it.
  private typealias Passage = (leg: LegID, start: Int64)

  private func passages(_ question: NetworkPlanner.Question) -> [Passage] {
    var scratch = ExactPlanner<DatedTimetable>()
    let front = (try? planner.front(question, with: &scratch)) ?? []
    return front.flatMap { member in
      (planner.timing(member.legs, question)?.steps ?? []).map { ($0.leg, $0.start) }
    }
  }

  private mutating func somewhere() -> Passage {
    let leg = LegID(Int32(random.int(0...planner.bundle.legs.count - 1)))
    return (leg, bundle.now.minutes + random.integer(-1440...12 * 1440))
  }

  private mutating func disruption(_ kind: Disruption.Kind, _ passage: Passage) -> Disruption {
    let topology = planner.bundle.topology
    let leg = planner.bundle.legs.name(of: passage.leg)
    let tail = NodeID(topology.tail[passage.leg.position])
    let head = NodeID(topology.head[passage.leg.position])
    let node = planner.bundle.nodes.name(of: random.chance(percent: 50) ? tail : head)
    let local = planner.bundle.zone(of: tail).local(Instant(minutes: passage.start))
    let day = Disruption.DepartureDay(local.date)
    switch kind {
    case .cancel: return .cancel(leg: leg, day)
    case .full: return .full(leg: leg, day)
    case .delay:
      let minutes = random.pick([30, 60, 240, 1440, Int32(random.int(1...4000))])
      return .delay(leg: leg, day, minutes: minutes, movesCutOff: random.chance(percent: 50))
    case .close:
      return .close(
        node: node, from: local.date, through: local.date.adding(days: random.int(0...3)))
    case .restrict:
      let goods: GoodsClass? = random.chance(percent: 60) ? random.pick([.general, .battery]) : nil
      let over = goods == nil || random.chance(percent: 30) ? Grams(random.pick([499, 1000])) : nil
      return .restrict(
        subject: random.chance(percent: 70) ? leg : node, goods: goods, over: over)
    case .add:
      let duration: Int32? = random.chance(percent: 50) ? Int32(random.int(20...2000)) : nil
      let sooner = random.integer(0...600)
      return .add(
        leg: leg, departs: .local(LocalTime(minutes: local.minutes - sooner)), duration: duration)
    }
  }
}
