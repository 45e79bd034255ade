import TestSupport
import Testing

@testable import PostgresClient

/// TLS on loopback, with an authority of the test's own.
@Suite(
  .needsServer,
  .enabled(if: EncryptedDepot.openSSL != nil, "openssl is not installed"), .serialized,
  .timeLimit(.minutes(1)))
struct EncryptedConnectionTests {
  @Test func verified() async throws {
    let depot = try EncryptedDepot()
    defer { depot.cluster.remove() }
    let connection = try await Connection.open(
      ConnectionSettings(depot.conninfo(mode: "verify-full")))
    defer { connection.close() }
    let (isEncrypted, version) = try await connection.query(
      "SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")[0].decode(
        Bool.self, String.self)
    #expect(isEncrypted && version == "TLSv1.3")

    // What TLS has taken from the socket and not yet given out makes no socket readable: nothing may wait for it.
    var sum: Int64 = 0
    for try await row in try connection.rows(
      "SELECT n, repeat('x', n % 9000) FROM generate_series(1, 4000) n")
    {
      let (number, text) = try row.decode(Int32.self, String.self)
      #expect(text.utf8.count == Int(number) % 9000)
      sum += Int64(number)
    }
    #expect(sum == 4000 * 4001 / 2)
    let large = String(repeating: "é", count: 1 << 20)
    #expect(try await connection.query("SELECT $1", large)[0].decode(String.self) == large)
    try await connection.pipeline { pipeline in
      var results: [PendingResult] = []
      for number in 0..<500 { results.append(try await pipeline.send("SELECT $1", Int32(number))) }
      pipeline.sync()
      for (number, result) in results.enumerated() {
        let rows = try await result.rows
        #expect(try rows[0].decode(Int32.self) == Int32(number))
      }
    }

    let sleeper = Task { try await connection.query("SELECT pg_sleep(30)") }
    try await Task.sleep(for: .milliseconds(100))
    sleeper.cancel()
    await #expect(throws: CancellationError.self) { try await sleeper.value }
    #expect(try await connection.query("SELECT 1")[0].decode(Int32.self) == 1)
  }

  /// Each of these is somebody else, and gets not a byte of a statement.
  @Test func notVerified() async throws {
    let depot = try EncryptedDepot()
    defer { depot.cluster.remove() }
    for conninfo in [
      depot.conninfo(authority: "other", mode: "verify-full"),
      depot.conninfo(authority: "none", mode: "verify-full"),
      depot.conninfo(host: "shop.example", mode: "verify-full"),
      // The server takes no connection in the clear.
      depot.conninfo(mode: "disable"),
    ] {
      let error = await #expect(throws: PostgresError.self) {
        try await Connection.open(ConnectionSettings(conninfo)).close()
      }
      #expect(error?.code == .cannotConnect, "\(conninfo)")
    }
    // The authority alone, which does not look at names, lets the wrong name pass: why it is refused beyond this machine.
    try await Connection.open(
      ConnectionSettings(depot.conninfo(host: "shop.example", mode: "verify-ca"))
    ).close()
  }
}
