import LogisticsModel
import RouteGraph
import RoutePlanning

/// Disturbs an engine: how soon answers are right again, and whether they are those of the exact search.
struct DisruptionBench {
  let engine: QuoteEngine
  let seed: UInt64
  let now: Instant

  /// Flights, sailings and trucks cancelled one by one for the first correct answer.
  static let cancellations = 200
  /// Of those, repaired to the end.
  static let repairs = 5
  /// Random events depart within so many minutes from now.
  private static let ahead = 20 * 1440

  /// Cancels, one at a time, a departure that a looked-up answer boards, and asks again.
  func times(_ samples: [EqualityCheck.Sample]) throws -> DisruptionTimes {
    var first: [Double] = []
    var repaired: [Double] = []
    var planner = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
    for sample in samples where first.count < DisruptionBench.cancellations {
      guard sample.quick.outcome == .answered, let event = cancellation(of: sample) else {
        continue
      }
      let board = EngineBoard(engine)
      let reader = QuoteReader(board)
      let start = Clock.nanoseconds()
      let told = engine.disrupted(by: DisruptionOverlay([event]))
      board.publish(told)
      if !reader.quote(sample.question).outcome.isFinal {
        _ = try told.network.front(sample.question, with: &planner)
      }
      first.append(Double(Clock.nanoseconds() - start) / 1e6)
      if repaired.count < DisruptionBench.repairs {
        let whole = told.narrowed { Cores.each($0) }.repaired { Cores.each($0) }
        repaired.append(Double(Clock.nanoseconds() - start) / 1e6)
        precondition(whole.version > told.version, "a repair makes a version of its own")
      }
    }
    guard !first.isEmpty else { return DisruptionTimes() }
    let quantiles = Quantiles(first)
    return DisruptionTimes(
      firstCorrectMedian: quantiles.p50, firstCorrectP99: quantiles.p99,
      allRepaired: repaired.max())
  }

  /// The engine under some random events at once, looked at closely; with `repairs` built anew as well.
  func disturbed(by count: Int, repairs: Bool) -> QuoteEngine {
    let told = engine.disrupted(by: DisruptionOverlay(events(count)))
    let narrowed = told.narrowed { Cores.each($0) }
    return repairs ? narrowed.repaired { Cores.each($0) } : narrowed
  }

  /// The cancellation of the longest scheduled leg of the standard option, on the day it is boarded.
  private func cancellation(of sample: EqualityCheck.Sample) -> Disruption? {
    let network = engine.network
    let question = sample.question
    guard
      let itinerary = engine.itinerary(
        sample.quick.standard, of: sample.quick, to: question.destination),
      let timing = network.timing(itinerary.legs, question),
      let step = timing.steps.filter({ network.bundle.legs.kind(of: $0.leg) == .scheduled })
        .max(by: { $0.duration < $1.duration })
    else { return nil }
    return event(.cancel, step.leg, boarding: step.start, suffix: "")
  }

  private func event(
    _ kind: Disruption.Kind, _ leg: LegID, boarding minute: Int64, suffix: String
  ) -> Disruption? {
    let bundle = engine.network.bundle
    let zone = bundle.zone(of: NodeID(bundle.topology.tail[leg.position]))
    let date = zone.date(Instant(minutes: minute))
    return try? Disruption(word: "\(bundle.legs.name(of: leg))@\(date)\(suffix)", of: kind)
  }

  /// Cancelled, late, late with a moved cut-off, and full departures in turn, of random scheduled legs.
  private func events(_ count: Int) -> [Disruption] {
    let bundle = engine.network.bundle
    let scheduled = bundle.legs.ids.filter { bundle.legs.kind(of: $0) == .scheduled }
    var random = SeededDraws(seed: seed)
    var events: [Disruption] = []
    // Legs that do not depart in the time ahead are passed over.
    for _ in 0..<(20 * count) where events.count < count && !scheduled.isEmpty {
      let leg = scheduled[random.draw(below: scheduled.count)]
      let minute = now.minutes + Int64(random.draw(below: DisruptionBench.ahead))
      guard let boarding = bundle.timetable.boarding(leg, atOrAfter: minute),
        boarding.minute < now.minutes + Int64(2 * DisruptionBench.ahead)
      else { continue }
      let late = "+\(30 + random.draw(below: 2_970))m"
      let found =
        switch events.count % 4 {
        case 0: event(.cancel, leg, boarding: boarding.minute, suffix: "")
        case 1: event(.delay, leg, boarding: boarding.minute, suffix: ":" + late)
        case 2: event(.delay, leg, boarding: boarding.minute, suffix: ":" + late + ":moved")
        default: event(.full, leg, boarding: boarding.minute, suffix: "")
        }
      if let found { events.append(found) }
    }
    return events
  }
}
