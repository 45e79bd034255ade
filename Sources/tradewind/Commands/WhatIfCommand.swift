import ArgumentParser
import CSVTables
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `tradewind whatif`: which promises disruptions break, by how many days, and what to offer instead.
struct WhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif",
    abstract: "Say which promises a disruption breaks, and what to offer instead.",
    discussion: """
      All events together, on one parcel, a --batch or stored --quotes. Dates are those at the leg or node.
      unaffected: meets no change; absorbed: keeps its date; late, lost: with the best of its tier now.

      Examples:
        tradewind whatif CNYIU ES:28013 2kg --close H-ES1@2026-11-23..2026-12-06
        tradewind whatif --quotes quotes.jsonl --delay express-PVG-ES1@2026-11-21:+1d
      """)

  @Argument(help: "Where the parcel is.")
  var from: String?

  @Argument(help: "Where it shall go.")
  var to: String?

  @Argument(help: "Weight with unit.")
  var weight: String?

  @OptionGroup var events: DisruptionOptions

  @Option(help: "CSV file of requests, as for quote --batch.")
  var batch: String?

  @Option(help: "Quotes that quote --json or --batch wrote.")
  var quotes: String?

  @OptionGroup var request: RequestOptions

  @OptionGroup var output: OutputOptions

  @OptionGroup var options: NetworkOptions

  func validate() throws {
    let positional = [from, to, weight]
    let files = [batch.map { _ in "--batch" }, quotes.map { _ in "--quotes" }].compactMap(\.self)
    guard files.count < 2 else { throw ValidationError("--batch and --quotes exclude each other") }
    if events.isEmpty {
      throw ValidationError("say what goes wrong, for example --cancel LEG@2026-11-24")
    }
    guard let source = files.first else {
      guard positional.allSatisfy({ $0 != nil }) else {
        throw ValidationError("give FROM TO WEIGHT, --batch or --quotes")
      }
      return
    }
    if positional.contains(where: { $0 != nil }) || request.describesOneParcel {
      throw ValidationError("\(source) takes its requests from a file, not from arguments")
    }
    if quotes != nil, request.serviceLevel != nil || request.currency != nil {
      throw ValidationError(
        "--quotes keeps the service level and currency each quote was made with")
    }
  }

  func run() throws {
    let settings = try options.settings()
    let now = try options.clock()
    let disruptions = try events.disruptions()
    var impacts: [QuoteImpact] = []
    var failures = 0
    if let quotes {
      let file = try StoredQuoteFile(
        quotes, greatestLegs: request.maxLegs ?? settings.greatestLegs.value)
      failures = file.faults
      var desk = try desk(disruptions, settings)
      for stored in file.quotes {
        take(stored.id, &impacts, &failures) { () throws(RequestFault) in
          try desk.impact(on: stored, now: now)
        }
      }
      warn(of: file.quotes, desk)
      try write(impacts, desk)
    } else if let batch {
      let file = try RequestFile(batch, request: request, settings: settings) { lines in
        var terms = OrderTerms()
        terms.lines = lines
        return terms
      }
      failures = file.faults
      var desk = try desk(disruptions, settings)
      for row in 0..<file.table.rowCount {
        take("\(batch):\(file.table.line(row))", &impacts, &failures) { () throws(RequestFault) in
          try desk.impact(of: file.request(row), id: file.id(row), now: now)
        }
      }
      try write(impacts, desk)
    } else {
      let asked = try checked { () throws(RequestFault) in
        try request.request(from: from ?? "", to: to ?? "", weight: weight ?? "", settings)
      }
      var desk = try desk(disruptions, settings, ready: asked.ready)
      impacts.append(
        try checked { () throws(RequestFault) in
          try desk.impact(of: asked, id: "1", now: now)
        })
      try write(impacts, desk)
    }
    if failures > 0 { throw ExitStatus.data }
  }

  /// Keeps an impact, or complains of the request it cannot be said of.
  private func take(
    _ name: String, _ impacts: inout [QuoteImpact], _ failures: inout Int,
    _ body: () throws(RequestFault) -> QuoteImpact
  ) {
    do throws(RequestFault) {
      impacts.append(try body())
    } catch {
      failures += 1
      Streams.complain("\(name): \(error.description)")
    }
  }

  private func desk(
    _ disruptions: [Disruption], _ settings: Settings, ready: QuoteRequest.ReadyTime? = nil
  ) throws -> ImpactDesk {
    let planner = try options.source(settings, ready: ready).planner()
    let network = DisruptedNetwork(planner, under: DisruptionOverlay(disruptions))
    for (_, fault) in network.effect.faults { Streams.complain(fault.description) }
    guard network.effect.faults.isEmpty else { throw ExitStatus.usage }
    if network.effect.isApproximate, !options.quiet {
      let names = network.effect.approximateLegs.prefix(3).map { planner.bundle.legs.name(of: $0) }
      Streams.complain(
        "warning TW-DIS-008: the late or added departures of \(names.joined(separator: ", ")) neither "
          + "precede nor follow all others for certain and are not used: what is offered instead "
          + "can be kept, but need not be the best")
    }
    return ImpactDesk(network)
  }

  private func warn(of stored: [StoredQuote], _ desk: ImpactDesk) {
    let label = desk.network.planned.bundle.manifest.label
    let others = Set(stored.map(\.bundle)).subtracting([label]).sorted()
    guard !others.isEmpty, !options.quiet else { return }
    Streams.complain(
      "warning TW-DIS-009: quotes from \(others.joined(separator: ", ")) are held against \(label)")
  }

  private func write(_ impacts: [QuoteImpact], _ desk: ImpactDesk) throws {
    var summary = ImpactSummary()
    for impact in impacts { summary.count(impact) }
    let document = ImpactDocument(impacts, summary, on: desk.network)
    let table = ImpactTable(impacts, summary, on: desk.network)
    try output.write(
      json: document, jsonl: document.quotes, csv: table.file, text: table.text)
  }
}
