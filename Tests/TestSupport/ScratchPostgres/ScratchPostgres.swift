import Glibc
import Synchronization

/// A private PostgreSQL cluster in a temporary folder, reachable by a socket in it and by nothing else.
///
/// It hands out a connection string and imports no client. Works as root too, whom the server's programs refuse: they run as the
/// user `postgres`, or `nobody`. The server ends with this process, however that ends; the folder goes with the process if it
/// exits, and with the next one otherwise.
public final class ScratchPostgres: Sendable {
  /// Why there is no cluster.
  public struct Failure: Error, CustomStringConvertible {
    /// What is missing or went wrong.
    public let description: String
    init(_ description: String) { self.description = description }
  }

  /// How to stop a server.
  public enum StopMode: Sendable {
    /// Ends all connections and writes everything down.
    case fast
    /// Stops at once, as in a crash; the next start recovers.
    case immediate

    var signal: Int32 { self == .fast ? SIGINT : SIGQUIT }
  }

  /// Where the server's programs are, or nil where none are installed: then tests that need them are skipped.
  public static let programs: String? = findPrograms()

  /// The cluster that the tests of a process share.
  public static let shared = Result { try ScratchPostgres() }

  /// The folder of everything.
  public let folder: String
  private let arguments: [String]
  private let server = Mutex<SpawnedProcess?>(nil)
  private let lock: Int32

  /// Makes a cluster and starts its server.
  ///
  /// - Parameters:
  ///   - settings: Server settings beyond those a short life calls for.
  ///   - hostRules: The lines of `pg_hba.conf`; those given by default trust the superuser and ask others for a password.
  ///   - primary: A running cluster to copy and to follow; without one the cluster is new.
  ///   - prefix: A program that starts the server, such as one that gives it a file system of its own.
  /// - Throws: `Failure`.
  public init(
    settings: [String: String] = [:],
    hostRules: String = "local all,replication tradewind trust\nlocal all all scram-sha-256\n",
    following primary: ScratchPostgres? = nil, prefix: [String] = []
  )
    throws
  {
    guard let programs = Self.programs else {
      throw Failure("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    }
    Self.removeLeftovers()
    var template = Array("/tmp/twpg-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure("cannot make a folder in /tmp") }
    folder = template.withUnsafeBufferPointer {
      String(decoding: $0.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    // Held for as long as this process lives: whoever finds the folder without a holder may remove it.
    lock = open(folder + "/held", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    flock(lock, LOCK_EX | LOCK_NB)
    let user = Self.serverUser
    if let user { chown(folder, user.uid, user.gid) }
    let asUser = Self.switchingUser(to: user?.name)
    let log = folder + "/log"
    let making =
      if let primary {
        [
          programs + "/pg_basebackup", "-D", folder + "/data", "-d", primary.conninfo(), "-R", "-c",
          "fast", "--no-sync",
        ]
      } else {
        [
          programs + "/initdb", "-D", folder + "/data", "-U", "tradewind", "-A", "trust", "-E",
          "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions",
        ]
      }
    guard try SpawnedProcess.run(asUser + making, output: log) == 0 else {
      throw Failure("\(making[0]) failed, see \(log)")
    }
    if primary == nil { try Self.overwrite(folder + "/data/pg_hba.conf", hostRules) }
    var all = [
      "listen_addresses": "", "unix_socket_directories": folder, "fsync": "off",
      "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "400",
      "shared_buffers": "32MB", "lc_messages": "C",
    ]
    all.merge(settings) { $1 }
    arguments =
      prefix + asUser + [programs + "/postgres", "-D", folder + "/data"]
      + all.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
    Self.living.withLock { $0.append(self) }
    try start()
  }

  /// Reaches a database of the cluster as its superuser.
  public func conninfo(database: String = "postgres") -> String {
    "host=\(folder) port=5432 user=tradewind dbname=\(database)"
  }

  /// The socket of the server.
  public var socketPath: String { folder + "/.s.PGSQL.5432" }

  /// Starts the server if it is stopped, and waits until it takes connections.
  ///
  /// - Throws: `Failure` with the end of its log.
  public func start() throws {
    let process = try SpawnedProcess(arguments, output: folder + "/log")
    server.withLock { $0 = process }
    for _ in 0..<15_000 {
      // The last line of this file is the server's own word on whether it takes connections.
      if let lines = Self.lines(of: folder + "/data/postmaster.pid"), lines.count >= 8,
        lines[0] == String(process.pid), ["ready", "standby"].contains(where: lines[7].hasPrefix)
      {
        return
      }
      guard process.status == nil else { break }
      usleep(2000)
    }
    let tail = (Self.lines(of: folder + "/log") ?? []).suffix(5).joined(separator: "; ")
    throw Failure("the server did not start: \(tail)")
  }

  /// Stops the server and waits for its end.
  ///
  /// - Throws: `Failure` if it does not end.
  public func stop(_ mode: StopMode = .fast) throws {
    guard let process = server.withLock({ $0 }) else { return }
    process.signal(mode.signal)
    guard process.wait(milliseconds: 20_000) != nil else {
      throw Failure("the server does not stop")
    }
    server.withLock { $0 = nil }
  }

  /// Stops the server and removes everything.
  public func remove() {
    try? stop(.immediate)
    _ = try? SpawnedProcess.run(["rm", "-rf", folder])
    close(lock)
    Self.living.withLock { $0.removeAll { $0 === self } }
  }
}
