import Fulfilment
import LogisticsModel
import PostgresClient
import ShipmentStore
import TestSupport
import Testing

/// A connection ends while a booking is under way: whether it was committed or not, the order is booked once.
@Suite(.needsServer, .timeLimit(.minutes(1))) struct LostAnswerTests {
  private func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    for _ in 0..<1000 {
      if try await condition() { return true }
      try await Task.sleep(for: .milliseconds(5))
    }
    return false
  }

  @Test("before the commit: the same orders are sent again")
  func beforeCommit() async throws {
    let (store, conninfo) = try await StoreServer.store(connections: 1)
    _ = try await store.book([Plans.plan(1)])
    let holder = try await Connection.open(ConnectionSettings(conninfo))
    defer { holder.close() }
    // Somebody holds the flight, so the booking waits at its last statement.
    try await holder.query("BEGIN")
    try await holder.query("SELECT 1 FROM tradewind.departure WHERE leg = 'air' FOR UPDATE")
    let plan = Plans.plan(2)
    let booking = Task { try await store.book([plan]) }
    let admin = try await Connection.open(ConnectionSettings(conninfo))
    defer { admin.close() }
    let killed = try await eventually {
      try await admin.query(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()
        """
      ).count == 1
    }
    #expect(killed)
    try await holder.query("ROLLBACK")
    #expect(try await booking.value == [.booked(plan.promise)])
    #expect(
      try await admin.query("SELECT reserved FROM tradewind.departure WHERE leg = 'air'")
        .decode(Int32.self) == [2])
  }

  /// A server that waits for a standby that never comes has committed by itself when it is stopped from waiting; the client is
  /// told nothing but that the connection ended.
  @Test("after the commit: the key says that it was booked, and by whom")
  func afterCommit() async throws {
    let cluster = try ScratchPostgres(settings: ["synchronous_standby_names": "nobody"])
    defer { cluster.remove() }
    let admin = try await Connection.open(ConnectionSettings(cluster.conninfo()))
    defer { admin.close() }
    _ = try await Migrator(folder: StoreServer.root + "/sql/migrations").migrate(on: admin)
    let store = try StoreServer.store(
      over: cluster.conninfo() + " options='-c synchronous_commit=on'", connections: 1)
    let plans = [Plans.plan(1), Plans.plan(2)]
    let booking = Task { try await store.book(plans) }
    let killed = try await eventually {
      try await admin.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
      ).count == 1
    }
    #expect(killed)
    #expect(try await booking.value == plans.map { .booked($0.promise) })
    #expect(
      try await admin.query("SELECT reserved FROM tradewind.departure WHERE leg = 'air'")
        .decode(Int32.self) == [2])
    #expect(
      try await admin.query("SELECT count(*) FROM tradewind.promise").decode(Int64.self) == [2])
  }

  @Test(
    "the server crashes and comes back while orders come in: what was answered is there, and nothing twice"
  )
  func restart() async throws {
    let cluster = try ScratchPostgres(settings: ["synchronous_commit": "on"])
    defer { cluster.remove() }
    let admin = try await Connection.open(ConnectionSettings(cluster.conninfo()))
    _ = try await Migrator(folder: StoreServer.root + "/sql/migrations").migrate(on: admin)
    admin.close()
    let store = try StoreServer.store(over: cluster.conninfo(), connections: 4)
    let booked = try await withThrowingTaskGroup(of: [RecordID].self) { group in
      for worker in 0..<4 {
        group.addTask {
          var ids: [RecordID] = []
          for batch in 0..<60 {
            let plans = (0..<5).map { Plans.plan(worker * 1000 + batch * 5 + $0) }
            for answer in try await store.book(plans) {
              if case .booked(let promise) = answer { ids.append(promise.id) }
            }
          }
          return ids
        }
      }
      group.addTask {
        for _ in 0..<2 {
          try await Task.sleep(for: .milliseconds(60))
          try cluster.stop(.immediate)
          try cluster.start()
        }
        return []
      }
      var all: [RecordID] = []
      for try await ids in group { all += ids }
      return all
    }
    #expect(booked.count == 1200)
    let again = try await Connection.open(ConnectionSettings(cluster.conninfo()))
    defer { again.close() }
    let kept = try await again.query("SELECT id FROM tradewind.promise").decode(UniqueID.self)
    #expect(Set(kept.map { "\($0)" }) == Set(booked.map(\.description)))
    #expect(kept.count == 1200)
    #expect(
      try await again.query("SELECT reserved FROM tradewind.departure WHERE leg = 'air'")
        .decode(Int32.self) == [1200])
  }
}
