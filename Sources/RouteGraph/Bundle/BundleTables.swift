import CSVTables
import LogisticsModel

/// All tables of a bundle as written: each cell read, nothing yet checked against another table.
struct BundleTables {
  var manifest: BundleManifest?
  var nodes: NodeRows
  var prefixes: PrefixRows
  var cities: CityRows
  var successors: SuccessorRows
  var legs: LegRows
  var departures: DepartureRows
  var calendars: CalendarRows
  var dates: DateRows
  var laws: LawRows
  var tiers: TierRows
  var acceptance: AcceptanceRows
  /// Families in rate_cards.csv; nil when the bundle has none, and no family can be checked.
  var cards: Set<String>?
  /// Faults in the shape of whole files.
  var fileFindings: [Finding] = []
  /// Files that could not be read at all: what they define is not known, and nothing that names it is blamed.
  private(set) var unreadable: Set<String> = []

  /// Reads every table; all faults are kept, none stops the others.
  init(_ files: BundleFiles) {
    var findings = files.faults
    var unreadable: Set<String> = []
    func table(_ name: String, _ columns: [String], isRequired: Bool = false) -> CSVTable {
      let table = files.table(name, columns: columns, isRequired: isRequired, findings: &findings)
      if table.map({ table in columns.contains { table.column($0) == nil } }) ?? true {
        unreadable.insert(name)
      }
      return table ?? .empty(file: name, columns: columns)
    }
    nodes = NodeRows(table(NodeRows.file, NodeRows.required, isRequired: true))
    prefixes = PrefixRows(table(PrefixRows.file, PrefixRows.required))
    cities = CityRows(table(CityRows.file, CityRows.required))
    successors = SuccessorRows(table(SuccessorRows.file, SuccessorRows.required))
    legs = LegRows(table(LegRows.file, LegRows.required, isRequired: true))
    departures = DepartureRows(table(DepartureRows.file, DepartureRows.required))
    calendars = CalendarRows(table(CalendarRows.file, CalendarRows.required))
    dates = DateRows(table(DateRows.file, DateRows.required))
    laws = LawRows(table(LawRows.file, LawRows.required, isRequired: true))
    tiers = TierRows(table(TierRows.file, TierRows.required))
    acceptance = AcceptanceRows(table(AcceptanceRows.file, AcceptanceRows.required))
    if let bytes = files.contents["rate_cards.csv"] {
      // Its faults are found by the module that reads it in full.
      var unused: [Finding] = []
      if let cardTable = CSVTable.parse(bytes, file: "rate_cards.csv", findings: &unused),
        let column = cardTable.column("card")
      {
        cards = Set((0..<cardTable.rowCount).map { cardTable.text($0, column) })
      }
    }
    if let bytes = files.contents[BundleFiles.manifestName] {
      manifest = BundleManifest.parse(
        bytes, file: BundleFiles.manifestName, findings: &findings)
    } else if !files.faults.contains(where: { $0.file == BundleFiles.manifestName }) {
      findings.append(
        Finding(
          code: BundleCode.fileMissing, file: BundleFiles.manifestName,
          message: "the bundle has no manifest (name, version, currency)"))
    }
    fileFindings = findings
    self.unreadable = unreadable
  }

  /// All findings, by file, then in the order they were made.
  var findings: [Finding] {
    fileFindings + nodes.columns.findings + prefixes.columns.findings + cities.columns.findings
      + successors.columns.findings + legs.columns.findings + departures.columns.findings
      + calendars.columns.findings + dates.columns.findings + laws.columns.findings
      + tiers.columns.findings + acceptance.columns.findings
  }
}
