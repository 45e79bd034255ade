import ArgumentParser
import CSVTables
import Fulfilment
import LogisticsModel
import ShipmentStore

/// `tradewind capacity`: how many parcels departures take.
struct CapacityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capacity", abstract: "Set and show how many parcels departures take.",
    discussion: """
      A departure without a limit takes all; bookings roll past a full one.

      Examples:
        tradewind capacity set air 12000
        tradewind capacity show air
      """,
    subcommands: [CapacitySet.self, CapacityShow.self])
}

/// `tradewind capacity set`: for a leg, or for one departure.
struct CapacitySet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Set how many parcels the departures of a leg, or one of them, take.",
    discussion: """
      For a leg it holds for departures that nobody has booked yet. Below what is reserved it is refused.

      Examples:
        tradewind capacity set air 12000
        tradewind capacity set air@2026-11-24T23:00:00+08:00 13500
      """)

  @Argument(help: "LEG, or LEG@TIME of one departure (RFC 3339 with offset).")
  var departure: String

  @Argument(help: "Parcels.")
  var parcels: Int32

  @OptionGroup var store: StoreOptions

  @Option(help: "Settings file; default config/tradewind.toml.")
  var config: String?

  @Flag(help: "Nothing on standard error but errors.")
  var quiet = false

  func validate() throws {
    guard parcels >= 0 else { throw ValidationError("a departure takes no less than 0 parcels") }
  }

  func run() async throws {
    let mark = departure.lastIndex(of: "@")
    let leg = String(departure[..<(mark ?? departure.endIndex)])
    let departs = try checked { () throws(RequestFault) in
      try mark.map { (mark) throws(RequestFault) in
        try RequestText.instant(String(departure[departure.index(after: mark)...]))
      }
    }
    try await store.withStore(try Settings.load(file: config), isQuiet: quiet) { store in
      if let departs {
        try await store.setCapacity(of: DepartureKey(leg: leg, departs: departs), to: parcels)
      } else {
        try await store.setCapacity(ofLeg: leg, to: parcels)
      }
    }
  }
}

/// `tradewind capacity show`: departures of a leg that were booked or given a limit.
struct CapacityShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show departures of a leg that were booked or given a limit.",
    discussion: """
      Examples:
        tradewind capacity show air
        tradewind capacity show air --from 2026-11-24T00:00:00Z --jsonl
      """)

  @Argument(help: "Name of the leg.")
  var leg: String

  @Option(help: "First departure, RFC 3339 with offset; default now.")
  var from: String?

  @OptionGroup var output: OutputOptions

  @OptionGroup var store: StoreOptions

  @Option(help: "Settings file; default config/tradewind.toml.")
  var config: String?

  @Flag(help: "Nothing on standard error but errors.")
  var quiet = false

  struct Entry: Encodable {
    let leg: String
    let departs: String
    let capacity: Int32?
    let reserved: Int32
  }

  func run() async throws {
    var clock = NetworkOptions()
    clock.now = from
    let first = try clock.clock()
    let found = try await store.withStore(try Settings.load(file: config), isQuiet: quiet) {
      try await $0.departures(ofLeg: leg, from: first)
    }.map {
      Entry(leg: leg, departs: $0.departs.rfc3339(), capacity: $0.capacity, reserved: $0.reserved)
    }
    var rows = CSVWriter(["leg", "departs", "capacity", "reserved"])
    var table = TextTable(["DEPARTS", "CAPACITY", "RESERVED"], [.left, .right, .right])
    for entry in found {
      let capacity = entry.capacity.map(String.init)
      rows.append([entry.leg, entry.departs, capacity ?? "", "\(entry.reserved)"])
      table.append([entry.departs, capacity ?? "no limit", "\(entry.reserved)"])
    }
    try output.write(json: found, jsonl: found, csv: rows, text: table.text)
  }
}
