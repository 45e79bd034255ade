import CSVTables
public import LogisticsModel

/// The zone files of the system this runs on: `TZDIR`, or `/usr/share/zoneinfo`.
public struct SystemZones: Sendable {
  /// The folder read from.
  public let directory: String

  /// Looks where the environment says, else in the usual folder.
  public init() {
    directory = Folders.environment("TZDIR") ?? "/usr/share/zoneinfo"
  }

  /// Looks in a given folder.
  public init(directory: String) { self.directory = directory }

  /// The bytes of a zone's file; nil when there is none, or the name is no zone name.
  public func bytes(of name: String) -> [UInt8]? {
    guard SystemZones.isZoneName(name) else { return nil }
    return try? FileBytes.read("\(directory)/\(name)", bound: 1 << 20)
  }

  /// A catalogue over these files.
  public func catalogue() -> ZoneCatalogue {
    ZoneCatalogue { [self] name in bytes(of: name) }
  }

  /// Whether a name has the form of an IANA zone, and so cannot leave the folder: parts of letters, digits,
  /// `_`, `+` and `-`, joined by single slashes.
  public static func isZoneName(_ name: String) -> Bool {
    guard !name.isEmpty, name.utf8.count <= 64 else { return false }
    return name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20)
              || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
          }
      }
  }
}
