import Glibc
import Logging
import LogisticsModel

/// Writes log records to standard error as JSON, a line each.
struct JSONLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level
  private let label: String

  /// A log of a name.
  init(_ label: String, level: Logger.Level) {
    self.label = label
    logLevel = level
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// One record; its own keys stand beside those of the metadata, which are under `data`.
  private struct Record: Encodable {
    let time: String
    let level: String
    let log: String
    let message: String
    let data: [String: String]?
  }

  func log(event: LogEvent) {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    let record = Record(
      time: JSONLog.rfc3339(time), level: event.level.rawValue, log: label,
      message: "\(event.message)", data: all.isEmpty ? nil : all.mapValues { "\($0)" })
    // A record of texts always encodes.
    if let line = try? JSONText.line(record) { Streams.complain(line) }
  }

  /// UTC, to the millisecond.
  static func rfc3339(_ time: timespec) -> String {
    let minute = Instant(minutes: Int64(time.tv_sec) / 60)
    let milliseconds = Int64(time.tv_sec) % 60 * 1000 + Int64(time.tv_nsec) / 1_000_000
    func padded(_ number: Int64, _ width: Int) -> String {
      String(repeating: "0", count: Swift.max(0, width - "\(number)".count)) + "\(number)"
    }
    return minute.rfc3339().dropLast() + ":"
      + padded(milliseconds / 1000, 2) + "." + padded(milliseconds % 1000, 3) + "Z"
  }
}
