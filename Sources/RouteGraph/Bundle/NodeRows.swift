import CSVTables
import LogisticsModel

/// One row of nodes.csv.
struct NodeRow {
  var row: Int
  var id: String
  var kind: NodeKind
  var name: String
  var country: Country
  /// Microdegrees; nil where none are given.
  var latitude: Int32?
  var longitude: Int32?
  var zone: String
  var locode: String
  /// People the node stands for; 0 where nothing is said.
  var population: Int64
}

/// nodes.csv.
struct NodeRows {
  static let file = "nodes.csv"
  static let required = ["node", "kind", "name", "country", "tz"]
  static let optional = ["lat", "lon", "unlocode", "population"]

  var columns: CSVColumns
  var rows: [NodeRow] = []

  init(_ table: CSVTable) {
    columns = CSVColumns(table, required: Self.required, optional: Self.optional)
    guard columns.isUsable else { return }
    rows.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      let id = columns.id(row, "node")
      let kind = columns.word(
        row, "kind", expected: "origin, warehouse, gateway, hub, customs or zone",
        NodeKind.init(word:))
      let country = columns.country(row)
      var isSound = true
      let latitude = columns.degrees(row, "lat", within: 90, isSound: &isSound)
      let longitude = columns.degrees(row, "lon", within: 180, isSound: &isSound)
      let zone = columns.requiredText(row, "tz")
      let locode = columns.text(row, "unlocode")
      if !locode.isEmpty, locode.utf8.count != 5 {
        columns.report(
          code: BundleCode.locodeMalformed, row: row, column: "unlocode",
          "unlocode \"\(locode.prefix(40))\" is not five characters")
      }
      let population = columns.integer(
        row, "population", in: 0...NodeTable.greatestPopulation, ifEmpty: 0)
      guard let id, let kind, let country, let zone, let population else { continue }
      rows.append(
        NodeRow(
          row: row, id: id, kind: kind, name: columns.text(row, "name"), country: country,
          latitude: latitude, longitude: longitude, zone: zone, locode: locode,
          population: population))
    }
  }
}

extension CSVColumns {
  /// A country code.
  mutating func country(_ row: Int) -> Country? {
    guard let text = requiredText(row, "country") else { return nil }
    // Codes are written in capitals; a lower-case one is a slip worth naming.
    if let country = Country(code: text), country.code == text { return country }
    report(
      code: BundleCode.countryMalformed, row: row, column: "country",
      "country \"\(text.prefix(40))\" is not two capital letters (ISO 3166-1)")
    return nil
  }

  /// Decimal degrees as microdegrees; nil where empty or malformed.
  mutating func degrees(
    _ row: Int, _ column: String, within limit: Int, isSound: inout Bool
  ) -> Int32? {
    let text = text(row, column)
    guard !text.isEmpty else { return nil }
    if let value = Microdegrees.parse(text), abs(Int(value)) <= limit * 1_000_000 { return value }
    report(
      code: BundleCode.coordinateMalformed, row: row, column: column,
      "\(column) \"\(text.prefix(40))\" is no decimal number from -\(limit) to \(limit)")
    isSound = false
    return nil
  }
}

/// Decimal degrees held as whole millionths: about 11 cm, and no floating point.
enum Microdegrees {
  /// Reads `-12.345678`; further decimals are cut off.
  ///
  /// Nil when malformed or 1000 degrees and more.
  static func parse(_ text: String) -> Int32? {
    var bytes = Array(text.utf8)[...]
    let negative = bytes.first == UInt8(ascii: "-")
    if negative { bytes = bytes.dropFirst() }
    let whole = bytes.prefix { (0x30...0x39).contains($0) }
    guard !whole.isEmpty, whole.count <= 3 else { return nil }
    bytes = bytes.dropFirst(whole.count)
    var value = whole.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    var digits = 0
    if bytes.first == UInt8(ascii: ".") {
      bytes = bytes.dropFirst()
      guard !bytes.isEmpty, bytes.count <= 15 else { return nil }
      for byte in bytes {
        guard (0x30...0x39).contains(byte) else { return nil }
        if digits < 6 {
          value = value * 10 + Int(byte - 0x30)
          digits += 1
        }
      }
    } else if !bytes.isEmpty {
      return nil
    }
    while digits < 6 {
      value *= 10
      digits += 1
    }
    return Int32(negative ? -value : value)
  }
}
