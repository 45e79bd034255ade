import Glibc
import PostgresClient

/// The server a command works with: one that somebody named, or the private one.
struct DatabaseAddress {
  /// Which it is.
  enum Server {
    /// A connection string of libpq's; empty where its own variables say all.
    case named(String)
    /// The private one, started when it is needed.
    case own(LocalCluster, folder: String)
  }

  let server: Server
  /// Who named it.
  let origin: Settings.Origin

  /// Flag, `TRADEWIND_DATABASE_URL`, libpq's own variables, file; where none of them names a server, the private one.
  init(_ settings: Settings) throws {
    let named = settings.database.value
    origin = settings.database.origin
    if !named.isEmpty || origin != .builtIn {
      server = .named(named)
    } else {
      let folder = try Home.data(settings.data.value) + "/postgres"
      server = .own(LocalCluster(folder: folder), folder: folder)
    }
  }

  /// How to reach it: the private one is started, and made, if it does not run.
  ///
  /// - Parameter isQuiet: Whether nothing is said while that takes its time.
  /// - Returns: Where to connect.
  /// - Throws: `ClusterError`.
  func settings(isQuiet: Bool) async throws -> ConnectionSettings {
    switch server {
    case .named(let conninfo): return ConnectionSettings(conninfo)
    case .own(let cluster, let folder):
      let running = try await cluster.start { progress in
        if !isQuiet { DatabaseNotes.tell(progress, folder) }
      }
      return ConnectionSettings(running.url)
    }
  }

  /// The connection string that somebody named; nil where another process finds the server by itself.
  var conninfo: String? {
    if case .named(let conninfo) = server, !conninfo.isEmpty { conninfo } else { nil }
  }

  /// The variables by which libpq is told of a server; a user or password alone names none.
  static let libpqVariables = ["PGHOST", "PGHOSTADDR", "PGSERVICE", "PGPORT", "PGDATABASE"]
}

/// What is said on standard error while a server starts or stops.
enum DatabaseNotes {
  static func tell(_ progress: LocalCluster.Progress, _ folder: String) {
    switch progress {
    case .waiting: Narration.note("another process starts or stops \(folder); waiting")
    case .clearing: Narration.note("removing what was left half made in \(folder)")
    case .making: Narration.note("making a private PostgreSQL server in \(folder)")
    case .starting: Narration.note("starting it")
    case .stopping: Narration.note("stopping it")
    }
  }
}
