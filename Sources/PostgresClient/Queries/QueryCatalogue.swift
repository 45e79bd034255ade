/// The named queries of a folder: one statement behind each line `-- name: some_name`.
///
/// ```sql
/// -- name: shipment_by_id
/// -- Comments are for people; they are not sent.
/// SELECT state FROM tradewind.shipment WHERE tenant_id = $1 AND id = $2;
/// ```
///
/// ```swift
/// enum ShipmentQuery: String, CaseIterable { case shipmentByID = "shipment_by_id" }
/// let queries = try QueryCatalogue.read("sql/queries").table(of: ShipmentQuery.self)
/// let rows = try await connection.query(queries[.shipmentByID], tenant, id)
/// ```
public struct QueryCatalogue: Sendable {
  /// Where a query stands.
  struct Place: Hashable, Sendable {
    let file: String
    let line: Int
  }

  struct Entry: Sendable {
    let statement: Statement
    let place: Place
  }

  private let folder: String
  private let entries: [String: Entry]

  /// The names, in alphabetical order.
  public var names: [String] { entries.keys.sorted() }

  /// Reads all files of a folder that end in `.sql`.
  ///
  /// - Parameter folder: Such as `sql/queries`.
  /// - Returns: All queries of all files.
  /// - Throws: `SQLFileError` with everything that is wrong: what cannot be read, statements without a name or names without a
  ///   statement, names that are given twice, each with its file and line.
  public static func read(_ folder: String) throws(SQLFileError) -> QueryCatalogue {
    let (files, unreadable) = SQLFolder.read(folder)
    return try QueryCatalogue(folder: folder, files: files, findings: unreadable)
  }

  init(folder: String, files: [SQLFolder.File], findings: [SQLFileError.Finding] = [])
    throws(SQLFileError)
  {
    var findings = findings
    var entries: [String: Entry] = [:]
    for file in files {
      for draft in QueryDraft.drafts(of: file, findings: &findings) {
        let place = Place(file: file.path, line: draft.line)
        if let first = entries[draft.name] {
          findings.append(
            .init(
              .nameTwice, file.path, line: draft.line,
              "\(draft.name) is already in \(first.place.file):\(first.place.line); rename one"))
          continue
        }
        entries[draft.name] = Entry(
          statement: Statement(trusted: draft.sql, name: draft.name), place: place)
      }
    }
    guard findings.isEmpty else { throw SQLFileError(findings) }
    self.folder = folder
    self.entries = entries
  }

  /// The query of a name.
  ///
  /// - Throws: `SQLFileError` if no file has it.
  public func statement(named name: String) throws(SQLFileError) -> Statement {
    guard let entry = entries[name] else { throw SQLFileError([absence(of: name)]) }
    return entry.statement
  }

  /// The queries that a part of the program uses, each of which is there.
  ///
  /// - Parameter names: An enumeration with a case for each, its raw value the name.
  /// - Returns: A statement for each case.
  /// - Throws: `SQLFileError` naming all that are in no file.
  public func table<Name: QueryName>(of names: Name.Type = Name.self) throws(SQLFileError)
    -> QueryTable<Name>
  {
    var statements: [Name: Statement] = [:]
    var findings: [SQLFileError.Finding] = []
    for name in Name.allCases {
      if let entry = entries[name.rawValue] {
        statements[name] = entry.statement
      } else {
        findings.append(absence(of: name.rawValue))
      }
    }
    guard findings.isEmpty else { throw SQLFileError(findings) }
    return QueryTable(statements: statements)
  }

  private func absence(of name: String) -> SQLFileError.Finding {
    .init(
      .noSuchQuery, folder,
      "no file has -- name: \(name); the program and sql/ are of two versions")
  }
}

/// Names of queries that a part of the program uses, as an enumeration.
public protocol QueryName: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}

/// Queries by name, without a name that is not there.
public struct QueryTable<Name: QueryName>: Sendable {
  /// One for every case, as ``QueryCatalogue/table(of:)`` makes sure.
  private let statements: [Name: Statement]

  init(statements: [Name: Statement]) { self.statements = statements }

  /// The query of a name.
  public subscript(name: Name) -> Statement {
    guard let statement = statements[name] else {
      preconditionFailure("\(name) is not among its own cases")
    }
    return statement
  }
}
