/// A PostgreSQL server of the program's own: made, started and stopped as it is needed, reachable by a socket, durable.
///
/// Everything lies below one folder that nobody else uses. The server outlives whoever started it; any number of processes may
/// start it at once. As root, whom the server's programs refuse, it runs as the user `postgres`, or `nobody`.
///
/// ```swift
/// let running = try await LocalCluster(folder: "/home/ada/.local/share/tradewind/postgres").start()
/// let connection = try await Connection.open(ConnectionSettings(running.url))
/// ```
public struct LocalCluster: Sendable {
  /// What happens while it starts or stops.
  public enum Progress: Hashable, Sendable {
    /// Another process is at it.
    case waiting
    /// What an earlier process did not finish is removed.
    case clearing
    /// A data directory is made.
    case making
    /// The server is started.
    case starting
    /// The server is asked to end.
    case stopping
  }

  /// How far it is.
  public enum State: String, Hashable, Sendable {
    /// Never made.
    case absent
    /// Made, and not running.
    case stopped
    /// Not ready yet.
    case starting
    /// Takes connections.
    case running
    /// Not ended yet.
    case stopping
    /// Not to be had: ``Status/refusal`` says why.
    case refused
  }

  /// How it stands.
  public struct Status: Hashable, Sendable {
    /// How far it is.
    public let state: State
    /// Its folder.
    public let folder: String
    /// Its logs.
    public let logs: String
    /// The server's process, if there is one.
    public let processID: Int32?
    /// Where to connect, running or not; nil before it is made.
    public let url: String?
    /// The major version its data is of.
    public let majorVersion: Int?
    /// Why it cannot be started.
    public let refusal: ClusterError?
  }

  /// A server that takes connections.
  public struct Running: Hashable, Sendable {
    /// The server's process.
    public let processID: Int32
    /// Where to connect.
    public let url: String
    /// Whether this call started it.
    public let wasStarted: Bool
  }

  private let layout: ClusterLayout
  private let patience: Duration
  private let programs: @Sendable () -> [Int: String]

  /// Names a cluster; nothing is made yet.
  ///
  /// - Parameters:
  ///   - folder: Absolute; the cluster's own, made when it is started first.
  ///   - patience: How long a start or stop may take, recovery after a crash included.
  public init(folder: String, patience: Duration = .seconds(60)) {
    self.init(folder: folder, patience: patience, programs: ServerPrograms.installed)
  }

  init(
    folder: String, patience: Duration = .seconds(60),
    programs: @escaping @Sendable () -> [Int: String]
  ) {
    layout = ClusterLayout(folder: folder)
    self.patience = patience
    self.programs = programs
  }

  /// Starts it if it does not run, and makes it if there is none.
  ///
  /// - Parameter onProgress: Called as things happen.
  /// - Returns: The server, once it takes connections.
  /// - Throws: `ClusterError`.
  public func start(onProgress: @escaping @Sendable (Progress) -> Void = { _ in }) async throws
    -> Running
  {
    let shell = shell(onProgress)
    let (pid, marker, wasStarted) = try await Self.onThread {
      let outcome = try shell.bring(to: .running)
      guard let pid = outcome.pid, case .marked(let marker) = shell.facts(child: nil).folder
      else { throw ClusterError(.cannotStart, "the server is gone again; see \(layout.logs)") }
      return (pid, marker, outcome.hasActed)
    }
    return Running(
      processID: pid, url: layout.url(of: marker.identity), wasStarted: wasStarted)
  }

  /// Stops it if it runs: no new work, connections closed, everything written down.
  ///
  /// - Parameter onProgress: Called as things happen.
  /// - Returns: Whether this call stopped it.
  /// - Throws: `ClusterError`.
  @discardableResult
  public func stop(onProgress: @escaping @Sendable (Progress) -> Void = { _ in }) async throws
    -> Bool
  {
    let shell = shell(onProgress)
    return try await Self.onThread { try shell.bring(to: .stopped).hasActed }
  }

  /// Looks, and changes nothing.
  ///
  /// - Complexity: a few system calls.
  public func status() -> Status {
    let facts = shell { _ in }.facts(child: nil)
    var state = State.absent
    var pid: Int32?
    var url: String?
    var major: Int?
    var refusal: ClusterError?
    if case .marked(let marker) = facts.folder {
      state = .stopped
      url = layout.url(of: marker.identity)
      if case .marked(_, let version) = facts.data { major = version }
      switch facts.server {
      case .none, .crashed, .impostor: break
      case .starting(let process): (state, pid) = (.starting, process)
      case .ready(let process): (state, pid) = (.running, process)
      case .stopping(let process): (state, pid) = (.stopping, process)
      }
    }
    var machine = ClusterMachine(goal: .running, layout: layout, patience: patience)
    if case .refuse(let error) = machine.step(facts, at: .zero) {
      (state, refusal) = (.refused, error)
    }
    return Status(
      state: state, folder: layout.folder, logs: layout.logs, processID: pid, url: url,
      majorVersion: major, refusal: refusal)
  }

  private func shell(_ onProgress: @escaping @Sendable (Progress) -> Void) -> ClusterShell {
    ClusterShell(
      layout: layout, programs: programs, patience: patience, onProgress: onProgress)
  }

  private static func onThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      BlockingCalls.shared.run { continuation.resume(with: Result(catching: body)) }
    }
  }
}
