import CoreMetrics
import Synchronization

/// Something that only grows.
final class PrometheusCounter: CounterHandler, Sendable {
  private let value = Atomic<Int64>(0)

  func increment(by amount: Int64) { value.add(amount, ordering: .relaxed) }
  func reset() { value.store(0, ordering: .relaxed) }
  var lines: [PrometheusText.Line] { [.init(value: "\(value.load(ordering: .relaxed))")] }
}

/// Something that goes up and down; also a sum of fractions.
final class PrometheusGauge: MeterHandler, RecorderHandler, FloatingPointCounterHandler, Sendable {
  private let value = Mutex(0.0)

  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { self.value.withLock { $0 = value } }
  func increment(by amount: Double) { value.withLock { $0 += amount } }
  func decrement(by amount: Double) { value.withLock { $0 -= amount } }
  func record(_ value: Int64) { set(Double(value)) }
  func record(_ value: Double) { set(value) }
  func reset() { set(0.0) }
  var lines: [PrometheusText.Line] { [.init(value: "\(value.withLock { $0 })")] }
}

/// How often something took how long, in steps of about two and a half.
final class PrometheusHistogram: TimerHandler, RecorderHandler, Sendable {
  /// Upper bounds in seconds; jobs take from a millisecond to minutes.
  static let bounds: [Double] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600,
  ]

  private struct State {
    var counts = [Int64](repeating: 0, count: bounds.count)
    var count: Int64 = 0
    var sum = 0.0
  }

  private let state = Mutex(State())

  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
  func record(_ value: Int64) { record(Double(value)) }

  func record(_ value: Double) {
    state.withLock { state in
      state.count += 1
      state.sum += value
      if let place = PrometheusHistogram.bounds.firstIndex(where: { value <= $0 }) {
        state.counts[place] += 1
      }
    }
  }

  var lines: [PrometheusText.Line] {
    let state = state.withLock { $0 }
    var below: Int64 = 0
    var lines: [PrometheusText.Line] = []
    for (bound, count) in zip(PrometheusHistogram.bounds, state.counts) {
      below += count
      lines.append(.init(suffix: "_bucket", label: "le=\"\(bound)\"", value: "\(below)"))
    }
    lines.append(.init(suffix: "_bucket", label: "le=\"+Inf\"", value: "\(state.count)"))
    lines.append(.init(suffix: "_sum", value: "\(state.sum)"))
    lines.append(.init(suffix: "_count", value: "\(state.count)"))
    return lines
  }
}
