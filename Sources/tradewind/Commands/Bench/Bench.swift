import ArgumentParser
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `tradewind bench`: what it costs to quote, and whether the fast engine says what the search says.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Build the fast engine, measure it and hold it against the exact search.",
    discussion: """
      Builds blocks in memory (--store: from the cache folder, building what is
      missing), looks seeded questions up on one core and on all, and prints
      rates beside what they cost: build time, memory, hit rate. Exit 4 unless
      every answer checked is the exact search's, be it repaired or built when
      missed. Requests go from random origins to random zones (every country
      alike), 50 g to 20 kg, all goods classes, ready within a week.
      --exact: the exact search alone; --landed: what a landed price adds;
      --placement DIR [--format F --kind K --p N.. --capacity N..
      --time-limit S]: every placement instance of a folder.

      Examples:
        tradewind bench --pairs 250000 --json
        tradewind bench --exact --requests 1000 --seed 1
        tradewind bench --placement instances/pmed
      """)

  @Flag(help: "Measure the exact search alone.")
  var exact = false

  @Flag(help: "Measure landed prices alone; --requests batches for each destination.")
  var landed = false

  @Option(help: "Number of requests that are searched.")
  var requests = 1000

  @Option(help: "Seed of all requests.")
  var seed: UInt64 = 1

  @Option(help: "Answers held against the exact search.")
  var check = 2000

  @Option(help: "Random disruptions under which as many are checked.")
  var disruptions = 1000

  @Flag(help: "Build what those disruptions concern anew, and check it.")
  var repair = false

  @Option(help: "Quotes a second that are wanted: how many such machines are needed.")
  var target = 583_000

  @Option(help: "Most pairs of origin and destination class with blocks, by people; default all.")
  var pairs: Int?

  @Option(help: "Only the first so many origins have blocks.")
  var origins: Int?

  @Option(help: "Days of ready times from now on, 1 to 31.")
  var days = EngineScope.usualDays

  @Option(help: "Destination classes whose build is timed one by one.")
  var classSample = 12

  @Option(help: "Seconds of one reading of a rate; three are taken.")
  var seconds = 1.0

  @Option(help: "Memory blocks may take: 2GiB; default three quarters of what is free.")
  var memory: MemorySize?

  @Flag(help: "Take blocks from the cache folder, and keep there what is built.")
  var store = false

  @OptionGroup var placement: PlacementBenchOptions

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var options: NetworkOptions

  func validate() throws {
    guard (1...1_000_000).contains(requests) else {
      throw ValidationError("--requests is within 1...1000000")
    }
    guard [exact, landed, placement.placement != nil].count(where: { $0 }) < 2 else {
      throw ValidationError("--exact, --landed and --placement exclude each other")
    }
    guard (0...10_000_000).contains(check), (0...100_000).contains(disruptions), classSample > 0,
      target > 0, origins.map({ $0 > 0 }) ?? true, pairs.map({ $0 > 0 }) ?? true
    else {
      throw ValidationError(
        "--check and --disruptions are not negative; --class-sample, --target, --pairs and --origins are at least 1"
      )
    }
    guard (1...StoredBlocks.mostDays).contains(days), seconds > 0, seconds <= 600 else {
      throw ValidationError("--days is within 1...\(StoredBlocks.mostDays), --seconds within 600")
    }
  }

  func run() throws {
    if let folder = placement.placement {
      let bench = PlacementBench(folder: folder, options: placement, isQuiet: options.quiet)
      let report = try bench.run()
      Streams.out(json ? try JSONText.pretty(report) + "\n" : PlacementBench.text(report))
      return
    }
    let settings = try options.settings()
    let network = try options.source(settings).planner()
    let now = try options.clock()
    if landed {
      let today = CivilDate(days: Int(now.minutes / 1440))
      let report = try LandedBench(tariff: network.tariff, today: today, batches: requests).run()
      Streams.out(json ? try JSONText.pretty(report) + "\n" : LandedBench.text(report))
    } else if exact {
      let bench = ExactBench(network: network, now: now, requests: requests, seed: seed)
      let report = try bench.run()
      Streams.out(json ? try JSONText.pretty(report) + "\n" : bench.text(report))
    } else {
      let bench = EngineBench(
        command: self, network: network, now: now, cache: Home.cache(settings.cache.value))
      let report = try bench.run()
      Streams.out(json ? try JSONText.pretty(report) + "\n" : EngineBenchText(report).text)
      if !report.isSound(asked: check) { throw ExitStatus.gate }
    }
  }
}
