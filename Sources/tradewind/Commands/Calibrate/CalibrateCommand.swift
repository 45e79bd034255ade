import ArgumentParser
import Foundation
import Fulfilment
import LogisticsModel
import TransitTimes

/// `tradewind calibrate`: learn promises from a history, and replay it.
struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Learn delivery promises from shipment histories, and replay them.",
    discussion: """
      A replay promises every order with what was known at the midnight before it, by the code that learns from live events, and
      compares with the history's own promises and four other methods. Exit 4 where fewer promises than --fail-under were kept.

      Examples:
        tradewind calibrate --history orders.csv --replay --score-from 2026-01-01
        tradewind calibrate --history runs.csv --apply networks/world-learned
      """)

  @OptionGroup var files: HistoryFiles

  @Flag(help: "Promise every order of the history as it came, and judge the promises.")
  var replay = false

  @Option(help: "First day judged; orders before it only train.")
  var scoreFrom: String?

  @Option(help: "Service level, 0.50 to 0.99.")
  var serviceLevel = "0.95"

  @Option(help: "Add so large a share of parcels that never arrive, not judged: 0.01.")
  var addLost: Double?

  @Option(help: "Seed of --add-lost.")
  var seed: UInt64 = 1

  @Option(help: "Exit 4 where a smaller share of promises was kept: 0.93.")
  var failUnder: Double?

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "Write the replay as an HTML page with plots.")
  var report: String?

  @Option(help: "Write what was learned, for promise --curve --state.")
  var state: String?

  @OptionGroup var laws: LegLawOptions

  @Option(help: "The present, RFC 3339 with offset; later events are held back.")
  var now: String?

  @Flag(help: "Nothing on standard error but errors.")
  var quiet = false

  func validate() throws {
    if files.history.isEmpty { throw ValidationError("--history names no file") }
    if laws.apply != nil {
      guard !replay, state == nil, files.columns == nil else {
        throw ValidationError("--apply reads runs of legs: leave out --replay, --state, --columns")
      }
      return
    }
    if !replay, state == nil {
      throw ValidationError("say what is wanted: --replay, --state FILE or --apply FOLDER")
    }
    if !replay, failUnder != nil || json || report != nil || scoreFrom != nil {
      throw ValidationError("--score-from, --fail-under, --json and --report go with --replay")
    }
    if let addLost, !(0...0.5).contains(addLost) {
      throw ValidationError("--add-lost is within 0...0.5")
    }
    if let failUnder, !(0...1).contains(failUnder) {
      throw ValidationError("--fail-under is a share within 0...1")
    }
  }

  func run() throws {
    var clock = NetworkOptions()
    clock.now = now
    if laws.apply != nil {
      return try laws.run(files.history, now: try clock.clock(), isQuiet: quiet)
    }
    let moment = LocalTime(minutes: try clock.clock().minutes)
    let (level, first) = try checked { () throws(RequestFault) in
      (
        try CalibrateCommand.thousandths(serviceLevel),
        try scoreFrom.map { (text) throws(RequestFault) in try RequestText.date(text) }
      )
    }
    var history = try files.read(isQuiet: quiet)
    if let addLost { history = history.withLost(share: addLost, seed: seed) }
    let found = PromiseReplay(history, from: first, level: level, now: moment, comparing: replay)
    if let state { try CalibrateCommand.write(found.learner.state, to: state) }
    guard replay else {
      Streams.out(learned(found))
      return
    }
    guard let document = ReplayDocument(found) else {
      Streams.complain(
        "error TW-HIS-012: no delivered order was placed from \(found.scoreFrom) on")
      throw ExitStatus.refused
    }
    if let report {
      let title = "Promises replayed: " + files.history.joined(separator: ", ")
      try CalibrateCommand.write(Array(found.page(title: title).utf8), to: report)
    }
    Streams.out(json ? try JSONText.pretty(document) + "\n" : ReplayText.text(found))
    if let failUnder, document.on_time < failUnder {
      Streams.complain(
        "error TW-HIS-013: \(document.on_time) of the promises were kept, the gate is \(failUnder)")
      throw ExitStatus.gate
    }
  }

  /// A service level in thousandths, within what a history can answer for.
  static func thousandths(_ text: String) throws(RequestFault) -> Int {
    let level = try RequestText.level(text)
    let thousandths = (Int(level.q1024) * 1000 + 512) / 1024
    guard (500...990).contains(thousandths) else {
      throw RequestFault(
        code: "TW-HIS-014",
        message: "service level \(text) is not within 0.50...0.99, where a history can answer")
    }
    return thousandths
  }

  private func learned(_ found: PromiseReplay) -> String {
    let learner = found.learner
    var text = "\(learner.accepted) events learned, \(found.quarantine.total) held back\n"
    text +=
      "\(learner.underWay) orders under way, next day \(learner.openDay?.description ?? "-")\n"
    text += "carriage at \(HTMLText.fixed(learner.carriageSpeed, 2)) of its usual speed, "
    text += "\(HTMLText.fixed(learner.lostShare * 100, 2)) % of parcels lost\n"
    return text
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      Streams.complain("error TW-CLI-069: \(path): cannot be written")
      throw ExitStatus.missing
    }
  }
}
