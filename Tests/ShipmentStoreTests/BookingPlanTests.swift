import PostgresClient
import ShipmentStore
import TestSupport
import Testing

/// How the server reads for a booking.
@Suite(.needsServer, .timeLimit(.minutes(2))) struct BookingPlanTests {
  /// Statements that look for what an order names, and the tables they look into.
  private static let means: [(StoreQuery, tables: Set<String>)] = [
    (.bookedBefore, ["shipment", "promise"]),
    (.takeStock, ["stock", "safety_stock"]),
    (.takePlaces, ["departure", "leg_capacity"]),
    (.lockStock, ["stock", "safety_stock"]),
    (.openDepartures, ["leg_capacity"]),
    (.lockDepartures, ["departure"]),
  ]

  private static let fill: Statement = """
    INSERT INTO tradewind.stock SELECT 1, 'W', 'sku-' || n, 10 FROM generate_series(1, 5000) AS n;
    INSERT INTO tradewind.safety_stock SELECT 1, 'W', 'sku-' || n, 'web', 1 FROM generate_series(1, 5000) AS n;
    INSERT INTO tradewind.leg_capacity SELECT 1, 'leg-' || n, 10 FROM generate_series(1, 5000) AS n;
    INSERT INTO tradewind.departure
      SELECT 1, 'leg-' || n, '2026-11-20', 10 FROM generate_series(1, 5000) AS n;
    """

  /// A plan is made once for a session (`plansOnce`), perhaps before the first order; what is read per order must not grow
  /// with the tables.
  @Test(
    "orders are looked up by key, whatever was known of the tables when it was planned",
    arguments: ["empty", "filled", "filled and analysed"])
  func byKey(_ history: String) async throws {
    var settings = ConnectionSettings(try await StoreServer.database())
    settings.plansOnce = true
    let connection = try await Connection.open(settings)
    defer { connection.close() }
    if history != "empty" { try await connection.run(script: Self.fill) }
    if history == "filled and analysed" {
      let tables = ["stock", "safety_stock", "leg_capacity", "departure"]
      for table in tables {
        try await connection.run(script: Statement(trusted: "ANALYZE tradewind.\(table)"))
      }
    }
    let queries = try StoreServer.queries.get()
    for (query, tables) in Self.means {
      let sql = queries[query].sql
      let count = (1...20).filter { sql.contains("$\($0):") }.max() ?? 0
      let nulls = Array(repeating: "NULL", count: count).joined(separator: ", ")
      try await connection.run(script: Statement(trusted: "PREPARE \(query) AS \(sql)"))
      let scans = try await connection.query(
        Statement(trusted: "EXPLAIN EXECUTE \(query)(\(nulls))")
      ).decode(String.self).filter { line in
        line.contains("Scan") && tables.contains { line.contains(" on \($0) ") }
      }
      #expect(scans.count >= tables.count, "\(query) looks into \(tables): \(scans)")
      #expect(
        scans.allSatisfy { $0.contains("Index Scan") || $0.contains("Index Only Scan") },
        "\(query): \(scans)")
    }
  }
}
