import ArgumentParser
import CSVTables
import Fulfilment
import Glibc
import LogisticsModel
import RoutePlanning

/// `quote --batch`: a CSV of requests in, one JSON quote (or error) a line out, in the order of the file.
struct QuoteBatch {
  let command: QuoteCommand
  let settings: Settings

  /// A line for a request that could not be answered.
  struct Failure: Encodable {
    let id: String
    let line: Int
    let error: String
  }

  /// A quote with the id the file gave it.
  struct Line: Encodable {
    let id: String
    let quote: QuoteDocument
  }

  func run(_ path: String, out: String?) async throws {
    let file = try RequestFile(
      path, request: command.request, settings: settings, terms: command.order.terms)
    let table = file.table
    let view = try command.audience()
    let (made, background) = try command.batchDesk(settings)
    var desk = made
    let now = try command.options.clock()
    let writer = try LineWriter(out)
    var progress = ProgressBar(total: table.rowCount, isQuiet: command.options.quiet)
    var failures = file.faults
    var kept: [Quote] = []
    for row in 0..<table.rowCount {
      let id = file.id(row)
      do {
        let request = try file.request(row)
        let quote = try desk.quote(request, now: now, includesFront: command.pareto)
        if command.save { kept.append(quote) }
        try writer.write(
          JSONText.line(
            Line(
              id: id,
              quote: QuoteDocument(
                quote, network: desk.network, includesFront: command.pareto, view: view,
                namesEngine: command.engine == .fast))))
      } catch let fault as RequestFault {
        failures += 1
        try writer.write(
          JSONText.line(Failure(id: id, line: table.line(row), error: fault.description)))
      }
      progress.advance()
    }
    progress.finish()
    try writer.close()
    background?.stop()
    if !kept.isEmpty { try await command.keep(kept, from: desk.network, settings) }
    if command.options.verbose,
      let account = LookUpAccount(desk, built: background?.blocks.counts)
    {
      Narration.note(account.text)
    }
    if failures > 0 {
      Streams.complain(
        "\(failures) of \(table.rowCount) requests are malformed; see \"error\" in their lines")
      throw ExitStatus.data
    }
  }
}
