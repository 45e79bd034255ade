import Glibc

/// Where the programs of PostgreSQL servers are, and whom they can be run as.
///
/// Bounds relied on: entries of the user database are valid until the next question, and are copied at once.
enum ServerPrograms {
  /// Folders by major version: Debian's and Red Hat's, and those on the path.
  ///
  /// - Complexity: a few system calls, and a program run where only the path has one.
  static func installed() -> [Int: String] {
    var found: [Int: String] = [:]
    for name in ClusterFiles.names(in: "/usr/lib/postgresql") ?? [] {
      note("/usr/lib/postgresql/\(name)/bin", Int(name), &found)
    }
    for name in ClusterFiles.names(in: "/usr") ?? [] where name.hasPrefix("pgsql-") {
      note("/usr/\(name)/bin", Int(name.dropFirst("pgsql-".count)), &found)
    }
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    for folder in path.split(separator: ":").map(String.init) where hasBoth(folder) {
      let version = ServerCommand([folder + "/postgres", "--version"]).output(seconds: 5)
      note(folder, version.flatMap(major(ofVersion:)), &found)
    }
    return found
  }

  /// The major version in what `postgres --version` prints, such as `postgres (PostgreSQL) 15.14 (Debian 15.14-1)`.
  static func major(ofVersion text: String) -> Int? {
    guard let number = text.split(separator: " ").dropFirst(2).first else { return nil }
    return Int(number.prefix { $0.isASCII && $0.isNumber })
  }

  private static func note(_ folder: String, _ major: Int?, _ found: inout [Int: String]) {
    guard let major, major >= oldest, found[major] == nil, hasBoth(folder) else { return }
    found[major] = folder
  }

  /// The oldest version whose SQL the migrations may use.
  static let oldest = 14

  private static func hasBoth(_ folder: String) -> Bool {
    access(folder + "/initdb", X_OK) == 0 && access(folder + "/postgres", X_OK) == 0
  }

  /// Who runs a server: this user, or if that is root, who the server refuses, `postgres` or `nobody`.
  ///
  /// - Parameter data: A data directory; if it is there already, its owner runs it.
  /// - Returns: Whoever it is.
  static func user(for data: String) -> ClusterFacts.User {
    guard geteuid() == 0 else { return .own }
    if let owner = ClusterFiles.entry(data)?.owner, owner != 0, let entry = getpwuid(owner) {
      return .other(user(entry))
    }
    for name in ["postgres", "nobody"] {
      if let entry = getpwnam(name) { return .other(user(entry)) }
    }
    return .none
  }

  private static func user(_ entry: UnsafeMutablePointer<passwd>) -> ServerUser {
    ServerUser(
      name: String(cString: entry.pointee.pw_name), uid: entry.pointee.pw_uid,
      gid: entry.pointee.pw_gid)
  }

  /// The name of whoever runs this process; nil where the machine has none for the number.
  static var ownName: String? { getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } }

  /// What to put before a command so that it runs as a user.
  static func prefix(for user: ClusterFacts.User) -> [String] {
    guard case .other(let user) = user else { return [] }
    // Becomes the program, so that no process stands between; the other one stays, and passes signals on.
    let places: [String] = ["/usr/bin/setpriv", "/bin/setpriv"]
    if places.contains(where: { access($0, X_OK) == 0 }) {
      return ["setpriv", "--reuid=\(user.uid)", "--regid=\(user.gid)", "--clear-groups", "--"]
    }
    return ["runuser", "-u", user.name, "--"]
  }

  /// Bytes of memory of the machine.
  static var memory: Int {
    sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
  }
}
