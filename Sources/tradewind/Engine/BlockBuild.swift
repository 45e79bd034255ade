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
    let estimate = estimate()
    guard estimate.whole <= limit.bytes else {
      Streams.complain(
        "error TW-CLI-080: blocks for \(hot.pairs) pairs would take about "
          + "\(MemorySize(bytes: estimate.whole).text), and \(limit.text) are allowed (judged by one origin: "
          + "\(estimate.bytes) bytes for \(estimate.pairs) pairs); write --pairs \(estimate.fitting), "
          + "or --memory \(MemorySize(bytes: estimate.whole).text) where there is that much")
      throw ExitStatus.configuration
    }
    let bar = Mutex(ProgressBar(total: builder.originCount, isQuiet: isQuiet))
    let (engine, report) = builder.engine(
      hot, workers: { Cores.each($0) }, clock: { Clock.nanoseconds() },
      progress: { _ in bar.withLock { $0.advance() } })
    bar.withLock { $0.finish() }
    for line in report.refused where !isQuiet { Streams.complain(line) }
    return Built(
      engine: engine, report: report, seconds: Double(Clock.nanoseconds() - start) / 1e9)
  }

  /// Builds the first origin alone; what is stored of it is not lost.
  private func estimate() -> Estimate {
    let sample = hot.limited(toOrigins: 1)
    guard sample.pairs > 0, sample.pairs < hot.pairs else {
      return Estimate(pairs: 0, bytes: 0, whole: 0, fitting: hot.pairs)
    }
    let engine = builder.engine(
      sample, workers: { $0(0) }, clock: { Clock.nanoseconds() }
    ).engine
    let bytes = max(engine.memory, 1)
    return Estimate(
      pairs: sample.pairs, bytes: bytes,
      whole: Int((Int128(bytes) * Int128(hot.pairs) / Int128(sample.pairs))),
      fitting: Int(min(Int128(limit.bytes) * Int128(sample.pairs) / Int128(bytes), Int128(hot.pairs))))
  }
}
