/// The report of the fast engine for people: no rate without what it costs beside it.
struct EngineBenchText {
  let text: String

  init(_ report: EngineBenchReport) {
    let rates = EngineBenchText.rates(report)
    let build = report.build
    var lines = [
      "\(report.pairs) pairs of \(report.origin_classes) origins and \(report.destination_classes) destination classes"
        + " (\(report.blocks) blocks), \(report.days) days, \(report.cores) cores",
      "",
      rates,
      "one quote, hot: p50 \(report.hot_us.p50.text(2)) us, p99 \(report.hot_us.p99.text(2)) us, "
        + "p99.9 \(report.hot_us.p999.text(2)) us, the clock's \(report.timer_ns.text(0)) ns included",
      "one quote, searched: p50 \(report.cold_ms.p50.text(2)) ms, p99 \(report.cold_ms.p99.text(2)) ms; "
        + "after a look-up in vain "
        + (report.fallback_ms.map { "p50 \($0.p50.text(2)) ms, p99 \($0.p99.text(2)) ms" } ?? "none"),
      "build: \(build.segments_built) segments built, \(build.segments_found) found; one destination class p50 "
        + "\(build.class_seconds_p50.text(2)) s, max \(build.class_seconds_max.text(2)) s (\(build.classes_timed) timed on all cores), work p50 "
        + "\(build.class_worked_seconds_p50.text(2)) s, max \(build.class_worked_seconds_max.text(2)) s"
        + "\(build.slowest_class.map { " (\($0))" } ?? ""); one origin p50 "
        + "\(build.origin_seconds_p50?.text(2) ?? "-") s, max \(build.origin_seconds_max?.text(2) ?? "-") s",
      "work: \(build.labels_created) labels created, \(build.labels_settled) settled, \(build.legs_extended) legs extended",
      "memory: \(report.bytes_per_pair.text(0)) bytes a pair, \(report.bytes_per_block.text(0)) a block; peak "
        + "\(report.peak_memory_bytes >> 20) MiB",
      "candidates of a pair at one ready time: mean \(report.candidates_per_pair.mean.text(1)), p50 "
        + "\(report.candidates_per_pair.p50), p99 \(report.candidates_per_pair.p99), max \(report.candidates_per_pair.max)",
      "random requests to the whole network: "
        + report.outcomes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { "\($0.value) \($0.key)" }.joined(separator: ", "),
    ]
    lines += report.landed_quotes.map { LandedQuoteBench.text($0) }
    lines.append(EngineBenchText.lazy(report.lazy))
    lines += EngineBenchText.disruption(report.disruption_ms)
    lines.append(
      "equal to the exact search: \(report.equality.equal) of \(report.equality.checked)")
    if let disrupted = report.disrupted {
      lines.append(
        "under \(disrupted.events) random disruptions\(disrupted.repaired ? ", repaired" : ""): "
          + "\(disrupted.equal) of \(disrupted.checked), hit rate \((100 * disrupted.hit_rate).text(1)) %"
          + (disrupted.repaired_answers.map {
            "; of blocks built again \($0.equal) of \($0.checked)"
          } ?? "")
      )
    }
    lines.append("\(report.target) quotes a second: \(report.nodes_needed) such machines")
    for name in report.unsteady {
      let ratio = report.repetition_ratios[name] ?? 1
      lines.append("UNSTEADY: two readings of \(name) differ by a factor of \(ratio.text(2))")
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func rates(_ report: EngineBenchReport) -> String {
    var table = TextTable(
      ["KEYS", "CORES", "QUOTES/S", "NS", "BUILD", "MEMORY", "HIT RATE"],
      [.left, .right, .right, .right, .right, .right, .right])
    func row(_ keys: String, _ cores: Int, _ rate: Double) {
      table.append([
        keys, "\(cores)", rate.text(0), (1e9 / max(rate, 1)).text(0),
        "\(report.build.total_seconds.text(1)) s", "\(report.memory_bytes >> 20) MiB",
        "\((100 * report.hit_rate).text(1)) %",
      ])
    }
    row("uniform", 1, report.quotes_per_second.uniform.one_core)
    row("uniform", report.cores, report.quotes_per_second.uniform.all_cores)
    row("zipf", 1, report.quotes_per_second.zipf.one_core)
    row("zipf", report.cores, report.quotes_per_second.zipf.all_cores)
    return table.text
  }

  private static func disruption(_ times: DisruptionTimes) -> [String] {
    func text(_ value: Double?) -> String { value.map { "\($0.text(2)) ms" } ?? "not measured" }
    return [
      "after a disruption: first correct answer p50 \(text(times.firstCorrectMedian)), p99 "
        + "\(text(times.firstCorrectP99)); all repaired \(text(times.allRepaired))",
      "equal to the search under it: \(times.first.equal) of \(times.first.checked) first answers, "
        + "\(times.repaired.equal) of \(times.repaired.checked) of blocks built again",
    ]
  }

  private static func lazy(_ lazy: EngineBenchReport.Lazy) -> String {
    "missed and built: \(lazy.misses) questions missed, \(lazy.blocks_built) blocks built, a segment p50 "
      + "\(lazy.segment_ms.p50.text(1)) ms, p99 \(lazy.segment_ms.p99.text(1)) ms, "
      + "\(lazy.memory_bytes >> 10) KiB; then \(lazy.hits) looked up, \(lazy.equality.equal) of "
      + "\(lazy.equality.checked) equal to the search"
  }
}
