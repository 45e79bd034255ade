public import LogisticsModel
public import RouteGraph
public import RoutePlanning

/// A bundle as text in tables, so that a test can add a row, leave one out, rename and shuffle.
public struct BundleText: Sendable {
  /// One file: header and records, no value of which needs quotes.
  public struct Table: Sendable {
    /// Column names.
    public var header: [String]
    /// Records, each as long as the header.
    public var rows: [[String]]

    /// Makes a table from a comma-joined header.
    public init(_ header: String, _ rows: [[String]] = []) {
      self.header = header.split(separator: ",").map(String.init)
      self.rows = rows
    }

    /// Position of a column; a name that is missing stops the test.
    public func column(_ name: String) -> Int {
      guard let found = header.firstIndex(of: name) else { fatalError("no column \(name)") }
      return found
    }

    /// The value of a row's column.
    public func text(_ row: Int, _ name: String) -> String { rows[row][column(name)] }

    /// Appends a comma-joined record.
    public mutating func append(_ record: String) {
      let values = record.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      precondition(values.count == header.count, "\(record) under \(header)")
      rows.append(values)
    }

    var text: String {
      ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
    }
  }

  /// Tables by file name.
  public var tables: [String: Table] = [:]
  /// The manifest.
  public var manifest = #"{"name":"random","version":"1","currency":"EUR"}"#

  /// Starts without any table.
  public init() {}

  /// The table of a file; an empty one where the bundle has none.
  public subscript(file: String) -> Table {
    get { tables[file] ?? Table("") }
    set { tables[file] = newValue }
  }

  /// The files as bytes.
  public var files: BundleFiles {
    var texts = tables.mapValues(\.text)
    texts[BundleFiles.manifestName] = manifest
    return BundleFiles(texts: texts)
  }

  /// Loads the bundle as the product does, and joins it with its tariff.
  public func planner(now: Instant) throws -> NetworkPlanner {
    try LoadedNetworks.planner(files, now: now)
  }

  /// The same bundle with the rows of every file in another order.
  public func shuffled(_ random: inout SeededGenerator) -> BundleText {
    var copy = self
    for name in tables.keys.sorted() { copy.tables[name]?.rows.shuffle(using: &random) }
    return copy
  }

  /// Columns that hold ids, by file; the letter says which ids they share their space with.
  private static let idColumns: [String: [String: Character]] = [
    "nodes.csv": ["node": "n", "name": "n"],
    "legs.csv": [
      "leg": "g", "from": "n", "to": "n", "card": "k", "schedule": "s", "calendar": "c",
      "law": "l", "service": "v",
    ],
    "departures.csv": ["schedule": "s", "law": "l", "dates": "d"],
    "calendars.csv": ["calendar": "c", "dates": "d"],
    "calendar_dates.csv": ["dates": "d"],
    "delay_laws.csv": ["law": "l"],
    "rate_cards.csv": ["card": "k", "variant": "w"],
    "rate_bands.csv": ["variant": "w"],
    "surcharges.csv": ["surcharge": "u"],
    "restrictions.csv": ["restriction": "r"],
  ]
  /// The scopes of a rule whose key is an id, and the space of that id.
  private static let keySpaces: [String: Character] = ["node": "n", "card": "k", "service": "v"]

  /// The same bundle under other ids, which sort in another order, and the new names of the nodes.
  public func renamed(
    _ random: inout SeededGenerator
  ) -> (text: BundleText, nodes: [String: String]) {
    var copy = self
    var known: [String: String] = [:]
    func name(_ id: String, _ space: Character, _ random: inout SeededGenerator) -> String {
      guard !id.isEmpty else { return id }
      let key = "\(space) \(id)"
      if let name = known[key] { return name }
      let name = "\(random.pick(["A", "m", "z", "é"]))\(random.integer(0...9999))-\(known.count)"
      known[key] = name
      return name
    }
    for file in tables.keys.sorted() {
      guard let table = tables[file] else { continue }
      let spaces = BundleText.idColumns[file] ?? [:]
      let scope = table.header.firstIndex(of: "scope")
      for row in table.rows.indices {
        for (position, column) in table.header.enumerated() {
          var space = spaces[column]
          if column == "key", let scope { space = BundleText.keySpaces[table.rows[row][scope]] }
          if let space {
            copy.tables[file]?.rows[row][position] = name(table.rows[row][position], space, &random)
          }
        }
      }
    }
    var nodes: [String: String] = [:]
    for (key, name) in known where key.hasPrefix("n ") { nodes[String(key.dropFirst(2))] = name }
    return (copy, nodes)
  }
}
