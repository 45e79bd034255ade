/// What is found where a private cluster is, or is to be.
struct ClusterFacts: Equatable, Sendable {
  /// The cluster's folder.
  enum Folder: Equatable {
    case absent
    /// Empty, but for a lock perhaps.
    case empty
    case marked(ClusterMarker)
    /// Not made here; what is in it.
    case foreign(String)
    /// Of another user.
    case ofOther(UInt32)
  }

  /// The data directory in it.
  enum DataFolder: Equatable {
    case absent
    case marked(ClusterMarker, major: Int)
    /// Without marker, or without version.
    case foreign
  }

  /// The server, as its `postmaster.pid` has it.
  enum Server: Equatable {
    case none
    /// The process of the file is gone.
    case crashed
    /// The process of the file is somebody else's, who was given the number after the server had died.
    case impostor
    case starting(Int32)
    case ready(Int32)
    case stopping(Int32)
  }

  /// The server that this call started.
  enum Child: Equatable {
    case none
    case running
    case ended
  }

  /// Who the server runs as.
  enum User: Equatable {
    /// Whoever runs this process.
    case own
    /// Another one, since the server refuses root.
    case other(ServerUser)
    /// Nobody could.
    case none
  }

  var folder = Folder.absent
  var data = DataFolder.absent
  /// A data directory whose making was broken off.
  var hasUnfinished = false
  var server = Server.none
  var child = Child.none
  /// Folders of server programs by major version.
  var programs: [Int: String] = [:]
  var user = User.own
  /// A folder above the cluster's that the server's user cannot enter.
  var closedParent: String?
}

/// A user of the machine who can run a server for root.
struct ServerUser: Hashable, Sendable {
  let name: String
  let uid: UInt32
  let gid: UInt32
}

/// The file in which a server notes who it is.
struct PostmasterFile: Equatable {
  /// How far the server is.
  enum Status: Equatable { case starting, ready, stopping }

  let pid: Int32
  let status: Status

  /// Reads it; nil while it is being written.
  init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, let pid = Int32(first), pid > 0 else { return nil }
    self.pid = pid
    // The eighth line is written last; until then the server is starting.
    let word = lines.count > 7 ? lines[7].prefix { $0 != " " } : ""
    status =
      switch word {
      case "ready", "standby": .ready
      case "stopping": .stopping
      default: .starting
      }
  }
}
