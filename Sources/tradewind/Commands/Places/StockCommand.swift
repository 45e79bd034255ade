import ArgumentParser
import CSVTables
import Fulfilment
import LogisticsModel
import ShipmentStore

/// `tradewind stock`: what lies where, and who may sell it.
struct StockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stock",
    abstract: "Set and show what lies at a node, and what a channel may not sell.",
    discussion: """
      Examples:
        tradewind stock set W-MAD lamp-7 120 --keep market=20
        tradewind stock show W-MAD
      """,
    subcommands: [StockSet.self, StockShow.self])
}

/// `tradewind stock set`: pieces on hand, and safety stock by channel.
struct StockSet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Set how many pieces lie at a node.",
    discussion: """
      A channel sees what is on hand, less what is reserved, less what is kept back from it.

      Examples:
        tradewind stock set W-MAD lamp-7 120
        tradewind stock set W-MAD lamp-7 120 --keep market=20 --keep shop=5
      """)

  @Argument(help: "Node.")
  var node: String

  @Argument(help: "SKU.")
  var sku: String

  @Argument(help: "Pieces on hand.")
  var pieces: Int32

  @Option(help: "CHANNEL=PIECES kept back from a channel, repeated.")
  var keep: [String] = []

  @OptionGroup var store: StoreOptions

  @Option(help: "Settings file; default config/tradewind.toml.")
  var config: String?

  @Flag(help: "Nothing on standard error but errors.")
  var quiet = false

  private func kept() -> [(channel: String, pieces: Int32)]? {
    var kept: [(String, Int32)] = []
    for text in keep {
      guard let equals = text.lastIndex(of: "="),
        let pieces = Int32(text[text.index(after: equals)...]), pieces >= 0
      else { return nil }
      kept.append((String(text[..<equals]), pieces))
    }
    return kept
  }

  func validate() throws {
    guard pieces >= 0 else { throw ValidationError("no less than 0 pieces can lie anywhere") }
    guard kept() != nil else {
      throw ValidationError("write --keep CHANNEL=PIECES, as in market=20")
    }
  }

  func run() async throws {
    try await store.withStore(try Settings.load(file: config), isQuiet: quiet) { store in
      try await store.setStock(node: node, sku: sku, onHand: pieces)
      for (channel, pieces) in kept() ?? [] {
        try await store.setSafetyStock(node: node, sku: sku, channel: channel, pieces: pieces)
      }
    }
  }
}

/// `tradewind stock show`: the stock of a node.
struct StockShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the stock of a node.",
    discussion: """
      Examples:
        tradewind stock show W-MAD
        tradewind stock show W-MAD --csv
      """)

  @Argument(help: "Node.")
  var node: String

  @OptionGroup var output: OutputOptions

  @OptionGroup var store: StoreOptions

  @Option(help: "Settings file; default config/tradewind.toml.")
  var config: String?

  @Flag(help: "Nothing on standard error but errors.")
  var quiet = false

  struct Entry: Encodable {
    let node: String
    let sku: String
    let on_hand: Int32
    let reserved: Int32
    let kept: [String: Int32]
  }

  func run() async throws {
    let found = try await store.withStore(try Settings.load(file: config), isQuiet: quiet) {
      try await $0.stock(ofNode: node)
    }.map { key, level in
      Entry(
        node: key.node, sku: key.sku, on_hand: level.onHand, reserved: level.reserved,
        kept: level.safetyStock)
    }.sorted { $0.sku < $1.sku }
    var rows = CSVWriter(["node", "sku", "on_hand", "reserved", "kept"])
    var table = TextTable(
      ["SKU", "ON HAND", "RESERVED", "KEPT BACK"], [.left, .right, .right, .left])
    for entry in found {
      let kept = entry.kept.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        .joined(separator: " ")
      rows.append([entry.node, entry.sku, "\(entry.on_hand)", "\(entry.reserved)", kept])
      table.append([
        ShipmentText.printable(entry.sku), "\(entry.on_hand)", "\(entry.reserved)",
        ShipmentText.printable(kept),
      ])
    }
    try output.write(json: found, jsonl: found, csv: rows, text: table.text)
  }
}
