import PostgresClient
import TestSupport
import Testing

/// The connection ends during `COMMIT`: the answer is found out, and the transaction is not run again.
@Suite(.needsServer, .serialized, .timeLimit(.minutes(1))) struct LostCommitTests {
  /// Inserts one row in a transaction through a proxy, and gives the error, if any.
  func insert(
    _ token: Int, _ proxy: FaultProxy, isTraced: Bool = true,
    resolve: (@Sendable (Connection) async throws -> Bool?)? = nil
  ) async throws -> PostgresError? {
    let connection = try await Connection.open(
      ConnectionSettings("host=\(proxy.folder) port=5432 user=tradewind dbname=postgres"))
    defer { connection.close() }
    do {
      try await connection.transaction(
        TransactionOptions(isTraced: isTraced, resolvingPatience: .seconds(5)), resolve: resolve
      ) { tx in
        try await tx.query("INSERT INTO lost_commit VALUES ($1)", token)
      }
      return nil
    } catch let error as PostgresError {
      return error
    }
  }

  /// Runs a body with a table, a proxy and the bytes of a whole session, its farewell not counted.
  func withTable(
    isTraced: Bool,
    _ body: (Connection, FaultProxy, (toServer: Int, toClient: Int)) async throws -> Void
  ) async throws {
    let admin = try await Server.connect()
    let proxy = try FaultProxy(to: try Server.shared.socketPath)
    defer {
      admin.close()
      proxy.close()
    }
    try await admin.run(
      script: "DROP TABLE IF EXISTS lost_commit; CREATE TABLE lost_commit (token int8)")
    #expect(try await insert(0, proxy, isTraced: isTraced) == nil)
    let isOver = try await Server.eventually { proxy.lastBytes.toClient > 0 }
    try #require(isOver)
    let bytes = proxy.lastBytes
    // The farewell is five bytes: its letter and its length.
    try await body(admin, proxy, (bytes.toServer - 5, bytes.toClient))
    try await admin.run(script: "DROP TABLE lost_commit")
  }

  func isKept(_ token: Int, _ admin: Connection) async throws -> Bool {
    try await admin.query("SELECT 1 FROM lost_commit WHERE token = $1", token).count == 1
  }

  @Test func answerLost() async throws {
    try await withTable(isTraced: true) { admin, proxy, bytes in
      // The last bytes of the answer: committed, and nobody was told.
      for (token, missing) in [(1, 1), (2, 6), (3, 12)] {
        proxy.arm(.cut(.toClient, after: bytes.toClient - missing))
        #expect(try await insert(token, proxy) == nil, "it was committed")
        let kept = try await isKept(token, admin)
        #expect(kept)
      }
    }
  }

  @Test func questionLost() async throws {
    try await withTable(isTraced: true) { admin, proxy, bytes in
      // COMMIT takes some fifty bytes; the server never sees the end of the first message.
      proxy.arm(.cut(.toServer, after: bytes.toServer - 45))
      let error = try await insert(4, proxy)
      #expect(error?.code == .commitLost, "\(String(describing: error))")
      #expect(error?.errorClass == .retryTransaction)
      let kept = try await isKept(4, admin)
      #expect(!kept)
    }
  }

  /// Without a trace nobody can say, unless the caller finds what it wrote.
  @Test func untraced() async throws {
    try await withTable(isTraced: false) { admin, proxy, bytes in
      proxy.arm(.cut(.toClient, after: bytes.toClient - 6))
      let unknown = try await insert(5, proxy, isTraced: false)
      #expect(unknown?.code == .commitUnknown)
      #expect(unknown?.errorClass == .unknownOutcome)
      proxy.arm(.cut(.toClient, after: bytes.toClient - 6))
      let found = try await insert(6, proxy, isTraced: false) { connection in
        try await connection.query("SELECT 1 FROM lost_commit WHERE token = 6").count == 1
      }
      #expect(found == nil)
      proxy.arm(.cut(.toServer, after: bytes.toServer - 45))
      let missing = try await insert(7, proxy, isTraced: false) { connection in
        try await connection.query("SELECT 1 FROM lost_commit WHERE token = 7").count == 1
      }
      #expect(missing?.code == .commitLost)
      let kept = try await isKept(7, admin)
      #expect(!kept)
    }
  }
}
