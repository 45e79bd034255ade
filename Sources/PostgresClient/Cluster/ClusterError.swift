/// Why the private cluster cannot be had.
public struct ClusterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is in the way, as a stable code.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The code as it is printed.
    public let rawValue: String
    /// A code as it is printed.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// No PostgreSQL server is installed.
    public static let notInstalled = Code(rawValue: "TW-CLU-001")
    /// The folder holds what tradewind did not make.
    public static let foreign = Code(rawValue: "TW-CLU-002")
    /// The folder belongs to another user.
    public static let notYours = Code(rawValue: "TW-CLU-003")
    /// The user who runs the server cannot enter a folder above it.
    public static let closedFolder = Code(rawValue: "TW-CLU-004")
    /// The data directory was made by another major version.
    public static let otherVersion = Code(rawValue: "TW-CLU-005")
    /// `initdb` failed, or making the database did.
    public static let cannotMake = Code(rawValue: "TW-CLU-006")
    /// The server ended instead of taking connections.
    public static let cannotStart = Code(rawValue: "TW-CLU-007")
    /// Another process is starting or stopping it and does not finish.
    public static let busy = Code(rawValue: "TW-CLU-008")
    /// The server is there and does not become ready, or does not end, in time.
    public static let slow = Code(rawValue: "TW-CLU-009")
    /// There is no user to run the server as.
    public static let noServerUser = Code(rawValue: "TW-CLU-010")
    /// A file or folder cannot be made, read or written.
    public static let fileFault = Code(rawValue: "TW-CLU-011")
  }

  /// What is in the way.
  public let code: Code
  /// What, which, and what to do.
  public let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// `error TW-CLU-002: ...`.
  public var description: String { "error \(code.rawValue): \(message)" }
}
