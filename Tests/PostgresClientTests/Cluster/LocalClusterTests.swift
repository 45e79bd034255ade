import Glibc
import TestSupport
import Testing

@testable import PostgresClient

/// Real servers, each in a folder of its own, started as the product starts them.
@Suite(.needsServer, .serialized, .timeLimit(.minutes(3))) struct LocalClusterTests {
  /// A place for a cluster; what was started in it is stopped, and everything removed.
  func withPlace(_ body: (String, LocalCluster) async throws -> Void) async throws {
    let fixture = SQLFixture()
    // Root's server runs as another user, who must get in.
    chmod(fixture.folder, 0o711)
    let folder = fixture.folder + "/cluster"
    let cluster = LocalCluster(folder: folder)
    func tidy() async throws {
      if cluster.status().state == .running { try await cluster.stop() }
      #expect(try ServerCommand(["rm", "-rf", "--", folder]).run(seconds: 60) == 0)
    }
    do { try await body(folder, cluster) } catch {
      try await tidy()
      throw error
    }
    try await tidy()
  }

  func touch(_ path: String, _ text: String = "") throws {
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
  }

  @Test func startsWithNothingConfigured() async throws {
    try await withPlace { folder, cluster in
      #expect(cluster.status().state == .absent)
      let running = try await cluster.start()
      #expect(running.wasStarted)
      let status = cluster.status()
      #expect(status.state == .running && status.processID == running.processID)
      #expect(status.url == running.url && status.refusal == nil)
      // In a session of its own, without any file of this process: it does not end with it.
      #expect(getsid(running.processID) == running.processID)
      let open = ClusterFiles.names(in: "/proc/\(running.processID)/fd") ?? []
      let targets = open.compactMap { ClusterFiles.target("/proc/\(running.processID)/fd/\($0)") }
      #expect(!targets.isEmpty && !targets.contains(folder + "/lock"))

      let connection = try await Connection.open(ConnectionSettings(running.url))
      for (name, value) in [
        ("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on"),
        ("track_commit_timestamp", "on"), ("listen_addresses", ""), ("data_checksums", "on"),
        ("server_encoding", "UTF8"), ("logging_collector", "on"),
        ("unix_socket_permissions", "0700"),
        ("log_parameter_max_length", "0"),
      ] {
        let found = try await connection.query("SELECT current_setting($1)", name)[0].decode(
          String.self)
        #expect(found == value, "\(name)")
      }
      #expect(
        try await connection.query("SELECT current_database()")[0].decode(String.self)
          == "tradewind")
      try await connection.query("CREATE TABLE kept (n int4)")
      connection.close()
      let again = try await cluster.start()
      #expect(again.processID == running.processID && !again.wasStarted)

      #expect(try await cluster.stop())
      #expect(cluster.status().state == .stopped)
      #expect(try await cluster.stop() == false)
      let next = try await cluster.start()
      #expect(next.wasStarted && next.url == running.url)
      let later = try await Connection.open(ConnectionSettings(next.url))
      #expect(try await later.query("SELECT n FROM kept").isEmpty)
      later.close()
      // Others of this machine are not let in, whatever name they give.
      if geteuid() == 0 {
        let psql = ServerPrograms.installed().values.first.map { $0 + "/psql" } ?? "psql"
        let nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]
        let status = try ServerCommand(nobody + [psql, next.url, "-c", "SELECT 1"]).run(seconds: 20)
        #expect(status == 2)
        #expect(try ServerCommand([psql, next.url, "-c", "SELECT 1"]).run(seconds: 20) == 0)
      }
    }
  }

  /// Six processes that all want it at the same moment: one makes and starts it, all get it.
  @Test func concurrentStarts() async throws {
    try await withPlace { folder, cluster in
      let found = try await withThrowingTaskGroup(of: LocalCluster.Running.self) { group in
        for _ in 0..<6 { group.addTask { try await LocalCluster(folder: folder).start() } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(Set(found.map(\.processID)).count == 1)
      #expect(found.count { $0.wasStarted } == 1)
      for running in found {
        let connection = try await Connection.open(ConnectionSettings(running.url))
        connection.close()
      }
    }
  }

  /// Killed with all it had in memory: the next start recovers what was committed, at once and later.
  @Test func crashAndRecovery() async throws {
    try await withPlace { folder, cluster in
      var running = try await cluster.start()
      let before = try await Connection.open(ConnectionSettings(running.url))
      try await before.query("CREATE TABLE kept (n int4 PRIMARY KEY)")
      before.close()
      for round in 0..<3 {
        let connection = try await Connection.open(ConnectionSettings(running.url))
        try await connection.query("INSERT INTO kept VALUES ($1)", Int32(round))
        kill(running.processID, SIGKILL)
        let next = try await cluster.start()
        #expect(next.processID != running.processID && next.wasStarted)
        running = next
        connection.close()
      }
      let after = try await Connection.open(ConnectionSettings(running.url))
      #expect(
        try await after.query("SELECT n FROM kept ORDER BY n").decode(Int32.self) == [0, 1, 2])
      after.close()
    }
  }

  /// The dead server's number belongs to somebody else by now: not signalled, and no hindrance.
  @Test func numberGivenAway() async throws {
    try await withPlace { folder, cluster in
      _ = try await cluster.start()
      try await cluster.stop()
      let bystander = try ServerCommand(["sleep", "600"]).start()
      defer { bystander.kill() }
      let note = folder + "/data/postmaster.pid"
      try touch(
        note, "\(bystander.processID)\n\(folder)/data\n1\n5432\n\(folder)/run\n\n\nready   \n")
      #expect(cluster.status().state == .stopped)
      #expect(try await cluster.stop() == false)
      #expect(bystander.status == nil)
      let running = try await cluster.start()
      #expect(running.processID != bystander.processID)
      #expect(bystander.status == nil)
    }
  }

  /// `initdb` was killed, or its process was, before the data directory was complete.
  @Test func halfMade() async throws {
    try await withPlace { folder, cluster in
      let layout = ClusterLayout(folder: folder)
      mkdir(folder, 0o711)
      var generator = SystemRandomNumberGenerator()
      try ClusterFiles.write(layout.marker, ClusterMarker.drawn(from: &generator).text)
      mkdir(layout.unfinished, 0o700)
      try touch(layout.unfinished + "/PG_VERSION", "15\n")
      let running = try await cluster.start()
      #expect(ClusterFiles.entry(layout.unfinished) == nil)
      try await Connection.open(ConnectionSettings(running.url)).close()
      #expect(
        ClusterFiles.names(in: folder) == ["data", "lock", "run", "start.log", "tradewind-cluster"])
    }
  }

  /// Somebody else's cluster, or anything else: nothing is written there, not even a lock.
  @Test(arguments: ["PG_VERSION", "letters.txt", ".hidden"])
  func foreignFolder(_ name: String) async throws {
    try await withPlace { folder, cluster in
      mkdir(folder, 0o711)
      try touch(folder + "/" + name, "15\n")
      #expect(cluster.status().refusal?.code == .foreign)
      for attempt in [false, true] {
        let error = await #expect(throws: ClusterError.self) {
          if attempt { _ = try await cluster.start() } else { try await cluster.stop() }
        }
        #expect(error?.code == .foreign)
      }
      #expect(ClusterFiles.names(in: folder) == [name])
    }
  }

  /// Within a folder of ours: another data directory put in the place of the one made there, or one of a version gone.
  @Test func foreignData() async throws {
    try await withPlace { folder, cluster in
      let layout = ClusterLayout(folder: folder)
      _ = try await cluster.start()
      try await cluster.stop()
      try touch(layout.data + "/PG_VERSION", "12\n")
      let version = await #expect(throws: ClusterError.self) { try await cluster.start() }
      #expect(version?.code == .otherVersion)
      #expect(version?.message.contains("was made by PostgreSQL 12") == true)
      var generator = SystemRandomNumberGenerator()
      try touch(layout.dataMarker, ClusterMarker.drawn(from: &generator).text)
      let swapped = await #expect(throws: ClusterError.self) { try await cluster.start() }
      #expect(swapped?.code == .foreign)
      unlink(layout.dataMarker)
      let unmarked = await #expect(throws: ClusterError.self) { try await cluster.stop() }
      #expect(unmarked?.code == .foreign)
    }
  }

  /// A server that cannot start says why.
  @Test func brokenConfiguration() async throws {
    try await withPlace { folder, cluster in
      _ = try await cluster.start()
      try await cluster.stop()
      try touch(folder + "/data/tradewind.conf", "shared_buffers = 'many'\n")
      let error = await #expect(throws: ClusterError.self) { try await cluster.start() }
      #expect(error?.code == .cannotStart)
      #expect(error?.message.contains("shared_buffers") == true)
    }
  }

  @Test func nothingInstalled() async throws {
    try await withPlace { folder, _ in
      let cluster = LocalCluster(folder: folder, programs: { [:] })
      let error = await #expect(throws: ClusterError.self) { try await cluster.start() }
      #expect(error?.code == .notInstalled)
      #expect(ClusterFiles.entry(folder) == nil)
    }
  }

  /// Root's home is closed to the user who would run the server.
  @Test(.enabled(if: geteuid() == 0, "only root runs the server as another user"))
  func closedParent() async throws {
    let fixture = SQLFixture()
    let folder = fixture.folder + "/deep/cluster"
    let error = await #expect(throws: ClusterError.self) {
      try await LocalCluster(folder: folder).start()
    }
    #expect(error?.code == .closedFolder)
    #expect(error?.message.hasPrefix(fixture.folder + " is closed") == true)
    #expect(ClusterFiles.names(in: fixture.folder) == [])
  }

  /// Deep below, where a socket's address would be too long.
  @Test func longPath() async throws {
    try await withPlace { folder, _ in
      let deep = folder + "/" + String(repeating: "deep/", count: 20) + "cluster"
      let cluster = LocalCluster(folder: deep)
      let running = try await cluster.start()
      #expect(running.url.contains("host=/tmp/tradewind-"))
      let connection = try await Connection.open(ConnectionSettings(running.url))
      connection.close()
      try await cluster.stop()
      let sockets = running.url.split(separator: "host=")[1].prefix { $0 != "&" }
      #expect(rmdir(String(sockets)) == 0)
    }
  }
}
