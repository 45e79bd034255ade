/// A step of the database's schema: a file `NNNN_name.sql` that never changes once it has been applied anywhere.
public struct Migration: Hashable, Sendable {
  /// Its place in the order, from 1.
  public let number: Int
  /// What it is about, from the name of its file.
  public let name: String
  /// The file, for people.
  public let file: String
  /// SHA-256 of the file.
  public let checksum: Bytes
  /// What it does; runs in one transaction.
  let sql: String

  /// `0001_roles`.
  public var label: String { Self.label(number, name) }

  static func label(_ number: Int, _ name: String) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_" + name
  }

  /// The migrations of a folder, by number.
  ///
  /// - Parameter folder: Such as `sql/migrations`.
  /// - Returns: All of them.
  /// - Throws: `SQLFileError` with everything that is wrong: what cannot be read, names that are not `NNNN_name.sql`, numbers given
  ///   twice or left out, files that say nothing or that begin or end a transaction themselves.
  public static func read(_ folder: String) throws(SQLFileError) -> [Migration] {
    let (files, unreadable) = SQLFolder.read(folder)
    return try read(files, folder: folder, findings: unreadable)
  }

  static func read(
    _ files: [SQLFolder.File], folder: String, findings: [SQLFileError.Finding] = []
  ) throws(SQLFileError) -> [Migration] {
    var findings = findings
    var migrations: [Migration] = []
    for file in files {
      guard let migration = Migration(file) else {
        findings.append(
          .init(.badFileName, file.path, "is not named like 0007_parcels.sql; rename it"))
        continue
      }
      if let last = migrations.last {
        if last.number == migration.number {
          findings.append(
            .init(
              .numberTwice, file.path,
              "\(last.file) has number \(last.number) too; give this one a number of its own"))
        } else if last.number + 1 != migration.number {
          findings.append(gap(before: migration, after: last.number))
        }
      } else if migration.number != 1 {
        findings.append(gap(before: migration, after: 0))
      }
      findings += migration.faults()
      migrations.append(migration)
    }
    guard findings.isEmpty else { throw SQLFileError(findings) }
    return migrations
  }

  private init?(_ file: SQLFolder.File) {
    let stem = file.name.dropLast(".sql".count)
    let digits = stem.prefix(4)
    let name = stem.dropFirst(5)
    guard digits.count == 4, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(digits), number > 0, stem.dropFirst(4).first == "_",
      name.utf8.first.map({ (0x61...0x7A).contains($0) }) == true,
      name.utf8.allSatisfy({
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
      })
    else { return nil }
    self.number = number
    self.name = String(name)
    self.file = file.path
    sql = file.text
    checksum = Bytes(SHA256.digest(of: file.text.utf8))
  }

  private static func gap(before migration: Migration, after last: Int) -> SQLFileError.Finding {
    let lost =
      migration.number - last == 2 ? "\(last + 1) is" : "\(last + 1) to \(migration.number - 1) are"
    return .init(
      .gap, migration.file,
      "number \(lost) left out before it; bring the file back or renumber this one")
  }

  private func faults() -> [SQLFileError.Finding] {
    let fragments: [SQLScanner.Fragment]
    do throws(SQLScanner.Unterminated) {
      fragments = try SQLScanner.fragments(of: sql)
    } catch {
      return [
        .init(.unterminated, file, line: error.line, "\(error.what) that begins here has no end")
      ]
    }
    guard !fragments.isEmpty else {
      return [.init(.emptyMigration, file, "has no statement; a number is not given for nothing")]
    }
    return fragments.compactMap { fragment in
      guard case .statement(let excerpt) = fragment, Self.endsTransaction(excerpt) else {
        return nil
      }
      return .init(
        .ownTransaction, file, line: excerpt.line,
        "\(excerpt.words[0].uppercased()) in a migration; it is applied in one transaction with its "
          + "record, so leave this out")
    }
  }

  private static func endsTransaction(_ statement: SQLScanner.Excerpt) -> Bool {
    guard let first = statement.words.first else { return false }
    if first == "prepare" { return statement.words.dropFirst().first == "transaction" }
    return ["begin", "start", "commit", "end", "rollback", "abort"].contains(first)
  }
}
