import CSVTables
public import LogisticsModel

/// A delay law that takes the place of a leg's.
public struct LegLawRevision: Sendable {
  /// Id of the leg.
  public let leg: String
  /// The new law.
  public let law: DelayLaw
  /// Where it comes from, for the file.
  public let source: String

  /// Makes a revision.
  public init(leg: String, law: DelayLaw, source: String) {
    self.leg = leg
    self.law = law
    self.source = source
  }
}

extension BundleFiles {
  /// The same bundle as a new version in which some legs have laws of their own.
  ///
  /// `legs.csv` names the new laws and calls their times computed, `delay_laws.csv` holds them behind the old ones,
  /// `bundle.json` has the new version; every other file is the same. Departures that override their leg's law keep
  /// doing so.
  /// - Parameters:
  ///   - revisions: one for each leg.
  ///   - version: the new version, a free word.
  ///   - oldVersion: the version it is made from.
  /// - Returns: the files; nil where legs, laws or manifest cannot be read.
  public func revised(
    _ revisions: [LegLawRevision], version: String, from oldVersion: String
  ) -> BundleFiles? {
    var findings: [Finding] = []
    guard let legs = contents["legs.csv"], let laws = contents[LawRows.file],
      let manifest = contents[BundleFiles.manifestName],
      let legTable = CSVTable.parse(legs, file: "legs.csv", findings: &findings),
      let lawTable = CSVTable.parse(laws, file: LawRows.file, findings: &findings),
      findings.isEmpty, RowId.isWellFormed(version),
      let text = BundleFiles.manifest(
        String(decoding: manifest, as: UTF8.self), version, oldVersion)
    else { return nil }
    var byLeg: [String: LegLawRevision] = [:]
    for revision in revisions { byLeg[revision.leg] = revision }
    let newLegs = BundleFiles.rewritten(legTable) { row, cells in
      guard let revision = byLeg[cells["leg"] ?? ""] else { return [:] }
      return ["law": BundleFiles.lawName(revision.leg), "time_basis": Basis.computed.word]
    }
    let replaced = Set(revisions.map { BundleFiles.lawName($0.leg) })
    var rows = CSVWriter(lawTable.header)
    for row in 0..<lawTable.rowCount {
      let cells = lawTable.header.indices.map { lawTable.text(row, $0) }
      guard let column = lawTable.header.firstIndex(of: "law"), !replaced.contains(cells[column])
      else { continue }
      rows.append(cells)
    }
    for revision in revisions.sorted(by: { $0.leg < $1.leg }) {
      for atom in revision.law.atoms {
        let cells = [
          "law": BundleFiles.lawName(revision.leg), "delay_min": "\(atom.delay)",
          "weight": "\(atom.weight)", "basis": Basis.computed.word, "source": revision.source,
        ]
        rows.append(lawTable.header.map { cells[$0] ?? "" })
      }
    }
    var contents = self.contents
    contents["legs.csv"] = Array(newLegs.utf8)
    contents[LawRows.file] = Array(rows.text.utf8)
    contents[BundleFiles.manifestName] = Array(text.utf8)
    return BundleFiles(contents: contents, faults: faults)
  }

  private static func lawName(_ leg: String) -> String { "learned-" + leg }

  private static func rewritten(
    _ table: CSVTable, _ change: (Int, [String: String]) -> [String: String]
  ) -> String {
    var writer = CSVWriter(table.header)
    for row in 0..<table.rowCount {
      var cells: [String: String] = [:]
      for (index, name) in table.header.enumerated() { cells[name] = table.text(row, index) }
      let changed = change(row, cells)
      writer.append(table.header.map { changed[$0] ?? cells[$0] ?? "" })
    }
    return writer.text
  }

  /// The manifest with another version; nil where the old one does not stand in it as expected.
  private static func manifest(_ text: String, _ version: String, _ old: String) -> String? {
    for gap in ["\": \"", "\":\""] {
      let member = "\"version" + gap + old + "\""
      guard let range = text.firstRange(of: member) else { continue }
      return text.replacingCharacters(in: range, by: "\"version" + gap + version + "\"")
    }
    return nil
  }
}

extension String {
  fileprivate func replacingCharacters(
    in range: Range<String.Index>, by text: String
  ) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
