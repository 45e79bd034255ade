/// Decides what to do next to have the private cluster running, or stopped, from what is found.
///
/// It looks anew after each step and remembers only what this call has tried, so whatever a killed process left behind, the next one
/// goes on from there. A value without files or processes; ``ClusterShell`` does what it says.
struct ClusterMachine {
  /// What is wanted.
  enum Goal { case running, stopped }

  /// What is to be done.
  enum Step: Equatable {
    /// Make the folder, with a marker.
    case prepare
    /// Remove a data directory whose making was broken off.
    case clear
    /// Make a data directory with the programs of a folder.
    case make(programs: String)
    /// Remove the note of a server that is dead, and whose number is another's now.
    case forget
    /// Start the server with the programs of a folder.
    case start(programs: String)
    /// Tell the server to end.
    case stop(Int32)
    /// Look again in a moment.
    case wait
    /// All is as wanted; the server's process if it runs.
    case finish(Int32?)
    /// It cannot be had.
    case refuse(ClusterError)
  }

  let goal: Goal
  let layout: ClusterLayout
  /// How long a server may take to become ready, recovery included, or to end.
  let patience: Duration
  private var firstStart: Duration?
  private var lastStart: Duration?
  private var followsCrash = false
  private var hasSignalled = false

  init(goal: Goal, layout: ClusterLayout, patience: Duration) {
    self.goal = goal
    self.layout = layout
    self.patience = patience
  }

  /// A server that was killed leaves its children behind for a moment, and none starts until they are gone.
  static let restartPatience = Duration.seconds(5)
  static let restartPause = Duration.milliseconds(250)

  /// The next step.
  ///
  /// - Parameters:
  ///   - facts: What is found now.
  ///   - now: The time since the beginning.
  /// - Returns: What to do before looking again.
  mutating func step(_ facts: ClusterFacts, at now: Duration) -> Step {
    switch facts.folder {
    case .ofOther(let uid):
      return refuse(
        .notYours,
        "\(layout.folder) belongs to user \(uid); run as that user, or set TRADEWIND_DATA to a folder "
          + "of your own")
    case .foreign(let what):
      return refuse(
        .foreign,
        "\(layout.folder) holds \(what), which tradewind did not make, and is left alone; set "
          + "TRADEWIND_DATA to another folder, or name its server by TRADEWIND_DATABASE_URL")
    case .absent, .empty:
      if goal == .stopped { return .finish(nil) }
      return needs(facts) ?? .prepare
    case .marked(let marker): return step(facts, marker, at: now)
    }
  }

  private mutating func step(_ facts: ClusterFacts, _ marker: ClusterMarker, at now: Duration)
    -> Step
  {
    if case .marked(let own, _) = facts.data, own != marker { return refuseData() }
    if facts.data == .foreign { return refuseData() }
    return goal == .running ? stepUp(facts, at: now) : stepDown(facts, at: now)
  }

  // MARK: Up

  private mutating func stepUp(_ facts: ClusterFacts, at now: Duration) -> Step {
    switch facts.server {
    case .ready(let pid): return .finish(pid)
    case .starting, .stopping: return wait(at: now, "is not ready")
    case .none, .crashed, .impostor: break
    }
    if facts.child == .running { return wait(at: now, "is not ready") }
    if facts.hasUnfinished { return .clear }
    if let refusal = needs(facts) { return refusal }
    guard case .marked(_, let major) = facts.data else {
      // The newest; `needs` has seen that there is one.
      return facts.programs.max { $0.key < $1.key }.map { .make(programs: $0.value) } ?? .wait
    }
    guard let programs = facts.programs[major] else {
      let installed = facts.programs.keys.sorted().map(String.init).joined(separator: ", ")
      return refuse(
        .otherVersion,
        "\(layout.data) was made by PostgreSQL \(major); installed: \(installed). Install version "
          + "\(major) (Debian: postgresql-\(major)), or carry the data over with pg_upgrade, or move "
          + "\(layout.folder) away to begin anew")
    }
    if facts.server == .impostor { return .forget }
    guard let last = lastStart else {
      firstStart = now
      lastStart = now
      followsCrash = facts.server == .crashed
      return .start(programs: programs)
    }
    guard followsCrash, now - (firstStart ?? now) < Self.restartPatience else {
      return refuse(
        .cannotStart, "the server ends at once; see \(layout.startLog) and \(layout.logs)")
    }
    guard now - last >= Self.restartPause else { return .wait }
    lastStart = now
    return .start(programs: programs)
  }

  /// What must be there before anything is made or started.
  private func needs(_ facts: ClusterFacts) -> Step? {
    if facts.programs.isEmpty {
      return refuse(
        .notInstalled,
        "no PostgreSQL server is installed; install one (Debian: apt-get install postgresql), or name "
          + "a server by --database or TRADEWIND_DATABASE_URL")
    }
    if facts.user == .none {
      return refuse(
        .noServerUser,
        "PostgreSQL refuses to run as root, and this machine has neither a user postgres nor nobody; "
          + "make one, or run tradewind as another user")
    }
    if let parent = facts.closedParent {
      return refuse(
        .closedFolder,
        "\(parent) is closed to the user who runs the server for root; set TRADEWIND_DATA to a folder "
          + "that others may enter, such as /var/lib/tradewind")
    }
    return nil
  }

  // MARK: Down

  private mutating func stepDown(_ facts: ClusterFacts, at now: Duration) -> Step {
    switch facts.server {
    case .none, .crashed, .impostor: return .finish(nil)
    case .stopping: return wait(at: now, "does not end")
    case .starting(let pid), .ready(let pid):
      if hasSignalled { return wait(at: now, "does not end") }
      hasSignalled = true
      return .stop(pid)
    }
  }

  private func wait(at now: Duration, _ what: String) -> Step {
    guard now < patience else {
      return refuse(
        .slow,
        "the server \(what) after \(now.components.seconds) s; see \(layout.logs), then try again")
    }
    return .wait
  }

  private func refuseData() -> Step {
    refuse(
      .foreign,
      "\(layout.data) is not what tradewind made there, and is left alone; bring the one it made "
        + "back, or set TRADEWIND_DATA to another folder")
  }

  private func refuse(_ code: ClusterError.Code, _ message: String) -> Step {
    .refuse(ClusterError(code, message))
  }
}
