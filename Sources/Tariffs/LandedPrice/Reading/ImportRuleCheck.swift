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

  /// Currencies of bands, duties and fees that no chain of rates joins to the bundle's: orders in it are refused.
  func currenciesWithoutRate(_ rates: ExchangeRates, _ currency: Currency) -> [Finding] {
    func finding(_ places: RulePlaces, _ position: Int, _ id: String, _ needed: [Currency?])
      -> Finding?
    {
      let missing = needed.compactMap { $0 }.first { !rates.isReachable(from: $0, to: currency) }
      return missing.map {
        places.finding(
          TariffCode.currencyWithoutRate, position,
          "\(id) needs \($0), and no rate joins it to \(currency); add one to fx.csv",
          severity: .warning)
      }
    }
    func band(_ band: ConsignmentBand) -> Currency? {
      band.holds(isZero: true) == nil || band.holds(isZero: false) == nil ? band.currency : nil
    }
    return rules.duties.enumerated().compactMap { position, rule in
      finding(duties, position, rule.id, [band(rule.scope.band), rule.currency])
    }
      + rules.taxes.enumerated().compactMap { position, tax in
        finding(taxes, position, tax.id, [band(tax.band)])
      }
      + rules.fees.enumerated().compactMap { position, fee in
        finding(fees, position, fee.id, [band(fee.scope.band), fee.currency])
      }
  }

  /// More programmes than the compiled rules have bits for.
  func programmes() -> [Finding] {
    let count = rules.programmes.count
    guard count > ImportRuleCheck.greatestProgrammeCount else { return [] }
    return [
      Finding(
        code: TariffCode.importRuleContradicts, file: duties.file,
        message:
          "\(count) programmes are named; at most \(ImportRuleCheck.greatestProgrammeCount) can be")
    ]
  }

  /// One bit each, and one to spare.
  static let greatestProgrammeCount = 63

  /// Pairs of rules that both match some import; the later row is blamed.
  func overlaps() -> [Finding] {
    let (duties, taxes, fees, rates) = (rules.duties, rules.taxes, rules.fees, rules.tariffRates)
    return pairs(duties.map(\.scope.destinations), self.duties) { one, two in
      guard duties[one].terms.isApplied, duties[two].terms.isApplied,
        duties[one].scope.meets(duties[two].scope)
      else { return nil }
      return "rules \(duties[one].id) and \(duties[two].id) both match "
        + common(duties[one].scope, duties[two].scope)
    }
      + pairs(taxes.map(\.destinations), self.taxes) { one, two in
        guard taxes[one].kind == taxes[two].kind, taxes[one].subdivision == taxes[two].subdivision,
          let days = taxes[one].terms.validity.intersection(taxes[two].terms.validity),
          taxes[one].band.meets(taxes[two].band)
        else { return nil }
        let country = first(taxes[one].destinations, taxes[two].destinations)
        return "rules \(taxes[one].id) and \(taxes[two].id) both match \(country) from \(days.from)"
      }
      + pairs(fees.map(\.scope.destinations), self.fees) { one, two in
        guard fees[one].kind == fees[two].kind, fees[one].terms.isApplied,
          fees[two].terms.isApplied, fees[one].scope.meets(fees[two].scope)
        else { return nil }
        return "fees \(fees[one].id) and \(fees[two].id), both of kind \(fees[one].kind), match "
          + common(fees[one].scope, fees[two].scope)
      }
      + pairs(rates.map(\.destinations), self.rates) { one, two in
        guard rates[one].prefix == rates[two].prefix,
          let days = rates[one].terms.validity.intersection(rates[two].terms.validity),
          rates[one].origins.meets(rates[two].origins)
        else { return nil }
        let country = first(rates[one].destinations, rates[two].destinations)
        return "rates \(rates[one].terms.id) and \(rates[two].terms.id) both match \(country) from "
          + "\(days.from)"
      }
  }

  /// Asks about every two rules that share a destination, once, in the order of the file: rules of one country are few, so
  /// that a long file costs little each time it is read.
  private func pairs(
    _ destinations: [CountrySet], _ places: RulePlaces, _ clash: (Int, Int) -> String?
  ) -> [Finding] {
    var rulesOf = [[Int]](repeating: [], count: CountrySet.pairCount)
    for (position, set) in destinations.enumerated() {
      for country in set.positions { rulesOf[country].append(position) }
    }
    var asked: Set<[Int]> = []
    var findings: [(pair: [Int], finding: Finding)] = []
    for rules in rulesOf where rules.count > 1 {
      for (index, later) in rules.enumerated().dropFirst() {
        for earlier in rules[..<index] {
          guard let message = clash(earlier, later), asked.insert([later, earlier]).inserted else {
            continue
          }
          let finding = places.finding(
            TariffCode.importRulesOverlap, later,
            message + " (the other in line \(places.lines[earlier])); narrow one")
          findings.append(([later, earlier], finding))
        }
      }
    }
    return findings.sorted { $0.pair.lexicographicallyPrecedes($1.pair) }.map(\.finding)
  }

  /// A country in both, for the message.
  private func first(_ one: CountrySet, _ other: CountrySet) -> String {
    one.intersection(other).countries.first?.code ?? "?"
  }

  private func common(_ one: ImportScope, _ other: ImportScope) -> String {
    let day = max(one.validity.from, other.validity.from)
    return "\(first(one.destinations, other.destinations)) for goods from "
      + "\(first(one.origins, other.origins)) on \(day)"
  }
}
