import CoreMetrics
import Synchronization

/// Keeps what is counted and measured, and writes it out in the text form that Prometheus reads (version 0.0.4).
///
/// A backend of swift-metrics: whoever counts knows only that library. Timers and recorders become histograms; a timer is written
/// in seconds, as the form asks.
final class PrometheusRegistry: MetricsFactory, Sendable {
  private struct Series: Hashable {
    let name: String
    let labels: String
  }

  private struct State {
    var counters: [Series: PrometheusCounter] = [:]
    var gauges: [Series: PrometheusGauge] = [:]
    var histograms: [Series: PrometheusHistogram] = [:]
    var help: [String: String] = [:]
  }

  private let state = Mutex(State())

  /// Says of a metric what it is; written above it.
  func describe(_ name: String, _ text: String) { state.withLock { $0.help[name] = text } }

  private func one<Kept: Sendable>(
    _ place: WritableKeyPath<State, [Series: Kept]>, _ label: String,
    _ dimensions: [(String, String)], _ make: () -> Kept
  ) -> Kept {
    let series = Series(name: label, labels: PrometheusText.labels(dimensions))
    return state.withLock { state in
      if let known = state[keyPath: place][series] { return known }
      let made = make()
      state[keyPath: place][series] = made
      return made
    }
  }

  func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    one(\.counters, label, dimensions) { PrometheusCounter() }
  }

  func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    one(\.gauges, label, dimensions) { PrometheusGauge() }
  }

  func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    one(\.gauges, label, dimensions) { PrometheusGauge() }
  }

  func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    guard aggregate else { return one(\.gauges, label, dimensions) { PrometheusGauge() } }
    return one(\.histograms, label, dimensions) { PrometheusHistogram() }
  }

  func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    one(\.histograms, label, dimensions) { PrometheusHistogram() }
  }

  // Series stay for the life of the process: a counter that vanished would look like a restart.
  func destroyCounter(_ handler: any CounterHandler) {}
  func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  func destroyMeter(_ handler: any MeterHandler) {}
  func destroyRecorder(_ handler: any RecorderHandler) {}
  func destroyTimer(_ handler: any TimerHandler) {}

  /// Everything, name by name.
  var text: String {
    let state = state.withLock { $0 }
    var text = PrometheusText(help: state.help)
    text.append(
      "counter", state.counters.map { ($0.key.name, [($0.key.labels, $0.value.lines)]) })
    text.append("gauge", state.gauges.map { ($0.key.name, [($0.key.labels, $0.value.lines)]) })
    text.append(
      "histogram", state.histograms.map { ($0.key.name, [($0.key.labels, $0.value.lines)]) })
    return text.text
  }
}
