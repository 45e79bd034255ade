import Fulfilment
import LogisticsModel
import RoutePlanning

/// Blocks outside the hot set: questions on a board without any, first missed, then looked up.
struct LazyBench {
  /// Builds for the days of the bench, and keeps nothing.
  let builder: EngineBuilder
  let network: NetworkPlanner
  let now: Instant
  let seed: UInt64

  /// Questions asked.
  static let questions = 64

  /// Asks, builds what was missed, and asks again; the second answers are held against the exact search.
  func run(_ questions: [NetworkPlanner.Question]) -> EngineBenchReport.Lazy {
    let lazy = LazyBlocks(EngineBoard(builder.stored().engine), memory: .max)
    let reader = QuoteReader(lazy.board)
    func ask() -> [EqualityCheck.Sample] {
      questions.prefix(LazyBench.questions).map { question in
        let quick = reader.quote(question)
        lazy.note(quick, of: question, by: reader.engine)
        return EqualityCheck.Sample(question: question, quick: quick)
      }
    }
    let missed = ask().count { $0.quick.outcome == .notBuilt }
    var times: [Double] = []
    while true {
      let start = Clock.nanoseconds()
      guard lazy.step() else { break }
      times.append(Double(Clock.nanoseconds() - start) / 1e6)
    }
    let answered = ask().filter { $0.quick.outcome.isFinal }
    let check = EqualityCheck(engine: reader.engine, network: network, seed: seed, now: now)
    return EngineBenchReport.Lazy(
      misses: missed, hits: answered.count, blocks_built: lazy.counts.built,
      memory_bytes: lazy.memory, segment_ms: .init(times), equality: check.equality(answered))
  }
}
