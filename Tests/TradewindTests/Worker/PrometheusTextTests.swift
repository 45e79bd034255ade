import CoreMetrics
import Testing

@testable import tradewind

/// The text form of metrics, compared whole.
@Suite struct PrometheusTextTests {
  @Test("counters, gauges and histograms, by name and by labels")
  func whole() {
    let registry = PrometheusRegistry()
    registry.describe("jobs_total", "Jobs settled.")
    let done = [("outcome", "done"), ("kind", "quote")]
    registry.makeCounter(label: "jobs_total", dimensions: done).increment(by: 2)
    registry.makeCounter(label: "jobs_total", dimensions: done).increment(by: 3)
    registry.makeCounter(label: "jobs_total", dimensions: [("kind", "a\"b\\c\nd")]).increment(by: 1)
    registry.makeMeter(label: "depth", dimensions: []).set(Int64(7))
    #expect(
      registry.text == #"""
        # HELP jobs_total Jobs settled.
        # TYPE jobs_total counter
        jobs_total{kind="a\"b\\c\nd"} 1
        jobs_total{kind="quote",outcome="done"} 5
        # TYPE depth gauge
        depth 7.0

        """#)
  }

  @Test("a histogram counts from below: 2 ms, 2 ms and 20 minutes")
  func histogram() {
    let registry = PrometheusRegistry()
    let timer = registry.makeTimer(label: "took_seconds", dimensions: [("kind", "a")])
    for nanoseconds: Int64 in [2_000_000, 2_000_000, 1_200_000_000_000] {
      timer.recordNanoseconds(nanoseconds)
    }
    let lines = registry.text.split(separator: "\n")
    #expect(lines.first == "# TYPE took_seconds histogram")
    #expect(lines.contains(#"took_seconds_bucket{kind="a",le="0.001"} 0"#))
    #expect(lines.contains(#"took_seconds_bucket{kind="a",le="0.0025"} 2"#))
    // Twenty minutes are beyond the last bound, 600 s.
    #expect(lines.contains(#"took_seconds_bucket{kind="a",le="600.0"} 2"#))
    #expect(lines.contains(#"took_seconds_bucket{kind="a",le="+Inf"} 3"#))
    #expect(lines.contains(#"took_seconds_sum{kind="a"} 1200.004"#))
    #expect(lines.last == #"took_seconds_count{kind="a"} 3"#)
  }
}
