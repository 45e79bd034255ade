import CSVTables
import LogisticsModel

/// What surcharges and restrictions have in common: ids, scopes, expiry.
extension CSVColumns {
  /// An id that has not stood in this file before.
  mutating func newID(_ row: Int, _ column: String, seen: inout [String: Int]) -> String? {
    guard let id = requiredText(row, column) else { return nil }
    if let first = seen[id] {
      report(
        code: TariffCode.duplicate, row: row, column: column,
        "\(column) \(id) stands twice (first in line \(first)); ids must differ")
      return nil
    }
    seen[id] = table.line(row)
    return id
  }

  /// The two scope columns; a card the book lacks is reported and the rule kept out.
  mutating func scope(_ row: Int, cards: Set<String>) -> RuleScope? {
    guard let word = requiredText(row, "scope") else { return nil }
    guard RuleScope.words.contains(word) else {
      report(
        code: TariffCode.wordUnknown, row: row, column: "scope",
        "unknown scope \"\(word.prefix(20))\"; one of " + RuleScope.words.joined(separator: ", "))
      return nil
    }
    let key = text(row, "key")
    guard let scope = RuleScope(word: word, key: key) else {
      report(
        code: TariffCode.scopeKey, row: row, column: "key",
        word == "all" ? "scope all takes no key" : "scope \(word) needs a key")
      return nil
    }
    if case .card(let id) = scope, !cards.contains(id) {
      report(
        code: TariffCode.scopeKey, row: row, column: "key",
        "rate_cards.csv has no card \(id)")
      return nil
    }
    return scope
  }

  /// Warns when the last day has passed.
  mutating func reportIfExpired(
    _ row: Int, _ column: String, _ what: String, _ validity: Validity, today: CivilDate?
  ) {
    guard let today, validity.to < today else { return }
    report(
      .warning, code: TariffCode.expired, row: row, column: column,
      "\(what) expired on \(validity.to)")
  }

  /// Reports a condition `from <= x < below` that nothing meets.
  mutating func isSatisfiable(
    _ row: Int, _ column: String, from: Int64?, below: Int64?
  ) -> Bool {
    guard let from, let below, below <= from else { return true }
    report(
      code: TariffCode.conditionEmpty, row: row, column: column,
      "nothing is at least \(from) and below \(below)")
    return false
  }
}
