import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import Synchronization

/// Random requests to the whole network: what is looked up, what that leaves to the search, and whether both agree.
struct EqualityCheck {
  let engine: QuoteEngine
  let network: NetworkPlanner
  let seed: UInt64
  let now: Instant

  /// Requests whose outcomes make the hit rate.
  static let surveyed = 100_000
  /// Of those that were looked up in vain, so many are searched for their time.
  static let fallbacks = 500

  /// A request and what was looked up for it.
  struct Sample: Sendable {
    let question: NetworkPlanner.Question
    let quick: QuickQuote
  }

  /// What became of the requests.
  struct Survey {
    var outcomes: [String: Int] = [:]
    var hits = 0
    /// Looked up; as many as were asked for, if there are.
    var answered: [Sample] = []
    /// Looked up in vain.
    var missed: [NetworkPlanner.Question] = []
  }

  /// Draws requests until the survey is complete and so many have an answer, or there is no hope of that.
  func survey(answers wanted: Int) -> Survey {
    var survey = Survey()
    var generator = RequestGenerator(network, seed: seed, now: now)
    let reader = QuoteReader(EngineBoard(engine))
    var number = 0
    while number < EqualityCheck.surveyed
      || survey.answered.count < wanted && number < EqualityCheck.surveyed + 400 * wanted
    {
      let question = generator.next()
      let quick = reader.quote(question)
      if number < EqualityCheck.surveyed {
        survey.outcomes[quick.outcome.word, default: 0] += 1
        if quick.outcome.isFinal { survey.hits += 1 }
      }
      number += 1
      if quick.outcome.isFinal {
        if survey.answered.count < wanted {
          survey.answered.append(Sample(question: question, quick: quick))
        }
      } else if survey.missed.count < EqualityCheck.fallbacks {
        survey.missed.append(question)
      }
    }
    return survey
  }

  /// Searches every sample too, on all cores: all three winners must have the same vectors and legs.
  func equality(_ samples: [Sample]) -> EngineBenchReport.Equality {
    let next = Atomic(0)
    let equal = Atomic(0)
    Cores.each { _ in
      var desk = QuoteDesk(network)
      while true {
        let position = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard position < samples.count else { return }
        if isEqual(samples[position], &desk) {
          equal.wrappingAdd(1, ordering: .relaxed)
        }
      }
    }
    return EngineBenchReport.Equality(
      checked: samples.count, equal: equal.load(ordering: .relaxed))
  }

  private func isEqual(_ sample: Sample, _ desk: inout QuoteDesk) -> Bool {
    let question = sample.question
    guard let front = try? desk.front(question) else { return false }
    let value = network.valueOfHour(in: question.currency, on: network.tenderDate(question))
    guard
      let winners = TierWinners(
        front.map(\.vector), ready: question.ready.minutes, valueOfHour: value)
    else { return sample.quick.outcome == .none }
    guard sample.quick.outcome == .answered else { return false }
    let pairs = [
      (sample.quick.economy, winners.economy), (sample.quick.standard, winners.standard),
      (sample.quick.premium, winners.premium),
    ]
    return pairs.allSatisfy { option, position in
      engine.itinerary(option, of: sample.quick, to: question.destination) == front[position]
    }
  }

  /// Questions that one version of the engine leaves to the search because of disruptions, and this one answers.
  ///
  /// - Parameters:
  ///   - hiding: the version before the repair.
  ///   - wanted: how many; fewer where so many are not found among 400 times as many requests.
  /// - Returns: the questions with their answers.
  func renewed(since hiding: QuoteEngine, wanted: Int) -> [Sample] {
    let before = QuoteReader(EngineBoard(hiding))
    let after = QuoteReader(EngineBoard(engine))
    var generator = RequestGenerator(network, seed: seed, now: now)
    var samples: [Sample] = []
    for _ in 0..<(400 * wanted) where samples.count < wanted {
      let question = generator.next()
      guard before.quote(question).outcome == .stale else { continue }
      let quick = after.quote(question)
      if quick.outcome.isFinal { samples.append(Sample(question: question, quick: quick)) }
    }
    return samples
  }

  /// Milliseconds of the exact search for each of some questions, one thread.
  func searchTimes(_ questions: [NetworkPlanner.Question]) throws -> [Double] {
    var desk = QuoteDesk(network)
    return try questions.map { question in
      let start = Clock.nanoseconds()
      _ = try desk.front(question)
      return Double(Clock.nanoseconds() - start) / 1e6
    }
  }

  /// The first requests of the seed, for the time of a search.
  func requests(_ count: Int) -> [NetworkPlanner.Question] {
    var generator = RequestGenerator(network, seed: seed, now: now)
    return (0..<count).map { _ in generator.next() }
  }
}
