import ArgumentParser
import CSVTables
import Fulfilment
import LogisticsModel
import ShipmentStore

/// `tradewind report`: what became of promises.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Report what became of promises.",
    discussion: """
      Examples:
        tradewind report on-time
        tradewind report on-time --from 2026-11-01 --through 2026-11-30 --csv
      """,
    subcommands: [OnTimeReport.self, CalibrationReport.self])
}

/// `tradewind report on-time`: promised against actual.
struct OnTimeReport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "on-time", abstract: "Promised against actual, by lane, week and merchant.",
    discussion: """
      Dates are those at the destination; what is due and has not come counts as late. SAMPLE is how
      many promises a share rests on.

      Examples:
        tradewind report on-time
        tradewind report on-time --from 2026-11-01 --through 2026-11-30 --csv
      """)

  @Option(help: "First promised date; default four weeks before the last.")
  var from: String?

  @Option(help: "Last promised date; default today (UTC).")
  var through: String?

  @Option(help: "Pin the clock, RFC 3339 with offset.")
  var now: String?

  @OptionGroup var output: OutputOptions

  @OptionGroup var store: StoreOptions

  @Option(help: "Settings file; default config/tradewind.toml.")
  var config: String?

  @Flag(help: "Nothing on standard error but errors.")
  var quiet = false

  struct Entry: Encodable {
    let lane: String
    let week: String
    let merchant: String
    let sample: Int64
    let on_time: Int64
    /// Share of the sample in thousandths; nil where there is no sample.
    let on_time_thousandths: Int64?
    let not_due: Int64
    let ended_early: Int64
    let promised_days: Int64
    let actual_days: Int64
    let arrived: Int64

    init(_ found: ShipmentStore.OnTime) {
      lane = found.lane
      week = found.week.description
      merchant = found.merchant
      sample = found.sample
      on_time = found.onTime
      on_time_thousandths =
        found.sample == 0 ? nil : (found.onTime * 2000 + found.sample) / (found.sample * 2)
      not_due = found.notDue
      ended_early = found.endedEarly
      promised_days = found.promisedDays
      actual_days = found.actualDays
      arrived = found.arrived
    }

    var cells: [String] {
      [
        lane, week, merchant, "\(sample)", "\(on_time)",
        on_time_thousandths.map(String.init) ?? "", "\(not_due)", "\(ended_early)",
        "\(promised_days)", "\(actual_days)", "\(arrived)",
      ]
    }
  }

  func run() async throws {
    var clock = NetworkOptions()
    clock.now = now
    let moment = try clock.clock()
    let (first, last) = try checked { () throws(RequestFault) in
      let today = CivilDate(days: Int(moment.minutes / 1440))
      let last = try through.map { (text) throws(RequestFault) in try RequestText.date(text) }
      let end = last ?? today
      let first = try from.map { (text) throws(RequestFault) in try RequestText.date(text) }
      return (first ?? end.adding(days: -28), end)
    }
    let found = try await store.withStore(try Settings.load(file: config), isQuiet: quiet) {
      try await $0.onTime(from: first, through: last, asOf: moment)
    }.map { Entry($0) }
    var rows = CSVWriter([
      "lane", "week", "merchant", "sample", "on_time", "on_time_thousandths", "not_due",
      "ended_early", "promised_days", "actual_days", "arrived",
    ])
    for entry in found { rows.append(entry.cells) }
    try output.write(json: found, jsonl: found, csv: rows, text: text(found))
  }

  private func text(_ found: [Entry]) -> String {
    var table = TextTable(
      [
        "LANE", "WEEK OF", "MERCHANT", "SAMPLE", "ON TIME", "SHARE", "PROMISED", "ACTUAL",
        "NOT DUE",
      ],
      [.left, .left, .left, .right, .right, .right, .right, .right, .right])
    for entry in found {
      table.append([
        entry.lane, entry.week, ShipmentText.printable(entry.merchant), "\(entry.sample)",
        "\(entry.on_time)",
        entry.on_time_thousandths.map { "\($0 / 10).\($0 % 10) %" } ?? "",
        OnTimeReport.mean(entry.promised_days, entry.sample),
        OnTimeReport.mean(entry.actual_days, entry.arrived), "\(entry.not_due)",
      ])
    }
    return table.text
  }

  /// Days to a tenth, half up; nothing where there is nothing to divide by.
  private static func mean(_ sum: Int64, _ count: Int64) -> String {
    guard count > 0 else { return "" }
    let tenths = (sum * 20 + count) / (count * 2)
    return "\(tenths / 10).\(tenths % 10) d"
  }
}
