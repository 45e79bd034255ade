import Fulfilment
import JobQueue
import LogisticsModel
import PostgresClient
import ShipmentStore

/// `track`: what carriers report of shipments; what became of each report is the result.
///
/// Every report has a key, and one that is recorded already changes nothing: a job that is done twice records once.
enum TrackKind {
  static let name = "track"

  /// Version 1 of the payload: see `config/jobs/FORMAT.md`.
  struct Payload: Decodable {
    struct Event: Decodable {
      let shipment: String
      let status: String
      let occurred: String
      let key: String?
      let leg: Int?
      let expected: String?
      let note: String?
    }

    let events: [Event]
  }

  struct Answer: Encodable {
    let shipment: String
    let key: String
    let standing: String?
    let error: String?
  }

  struct Answers: Encodable {
    let recorded: Int
    let refused: Int
    let events: [Answer]
  }

  static func register(_ kinds: inout JobKinds, _ desk: Workplace) {
    kinds.registerEach(name, timeout: .seconds(120)) { job, _ in
      try await Workplace.settling {
        let payload = try JobText.read(job, as: Payload.self)
        let store = desk.store(of: job)
        var answers: [Answer] = []
        for told in payload.events { answers.append(try await record(told, in: store)) }
        let refused = answers.count { $0.error != nil }
        return .done(
          result: JSONB(
            try JSONText.line(
              Answers(recorded: answers.count - refused, refused: refused, events: answers))))
      }
    }
  }

  private static func record(_ told: Payload.Event, in store: ShipmentStore) async throws -> Answer
  {
    var key = told.key ?? ""
    do {
      guard let id = RecordID(told.shipment) else {
        throw ShipmentFault(
          code: ShipmentFault.unknownShipment,
          message: "\"\(told.shipment.prefix(60))\" is no id of a shipment")
      }
      guard let status = TransportStatus(text: told.status) else {
        throw ShipmentFault(
          code: "TW-SHP-007", message: "status \"\(told.status.prefix(60))\" is unknown",
          advice: "choose one of "
            + TransportStatus.allCases.map { "\($0.word) (\($0.rawValue))" }.joined(separator: ", ")
        )
      }
      let occurred = try RequestText.instant(told.occurred)
      if key.isEmpty {
        key = ShipmentTell.key(status, leg: told.leg, occurred)
      }
      let event = ShipmentEvent(
        key: key, status: status, leg: told.leg, occurred: occurred,
        expected: try told.expected.map { (text) throws(RequestFault) in
          try RequestText.instant(text)
        }, note: told.note ?? "")
      let standing = try await store.record(event, of: id)
      return Answer(shipment: told.shipment, key: key, standing: standing.word, error: nil)
    } catch let fault as ShipmentFault {
      return Answer(shipment: told.shipment, key: key, standing: nil, error: fault.description)
    } catch let fault as RequestFault {
      return Answer(shipment: told.shipment, key: key, standing: nil, error: fault.description)
    }
  }
}
