import ArgumentParser
import CSVTables
import Fulfilment
import LogisticsModel
import ShipmentStore

/// `tradewind shipment list`: shipments, newest first.
struct ShipmentList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List shipments, newest first.",
    discussion: """
      The next page begins --before the last id of this one.

      Examples:
        tradewind shipment list --state in_transit --limit 20
        tradewind shipment list --merchant acme --csv
      """)

  @Option(help: "Only those in a state, such as booked or in_transit.")
  var state: String?

  @Option(help: "Only a merchant's.")
  var merchant: String?

  @Option(help: "Only those booked before this one.")
  var before: String?

  @Option(help: "At most so many.")
  var limit: Int32 = 50

  @OptionGroup var output: OutputOptions

  @OptionGroup var store: StoreOptions

  @Option(help: "Settings file; default config/tradewind.toml.")
  var config: String?

  @Flag(help: "Nothing on standard error but errors.")
  var quiet = false

  struct Entry: Encodable {
    let shipment: String
    let state: String
    let tier: String
    let merchant: String
    let from: String
    let to: String
    let country: String
    let booked_at: String
    let deliver_by: String
    let quoted_by: String
    let delivered_at: String?

    init(_ found: ShipmentStore.Summary) {
      shipment = found.id.description
      state = found.state
      tier = found.tier
      merchant = found.merchant
      from = found.origin
      to = found.destination
      country = found.country
      booked_at = found.booked.rfc3339()
      deliver_by = found.deliverBy.description
      quoted_by = found.quotedBy.description
      delivered_at = found.delivered?.rfc3339()
    }

    var cells: [String] {
      [
        shipment, state, tier, merchant, from, to, country, booked_at, deliver_by, quoted_by,
        delivered_at ?? "",
      ]
    }
  }

  func validate() throws {
    guard (1...10_000).contains(limit) else { throw ValidationError("--limit is within 1...10000") }
    if let state, ShipmentState(rawValue: state) == nil {
      throw ValidationError(
        "state \"\(state.prefix(40))\" is unknown: "
          + ShipmentState.allCases.map(\.rawValue).joined(separator: ", "))
    }
    if let before, RecordID(before) == nil {
      throw ValidationError("--before \"\(before.prefix(60))\" is no id of a shipment")
    }
  }

  func run() async throws {
    let found = try await store.withStore(try Settings.load(file: config), isQuiet: quiet) {
      try await $0.shipments(
        state: state.flatMap { ShipmentState(rawValue: $0) }, merchant: merchant,
        before: before.flatMap { RecordID($0) }, limit: limit)
    }.map { Entry($0) }
    var rows = CSVWriter([
      "shipment", "state", "tier", "merchant", "from", "to", "country", "booked_at", "deliver_by",
      "quoted_by", "delivered_at",
    ])
    for entry in found { rows.append(entry.cells) }
    try output.write(json: found, jsonl: found, csv: rows, text: text(found))
  }

  private func text(_ found: [Entry]) -> String {
    var table = TextTable(
      ["SHIPMENT", "STATE", "TIER", "FROM", "TO", "PROMISED", "MERCHANT"],
      [.left, .left, .left, .left, .left, .left, .left])
    for entry in found {
      table.append([
        entry.shipment, entry.state, entry.tier, entry.from, entry.to,
        entry.deliver_by + (entry.deliver_by > entry.quoted_by ? " (rolled)" : ""),
        ShipmentText.printable(entry.merchant),
      ])
    }
    return table.text
  }
}
