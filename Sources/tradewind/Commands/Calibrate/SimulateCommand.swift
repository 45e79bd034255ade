import ArgumentParser
import CSVTables
import Foundation
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import TransitTimes

/// `tradewind simulate`: a history of the network under drift, shocks, seasons and losses.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Simulate orders through the network: a history whose truth is known.",
    discussion: """
      Every order is planned, handled and run leg by leg with drawn delays, stretched by the conditions of the day. The same seed
      gives the same history. With --replay it is learned at once: four weeks at a time, and how long after each shock
      promises hold again.

      Examples:
        tradewind simulate --network demo --days 200 --per-day 20 --out history.csv
        tradewind simulate --network demo --days 400 --per-day 300 --shock 150:28:160 --lost 10 --replay
      """)

  @Option(help: "First day of orders; default the network's first valid day.")
  var from: String?

  @Option(help: "Days with orders.")
  var days = 200

  @Option(help: "Orders a day.")
  var perDay = 20

  @Option(help: "With --replay, days that only train; longer than parcels take.")
  var training = 60

  @Option(help: "The same seed gives the same history.")
  var seed: UInt64 = 1

  @Option(help: "The way orders go: economy, the cheapest, or premium, the earliest.")
  var tier = "economy"

  @Option(
    help:
      "Shock FIRST:DAYS:PERCENT: from that day on minutes under way are that share of the usual.")
  var shock: [String] = []

  @Option(help: "Percent by which minutes under way grow over a year.")
  var drift = 0

  @Option(help: "Percent by which they swell and shrink over a year.")
  var season = 0

  @Option(help: "Parcels lost, of a thousand.")
  var lost = 0

  @Option(help: "Write the history as CSV.")
  var out: String?

  @Option(help: "Write every run of a leg as CSV, for calibrate --apply.")
  var runs: String?

  @Option(help: "With --replay, the service level, 0.50 to 0.99.")
  var serviceLevel = "0.95"

  @Flag(help: "Learn it and print four weeks at a time.")
  var replay = false

  @Flag(help: "With --replay, print JSON.")
  var json = false

  @OptionGroup var options: NetworkOptions

  struct WindowDocument: Encodable {
    let first: String
    let orders: Int
    let on_time: Double
    let calibrated: Bool
  }

  struct RecoveryDocument: Encodable {
    let shock: String
    let event: String
    let days: Int?
  }

  struct Document: Encodable {
    let orders: Int
    let service_level: Double
    let on_time: Double
    let lost_share: Double
    let window_standard_error: Double
    let window_orders_needed: Int
    let windows: [WindowDocument]
    let settled_windows: Int
    let settled_off: Int
    let settled_greatest_gap: Double
    let recoveries: [RecoveryDocument]
  }

  func validate() throws {
    if tier != Tier.economy.word, tier != Tier.premium.word {
      throw ValidationError("--tier is economy or premium")
    }
    if days < 1 || days > 1500 { throw ValidationError("--days is within 1...1500") }
    if perDay < 1 || perDay > 2000 { throw ValidationError("--per-day is within 1...2000") }
    if training < 1 || training > 400 { throw ValidationError("--training is within 1...400") }
    if lost < 0 || lost > 500 { throw ValidationError("--lost is within 0...500") }
    if abs(drift) > 90 || abs(season) > 90 {
      throw ValidationError("--drift and --season are within -90...90")
    }
    if out == nil, runs == nil, !replay {
      throw ValidationError("say what is wanted: --out FILE, --runs FILE or --replay")
    }
    if json, !replay { throw ValidationError("--json goes with --replay") }
    _ = try shocks()
  }

  private func shocks() throws -> [NetworkConditions.Shock] {
    try shock.map { text in
      let parts = text.split(separator: ":").compactMap { Int($0) }
      guard parts.count == 3, parts[0] >= 0, (1...1500).contains(parts[1]),
        (20...1000).contains(parts[2])
      else {
        throw ValidationError("--shock \(text): write FIRST:DAYS:PERCENT, such as 150:28:160")
      }
      return NetworkConditions.Shock(first: parts[0], days: parts[1], slowness: parts[2] * 10)
    }
  }

  func run() throws {
    let settings = try options.settings()
    let date = try checked { () throws(RequestFault) in
      try from.map { (text) throws(RequestFault) in try RequestText.date(text) }
    }
    let level = try checked { () throws(RequestFault) in
      try CalibrateCommand.thousandths(serviceLevel)
    }
    let now = try options.clock()
    let name = settings.network.value
    let probe = try NetworkSource(name: name, now: now, cache: nil).planner().bundle.manifest
    let first =
      date ?? probe.validFrom ?? CivilDate(days: Int(now.minutes / 1440))
    var plan = NetworkSimulation.Plan(first: first, days: days, perDay: perDay, seed: seed)
    plan.isPremium = tier == Tier.premium.word
    plan.conditions.shocks = try shocks()
    plan.conditions.drift = drift * 10
    plan.conditions.season = season * 10
    plan.conditions.lost = lost
    let source = try NetworkSource(
      name: name, now: Instant(minutes: Int64(first.days) * 1440), cache: nil, days: days + 200)
    let simulation = NetworkSimulation(try source.planner(), plan)
    if simulation.unserved > 0, !options.quiet {
      Streams.complain("\(simulation.unserved) orders found no plan or no departure")
    }
    if let out { try write(history(simulation), to: out) }
    if let runs { try write(runText(simulation), to: runs) }
    guard replay else { return }
    try learn(simulation, first, level)
  }

  private func learn(_ simulation: NetworkSimulation, _ first: CivilDate, _ level: Int) throws {
    // Plans know the calendars: what is learned beside them counts every day alike.
    var history = ShipmentHistory(
      columns: HistoryColumns(names: HistoryColumns.plain.names, pace: .everyDay))
    history.adopt(simulation.orders)
    let start = first.adding(days: training)
    let end = LocalTime(first.adding(days: days + 400), .midnight)
    let found = PromiseReplay(history, from: start, level: level, now: end, comparing: false)
    guard let score = found.score(PromiseReplay.learned, .all),
      let windows = found.windows(of: PromiseReplay.learned)
    else {
      Streams.complain(
        "error TW-HIS-012: no order was delivered after \(training) days of training")
      throw ExitStatus.refused
    }
    let spells = try shocks().sorted { $0.first < $1.first }
    let edges = spells.flatMap { [$0.first, $0.first + $0.days] }.sorted()
    var recoveries: [RecoveryDocument] = []
    for spell in spells {
      for (word, day) in [("begins", spell.first), ("ends", spell.first + spell.days)] {
        let next = edges.first { $0 > day }
        recoveries.append(
          RecoveryDocument(
            shock: "\(spell.first):\(spell.days):\(spell.slowness / 10)", event: word,
            days: windows.recovery(
              after: first.adding(days: day), before: next.map { first.adding(days: $0) })))
      }
    }
    let settled = windows.settled(around: edges.map { first.adding(days: $0) })
    let document = Document(
      orders: score.orders, service_level: windows.level,
      on_time: ReplayDocument.rounded(score.onTime),
      lost_share: ReplayDocument.rounded(found.learner.lostShare),
      window_standard_error: ReplayDocument.rounded(windows.standardError),
      window_orders_needed: windows.ordersNeeded,
      windows: windows.windows.map {
        WindowDocument(
          first: $0.first.description, orders: $0.orders,
          on_time: ReplayDocument.rounded($0.onTime), calibrated: windows.isCalibrated($0))
      }, settled_windows: settled.count,
      settled_off: settled.count { !windows.isCalibrated($0) },
      settled_greatest_gap: ReplayDocument.rounded(
        settled.map { abs($0.onTime - windows.level) }.max() ?? 0),
      recoveries: recoveries)
    Streams.out(json ? try JSONText.pretty(document) + "\n" : text(document))
  }

  private func text(_ document: Document) -> String {
    let error = document.window_standard_error
    var table = TextTable(
      ["FOUR WEEKS FROM", "ORDERS", "ON TIME", ""], [.left, .right, .right, .left])
    for window in document.windows {
      table.append([
        window.first, "\(window.orders)", HTMLText.fixed(window.on_time * 100, 2) + " %",
        window.calibrated ? "" : "off by more than a point",
      ])
    }
    var text = table.text
    for recovery in document.recoveries {
      text += "shock \(recovery.shock) \(recovery.event): "
      text +=
        recovery.days.map { "calibrated again after \($0) days\n" } ?? "not calibrated again\n"
    }
    text +=
      "settled: \(document.settled_windows) windows, \(document.settled_off) off by more than a"
    text += " point; greatest distance "
    text += HTMLText.fixed(document.settled_greatest_gap * 100, 2) + " points\n"
    text += "the share kept of a window is known to \(HTMLText.fixed(error * 100, 2)) points"
    text += " (standard error)"
    if error * 2 > CalibrationWindows.tolerance {
      text += "\nto tell a point takes windows of \(document.window_orders_needed) orders,"
      text += " --per-day \((document.window_orders_needed + 27) / 28)"
    }
    return text + "\n"
  }

  private func history(_ simulation: NetworkSimulation) -> String {
    var file = CSVWriter([
      "order", "placed", "handed_over", "delivered", "promised", "planned", "moving_min",
      "longest_min", "origin", "destination", "zone", "seller", "legs",
    ])
    for order in simulation.orders {
      file.append([
        order.name, order.placed.description, order.handedOver?.description ?? "",
        order.delivered?.description ?? "", order.promised?.description ?? "",
        order.traits.planned.map {
          LocalTime(minutes: order.placed.minutes + Int64($0)).description
        } ?? "", order.traits.moving.map { "\($0)" } ?? "",
        order.traits.longest.map { "\($0)" } ?? "", order.traits.origin ?? "",
        order.traits.destination ?? "", order.traits.zone ?? "",
        order.traits.seller ?? "", order.legs.map(\.text).joined(separator: " "),
      ])
    }
    return file.text
  }

  private func runText(_ simulation: NetworkSimulation) -> String {
    var file = CSVWriter(["leg", "departed", "arrived"])
    for run in simulation.runs {
      file.append([run.leg, run.departed.rfc3339(), run.arrived.rfc3339()])
    }
    return file.text
  }

  private func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      Streams.complain("error TW-CLI-069: \(path): cannot be written")
      throw ExitStatus.missing
    }
  }
}
