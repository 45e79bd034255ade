import ArgumentParser
import Fulfilment
import LogisticsModel
import ShipmentStore

/// The id of a shipment, and the store it is in.
struct ShipmentOptions: ParsableArguments {
  @Argument(help: "Id of the shipment.")
  var shipment: String

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var store: StoreOptions

  @OptionGroup var options: DatabaseOptions

  func id() throws -> RecordID {
    if let id = RecordID(shipment) { return id }
    Streams.complain(
      "error \(ShipmentFault.unknownShipment): \"\(shipment.prefix(60))\" is no id of a shipment\n"
        + "  write it as book printed it; tradewind shipment list shows them")
    throw ExitStatus.usage
  }

  /// The shipment, or exit 66.
  func record() async throws -> ShipmentRecord {
    let id = try id()
    return try await store.withStore(try options.settings(), isQuiet: options.quiet) { store in
      guard let record = try await store.shipment(id) else {
        throw ShipmentFault(
          code: ShipmentFault.unknownShipment, message: "there is no shipment \(id)",
          advice: "tradewind shipment list shows them")
      }
      return record
    }
  }
}

/// `tradewind shipment show`: everything that is kept of a shipment.
struct ShipmentShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a shipment: promise, legs, events and what waits.",
    discussion: """
      Planned, expected and actual times stand side by side; all are UTC.

      Examples:
        tradewind shipment show 019aa0c4-6a80-7c3e-9d11-2f54a1b0c7de
        tradewind shipment show 019aa0c4-6a80-7c3e-9d11-2f54a1b0c7de --json
      """)

  @OptionGroup var shipment: ShipmentOptions

  func run() async throws {
    let record = try await shipment.record()
    if shipment.json {
      Streams.out(try JSONText.pretty(ShipmentDocument(record)) + "\n")
    } else {
      Streams.out(ShipmentText(record).whole)
    }
  }
}

/// `tradewind shipment track`: what the consignee may see.
struct ShipmentTrack: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track",
    abstract: "Say where a shipment is and when it will be there, for its buyer.",
    discussion: """
      No legs, carriers or costs: the state, the promised date, what is expected now, and what happened.

      Examples:
        tradewind shipment track 019aa0c4-6a80-7c3e-9d11-2f54a1b0c7de
        tradewind shipment track 019aa0c4-6a80-7c3e-9d11-2f54a1b0c7de --json
      """)

  @OptionGroup var shipment: ShipmentOptions

  func run() async throws {
    let record = try await shipment.record()
    if shipment.json {
      Streams.out(try JSONText.pretty(TrackDocument(record)) + "\n")
    } else {
      Streams.out(ShipmentText(record).tracking)
    }
  }
}
