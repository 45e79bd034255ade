import Glibc

/// The only place that makes, starts or stops a cluster, as ``ClusterMachine`` says.
///
/// Its calls block.
struct ClusterShell {
  let layout: ClusterLayout
  /// Finds the server's programs.
  let programs: @Sendable () -> [Int: String]
  let patience: Duration
  let onProgress: @Sendable (LocalCluster.Progress) -> Void

  /// What came of it.
  struct Outcome: Equatable {
    /// The server's process, if it runs.
    var pid: Int32?
    /// Whether this call started or stopped it.
    var hasActed = false
  }

  /// Brings the cluster where it is wanted, one process at a time.
  func bring(to goal: ClusterMachine.Goal) throws(ClusterError) -> Outcome {
    let start = ContinuousClock.now
    var facts = facts(child: nil)
    // Nothing is written where it would not be welcome, not even a lock.
    switch facts.folder {
    case .foreign, .ofOther: return try act(goal, start: start)
    case .absent:
      if goal == .stopped { return Outcome() }
      var machine = machine(goal)
      if case .refuse(let error) = machine.step(facts, at: .zero) { throw error }
      try ClusterFiles.make(
        layout.folder, mode: isForAnother(facts) ? 0o711 : 0o700,
        opensParents: isForAnother(facts))
    case .empty, .marked: break
    }
    if goal == .running, case .ready(let pid) = facts.server { return Outcome(pid: pid) }
    var hasWaited = false
    while true {
      if let lock = try ClusterLock(layout.lock) {
        return try withExtendedLifetime(lock) { () throws(ClusterError) in
          try act(goal, start: .now)
        }
      }
      guard start.duration(to: .now) < patience else {
        throw ClusterError(
          .busy,
          "another process starts or stops \(layout.folder) and does not finish; try again")
      }
      if !hasWaited { onProgress(.waiting) }
      hasWaited = true
      usleep(20_000)
      facts = self.facts(child: nil)
      if goal == .running, case .ready(let pid) = facts.server { return Outcome(pid: pid) }
    }
  }

  private func machine(_ goal: ClusterMachine.Goal) -> ClusterMachine {
    ClusterMachine(goal: goal, layout: layout, patience: patience)
  }

  private func isForAnother(_ facts: ClusterFacts) -> Bool {
    if case .other = facts.user { true } else { false }
  }

  private func act(_ goal: ClusterMachine.Goal, start: ContinuousClock.Instant)
    throws(ClusterError) -> Outcome
  {
    var machine = machine(goal)
    var outcome = Outcome()
    var child: ServerChild?
    while true {
      let facts = facts(child: child)
      switch machine.step(facts, at: start.duration(to: .now)) {
      case .prepare: try prepare()
      case .clear:
        onProgress(.clearing)
        try remove(layout.unfinished)
      case .make(let programs):
        onProgress(.making)
        try make(programs, facts.user)
      case .forget: unlink(layout.data + "/postmaster.pid")
      case .start(let programs):
        onProgress(.starting)
        child = try run(programs, facts)
        outcome.hasActed = true
      case .stop(let pid):
        onProgress(.stopping)
        if let server = ServerProcess(pid, of: layout.data) { server.stop() }
        outcome.hasActed = true
      case .wait: usleep(3000)
      case .finish(let pid):
        outcome.pid = pid
        return outcome
      case .refuse(let error):
        guard error.code == .cannotStart else { throw error }
        let said = ClusterFiles.tail(layout.startLog)
        throw ClusterError(.cannotStart, error.message + (said.isEmpty ? "" : "\n  " + said))
      }
    }
  }

  // MARK: Looking

  /// What is found now.
  func facts(child: ServerChild?) -> ClusterFacts {
    var facts = ClusterFacts()
    facts.programs = programs()
    facts.user = ServerPrograms.user(for: layout.data)
    if case .other(let user) = facts.user {
      facts.closedParent = ClusterFiles.closedParent(of: layout.folder, for: user)
    }
    facts.folder = folder()
    guard case .marked = facts.folder else { return facts }
    facts.hasUnfinished = ClusterFiles.entry(layout.unfinished) != nil
    facts.data = data()
    facts.server = server()
    if let child { facts.child = child.status == nil ? .running : .ended }
    return facts
  }

  private func folder() -> ClusterFacts.Folder {
    guard let entry = ClusterFiles.entry(layout.folder, following: true) else { return .absent }
    guard entry.isFolder else { return .foreign("a file") }
    guard entry.owner == geteuid() else { return .ofOther(entry.owner) }
    if let marker = ClusterFiles.text(layout.marker).flatMap(ClusterMarker.init) {
      return .marked(marker)
    }
    let names = (ClusterFiles.names(in: layout.folder) ?? []).filter {
      $0 != ClusterLayout.lockName && $0 != ClusterLayout.markerName + ".new"
    }
    if names.isEmpty { return .empty }
    return .foreign(names.contains("PG_VERSION") ? "a PostgreSQL data directory" : names[0])
  }

