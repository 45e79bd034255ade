import LogisticsModel
import RouteGraph
import RoutePlanning
import TransitTimes

/// Builds all blocks of single destination classes, one after the other, on all cores.
struct ClassBuildBench {
  /// What one class took.
  struct Reading {
    /// Some destination of the class.
    let destination: NodeID?
    /// From beginning to end.
    let seconds: Double
    /// Work of all processors together: what it would take alone on one, be the machine busy or not.
    let workedSeconds: Double
  }

  let builder: EngineBuilder
  /// Origins built from.
  let origins: Int
  /// Classes timed.
  let sample: Int
  let seed: UInt64
  let isQuiet: Bool

  /// Times a seeded sample of classes.
  func run() -> [Reading] {
    var random = SeededDraws(seed: seed)
    var left = Array(0..<builder.blockClassCount)
    var readings: [Reading] = []
    var progress = ProgressBar(total: sample, isQuiet: isQuiet)
    while readings.count < sample, !left.isEmpty {
      let own = left.remove(at: random.draw(below: left.count))
      let hot = HotSet(destinationClasses: [own], of: builder).limited(toOrigins: origins)
      let (start, worked) = (Clock.nanoseconds(), Clock.workedNanoseconds())
      _ = builder.engine(hot, workers: { Cores.each($0) }, clock: { Clock.nanoseconds() })
      readings.append(
        Reading(
          destination: builder.destinations(hot).lazy.compactMap(\.first).first,
          seconds: Double(Clock.nanoseconds() - start) / 1e9,
          workedSeconds: Double(Clock.workedNanoseconds() - worked) / 1e9))
      progress.advance()
    }
    progress.finish()
    return readings
  }
}
