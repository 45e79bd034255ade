import ArgumentParser
import Fulfilment
import LogisticsModel
import ShipmentStore

/// `tradewind shipment messages`: what others are to be told, for whoever carries it on.
struct ShipmentMessages: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "messages", abstract: "Print what others are to be told of shipments.",
    discussion: """
      A line of JSON for each booking and step. With --take they are
      forgotten once they are written, so each comes at least once: a receiver
      knows a repetition by shipment and number. Several may take side by side.

      Examples:
        tradewind shipment messages --limit 5
        tradewind shipment messages --take >> told.jsonl
      """)

  @Flag(help: "Forget them once they are written.")
  var take = false

  @Option(help: "At most so many.")
  var limit: Int32 = 1000

  @OptionGroup var store: StoreOptions

  @Option(help: "Settings file; default config/tradewind.toml.")
  var config: String?

  @Flag(help: "Nothing on standard error but errors.")
  var quiet = false

  struct Line: Encodable {
    let shipment: String
    let number: Int32
    let topic: String
    let made_at: String
    let payload: JSONFragment?

    init(_ message: ShipmentStore.Message) {
      shipment = message.shipment.description
      number = message.number
      topic = message.topic
      made_at = message.made.rfc3339()
      payload = JSONFragment(message.payload)
    }
  }

  func validate() throws {
    guard (1...10_000).contains(limit) else { throw ValidationError("--limit is within 1...10000") }
  }

  func run() async throws {
    try await store.withStore(try Settings.load(file: config), isQuiet: quiet) { store in
      if take {
        _ = try await store.takeMessages(limit: limit) { try Self.write($0) }
      } else {
        try Self.write(try await store.messages(limit: limit))
      }
    }
  }

  private static func write(_ messages: [ShipmentStore.Message]) throws {
    let lines = try messages.map { try JSONText.line(Line($0)) + "\n" }
    // Where nobody reads, nothing was told.
    guard Streams.out(lines.joined()) else { throw ExitStatus.failure }
  }
}
