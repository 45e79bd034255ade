/// How the migrations of a folder and the records of a database stand to each other.
public struct MigrationStatus: Hashable, Sendable {
  /// How one migration stands.
  public enum State: Hashable, Sendable {
    /// Applied as it is in the file.
    case applied(Timestamp)
    /// To be applied.
    case pending
    /// Applied, and the file says something else now.
    case changed
    /// Applied as another migration; the file has moved.
    case renumbered
    /// Not applied, though a later one is.
    case late
    /// Applied, and in no file: by a later version of the program, or the file is gone.
    case absent(Timestamp)

    /// The word for it.
    public var word: String {
      switch self {
      case .applied: "applied"
      case .pending: "pending"
      case .changed: "changed"
      case .renumbered: "renumbered"
      case .late: "late"
      case .absent: "absent"
      }
    }
  }

  /// A migration that has a file, a record, or both.
  public struct Entry: Hashable, Sendable {
    /// `0001_roles`.
    public let label: String
    /// How it stands.
    public let state: State
  }

  /// All of them by number.
  public let entries: [Entry]
  /// What is to be applied, in order.
  public let pending: [Migration]
  /// Why nothing can be applied, if so.
  public let refusal: SQLFileError?

  /// Whether every file is applied, by this version of the program or by a later one: what a program of the version before may work
  /// with as well.
  public var isUsable: Bool {
    entries.allSatisfy { entry in
      switch entry.state {
      case .applied, .absent: true
      default: false
      }
    }
  }

  /// Compares; nothing is asked of anybody.
  ///
  /// - Complexity: O(files + records).
  init(files: [Migration], records: [MigrationRecord], folder: String) {
    let fileByNumber = Dictionary(files.map { ($0.number, $0) }) { first, _ in first }
    let fileByChecksum = Dictionary(files.map { ($0.checksum, $0) }) { first, _ in first }
    let recorded = Dictionary(records.map { ($0.number, $0) }) { first, _ in first }
    let lastFile = files.last?.number ?? 0
    let lastRecord = records.map(\.number).max() ?? 0
    var entries: [(number: Int, entry: Entry)] = []
    var findings: [SQLFileError.Finding] = []
    var moved: Set<Int> = []
    for record in records.sorted(by: { $0.number < $1.number }) {
      let file = fileByNumber[record.number]
      let state: State
      if let file, file.checksum == record.checksum, file.name == record.name {
        state = .applied(record.appliedAt)
      } else if let twin = fileByChecksum[record.checksum] {
        state = .renumbered
        moved.insert(twin.number)
        findings.append(
          .init(.renumbered, twin.file, "was applied as \(record.label); give it that name again"))
      } else if let file {
        state = .changed
        findings.append(
          .init(
            .changed, file.file,
            "is not what was applied as \(record.label); put the file back as it was, and say what "
              + "is new in a migration of its own"))
      } else {
        state = .absent(record.appliedAt)
        findings.append(
          .init(
            .absent, folder,
            "\(record.label) was applied and has no file here; bring it back, or migrate with the "
              + "version of tradewind that has it"))
      }
      entries.append((record.number, Entry(label: record.label, state: state)))
    }
    for file in files where recorded[file.number] == nil && !moved.contains(file.number) {
      let isLate = file.number < lastRecord
      if isLate {
        findings.append(
          .init(
            .late, file.file,
            "is new, but number \(lastRecord) is applied already; give it a number above \(lastFile)"
          ))
      }
      entries.append((file.number, Entry(label: file.label, state: isLate ? .late : .pending)))
    }
    self.entries = entries.sorted { $0.number < $1.number }.map(\.entry)
    pending = files.filter { $0.number > lastRecord && !moved.contains($0.number) }
    refusal = findings.isEmpty ? nil : SQLFileError(findings)
  }
}
