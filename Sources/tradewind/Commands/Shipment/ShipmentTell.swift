import ArgumentParser
import Fulfilment
import LogisticsModel
import RoutePlanning
import ShipmentStore

/// `tradewind shipment event`: record what was reported.
struct ShipmentTell: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "event", abstract: "Record what was reported of a shipment.",
    discussion: """
      STATUS is a name or a code of UN/ECE Recommendation 24: collected 13, handed_over 41, departed 24,
      arrived 1, in_clearance 126, cleared 12, clearance_refused 17, begun 5, completed 14, delayed 20,
      damaged 18, out_for_delivery 113, delivery_not_completed 23, delivered 21, cancelled 7, lost 49,
      returned 82. What comes too early waits; the same key twice counts once.

      Examples:
        tradewind shipment event 019aa0c4-6a80-7c3e-9d11-2f54a1b0c7de collected
        tradewind shipment event 019aa0c4-6a80-7c3e-9d11-2f54a1b0c7de 24 --leg 2 --key LH-7731
        tradewind shipment event 019aa0c4-6a80-7c3e-9d11-2f54a1b0c7de 41 --leg 1 --estimate world
      """)

  @OptionGroup var shipment: ShipmentOptions

  @Argument(help: "What happened.")
  var status: String

  @Option(help: "Number of the leg, from 0.")
  var leg: Int?

  @Option(help: "When it happened, RFC 3339 with offset; default now.")
  var at: String?

  @Option(help: "When it is now expected to arrive, RFC 3339 with offset.")
  var expected: String?

  @Option(help: "The reporter's name for the event; default status, leg and time.")
  var key: String?

  @Option(help: "For people.")
  var note = ""

  @Option(
    help:
      "Plan what is left on this network, and keep the arrival beside the promise as an estimate."
  )
  var estimate: String?

  /// The key of an event whose reporter gave none: the same report has the same.
  static func key(_ status: TransportStatus, leg: Int?, _ occurred: Instant) -> String {
    ([status.word] + (leg.map { ["\($0)"] } ?? []) + [occurred.rfc3339()]).joined(separator: "@")
  }

  struct Answer: Encodable {
    let standing: String
    let released: Int?
    let state: String
    let key: String
    let estimate: String?
  }

  func run() async throws {
    let id = try shipment.id()
    guard let status = TransportStatus(text: status) else {
      Streams.complain(
        "error TW-SHP-007: status \"\(self.status.prefix(60))\" is unknown\n  choose one of "
          + TransportStatus.allCases.map { "\($0.word) (\($0.rawValue))" }.joined(separator: ", "))
      throw ExitStatus.usage
    }
    var clock = NetworkOptions()
    clock.now = at
    let occurred = try clock.clock()
    let due = try checked { () throws(RequestFault) in
      try expected.map { (text) throws(RequestFault) in try RequestText.instant(text) }
    }
    let name = key ?? ShipmentTell.key(status, leg: leg, occurred)
    let event = ShipmentEvent(
      key: name, status: status, leg: leg, occurred: occurred, expected: due, note: note)
    let network = try estimate.map {
      try NetworkSource(name: $0, now: occurred, cache: nil).planner()
    }
    let (standing, record, planned) = try await shipment.store.withStore(
      try shipment.options.settings(), isQuiet: shipment.options.quiet
    ) { store in
      let standing = try await store.record(event, of: id)
      let record = try await store.shipment(id)
      guard let network, let record, due == nil, standing != .parked else {
        return (standing, record, Instant?.none)
      }
      let planned = try await ShipmentTell.plan(record, on: network, now: occurred, from: store)
      if let planned { _ = try await store.estimate(planned, after: name, of: id) }
      return (standing, record, planned)
    }
    let state = record?.log.shipment.state.rawValue ?? ""
    var released: Int?
    if case .applied(let count) = standing { released = count }
    if shipment.json {
      Streams.out(
        try JSONText.pretty(
          Answer(
            standing: standing.word, released: released, state: state, key: name,
            estimate: planned?.rfc3339())) + "\n")
      return
    }
    let more = released.map { $0 > 0 ? ", and \($0) that had waited" : "" } ?? ""
    let arrival = planned.map { ", expected by \($0.rfc3339())" } ?? ""
    Streams.out("\(standing.word)\(more): \(state)\(arrival)\n")
  }

  /// When what is left of the way ends, from where the shipment is now; nil: it has ended, or its legs cannot be gone.
  private static func plan(
    _ record: ShipmentRecord, on network: NetworkPlanner, now: Instant, from store: ShipmentStore
  ) async throws -> Instant? {
    let promise = record.promise
    guard let quote = try await store.quotes([promise.quote])[promise.quote] else { return nil }
    var desk = ReplanDesk(DisruptedNetwork(network, under: DisruptionOverlay([])))
    return try checked { () throws(RequestFault) in
      try desk.estimate(
        of: record.log.shipment, promised: promise, request: quote.receipt.request, now: now)
    }
  }
}
