public import LogisticsModel

/// Why a snapshot is not used.
///
/// It is then built again, never trusted.
public enum SnapshotFault: Error, Hashable, Sendable {
  /// There is none yet.
  case missing
  /// The file cannot be opened or mapped; errno.
  case unreadable(number: Int32)
  /// Shorter than it says it is, or than any snapshot.
  case truncated(bytes: Int, expected: Int)
  /// Not a snapshot at all.
  case foreign
  /// Written by another version of the program.
  case version(found: UInt32, expected: UInt32)
  /// Written on a machine of the other byte order.
  case byteOrder
  /// A part does not have the checksum it was written with.
  case damaged(section: String)
  /// A part is missing, or points outside another.
  case inconsistent(section: String)
  /// The bundle's files have changed since.
  case sourcesChanged
  /// Written for other days.
  case windowMoved(from: CivilDate, to: CivilDate)
  /// The system's zone files have changed since.
  case zonesChanged
  /// It could not be written; errno.
  case unwritable(path: String, number: Int32)

  /// What every code of these faults begins with.
  public static let codePrefix = "TW-SNP-"

  /// Stable code.
  public var code: String {
    switch self {
    case .missing: "TW-SNP-001"
    case .unreadable: "TW-SNP-002"
    case .truncated: "TW-SNP-003"
    case .foreign: "TW-SNP-004"
    case .version: "TW-SNP-005"
    case .byteOrder: "TW-SNP-006"
    case .damaged: "TW-SNP-007"
    case .inconsistent: "TW-SNP-008"
    case .sourcesChanged: "TW-SNP-009"
    case .windowMoved: "TW-SNP-010"
    case .zonesChanged: "TW-SNP-011"
    case .unwritable: "TW-SNP-012"
    }
  }

  /// What is wrong, and with what.
  public var message: String {
    switch self {
    case .missing: "there is no snapshot yet"
    case .unreadable(let number): "the snapshot cannot be read (errno \(number))"
    case .truncated(let bytes, let expected):
      "the snapshot is truncated: \(bytes) bytes of \(expected)"
    case .foreign: "the file is no snapshot of this program"
    case .version(let found, let expected):
      "the snapshot has format \(found), this program writes format \(expected)"
    case .byteOrder: "the snapshot was written on a machine of the other byte order"
    case .damaged(let section): "the snapshot is damaged: checksum of \(section) does not match"
    case .inconsistent(let section): "the snapshot contradicts itself in \(section)"
    case .sourcesChanged: "the bundle's files have changed since the snapshot was written"
    case .windowMoved(let from, let to):
      "the snapshot's timetable begins on \(from), the one needed on \(to)"
    case .zonesChanged: "the system's time zones have changed since the snapshot was written"
    case .unwritable(let path, let number):
      "the snapshot \(path) cannot be written (errno \(number)); loading stays slower"
    }
  }

  /// The fault as a finding about a file; a warning, since a snapshot can always be built again.
  public func finding(file: String) -> Finding {
    Finding(.warning, code: code, file: file, message: message)
  }
}
