import Fulfilment
import Glibc
import LogisticsModel
import PostgresClient
import ShipmentStore
import TestSupport
import Testing

/// Bookings a second on a server with durable settings; run by `make measure-bookings`.
@Suite(
  .needsServer, .serialized, .timeLimit(.minutes(5)),
  .enabled(if: getenv("TRADEWIND_MEASURE_BOOKINGS") != nil))
struct BookingFiguresTests {
  /// A server as it comes: every commit is on disk before it is answered.
  private static let durable = Task {
    let cluster = try ScratchPostgres(settings: [
      "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on",
      "shared_buffers": "128MB",
    ])
    let connection = try await Connection.open(ConnectionSettings(cluster.conninfo()))
    _ = try await Migrator(folder: StoreServer.root + "/sql/migrations").migrate(on: connection)
    connection.close()
    return cluster
  }

  /// Four legs with a departure each, of one of some days, and a piece from stock.
  private func plan(_ number: Int, days: Int) -> BookingPlan {
    let legs = (0..<4).map { index in
      let begins = Plans.now.advanced(byMinutes: Int64(number % days) * 1440 + Int64(index) * 600)
      return ShipmentLeg(
        name: ["pickup", "feeder", "flight", "door"][index], from: "N\(index)", to: "N\(index + 1)",
        role: .carriage, departs: begins,
        planned: LegTimes(departure: begins, arrival: begins.advanced(byMinutes: 500)))
    }
    return Plans.plan(
      number, lines: [StockLine(node: "W", sku: "sku-\(number % 500)", quantity: 1)], legs: legs)
  }

  private func rate(
    _ name: String, connections: Int, batch: Int, batches: Int, offset: Int, days: Int
  ) async throws {
    let cluster = try await Self.durable.value
    let store = try StoreServer.store(over: cluster.conninfo(), connections: connections)
    for sku in 0..<500 { try await store.setStock(node: "W", sku: "sku-\(sku)", onHand: 1_000_000) }
    for leg in ["pickup", "feeder", "flight", "door"] {
      try await store.setCapacity(ofLeg: leg, to: 1_000_000)
    }
    // Made before the clock starts: what a shop sends is not ours to time.
    let work = (0..<connections).map { worker in
      (0..<batches).map { index in
        (0..<batch).map {
          plan(offset + (worker * batches + index) * batch + $0, days: days)
        }
      }
    }
    let clock = ContinuousClock()
    let start = clock.now
    try await withThrowingTaskGroup(of: Int.self) { group in
      for mine in work {
        group.addTask {
          var booked = 0
          for plans in mine {
            for answer in try await store.book(plans) {
              if case .booked = answer { booked += 1 }
            }
          }
          return booked
        }
      }
      var booked = 0
      for try await count in group { booked += count }
      #expect(booked == connections * batches * batch)
      let seconds = (clock.now - start) / .seconds(1)
      print(
        "figure \(name): \(Int(Double(booked) / seconds)) bookings/s (\(booked) in \(seconds) s)")
    }
  }

  /// What the disk allows at the moment: commits of one row, on connections side by side.
  private func commits(connections: Int) async throws {
    let cluster = try await Self.durable.value
    let pool = Pool(
      ConnectionSettings(cluster.conninfo()), PoolSettings(maximum: connections))
    try await pool.withConnection {
      try await $0.run(script: "CREATE TABLE IF NOT EXISTS public.one (n int8)")
    }
    let clock = ContinuousClock()
    let start = clock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<connections {
        group.addTask {
          for number in 0..<300 {
            try await pool.withConnection {
              _ = try await $0.query("INSERT INTO public.one VALUES ($1)", number)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let rate = Int(300 * Double(connections) / ((clock.now - start) / .seconds(1)))
    print("figure commits of one row, \(connections) connections: \(rate)/s")
    await pool.drain()
  }

  @Test func figures() async throws {
    try await rate("warm-up", connections: 2, batch: 500, batches: 4, offset: 0, days: 7)
    for round in 0..<3 {
      let offset = (round + 1) * 1_000_000
      try await commits(connections: 1)
      try await commits(connections: 8)
      try await rate(
        "one by one, 8 connections, 7 days", connections: 8, batch: 1, batches: 250, offset: offset,
        days: 7)
      try await rate(
        "one by one, 8 connections, 365 days", connections: 8, batch: 1, batches: 250,
        offset: offset + 50_000, days: 365)
      try await rate(
        "one by one, 8 connections, one hot flight", connections: 8, batch: 1, batches: 250,
        offset: offset + 100_000, days: 1)
      try await rate(
        "batches of 500, 2 connections, 7 days", connections: 2, batch: 500, batches: 20,
        offset: offset + 200_000, days: 7)
      try await rate(
        "batches of 500, 2 connections, one hot flight", connections: 2, batch: 500, batches: 20,
        offset: offset + 300_000, days: 1)
    }
  }
}
