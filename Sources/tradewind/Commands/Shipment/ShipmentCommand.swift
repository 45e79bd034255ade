import ArgumentParser

/// `tradewind shipment`: book quotes, and follow what was booked.
struct ShipmentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shipment", abstract: "Book quotes, record what happens, show and list shipments.",
    discussion: """
      A quote is booked after it was saved: tradewind quote ... --save.

      Examples:
        tradewind shipment book q-4f1a0c22d9b35e6708f1a2b3c4d5e6f7 --tier standard
        tradewind shipment list --state in_transit
      """,
    subcommands: [
      ShipmentBook.self, ShipmentShow.self, ShipmentTrack.self, ShipmentTell.self,
      ShipmentList.self, ShipmentMessages.self,
    ])
}
