import Benchmark

/// Every benchmark, by area; each is named `area.case.size`.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .throughput, .peakMemoryResident], warmupIterations: 1,
    maxDuration: .seconds(3), maxIterations: 10_000)
  searchBenchmarks()
  freightBenchmarks()
  landedBenchmarks()
  loadBenchmarks()
  lawBenchmarks()
}
