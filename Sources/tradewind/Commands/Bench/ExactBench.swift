import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `tradewind bench --exact`: how fast the exact search answers on a real network, one thread.
struct ExactBench {
  let network: NetworkPlanner
  let now: Instant
  let requests: Int
  let seed: UInt64

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
    /// Number, places and parcel of the slowest request.
    let slowest: String
  }

  func run() throws -> Report {
    var generator = RequestGenerator(network, seed: seed, now: now)
    var planner = ExactPlanner<DatedTimetable>(options: SearchOptions(settlesTies: true))
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
    return Report(
      requests: requests, answered: sizes.count { $0 > 0 }, milliseconds: Quantiles(times),
      labels_settled: Quantiles(counts.map { Double($0.settled) }),
      labels_created: Quantiles(counts.map { Double($0.created) }),
      legs_extended: Quantiles(counts.map { Double($0.extended) }), front: Quantiles(sizes),
      widened: planner.widened, peak_memory_bytes: MemorySize.peak(), slowest: slowest.1)
  }

  /// The report for people.
  func text(_ report: Report) -> String {
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
    return "exact search, \(requests) requests, seed \(seed), one thread\n" + table.text
      + "answered \(report.answered) of \(requests); 128-bit reruns \(report.widened); "
      + "peak memory \(report.peak_memory_bytes >> 20) MiB\nslowest \(report.slowest)\n"
  }
}
