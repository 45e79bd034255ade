import RoutePlanning
import Synchronization

/// Builds the blocks of a hot set on all cores, unless they would not fit.
struct BlockBuild {
  let builder: EngineBuilder
  let hot: HotSet
  /// Memory that blocks may take.
  let limit: MemorySize
  let isQuiet: Bool

  /// What came of it.
  struct Built {
    let engine: QuoteEngine
    let report: EngineBuilder.Report
    /// Of the whole build, the sample included.
    let seconds: Double
  }

  /// What all blocks would take, judged by those of one origin.
  struct Estimate {
    /// Pairs of the sample, and their bytes.
    let pairs: Int
    let bytes: Int
    /// Bytes of the whole hot set.
    let whole: Int
    /// Pairs that fit into the limit.
    let fitting: Int
  }

  /// Builds, or ends the command before it has taken the memory.
  ///
  /// - Throws: exit 78 with a coded line that names the size that would fit.
  func run() throws -> Built {
    let start = Clock.nanoseconds()
    let sample = hot.limited(toOrigins: 1)
    // One thread, as one origin is one piece of work; what is stored of it is found again below.
    let (first, firstReport) = builder.engine(
      sample, workers: { $0(0) }, clock: { Clock.nanoseconds() })
    try check(Estimate(sample, bytes: first.memory, of: hot, limit: limit))
    if sample.pairs == hot.pairs { return built(first, firstReport, since: start) }
    let bar = Mutex(ProgressBar(total: builder.originCount, isQuiet: isQuiet))
    let (engine, report) = builder.engine(
      hot, workers: { Cores.each($0) }, clock: { Clock.nanoseconds() },
      progress: { _ in bar.withLock { $0.advance() } })
    bar.withLock { $0.finish() }
    return built(engine, report, since: start)
  }

  private func built(
    _ engine: QuoteEngine, _ report: EngineBuilder.Report, since start: Int64
  ) -> Built {
    for line in report.refused where !isQuiet { Streams.complain(line) }
    return Built(
      engine: engine, report: report, seconds: Double(Clock.nanoseconds() - start) / 1e9)
  }

  private func check(_ estimate: Estimate) throws {
    guard estimate.whole > limit.bytes else { return }
    let size = MemorySize(bytes: estimate.whole).text
    let fewer = estimate.fitting > 0 ? "--pairs \(estimate.fitting), or " : ""
    Streams.complain(
      "error TW-CLI-080: blocks for \(hot.pairs) pairs would take about \(size), and \(limit.text) are allowed "
        + "(judged by one origin: \(estimate.bytes) bytes for \(estimate.pairs) pairs); write "
        + "\(fewer)--memory \(size) where there is that much")
    throw ExitStatus.configuration
  }
}

extension BlockBuild.Estimate {
  fileprivate init(_ sample: HotSet, bytes: Int, of hot: HotSet, limit: MemorySize) {
    let pairs = max(sample.pairs, 1)
    let each = Int128(max(bytes, 1))
    self.init(
      pairs: pairs, bytes: bytes, whole: Int(each * Int128(hot.pairs) / Int128(pairs)),
      fitting: Int(min(Int128(limit.bytes) * Int128(pairs) / each, Int128(hot.pairs))))
  }
}
