import CSVTables
import LogisticsModel

/// The delay laws of a bundle being made.
struct DraftLaws {
  private struct Entry {
    let law: DelayLaw
    let basis: Basis
    let source: String
  }

  private var entries: [String: Entry] = [:]

  /// The law that never delays; always there.
  static let none = "none"

  init() {
    entries[DraftLaws.none] = Entry(law: .none, basis: .assumed, source: "certain by construction")
  }

  /// Reads the `laws` section: each law is rows of [minutes, weight] that add up to 1024.
  mutating func read(_ scope: AssumptionScope) {
    for id in scope.keys {
      let law = scope.scope(id)
      add(
        id, atoms: law.rows("atoms"), basis: Basis(word: law.text("basis")) ?? .assumed,
        source: law.text("source"), ledger: scope.ledger)
    }
  }

  /// Adds a law; the same id with the same atoms is no fault.
  mutating func add(
    _ id: String, atoms rows: [[Int]], basis: Basis, source: String, ledger: FindingLedger
  ) {
    guard rows.allSatisfy({ $0.count == 2 }),
      let law = try? DelayLaw(
        atoms: rows.map { DelayLaw.Atom(delay: Int32($0[0]), weight: Int32($0[1])) })
    else {
      ledger.report(
        SourceCode.assumptionMalformed, file: AssumptionScope.file,
        "laws.\(id): rows must be [minutes, weight] with weights that add up to 1024")
      return
    }
    if let there = entries[id], there.law != law {
      ledger.report(SourceCode.idTwice, file: "delay_laws.csv", "law \(id) is made twice")
      return
    }
    entries[id] = Entry(law: law, basis: basis, source: source)
  }

  func contains(_ id: String) -> Bool { entries[id] != nil }

  func file() -> String {
    var file = CSVWriter(["law", "delay_min", "weight", "basis", "source"])
    for id in entries.keys.sorted() {
      guard let entry = entries[id] else { continue }
      for atom in entry.law.atoms {
        file.append([id, "\(atom.delay)", "\(atom.weight)", entry.basis.word, entry.source])
      }
    }
    return file.text
  }
}
