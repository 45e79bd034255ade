/// Where a private cluster keeps its things: below one folder that is its own.
struct ClusterLayout: Hashable, Sendable {
  /// The folder, absolute.
  let folder: String

  /// The server's data directory.
  var data: String { folder + "/data" }
  /// A data directory that is being made.
  var unfinished: String { folder + "/data.new" }
  /// The marker of the folder, and of the data directory in it.
  var marker: String { folder + "/" + Self.markerName }
  var dataMarker: String { data + "/" + Self.markerName }
  /// Locked while somebody starts or stops the server.
  var lock: String { folder + "/" + Self.lockName }
  /// What initdb and the server say before the server has a log.
  var startLog: String { folder + "/start.log" }
  /// The server's logs, one for each day of the week.
  var logs: String { data + "/log" }

  static let markerName = "tradewind-cluster"
  static let lockName = "lock"
  static let database = "tradewind"
  static let superuser = "tradewind"
  static let port = 5432

  /// The folder of the socket: in the cluster's own, or where that is too long for a socket's address, in `/tmp`.
  func socketFolder(of identity: String) -> String {
    let own = folder + "/run"
    return own.utf8.count <= Self.longestSocketFolder
      ? own : "/tmp/tradewind-" + identity.prefix(12)
  }

  /// A socket's address has 107 bytes, and the server appends its name.
  static let longestSocketFolder = 107 - "/.s.PGSQL.5432".utf8.count

  /// How libpq reaches the server.
  func url(of identity: String) -> String {
    "postgresql://\(Self.superuser)@/\(Self.database)?host=\(Self.encoded(socketFolder(of: identity)))"
      + "&port=\(Self.port)"
  }

  /// Percent-encoded but for what a URI may hold as it is.
  static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.reduce(into: "") { encoded, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ","):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default: encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }
}

/// What says that a folder was made here: a file with an identity that nobody else has.
///
/// The folder and the data directory in it both have one, so that another data directory put in its place is noticed.
struct ClusterMarker: Hashable, Sendable {
  /// 32 hexadecimal digits, drawn when the folder was made.
  let identity: String

  init(identity: String) { self.identity = identity }

  /// Reads a marker; nil for anything else.
  init?(text: String) {
    let lines = text.split(separator: "\n")
    guard lines.count == 2, lines[0] == Self.title, lines[1].hasPrefix("identity ") else {
      return nil
    }
    identity = String(lines[1].dropFirst("identity ".count))
    guard identity.utf8.count == 32, identity.allSatisfy(\.isHexDigit) else { return nil }
  }

  private static let title = "Private PostgreSQL cluster of tradewind; do not edit."

  /// The file.
  var text: String { Self.title + "\nidentity \(identity)\n" }

  /// A marker like no other.
  static func drawn(from generator: inout some RandomNumberGenerator) -> ClusterMarker {
    let halves = (0..<2).map { _ in
      let digits = String(UInt64.random(in: 0 ... .max, using: &generator), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    return ClusterMarker(identity: halves.joined())
  }
}
