import Benchmark
import Foundation
import RouteGraph

/// Where this run keeps its snapshot.
private let cache = FileManager.default.temporaryDirectory.appendingPathComponent(
  "tradewind-benchmarks-" + UUID().uuidString)

/// The world network from its files, and from its snapshot; the tariff from its files.
func loadBenchmarks() {
  Benchmark("load.csv.world") { benchmark in
    for _ in benchmark.scaledIterations {
      blackHole(try NetworkLoader().load(World.folder, now: World.now, cacheDirectory: nil))
    }
  }
  Benchmark("load.snapshot.world") { benchmark in
    for _ in benchmark.scaledIterations {
      blackHole(try NetworkLoader().load(World.folder, now: World.now, cacheDirectory: cache.path))
    }
  } setup: {
    try FileManager.default.createDirectory(at: cache, withIntermediateDirectories: true)
    // The first load writes the snapshot.
    _ = try NetworkLoader().load(World.folder, now: World.now, cacheDirectory: cache.path)
  } teardown: {
    try FileManager.default.removeItem(at: cache)
  }
  Benchmark("load.tariff.world") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(World.tariff()) }
  }
}
