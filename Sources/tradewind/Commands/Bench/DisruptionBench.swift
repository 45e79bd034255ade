import LogisticsModel
import RouteGraph
import RoutePlanning
import TransitTimes

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

  /// Answers of blocks built again that are held against the search, for each of those repairs.
  private static let repairedAnswers = 20

  /// Cancels, one at a time, a departure that a looked-up answer boards, and asks again.
  ///
  /// Times are of telling the engine, publishing it and answering; the comparisons are made afterwards.
  func times(_ samples: [EqualityCheck.Sample]) throws -> DisruptionTimes {
    var first: [Double] = []
    var repaired: [Double] = []
    var times = DisruptionTimes()
    var planner = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
    for sample in samples where first.count < DisruptionBench.cancellations {
      guard sample.quick.outcome == .answered, let event = cancellation(of: sample) else {
        continue
      }
      let overlay = DisruptionOverlay([event])
      let answer = try answer(sample.question, under: overlay, &planner)
      first.append(answer.milliseconds)
      // Laid over the network by itself, so that nothing the engine did is taken for granted.
      let alone = DisruptedNetwork(engine.network, under: overlay).planner
      times.first.count(try isEqual(answer, sample.question, on: alone, &planner))
      guard repaired.count < DisruptionBench.repairs else { continue }
      let start = Clock.nanoseconds()
      let whole = answer.engine.narrowed { Cores.each($0) }.repaired { Cores.each($0) }
      repaired.append(answer.milliseconds + Double(Clock.nanoseconds() - start) / 1e6)
      let check = EqualityCheck(engine: whole, network: alone, seed: seed, now: now)
      let renewed = check.renewed(since: answer.engine, wanted: DisruptionBench.repairedAnswers)
      times.repaired.add(check.equality(renewed))
    }
    guard !first.isEmpty else { return times }
    let quantiles = Quantiles(first)
    times.firstCorrectMedian = quantiles.p50
    times.firstCorrectP99 = quantiles.p99
    times.allRepaired = repaired.max()
    return times
  }

  private struct FirstAnswer {
    let engine: QuoteEngine
    let quick: QuickQuote
    /// What the search found where no block answers.
    let front: [PlannedItinerary]
    let milliseconds: Double
  }

  /// Tells an engine of its own, and asks: a block, or the search where none holds.
  private func answer(
    _ question: NetworkPlanner.Question, under overlay: DisruptionOverlay,
    _ planner: inout ExactPlanner<DatedTimetable>
  ) throws -> FirstAnswer {
    let board = EngineBoard(engine)
    let reader = QuoteReader(board)
    var front: [PlannedItinerary] = []
    let start = Clock.nanoseconds()
    let told = engine.disrupted(by: overlay)
    board.publish(told)
    let quick = reader.quote(question)
    if !quick.outcome.isFinal { front = try told.network.front(question, with: &planner) }
    return FirstAnswer(
      engine: told, quick: quick, front: front,
      milliseconds: Double(Clock.nanoseconds() - start) / 1e6)
  }

  /// Whether the search says the same: its winners where a block answered, else every itinerary.
  private func isEqual(
    _ answer: FirstAnswer, _ question: NetworkPlanner.Question, on network: NetworkPlanner,
    _ planner: inout ExactPlanner<DatedTimetable>
  ) throws -> Bool {
    guard answer.quick.outcome.isFinal else {
      return try network.front(question, with: &planner) == answer.front
    }
    let check = EqualityCheck(engine: answer.engine, network: network, seed: seed, now: now)
    let sample = EqualityCheck.Sample(question: question, quick: answer.quick)
    return check.equality([sample]).isWhole
  }

  /// The engine under some random events at once, looked at closely.
  func disturbed(by count: Int) -> QuoteEngine {
    engine.disrupted(by: DisruptionOverlay(events(count))).narrowed { Cores.each($0) }
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
