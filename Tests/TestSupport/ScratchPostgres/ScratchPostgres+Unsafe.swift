import Glibc
import Synchronization

/// What a cluster needs of the machine. Bound relied on: names that the C library returns end with a zero and are copied at once.
extension ScratchPostgres {
  /// Clusters of this process, removed when it exits.
  static let living: Mutex<[ScratchPostgres]> = {
    atexit {
      for cluster in ScratchPostgres.living.withLock({ $0 }) { cluster.remove() }
    }
    return Mutex([])
  }()

  /// Debian keeps the programs of each version in a folder of its own; elsewhere they are on the path.
  static func findPrograms() -> String? {
    let debian = "/usr/lib/postgresql"
    let versions = entries(of: debian).compactMap { Int($0) }.sorted(by: >)
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    let folders =
      versions.map { "\(debian)/\($0)/bin" } + path.split(separator: ":").map(String.init)
    return folders.first {
      access($0 + "/initdb", X_OK) == 0 && access($0 + "/postgres", X_OK) == 0
    }
  }

  /// Who runs the server when this process may not: the server refuses root.
  static var serverUser: (name: String, uid: uid_t, gid: gid_t)? {
    guard geteuid() == 0 else { return nil }
    for name in ["postgres", "nobody"] {
      if let entry = getpwnam(name) { return (name, entry.pointee.pw_uid, entry.pointee.pw_gid) }
    }
    return nil
  }

  /// What to put before a command, so that it runs as that user and ends with the thread that started it.
  static func switchingUser(to name: String?) -> [String] {
    let candidates: [String] = ["/usr/bin/setpriv", "/bin/setpriv"]
    let isThere = candidates.contains { access($0, X_OK) == 0 }
    guard let name else { return isThere ? ["setpriv", "--pdeathsig", "TERM"] : [] }
    guard isThere else { return ["runuser", "-u", name, "--"] }
    return [
      "setpriv", "--reuid=\(name)", "--regid=\(name == "nobody" ? "nogroup" : name)",
      "--clear-groups", "--pdeathsig", "TERM",
    ]
  }

  /// Removes folders of processes that were killed before they could.
  static func removeLeftovers() {
    for name in entries(of: "/tmp") where name.hasPrefix("twpg-") {
      let folder = "/tmp/" + name
      let descriptor = open(folder + "/held", O_RDWR | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
        _ = try? SpawnedProcess.run(["rm", "-rf", folder])
      }
      close(descriptor)
    }
  }

  static func entries(of folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      names.append(name)
    }
    return names
  }

  static func lines(of path: String) -> [String]? {
    (try? text(of: path))?.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// What a file holds.
  ///
  /// - Throws: `Failure` if it cannot be read.
  public static func text(of path: String) throws -> String {
    guard let file = fopen(path, "r") else { throw Failure("cannot read \(path)") }
    defer { fclose(file) }
    var text: [UInt8] = []
    var byte = fgetc(file)
    while byte != EOF {
      text.append(UInt8(truncatingIfNeeded: byte))
      byte = fgetc(file)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Replaces what a file holds and leaves it to its owner.
  static func overwrite(_ path: String, _ text: String) throws {
    guard let file = fopen(path, "w") else { throw Failure("cannot write \(path)") }
    defer { fclose(file) }
    fputs(text, file)
  }
}
