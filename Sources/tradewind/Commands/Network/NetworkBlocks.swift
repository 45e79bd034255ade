import ArgumentParser
import RoutePlanning

/// `tradewind network blocks`: builds what the fast engine looks quotes up in.
struct NetworkBlocks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blocks",
    abstract: "Build the blocks that quote --engine fast looks up.",
    discussion: """
      One file for each origin and day, in the cache folder. A build that was stopped goes on where it stood;
      a new day costs that day. Pairs that weigh most come first: without --demand origins and
      destinations by the people who live there. Exit 78 where they would not fit into memory.

      Examples:
        tradewind network blocks
        tradewind network blocks --pairs 50000 --demand orders.csv --memory 2GiB
      """)

  @Option(help: "Most pairs of origin and destination class; default all.")
  var pairs: Int?

  @Option(help: "CSV file of past requests with from,to: what is asked for most is built.")
  var demand: String?

  @Option(help: "Memory blocks may take: 2GiB; default three quarters of what is free.")
  var memory: MemorySize?

  @Option(help: "Days of ready times from now on, 1 to 31.")
  var days = EngineScope.usualDays

  @Flag(help: "Build anew what is stored.")
  var rebuild = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var options: NetworkOptions

  struct Report: Encodable {
    let pairs: Int
    let origins: Int
    let days: Int
    let segments_built: Int
    let segments_found: Int
    let bytes: Int
    let peak_memory_bytes: Int
    let seconds: Double
    let folder: String
  }

  func validate() throws {
    if let pairs, pairs < 1 { throw ValidationError("--pairs is at least 1") }
    guard (1...StoredBlocks.mostDays).contains(days) else {
      throw ValidationError("--days is within 1...\(StoredBlocks.mostDays)")
    }
  }

  func run() throws {
    let settings = try options.settings()
    let network = try options.source(settings).planner()
    let blocks = StoredBlocks(network, cache: Home.cache(settings.cache.value))
    guard let folder = blocks.directory else {
      Streams.complain(
        "error TW-CLI-081: the version of \(settings.network.value) cannot be told, so no blocks are kept for it"
      )
      throw ExitStatus.configuration
    }
    var weights = DemandWeights()
    if let demand {
      let file = try DemandFile(demand, on: network)
      weights = file.weights
      if file.unknown > 0, !options.quiet {
        Streams.complain(
          "note: \(file.unknown) of \(file.counted + file.unknown) requests name places that are not here"
        )
      }
    }
    if rebuild { try blocks.removeAll() }
    let builder = blocks.builder(from: try options.clock(), days: days)
    let hot = builder.hotSet(pairs, by: weights)
    let built = try BlockBuild(
      builder: builder, hot: hot, limit: memory ?? .usual(), isQuiet: options.quiet
    ).run()
    let report = Report(
      pairs: hot.pairs, origins: hot.originCount, days: days, segments_built: built.report.built,
      segments_found: built.report.loaded, bytes: built.engine.memory,
      peak_memory_bytes: MemorySize.peak(), seconds: built.seconds, folder: folder)
    if json {
      Streams.out(try JSONText.pretty(report) + "\n")
    } else {
      Streams.out(
        "\(report.pairs) pairs of \(report.origins) origins over \(days) days: \(report.bytes) bytes in "
          + "\(report.seconds.text(1)) s (\(report.segments_built) segments built, \(report.segments_found) found)\n"
          + "\(folder)\n")
    }
  }
}
