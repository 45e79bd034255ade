import LogisticsModel

/// A place in the tree of assumptions, read by dotted path; what is missing is reported once and read as
/// nothing, so that one run names every gap.
struct AssumptionScope {
  static let file = "assumptions.toml"

  let path: String
  let value: AssumptionValue
  let ledger: FindingLedger

  init(_ assumptions: Assumptions, ledger: FindingLedger) {
    path = ""
    value = .table(assumptions.entries)
    self.ledger = ledger
  }

  private init(path: String, value: AssumptionValue, ledger: FindingLedger) {
    self.path = path
    self.value = value
    self.ledger = ledger
  }

  /// The value at a dotted path, or nil.
  func find(_ name: String) -> AssumptionValue? {
    var here = value
    for part in name.split(separator: ".") {
      guard case .table(let table) = here, let next = table[String(part)] else { return nil }
      here = next
    }
    return here
  }

  private func full(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  private func missing(_ name: String) {
    ledger.report(
      SourceCode.assumptionMissing, file: AssumptionScope.file,
      "\(full(name)) is missing; add it with its reason")
  }

  private func malformed(_ name: String, _ expected: String) {
    ledger.report(
      SourceCode.assumptionMalformed, file: AssumptionScope.file, "\(full(name)) is not \(expected)"
    )
  }

  func has(_ name: String) -> Bool { find(name) != nil }

  func integer(_ name: String) -> Int {
    guard let found = find(name) else {
      missing(name)
      return 0
    }
    guard case .integer(let number) = found else {
      malformed(name, "a whole number")
      return 0
    }
    return Int(number)
  }

  func integer(_ name: String, ifMissing fallback: Int) -> Int {
    has(name) ? integer(name) : fallback
  }

  func truth(_ name: String) -> Bool {
    guard case .truth(let yes)? = find(name) else {
      missing(name)
      return false
    }
    return yes
  }

  func text(_ name: String) -> String {
    guard let found = find(name) else {
      missing(name)
      return ""
    }
    guard case .text(let text) = found else {
      malformed(name, "text")
      return ""
    }
    return text
  }

  func text(_ name: String, ifMissing fallback: String) -> String {
    has(name) ? text(name) : fallback
  }

  /// A decimal of at most six places, in millionths; written as text or as a whole number.
  func decimal(_ name: String) -> Decimal6 {
    guard let found = find(name) else {
      missing(name)
      return Decimal6(micros: 0)
    }
    switch found {
    case .integer(let number): return Decimal6(micros: number * Decimal6.scale)
    case .text(let text):
      if let value = try? Decimal6(text) { return value }
    default: break
    }
    malformed(name, "a decimal with at most six places")
    return Decimal6(micros: 0)
  }

  func texts(_ name: String) -> [String] {
    guard let found = find(name) else {
      missing(name)
      return []
    }
    guard case .list(let list) = found else {
      malformed(name, "a list")
      return []
    }
    return list.compactMap {
      if case .text(let text) = $0 { return text }
      malformed(name, "a list of texts")
      return nil
    }
  }

  func texts(_ name: String, ifMissing fallback: [String]) -> [String] {
    has(name) ? texts(name) : fallback
  }

  /// A list of lists of whole numbers.
  func rows(_ name: String) -> [[Int]] {
    guard case .list(let list)? = find(name) else {
      missing(name)
      return []
    }
    return list.map { row in
      guard case .list(let cells) = row else {
        malformed(name, "a list of lists")
        return []
      }
      return cells.map {
        if case .integer(let number) = $0 { return Int(number) }
        malformed(name, "a list of lists of whole numbers")
        return 0
      }
    }
  }

  /// The tables of a list of tables, in file order.
  func tables(_ name: String) -> [AssumptionScope] {
    guard let found = find(name) else {
      missing(name)
      return []
    }
    guard case .list(let list) = found else {
      malformed(name, "a list of tables")
      return []
    }
    return list.enumerated().map { index, value in
      AssumptionScope(path: "\(full(name))[\(index)]", value: value, ledger: ledger)
    }
  }

  func scope(_ name: String) -> AssumptionScope {
    guard let found = find(name) else {
      missing(name)
      return AssumptionScope(path: full(name), value: .table([:]), ledger: ledger)
    }
    return AssumptionScope(path: full(name), value: found, ledger: ledger)
  }

  /// The names in this table, sorted.
  var keys: [String] {
    guard case .table(let table) = value else { return [] }
    return table.keys.sorted()
  }

  /// Reports that an entry names something nobody knows.
  func unknown(_ name: String, _ what: String) {
    ledger.report(
      SourceCode.assumptionUnknownName, file: AssumptionScope.file, "\(full(name)): \(what)")
  }
}
