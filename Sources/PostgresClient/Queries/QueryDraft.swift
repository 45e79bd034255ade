/// A query as it stands in a file.
struct QueryDraft: Equatable {
  let name: String
  /// Where its name stands, counted from 1.
  let line: Int
  /// The statement without comments.
  let sql: String

  /// The queries of a file; what is no query becomes a finding.
  static func drafts(of file: SQLFolder.File, findings: inout [SQLFileError.Finding])
    -> [QueryDraft]
  {
    let fragments: [SQLScanner.Fragment]
    do throws(SQLScanner.Unterminated) {
      fragments = try SQLScanner.fragments(of: file.text, cutsAtNames: true)
    } catch {
      findings.append(
        .init(
          .unterminated, file.path, line: error.line, "\(error.what) that begins here has no end")
      )
      return []
    }
    var drafts: [QueryDraft] = []
    var open: (name: String, line: Int, sql: String?)?
    func close(_ findings: inout [SQLFileError.Finding]) {
      guard let query = open else { return }
      if let sql = query.sql {
        drafts.append(QueryDraft(name: query.name, line: query.line, sql: sql))
      } else {
        findings.append(
          .init(.emptyQuery, file.path, line: query.line, "\(query.name) has no statement"))
      }
    }
    for fragment in fragments {
      switch fragment {
      case .name(let name, let line):
        close(&findings)
        if !isName(name) {
          findings.append(
            .init(
              .badName, file.path, line: line,
              "\"\(name)\" is no name; write small letters, digits and _, as in shipment_by_id"))
        }
        open = (name, line, nil)
      case .statement(let excerpt):
        guard let query = open else {
          findings.append(
            .init(
              .nameless, file.path, line: excerpt.line,
              "a statement before the first name; write -- name: some_name above it"))
          continue
        }
        if query.sql != nil {
          findings.append(
            .init(
              .severalStatements, file.path, line: excerpt.line,
              "a second statement of \(query.name); give it a name of its own"))
        } else {
          open?.sql = excerpt.text
        }
      }
    }
    close(&findings)
    return drafts
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, ("a"..."z").contains(first) else { return false }
    return text.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
    }
  }
}