  private func data() -> ClusterFacts.DataFolder {
    guard ClusterFiles.entry(layout.data) != nil else { return .absent }
    guard let marker = ClusterFiles.text(layout.dataMarker).flatMap(ClusterMarker.init),
      let version = ClusterFiles.text(layout.data + "/PG_VERSION"),
      let major = Int(version.prefix { $0 != "\n" && $0 != "." })
    else { return .foreign }
    return .marked(marker, major: major)
  }

  private func server() -> ClusterFacts.Server {
    guard let text = ClusterFiles.text(layout.data + "/postmaster.pid") else { return .none }
    guard let file = PostmasterFile(text: text) else { return .none }
    guard ServerProcess(file.pid, of: layout.data) != nil else {
      return ServerProcess.exists(file.pid) ? .impostor : .crashed
    }
    switch file.status {
    case .starting: return .starting(file.pid)
    case .ready: return .ready(file.pid)
    case .stopping: return .stopping(file.pid)
    }
  }

  // MARK: Doing

  private func prepare() throws(ClusterError) {
    var generator = SystemRandomNumberGenerator()
    try ClusterFiles.write(layout.marker, ClusterMarker.drawn(from: &generator).text)
  }

  private func owner(_ user: ClusterFacts.User) -> ServerUser? {
    if case .other(let user) = user { user } else { nil }
  }

  /// Makes a data directory beside its place, complete with its marker, and puts it there at last.
  private func make(_ programs: String, _ user: ClusterFacts.User) throws(ClusterError) {
    guard case .marked(let marker) = folder() else { return }
    let owner = owner(user)
    try ClusterFiles.make(layout.unfinished, mode: 0o700, owner: owner)
    unlink(layout.startLog)
    let prefix = ServerPrograms.prefix(for: user)
    let initdb = ServerCommand(
      prefix + [
        programs + "/initdb", "-D", layout.unfinished, "-U", ClusterLayout.superuser, "-A", "peer",
        "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-instructions", "--no-sync",
      ], log: layout.startLog)
    // The program's own database, made by a server that takes no connections: what has a data directory has it.
    let wish = layout.folder + "/database.sql"
    try ClusterFiles.write(wish, "CREATE DATABASE \(ClusterLayout.database)\n")
    let single = ServerCommand(
      prefix + [
        programs + "/postgres", "--single", "-D", layout.unfinished, "-c", "fsync=off", "postgres",
      ], log: layout.startLog, input: wish)
    defer { unlink(wish) }
    for command in [initdb, single] {
      guard try command.run(seconds: 120) == 0 else {
        throw ClusterError(
          .cannotMake,
          "the data directory cannot be made, see \(layout.startLog)\n  "
            + ClusterFiles.tail(layout.startLog))
      }
    }
    let users = ["root"] + [ServerPrograms.ownName].compactMap { $0 }
    let configuration = layout.unfinished + "/postgresql.conf"
    guard let shipped = ClusterFiles.text(configuration) else {
      throw ClusterFiles.fault("cannot read", configuration)
    }
    for (name, text) in [
      ("tradewind.conf", ClusterSettings.configuration(memory: ServerPrograms.memory)),
      ("postgresql.conf", shipped + "\ninclude_if_exists = 'tradewind.conf'\n"),
      ("pg_hba.conf", ClusterSettings.hostRules),
      ("pg_ident.conf", ClusterSettings.identities(of: users)),
      (ClusterLayout.markerName, marker.text),
    ] { try ClusterFiles.write(layout.unfinished + "/" + name, text, owner: owner) }
    try ClusterFiles.settle(layout.unfinished)
    try ClusterFiles.move(layout.unfinished, to: layout.data)
  }

  private func run(_ programs: String, _ facts: ClusterFacts) throws(ClusterError) -> ServerChild {
    guard case .marked(let marker) = facts.folder else {
      throw ClusterError(.foreign, "\(layout.folder) has lost its marker")
    }
    let sockets = layout.socketFolder(of: marker.identity)
    let owner = owner(facts.user)
    try ClusterFiles.make(sockets, mode: 0o700, owner: owner)
    guard let entry = ClusterFiles.entry(sockets), entry.isFolder,
      entry.owner == owner?.uid ?? geteuid()
    else {
      throw ClusterError(.fileFault, "\(sockets) is another user's; remove it, then try again")
    }
    unlink(layout.startLog)
    return try ServerCommand(
      ServerPrograms.prefix(for: facts.user) + [programs + "/postgres", "-D", layout.data]
        + ClusterSettings.arguments(socketFolder: sockets), log: layout.startLog
    ).start()
  }

  /// Removes what this program made and did not finish; links are not followed, other file systems not entered.
  private func remove(_ path: String) throws(ClusterError) {
    guard try ServerCommand(["rm", "-rf", "--one-file-system", "--", path]).run(seconds: 60) == 0
    else { throw ClusterError(.fileFault, "cannot remove \(path); remove it by hand") }
  }
}
