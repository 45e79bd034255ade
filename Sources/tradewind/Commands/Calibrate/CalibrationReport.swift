import ArgumentParser
import Fulfilment
import LogisticsModel
import ShipmentStore
import TransitTimes

/// `tradewind report calibration`: the store's promises, judged and learned from.
struct CalibrationReport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibration",
    abstract: "Promises given against what would have been promised from their outcomes.",
    discussion: """
      As calibrate --replay, over the shipments of the database: the promises given are the platform's.

      Examples:
        tradewind report calibration
        tradewind report calibration --score-from 2026-11-01 --json
      """)

  @Option(help: "First day judged; earlier orders only train.")
  var scoreFrom: String?

  @Option(help: "Service level, 0.50 to 0.99.")
  var serviceLevel = "0.95"

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "Write an HTML page with plots.")
  var report: String?

  @Option(help: "Exit 4 where a smaller share of the promises given was kept: 0.93.")
  var failUnder: Double?

  @Option(help: "Pin the clock, RFC 3339 with offset.")
  var now: String?

  @OptionGroup var store: StoreOptions

  @Option(help: "Settings file; default config/tradewind.toml.")
  var config: String?

  @Flag(help: "Nothing on standard error but errors.")
  var quiet = false

  func run() async throws {
    var clock = NetworkOptions()
    clock.now = now
    let moment = try clock.clock()
    let (level, first) = try checked { () throws(RequestFault) in
      (
        try CalibrateCommand.thousandths(serviceLevel),
        try scoreFrom.map { (text) throws(RequestFault) in try RequestText.date(text) }
      )
    }
    let outcomes = try await store.withStore(try Settings.load(file: config), isQuiet: quiet) {
      try await $0.promiseOutcomes(asOf: moment)
    }
    // Plans know the calendars: what is learned beside them counts every day alike.
    var history = ShipmentHistory(
      columns: HistoryColumns(names: HistoryColumns.plain.names, pace: .everyDay))
    history.adopt(outcomes.map(\.order))
    // A local time is within a day of the same time in UTC.
    let end = LocalTime(minutes: moment.minutes + 1440)
    let replay = PromiseReplay(history, from: first, level: level, now: end)
    guard let document = ReplayDocument(replay) else {
      Streams.complain("error TW-HIS-012: no shipment that was promised has been delivered yet")
      throw ExitStatus.refused
    }
    if let report {
      try CalibrateCommand.write(
        Array(replay.page(title: "Promises of the store").utf8), to: report)
    }
    Streams.out(json ? try JSONText.pretty(document) + "\n" : ReplayText.text(replay))
    if let failUnder, let given = document.platform, given.on_time < failUnder {
      Streams.complain(
        "error TW-HIS-013: \(given.on_time) of the promises were kept, the gate is \(failUnder)")
      throw ExitStatus.gate
    }
  }
}
