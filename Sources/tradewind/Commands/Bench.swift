import ArgumentParser
import Fulfilment
import Glibc
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `tradewind bench`: how fast the exact search answers on a real network.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the exact search on seeded random requests, single-threaded.",
    discussion: """
      Requests go from random origins to random zones (every country alike), 50 g to 20 kg, all goods
      classes, ready within a week. Prints milliseconds per request and work counts; the counts do not
      depend on the machine.

      With --landed: what a landed price adds to an option, in nanoseconds.

      Examples:
        tradewind bench --requests 1000 --seed 1 --json
        tradewind bench --landed
      """)

  @Option(help: "Number of requests.")
  var requests = 1000

  @Option(help: "Seed of the requests.")
  var seed: UInt64 = 1

  @Flag(
    help: "Measure landed prices instead of the search; --requests batches for each destination.")
  var landed = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var options: NetworkOptions

  struct Report: Encodable {
    let requests: Int
    let answered: Int
    let milliseconds: Quantiles
    let labels_settled: Quantiles
    let labels_created: Quantiles
    let legs_extended: Quantiles
    let front: Quantiles
    let widened: Int
    let peak_memory_bytes: Int
  }

  struct Quantiles: Encodable {
    let p50: Double
    let p90: Double
    let p99: Double
    let max: Double

    init(_ values: [Double]) {
      let sorted = values.sorted()
      func at(_ percent: Int) -> Double {
        sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * percent / 100)]
      }
      p50 = at(50)
      p90 = at(90)
      p99 = at(99)
      max = sorted.last ?? 0
    }
  }

  func validate() throws {
    guard (1...1_000_000).contains(requests) else {
      throw ValidationError("--requests is within 1...1000000")
    }
  }

  func run() throws {
    let network = try options.source(try options.settings()).planner()
    if landed {
      let today = CivilDate(days: Int(try options.clock().minutes / 1440))
      let report = try LandedBench(tariff: network.tariff, today: today, batches: requests).run()
      Streams.out(
        json ? try JSONText.pretty(report) + "\n" : LandedBench.text(report))
      return
    }
    var generator = RequestGenerator(network, seed: seed, now: try options.clock())
    var planner = ExactPlanner<DatedTimetable>()
    var times: [Double] = []
    var counts: [SearchStatistics] = []
    var sizes: [Double] = []
    var slowest: (Double, String) = (0, "")
    for number in 0..<requests {
      let question = generator.next()
      let start = Clock.nanoseconds()
      let front = try network.front(question, with: &planner)
      let time = Double(Clock.nanoseconds() - start) / 1e6
      // The first request pays for allocating the scratch; it is not left out.
      times.append(time)
      counts.append(planner.statistics)
      sizes.append(Double(front.count))
      if time > slowest.0 {
        slowest = (
          time,
          "\(number): \(network.bundle.nodes.name(of: question.origin)) -> "
            + "\(network.bundle.nodes.name(of: question.destination)) \(question.parcel.weight.value) g "
            + question.parcel.goods.word
        )
      }
    }
    let report = Report(
      requests: requests, answered: sizes.count { $0 > 0 }, milliseconds: Quantiles(times),
      labels_settled: Quantiles(counts.map { Double($0.settled) }),
      labels_created: Quantiles(counts.map { Double($0.created) }),
      legs_extended: Quantiles(counts.map { Double($0.extended) }), front: Quantiles(sizes),
      widened: planner.widened, peak_memory_bytes: Bench.peakMemory())
    if json {
      Streams.out(try JSONText.pretty(report) + "\n")
      return
    }
    Streams.out("exact search, \(requests) requests, seed \(seed), one thread\n")
    var table = TextTable(
      ["", "P50", "P90", "P99", "MAX"], [.left, .right, .right, .right, .right])
    func row(_ name: String, _ value: Quantiles, _ decimals: Int) {
      table.append([name] + [value.p50, value.p90, value.p99, value.max].map { $0.text(decimals) })
    }
    row("milliseconds", report.milliseconds, 2)
    row("labels settled", report.labels_settled, 0)
    row("labels created", report.labels_created, 0)
    row("legs extended", report.legs_extended, 0)
    row("front size", report.front, 0)
    Streams.out(table.text)
    Streams.out(
      "answered \(report.answered) of \(requests); 128-bit reruns \(report.widened); "
        + "peak memory \(report.peak_memory_bytes >> 20) MiB\nslowest \(slowest.1)\n")
  }

  private static func peakMemory() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}

extension Double {
  /// With a fixed number of decimals, whatever the locale.
  func text(_ decimals: Int) -> String {
    var scale: Int64 = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int64((self * Double(scale)).rounded())
    guard decimals > 0 else { return "\(scaled)" }
    let fraction = "\(scaled % scale)"
    return "\(scaled / scale)." + String(repeating: "0", count: decimals - fraction.count)
      + fraction
  }
}
