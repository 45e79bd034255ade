import Fulfilment
import LogisticsModel
import PostgresClient
import ShipmentStore
import Synchronization
import TestSupport
import Testing

/// Databases with the schema of `sql/migrations`, one for each test.
enum StoreServer {
  static let isInstalled = ScratchPostgres.programs != nil
  private static let lastNumber = Atomic(0)

  /// The repository's root.
  static let root = Fixtures.root(above: #filePath)

  /// The queries of `sql/queries`, all of which must be there.
  static let queries = Result {
    try QueryCatalogue.read(root + "/sql/queries").table(of: StoreQuery.self)
  }

  /// The name of a database that all others are copies of, migrated once.
  private static let template = Task {
    let cluster = try ScratchPostgres.shared.get()
    let admin = try await Connection.open(ConnectionSettings(cluster.conninfo()))
    defer { admin.close() }
    try await admin.run(script: "CREATE DATABASE store_template")
    let connection = try await Connection.open(
      ConnectionSettings(cluster.conninfo(database: "store_template")))
    _ = try await Migrator(folder: root + "/sql/migrations").migrate(on: connection)
    connection.close()
    return "store_template"
  }

  /// A new database, as a connection string.
  static func database() async throws -> String {
    let cluster = try ScratchPostgres.shared.get()
    _ = try await template.value
    let name = "store_\(lastNumber.add(1, ordering: .relaxed).newValue)"
    let admin = try await Connection.open(ConnectionSettings(cluster.conninfo()))
    defer { admin.close() }
    // A copy waits for nobody but a connection that has not quite gone.
    for attempt in 0... {
      do {
        try await admin.run(
          script: Statement(trusted: "CREATE DATABASE \(name) TEMPLATE store_template"))
        break
      } catch let error as PostgresError where error.sqlState == "55006" && attempt < 200 {
        try await Task.sleep(for: .milliseconds(10))
      }
    }
    return cluster.conninfo(database: name)
  }

  /// A store over a database of its own.
  static func store(
    connections: Int = 8, tenant: Int32 = 1
  ) async throws -> (store: ShipmentStore, conninfo: String) {
    let conninfo = try await database()
    return (try store(over: conninfo, connections: connections, tenant: tenant), conninfo)
  }

  /// Another store over the same database.
  static func store(
    over conninfo: String, connections: Int = 8, tenant: Int32 = 1
  ) throws -> ShipmentStore {
    var settings = ConnectionSettings(conninfo)
    settings.plansOnce = true
    return ShipmentStore(
      Pool(settings, PoolSettings(maximum: connections)), tenant: tenant,
      queries: try queries.get())
  }
}

extension Trait where Self == ConditionTrait {
  /// Runs only where a PostgreSQL server is installed.
  static var needsServer: Self {
    .enabled(if: StoreServer.isInstalled, "no PostgreSQL server is installed on this machine")
  }
}

/// Plans made by hand: four legs, three of them with a departure, and no network behind them.
enum Plans {
  static let now: Instant = "2026-11-20T01:00Z"

  static func id(_ number: Int) -> RecordID {
    var generator = SeededGenerator(seed: UInt64(number))
    return RecordID(milliseconds: 1_795_000_000_000 + UInt64(number), using: &generator)
  }

  static func legs(day: Int64 = 0) -> [ShipmentLeg] {
    let names = [("pickup", "O", "K"), ("air", "K", "A"), ("clear", "A", "C"), ("door", "C", "Z")]
    return names.enumerated().map { index, name in
      let begins = now.advanced(byMinutes: day * 1440 + Int64(index) * 600)
      return ShipmentLeg(
        name: name.0, from: name.1, to: name.2, role: index == 2 ? .clearance : .carriage,
        departs: index == 2 ? nil : begins,
        planned: LegTimes(departure: begins, arrival: begins.advanced(byMinutes: 500)))
    }
  }

  static func plan(
    _ number: Int, key: String? = nil, quote: String = "q-1", merchant: String = "m",
    channel: String = "web", lines: [StockLine] = [], legs: [ShipmentLeg] = legs()
  ) -> BookingPlan {
    let order = BookingOrder(
      key: key ?? "key-\(number)", quote: quote, tier: .standard, merchant: merchant,
      channel: channel, lines: lines)
    let promise = Promise(
      id: id(number), quote: quote, tier: .standard, deliverBy: "2026-11-28",
      minute: "2026-11-28T14:00Z", zone: "Europe/Madrid", level: .standard,
      price: Money(minorUnits: 673, .eur), quotedBy: "2026-11-28", made: now)
    return BookingPlan(
      order: order, promise: promise, legs: legs, origin: "O", destination: "Z", country: "ES")
  }
}
