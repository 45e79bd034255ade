import Foundation
import LogisticsModel
import RouteGraph
import RoutePlanning

/// Where the blocks of one version of a network are kept: `blocks-` and its fingerprint, in the cache folder.
struct StoredBlocks {
  let network: NetworkPlanner
  /// The folder; nil: the version of the network is not known, so that nothing may be kept.
  let directory: String?

  /// The blocks of a network below a cache folder.
  init(_ network: NetworkPlanner, cache: String) {
    self.network = network
    let hex = String(network.fingerprint, radix: 16)
    directory =
      network.fingerprint == 0
      ? nil : "\(cache)/blocks-" + String(repeating: "0", count: 16 - hex.count) + hex
  }

  /// What blocks are built for from a moment on.
  func scope(from now: Instant, days: Int = EngineScope.usualDays) -> EngineScope {
    EngineScope(
      from: now, days: days, currency: Currency(code: network.bundle.manifest.currency) ?? .eur)
  }

  /// A builder that keeps what it builds.
  ///
  /// - Parameters:
  ///   - now: the first moment asked for.
  ///   - days: of ready times.
  ///   - copies: whether what is stored is copied into large pages rather than mapped.
  /// - Returns: the builder.
  func builder(
    from now: Instant, days: Int = EngineScope.usualDays, copies: Bool = false
  ) -> EngineBuilder {
    var store = directory.map { BlockStore(directory: $0) }
    store?.copiesIntoMemory = copies
    return EngineBuilder(network, scope: scope(from: now, days: days), store: store)
  }

  /// A board with all that is stored for the days from a moment on; nil where that is nothing.
  func board(around now: Instant, _ options: NetworkOptions) throws -> EngineBoard? {
    guard let days = days(from: now), let directory else { return nil }
    let start = Clock.nanoseconds()
    let (engine, report) = builder(from: now, days: days).stored()
    for line in report.refused where !options.quiet { Streams.complain(line) }
    guard report.loaded > 0 else { return nil }
    if options.verbose {
      Narration.note(
        "\(report.loaded) segments of blocks, \(engine.memory >> 20) MiB, from \(directory) in "
          + Narration.elapsed(since: start))
    }
    return EngineBoard(engine)
  }

  /// A board without a block, for the usual days from a moment on: all is built when it is missed.
  func emptyBoard(from now: Instant) -> EngineBoard {
    EngineBoard(EngineBuilder(network, scope: scope(from: now)).stored().engine)
  }

  /// Most days a store is built for at once.
  static let mostDays = 31

  /// Days from a moment to the last one of which there is a file; nil: there is none from there on.
  private func days(from now: Instant) -> Int? {
    guard let directory, InputFiles.isDirectory(directory),
      let names = try? FileManager.default.contentsOfDirectory(atPath: directory)
    else { return nil }
    let first = Int(now.minutes / 1440)
    let last = names.compactMap { name -> Int? in
      guard name.hasSuffix(".blocks") else { return nil }
      return CivilDate(iso: name.dropLast(7).suffix(10)).map { Int($0.days) }
    }.max()
    guard let last, last >= first else { return nil }
    return min(last - first + 1, StoredBlocks.mostDays)
  }

  /// Takes away every file of blocks.
  func removeAll() throws {
    guard let directory, InputFiles.isDirectory(directory) else { return }
    for name in try FileManager.default.contentsOfDirectory(atPath: directory)
    where name.hasSuffix(".blocks") {
      try FileManager.default.removeItem(atPath: directory + "/" + name)
    }
  }
}
