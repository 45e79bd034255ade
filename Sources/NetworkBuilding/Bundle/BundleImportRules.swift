import CSVTables
import LogisticsModel

/// duty_rules.csv and fees.csv out of customs_rules.csv and its reading.
///
/// The source is written for people; `customs_rule_terms.csv` says column by column how each row is read, with the reason.
/// A cell `@` there takes the source's own figure over, so that no figure stands in two places.
extension WorldDraft {
  private static let scopeColumns = [
    "destinations", "entries", "origins", "channels", "programme", "valid_from", "valid_to",
    "min_value", "max_value", "value_currency", "value_basis", "over_g", "upto_g",
  ]
  private static let dutyColumns = [
    "duty", "percent", "amount", "currency", "duty_basis", "excess_over", "tax", "tax_collected",
  ]
  private static let termsColumns = ["state", "status", "verification", "note", "source"]
  private static let termsFile = "customs_rule_terms.csv"

  /// Where the cell `@` of a column is found in the source.
  private static let taken = [
    "valid_from": "valid_from", "valid_to": "valid_to", "min_value": "value_from",
    "max_value": "value_to", "value_currency": "value_currency", "percent": "duty_amount",
    "amount": "duty_amount",
  ]

  /// Duty rules, fees, and the reliefs from tax that the same rows speak of.
  mutating func addImportRules() {
    var duties = CSVWriter(
      ["rule"] + WorldDraft.scopeColumns + WorldDraft.dutyColumns + WorldDraft.termsColumns)
    var fees = CSVWriter(
      ["fee", "kind"] + WorldDraft.scopeColumns + ["unit", "amount", "currency"]
        + WorldDraft.termsColumns)
    var read: Set<String> = []
    for terms in tables.customsTerms {
      guard let source = tables.customsRules.first(where: { $0["rule_id"] == terms["rule_id"] })
      else {
        ledger.report(
          SourceCode.referenceUnknown, file: WorldDraft.termsFile, line: terms.line,
          "customs_rules.csv has no rule \(terms["rule_id"])")
        continue
      }
      read.insert(terms["rule_id"])
      let scope = WorldDraft.scopeColumns.map { cell($0, terms, source) }
      let about = WorldDraft.termsColumns.map { self.about($0, terms, source) }
      switch terms["file"] {
      case "duty":
        duties.append(
          [terms["rule"]] + scope + WorldDraft.dutyColumns.map { cell($0, terms, source) } + about)
      case "fee":
        fees.append(
          [terms["rule"], terms["kind"]] + scope
            + ["unit", "amount", "currency"].map { cell($0, terms, source) } + about)
      default:
        ledger.report(
          SourceCode.valueUnusable, file: WorldDraft.termsFile, line: terms.line,
          "file \"\(terms["file"])\" is not duty or fee")
      }
    }
    for source in tables.customsRules where !read.contains(source["rule_id"]) {
      ledger.report(
        SourceCode.referenceUnknown, file: "customs_rules.csv", line: source.line,
        "rule \(source["rule_id"]) has no row in \(WorldDraft.termsFile); say how it is read")
    }
    bundle.plainFiles["duty_rules.csv"] = duties.text
    bundle.plainFiles["fees.csv"] = fees.text
  }

  private func cell(_ column: String, _ terms: PlainRow, _ source: PlainRow) -> String {
    let text = terms[column]
    switch column {
    case "destinations":
      return text == "@"
        ? countries(source["country"].split(separator: " ").joined(separator: "+"))
        : countries(text)
    case "origins", "entries":
      return text.hasPrefix("!") ? "!" + countries(String(text.dropFirst())) : countries(text)
    case "value_currency" where terms["min_value"].isEmpty && terms["max_value"].isEmpty:
      return ""
    default:
      guard text == "@" else { return text }
      guard let from = WorldDraft.taken[column] else {
        ledger.report(
          SourceCode.valueUnusable, file: WorldDraft.termsFile, line: terms.line,
          "\(column) cannot be @: the source has no such column")
        return ""
      }
      return source[from]
    }
  }

  /// Country codes with groups written out.
  private func countries(_ text: String) -> String {
    guard !text.isEmpty else { return "" }
    return text.split(separator: "+").flatMap { word in
      word == "EU27" ? assume.texts("customs.eu27") : [String(word)]
    }.joined(separator: "+")
  }

  private func about(_ column: String, _ terms: PlainRow, _ source: PlainRow) -> String {
    switch column {
    case "state": return terms["state"]
    // The source's status is that of the rule before it.
    case "status" where terms["duty"] == "unknown": return "not known"
    case "verification":
      let word = terms["verification"] == "@" ? source["verification"] : terms["verification"]
      switch word {
      case "verified-page": return "verified"
      case "list-page": return "listed"
      case "unverified-background", "unverified": return "unverified"
      default:
        ledger.report(
          SourceCode.valueUnusable, file: "customs_rules.csv", line: source.line,
          "verification \"\(word)\" is unknown")
        return ""
      }
    case "note":
      return [source["note"], terms["reason"]].filter { !$0.isEmpty }.joined(separator: "; ")
    default: return source[column]
    }
  }

  // MARK: Reliefs

  /// Value bands without tax: the rows whose reading names a relief, which must be the one in the source's words.
  func reliefs() -> [[String]] {
    tables.customsTerms.compactMap { terms in
      guard !terms["relief"].isEmpty,
        let source = tables.customsRules.first(where: { $0["rule_id"] == terms["rule_id"] })
      else { return nil }
      let words = "relief limit: \(terms["relief"]) \(source["value_currency"]) "
      guard source["vat_treatment"].contains(words) else {
        ledger.report(
          SourceCode.valueUnusable, file: WorldDraft.termsFile, line: terms.line,
          "relief \(terms["relief"]) is not what vat_treatment says: \(source["vat_treatment"])")
        return nil
      }
      let country = cell("destinations", terms, source)
      return [
        "relief-\(terms["rule_id"].prefix(2))", country, "", "relief", "0", "", "", "",
        cell("valid_from", terms, source), cell("valid_to", terms, source), "", terms["relief"],
        source["value_currency"], terms["value_basis"], about("status", terms, source),
        about("verification", terms, source), about("note", terms, source),
        about("source", terms, source),
      ]
    }
  }
}
