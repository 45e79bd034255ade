import ArgumentParser

/// A command that reads a network, and with `--verbose` says where bundle, snapshot and time went.
protocol NetworkReading: ParsableCommand {
  /// Its flags.
  var options: NetworkOptions { get }
}

extension QuoteCommand: NetworkReading {}
extension ExplainCommand: NetworkReading {}
extension PromiseCommand: NetworkReading {}
extension CoverageCommand: NetworkReading {}
extension DoctorCommand: NetworkReading {}
extension CalendarCommand.Show: NetworkReading {}
extension NetworkValidate: NetworkReading {}
extension NetworkStats: NetworkReading {}
extension NetworkShow: NetworkReading {}
extension NetworkExport: NetworkReading {}
extension NetworkBlocks: NetworkReading {}

/// Notes on standard error about where things came from and how long they took.
enum Narration {
  /// One line.
  static func note(_ text: String) { Streams.complain("note: " + text) }

  /// The time since `start`, as a reading of ``Clock``, in milliseconds with one decimal.
  static func elapsed(since start: Int64) -> String { milliseconds(Clock.nanoseconds() - start) }

  /// Nanoseconds as `30.4 ms`.
  static func milliseconds(_ nanoseconds: Int64) -> String {
    let tenths = (nanoseconds + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) ms"
  }

  /// The closing line of a command, where it was asked to speak.
  static func close(_ command: any ParsableCommand, since start: Int64) {
    guard let command = command as? any NetworkReading, command.options.verbose else { return }
    note("\(elapsed(since: start)) in all")
  }
}
