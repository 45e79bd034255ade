import LogisticsModel

/// Holds import rules against each other: no import may fall under two rules, and no id may mean two of them.
struct ImportRuleCheck {
  let rules: ImportRules
  let duties: RulePlaces
  let taxes: RulePlaces
  let fees: RulePlaces
  let rates: RulePlaces

  /// Ids that stand in two files: an explanation names a rule by its id alone.
  func sharedIDs() -> [Finding] {
    var files: [String: String] = [:]
    for rule in rules.duties { files[rule.id] = duties.file }
    var findings: [Finding] = []
    for (ids, places) in [
      (rules.taxes.map(\.id), taxes), (rules.fees.map(\.id), fees),
      (rules.tariffRates.map(\.terms.id), rates),
    ] {
      for (position, id) in ids.enumerated() {
        if let file = files[id] {
          findings.append(
            places.finding(
              TariffCode.duplicate, position, "\(id) stands in \(file) too; ids must differ"))
        }
      }
      for id in ids { files[id] = files[id] ?? places.file }
    }
    return findings
  }

  /// Pairs of rules that both match some import; the later row is blamed.
  func overlaps() -> [Finding] {
    pairs(rules.duties, duties) { one, two in
      one.terms.isApplied && two.terms.isApplied && one.scope.meets(two.scope)
        ? "rules \(one.id) and \(two.id) both match \(common(one.scope, two.scope))" : nil
    }
      + pairs(rules.taxes, taxes) { one, two in
        guard one.kind == two.kind, one.subdivision == two.subdivision,
          let days = one.terms.validity.intersection(two.terms.validity),
          let country = first(one.destinations, two.destinations), one.band.meets(two.band)
        else { return nil }
        return "rules \(one.id) and \(two.id) both match \(country) from \(days.from)"
      }
      + pairs(rules.fees, fees) { one, two in
        one.kind == two.kind && one.terms.isApplied && two.terms.isApplied
          && one.scope.meets(two.scope)
          ? "fees \(one.id) and \(two.id), both of kind \(one.kind), match "
            + common(one.scope, two.scope) : nil
      }
      + pairs(rules.tariffRates, rates) { one, two in
        guard one.prefix == two.prefix, let country = first(one.destinations, two.destinations),
          let days = one.terms.validity.intersection(two.terms.validity),
          first(one.origins, two.origins) != nil
        else { return nil }
        return "rates \(one.terms.id) and \(two.terms.id) both match \(country) from \(days.from)"
      }
  }

  private func pairs<Rule>(
    _ rules: [Rule], _ places: RulePlaces, _ clash: (Rule, Rule) -> String?
  ) -> [Finding] {
    var findings: [Finding] = []
    for later in rules.indices.dropFirst() {
      for earlier in 0..<later {
        if let message = clash(rules[earlier], rules[later]) {
          findings.append(
            places.finding(
              TariffCode.importRulesOverlap, later,
              message + " (the other in line \(places.lines[earlier])); narrow one"))
        }
      }
    }
    return findings
  }

  private func first(_ one: CountrySet, _ other: CountrySet) -> Country? {
    one.intersection(other).countries.first
  }

  private func common(_ one: ImportScope, _ other: ImportScope) -> String {
    let country = first(one.destinations, other.destinations)?.code ?? "?"
    let origin = first(one.origins, other.origins)?.code ?? "?"
    let day = max(one.validity.from, other.validity.from)
    return "\(country) for goods from \(origin) on \(day)"
  }
}
