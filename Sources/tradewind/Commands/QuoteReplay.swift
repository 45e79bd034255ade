import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import ShipmentStore

/// `explain --replay`: a saved quote answered again from its receipt.
struct QuoteReplay {
  let command: ExplainCommand
  let settings: Settings

  func run(_ id: String) async throws {
    let found = try await command.store.withStore(settings, isQuiet: command.options.quiet) {
      store in
      (try await store.quotes([id])[id], try await store.receipt(of: id))
    }
    guard let saved = found.0, let digest = found.1 else {
      Streams.complain(
        "error \(BookingFault.Code.unknownQuote.rawValue): no quote \(id.prefix(60)) was saved\n"
          + "  quote with --save first")
      throw ExitStatus.missing
    }
    let receipt = saved.receipt
    var options = command.options
    options.now = receipt.asOf.rfc3339()
    let source = try options.source(settings, ready: receipt.request.ready)
    let network = try source.planner()
    let changes = receipt.changes(to: try QuoteKeeping.versions(source, network))
    guard changes.isEmpty else {
      Streams.complain(
        "error \(BookingFault.Code.versionsChanged.rawValue): quote \(id) was made from "
          + "\(receipt.versions.bundle); since then changed: \(changes.joined(separator: ", "))\n"
          + "  replay it on that version: --network FOLDER")
      throw ExitStatus.refused
    }
    var desk = QuoteDesk(network)
    desk.validity = receipt.validity
    let quote = try checked { () throws(RequestFault) in
      try desk.quote(receipt.request, now: receipt.asOf)
    }
    let answer = try QuoteKeeping.text(quote, desk.network)
    if !options.quiet { Streams.complain("note: receipt \(digest)") }
    Streams.out(answer)
    guard answer == saved.document else {
      Streams.complain(
        "error TW-QTE-001: quote \(id) is answered otherwise than it was kept\n"
          + "  the data are the same, so the program is not: replay it with the version that made it"
      )
      throw ExitStatus.gate
    }
  }
}
