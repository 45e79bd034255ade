import Foundation
import Fulfilment
import LogisticsModel
import RoutePlanning
import Synchronization
import WarehousePlacement

/// `place --network`: reads the tables, asks the planner, solves, and writes what was asked for.
struct NetworkPlacement {
  let command: PlaceCommand
  let demand: String
  let skus: String

  func run() throws {
    let begin = Clock.nanoseconds()
    let settings = try command.options.settings()
    let terms = try PlacementTerms(command.stock.terms)
    let network = try command.options.source(settings).planner()
    let now = try command.options.clock()
    let tables = StockTables(network, terms)
    let items = try tables.items(skus)
    let today = CivilDate(days: Int(now.minutes / 1440) + 1)
    let (periods, points) = try tables.demand(demand, items: items, from: today)
    let sites = try tables.sites(
      command.stock.sites, items: items, open: NetworkPlacement.names(command.open),
      closed: NetworkPlacement.names(command.close))
    let level = try checked { () throws(RequestFault) in
      try RequestText.level(command.stock.serviceLevel ?? settings.serviceLevel.value)
    }
    var dayValue = terms.dayValue
    if let text = command.stock.valueOfDay {
      guard let value = PlacementTerms.thousandths(text, terms.currency) else {
        Streams.complain(
          "error TW-CLI-081: --value-of-day \(text) is no amount of \(terms.currency), such as 0.50"
        )
        throw ExitStatus.usage
      }
      dayValue = value
    }
    let question = StockQuestion(
      items: items, demand: points, periods: periods, sites: sites,
      terms: StockTerms(
        level: level, currency: terms.currency, dayValue: dayValue, carton: terms.carton,
        cartonsDeclared: terms.cartonsDeclared, holdingPercent: terms.holdingPercent,
        reviewDays: terms.reviewDays, stockLevel: terms.stockLevel, greatestSites: command.sites,
        orderMinute: terms.orderMinute, daysTried: command.stock.daysTried ?? terms.daysTried))
    let result = try solve(question, terms, network, now: now, begin: begin)
    try write(result, begin: begin)
    if result.placement.unserved.count == points.count { throw ExitStatus.refused }
  }

  private func solve(
    _ question: StockQuestion, _ terms: PlacementTerms, _ network: NetworkPlanner, now: Instant,
    begin: Int64
  ) throws -> StockPlacementResult {
    Interruption.listen()
    // A tenth is left for what follows: when to send what, and writing it all.
    let deadline = command.timeLimit.map { begin + Int64($0 * 0.9e9) }
    let bar = Mutex((shown: 0, bar: ProgressBar(total: 100, isQuiet: command.options.quiet)))
    let spread = PlacementRun.spread
    let survey = try checked { () throws(RequestFault) in
      try SupplySurvey(question, on: network, spread: spread) { done, all in
        bar.withLock { state in
          while state.shown < done * 100 / max(all, 1) {
            state.shown += 1
            state.bar.advance()
          }
        }
      }
    }
    bar.withLock { $0.bar.finish() }
    let limits = SearchLimits(
      spread: spread, seed: command.seed,
      isOver: { Interruption.isAsked || deadline.map { Clock.nanoseconds() >= $0 } ?? false })
    return try checked { () throws(RequestFault) in
      let placement = try StockPlacement(question, survey, on: network, limits: limits)
      let answer = placement.solve()
      let sweep = try DayValueSweep(
        command.stock.sweep ? terms.sweep + [question.terms.dayValue] : [], question, survey,
        on: network, finest: 1000, limits: limits)
      let schedule = try answer.plan.map { plan throws(RequestFault) in
        try PeakSchedule(plan, of: placement, now: now, on: network, spread: spread)
      }
      let worth =
        command.why
        ? answer.answer.plan.map {
          SiteWorth.all(answer.asked, on: answer.table, $0, limits: limits)
        } : nil
      return StockPlacementResult(
        placement: placement, answer: answer, sweep: sweep, schedule: schedule, network: network,
        units: StockUnits(currency: question.terms.currency), why: worth)
    }
  }

  private func write(_ result: StockPlacementResult, begin: Int64) throws {
    let certificate = try certificate(result)
    let seconds = Double(Clock.nanoseconds() - begin) / 1e9
    let document = StockPlacementDocument(result, seconds: seconds, certificate: certificate)
    if let map = command.stock.map {
      try NetworkPlacement.write(StockPlacementMap(result, document).html, to: map)
    }
    try command.output.write(
      json: document, jsonl: document.flows, csv: document.rows,
      text: StockPlacementTable(document: document).text)
  }

  /// Writes the question with straight lines and the certificate of its bound.
  private func certificate(_ result: StockPlacementResult) throws -> String {
    let text = PlacementFormat.text(of: result.answer.table)
    let bytes = Array(text.utf8)
    let folder =
      Home.cache(try Settings.load(file: command.options.config).cache.value) + "/certificates"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let print = PlacementCertificate.fingerprint(of: bytes)
    let target = command.certificate ?? folder + "/stock-\(String(print, radix: 16)).txt"
    let instance = target + ".instance"
    let problem = result.answer.asked.problem(on: result.answer.table)
    let answer = result.answer.answer
    let written = PlacementCertificate(
      instance: instance, fingerprint: print, format: .tradewind, question: result.answer.asked,
      decimals: problem.decimals, count: problem.count, value: answer.plan?.cost,
      bound: answer.bound, plan: answer.plan, proof: answer.proof)
    try NetworkPlacement.write(text, to: instance)
    try NetworkPlacement.write(written.text, to: target)
    return target
  }

  private static func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      Streams.complain("error TW-CLI-069: \(path): cannot be written")
      throw ExitStatus.missing
    }
  }

  private static func names(_ text: String?) -> [String] {
    text?.split(separator: ",").map(String.init) ?? []
  }
}
