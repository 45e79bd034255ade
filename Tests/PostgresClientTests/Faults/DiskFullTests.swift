import Glibc
import PostgresClient
import TestSupport
import Testing

/// A disk that is really full: a server of its own sees a file system of a few megabytes that nobody else sees.
@Suite(.serialized, .timeLimit(.minutes(1))) struct DiskFullTests {
  /// Mounting takes root and a machine that allows it; containers often do not.
  static let canMount: Bool = {
    guard geteuid() == 0, Server.isInstalled else { return false }
    return system("unshare --mount mount -t tmpfs -o size=1m tmpfs /mnt >/dev/null 2>&1") == 0
  }()

  @Test(
    .enabled(if: canMount, "mounting a small file system needs root and a machine that allows it"))
  func refusedAndGoesOn() async throws {
    let server = try ScratchPostgres(prefix: [
      "unshare", "--mount", "sh", "-c",
      "mount -t tmpfs -o size=16m,mode=0777 tmpfs /mnt && chmod 1777 /mnt && exec \"$@\"", "sh",
    ])
    defer { server.remove() }
    let connection = try await Connection.open(ConnectionSettings(server.conninfo()))
    defer { connection.close() }
    // Made by the server, since its owner must be.
    try await connection.run(
      script: "COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; mkdir -m 0700 /mnt/small'")
    try await connection.run(script: "CREATE TABLESPACE small LOCATION '/mnt/small'")
    try await connection.run(script: "CREATE TABLE parcel (n int8, filling text) TABLESPACE small")
    let filling = String(repeating: "0123456789", count: 100)
    let error = await #expect(throws: PostgresError.self) {
      try await connection.copyIn(into: CopyTarget("parcel")) { rows in
        for n in 0..<17_000 { try await rows.write(n, filling) }
      }
    }
    #expect(error?.errorClass == .diskFull)
    #expect(error?.sqlState == "53100")
    // There is room again once somebody makes some; the connection has gone on.
    try await connection.run(script: "DROP TABLE parcel")
    try await connection.run(script: "CREATE TABLE parcel (n int8, filling text) TABLESPACE small")
    #expect(try await connection.query("INSERT INTO parcel VALUES (1, 'x')").affectedRows == 1)
  }
}
