import LogisticsModel

/// Looks for days after a rule, and values above its band, of which no rule speaks though others go on.
///
/// A rule that only says "unknown" speaks: the end of what is known is no gap. Each rule is tried at witnesses: imports
/// at the corners of its scope and of those that cut through it.
struct ImportGapCheck {
  private let check: ImportRuleCheck
  private let applied: [Int]

  init(_ check: ImportRuleCheck) {
    self.check = check
    applied = check.rules.duties.indices.filter { check.rules.duties[$0].terms.isApplied }
  }

  /// An import described by one point of every key.
  private struct Witness {
    var destination: Country
    var entry: Country
    var origin: Country
    var channel: ImportChannel
    var programmes: Set<String>
    var grams: Int64
    var value: Int64
    var currency: Currency?
    var isOnFreight: Bool
  }

  /// One finding for each rule that something is missing after, and each whose band ends below a hole.
  func gaps() -> [Finding] {
    var findings: [Finding] = []
    for position in applied {
      for destination in check.rules.duties[position].scope.destinations.countries {
        let peers = applied.filter {
          check.rules.duties[$0].scope.destinations.contains(destination)
        }
        if let finding = gap(after: position, destination, peers)
          ?? hole(above: position, destination, peers)
        {
          findings.append(finding)
          break
        }
      }
    }
    return findings + taxGaps()
  }

  /// Days after a rule that nothing speaks of.
  private func gap(after position: Int, _ destination: Country, _ peers: [Int]) -> Finding? {
    let rule = check.rules.duties[position]
    guard rule.scope.validity.to < .last else { return nil }
    let day = rule.scope.validity.to.adding(days: 1)
    for witness in witnesses(of: rule, destination, peers) {
      let others = peers.filter { $0 != position && covers($0, witness) }
      if others.contains(where: { check.rules.duties[$0].scope.validity.contains(day) }) {
        continue
      }
      let next = others.filter { check.rules.duties[$0].scope.validity.from > day }
        .min {
          check.rules.duties[$0].scope.validity.from < check.rules.duties[$1].scope.validity.from
        }
      let what = "\(destination) \(witness.channel.word) from \(witness.origin)"
      if let next {
        let successor = check.rules.duties[next]
        return check.duties.finding(
          TariffCode.importRuleGap, position,
          "gap for \(what): \(rule.id) ends on \(rule.scope.validity.to) and \(successor.id) begins on "
            + "\(successor.scope.validity.from); add the rule between, or a row with duty unknown",
          severity: .warning)
      }
      return check.duties.finding(
        TariffCode.importRuleGap, position,
        "nothing follows \(rule.id) for \(what) after \(rule.scope.validity.to); "
          + "add what follows, or a row with duty unknown", severity: .warning)
    }
    return nil
  }

  /// Values just above a rule's band that nothing speaks of though a rule covers greater ones.
  private func hole(above position: Int, _ destination: Country, _ peers: [Int]) -> Finding? {
    let rule = check.rules.duties[position]
    guard let greatest = rule.scope.band.greatest else { return nil }
    let days =
      peers.map { check.rules.duties[$0].scope.validity.from }
      .filter { rule.scope.validity.contains($0) } + [rule.scope.validity.from]
    for var witness in witnesses(of: rule, destination, peers) {
      witness.value = greatest + 1
      for day in days {
        let there = peers.filter { check.rules.duties[$0].scope.validity.contains(day) }
        guard !there.contains(where: { covers($0, witness) }) else { continue }
        var above = witness
        for peer in there {
          guard let least = check.rules.duties[peer].scope.band.least, least > greatest + 1 else {
            continue
          }
          above.value = least
          if covers(peer, above) {
            return check.duties.finding(
              TariffCode.importRuleGap, position,
              "gap for \(destination) on \(day): values between the bands of \(rule.id) and "
                + "\(check.rules.duties[peer].id) fall under no rule", severity: .warning)
          }
        }
      }
    }
    return nil
  }

  /// Days between two tax rules of a country, or after the last.
  private func taxGaps() -> [Finding] {
    var findings: [Finding] = []
    for (position, tax) in check.rules.taxes.enumerated()
    where tax.kind != .relief && tax.terms.validity.to < .last {
      let day = tax.terms.validity.to.adding(days: 1)
      let peers = check.rules.taxes.filter {
        $0.kind == tax.kind && $0.subdivision == tax.subdivision
      }
      let open = tax.destinations.countries.first { country in
        !peers.contains { $0.destinations.contains(country) && $0.terms.validity.contains(day) }
      }
      if let open {
        findings.append(
          check.taxes.finding(
            TariffCode.importRuleGap, position,
            "no tax rule for \(open) on \(day), the day after \(tax.id) ends", severity: .warning))
      }
    }
    return findings
  }

  // MARK: Witnesses

  private func covers(_ position: Int, _ witness: Witness) -> Bool {
    let scope = check.rules.duties[position].scope
    guard scope.destinations.contains(witness.destination), scope.entries.contains(witness.entry),
      scope.origins.contains(witness.origin), scope.includes(witness.channel),
      scope.programme.holds(witness.programmes), scope.overGrams < witness.grams,
      witness.grams <= scope.uptoGrams
    else { return false }
    guard let currency = scope.band.currency else { return true }
    // Another currency or basis cannot be compared: it gets the benefit of the doubt.
    guard currency == witness.currency, scope.band.basis.includesFreight == witness.isOnFreight
    else { return true }
    return scope.band.contains(witness.value)
  }

  private func witnesses(
    of rule: DutyRule, _ destination: Country, _ peers: [Int]
  ) -> [Witness] {
    let scope = rule.scope
    let scopes = peers.map { check.rules.duties[$0].scope }
    var values: Set<Int64> = [scope.band.least ?? 0, scope.band.greatest ?? scope.band.least ?? 0]
    for other in scopes where other.band.currency == scope.band.currency {
      for value in [other.band.least, other.band.greatest.map { $0 + 1 }] {
        if let value, scope.band.contains(value) { values.insert(value) }
      }
    }
    var programmes: [Set<String>] = [[]]
    for word in Set(scopes.compactMap(\.programme.word)) { programmes.append([word]) }
    let entry = scope.entries.contains(destination) ? destination : scope.entries.countries.first
    var witnesses: [Witness] = []
    for origin in origins(scope, scopes) {
      for channel in ImportChannel.allCases where scope.includes(channel) {
        for programme in programmes where scope.programme.holds(programme) {
          for value in values.sorted() {
            witnesses.append(
              Witness(
                destination: destination, entry: entry ?? destination, origin: origin,
                channel: channel, programmes: programme, grams: scope.overGrams + 1, value: value,
                currency: scope.band.currency, isOnFreight: scope.band.basis.includesFreight))
          }
        }
      }
    }
    return witnesses
  }

  /// One country of each class that no rule tells apart.
  private func origins(_ scope: ImportScope, _ scopes: [ImportScope]) -> [Country] {
    var seen: Set<[Bool]> = []
    return scope.origins.countries.filter { country in
      seen.insert(scopes.map { $0.origins.contains(country) }).inserted
    }
  }
}
