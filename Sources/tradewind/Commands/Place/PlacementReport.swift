import LogisticsModel
import WarehousePlacement

/// What `place` prints; the JSON keys are those of the product page.
struct PlacementReport: Encodable {
  let instance: String
  let kind: String
  /// The exact value: a number, or a decimal string where the file has decimals; null without a plan.
  let value: Amount?
  /// What no plan is better than; for `maximum-coverage`, whose values are to be great, from above.
  let lowerBound: Amount?
  /// The same under its own name where values are to be great; not written otherwise.
  let upperBound: Amount?
  /// (value - bound) / value.
  let gap: Double?
  var proved: Bool
  let seconds: Double
  /// Open sites as numbered in the file.
  let open: [Int]
  let certificate: String
  /// What deciding each site the other way would cost; nil where nobody asked.
  var why: [Worth]?
  /// Sites open at a level, by what it costs and can hand out; nil where there are no levels.
  var levels: [Level]?
  /// What the plan costs in each scenario; nil where there is one demand.
  var scenarios: [Scenario]?
  /// Requirements that cannot be met together; nil where there is a plan.
  var conflict: [Part]?

  /// A site open at one of its levels.
  struct Level: Encodable {
    let site: Int
    let opening: Amount
    let capacity: Amount
    let least: Amount
  }

  /// What the plan costs in a scenario, beside the best plan for it alone where regret is measured.
  struct Scenario: Encodable {
    let scenario: String
    let weight: Int64
    let value: Amount
    let alone: Amount?
    let regret: Amount?
  }

  /// A site decided the other way.
  struct Worth: Encodable {
    let site: Int
    let open: Bool
    let value_otherwise: Amount?
    let bound_otherwise: Amount?

    init(_ worth: SiteWorth, all: Int64?, decimals: Int, divisor: Int64 = 1) {
      site = worth.site + 1
      open = worth.isOpen
      let amount = { (units: Int64) in
        Amount(units: all.map { $0 - units } ?? units, decimals: decimals, divisor: divisor)
      }
      value_otherwise = worth.cost.map(amount)
      bound_otherwise = worth.bound.map(amount)
    }
  }

  /// A requirement of a conflict.
  struct Part: Encodable {
    let requirement: String
    let enough: String?
    let helps: Bool

    init(_ part: Conflict.Part, decimals: Int) {
      helps = part.helps
      switch part.requirement {
      case .sites(let sites):
        requirement = "sites \(sites)"
        enough = part.enough.map { "\($0)" }
      case .capacity(let capacity):
        requirement = "capacity \(capacity)"
        enough = part.enough.map { "\($0)" }
      case .reach(let reach):
        requirement = "reach \(Amount(units: reach, decimals: decimals).text)"
        enough = part.enough.map { Amount(units: $0, decimals: decimals).text }
      case .least(let least):
        requirement = "least \(least)"
        enough = part.enough.map { "\($0)" }
      case .budget(let budget):
        requirement = "budget \(Amount(units: budget, decimals: decimals).text)"
        enough = part.enough.map { Amount(units: $0, decimals: decimals).text }
      case .share(let share):
        requirement = "share \(Amount(units: share, decimals: 6).text)"
        enough = part.enough.map { Amount(units: $0, decimals: 6).text }
      case .open(let site):
        requirement = "site \(site) open"
        enough = nil
      case .closed(let site):
        requirement = "site \(site) closed"
        enough = nil
      }
    }

    var text: String {
      if let enough { return "\(requirement): \(enough) would do" }
      return helps ? "\(requirement): leaving it free would do" : requirement
    }
  }

  enum CodingKeys: String, CodingKey {
    case instance, kind, value
    case lowerBound = "lower_bound"
    case upperBound = "upper_bound"
    case gap, proved, seconds, open, levels, scenarios, certificate, why, conflict
  }

  /// A whole number, or a decimal text.
  struct Amount: Encodable {
    let units: Int64
    let decimals: Int
    /// For means: what the units are divided by, rounded up at six more decimals.
    var divisor: Int64 = 1

    /// Without needless noughts.
    var text: String {
      let whole = divisor > 1 ? (units * 1000 + divisor - 1) / divisor : units
      let decimals = divisor > 1 ? self.decimals + 3 : self.decimals
      var text = DecimalText.text(whole, places: decimals)
      guard decimals > 0 else { return text }
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
      return text
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      if decimals == 0, divisor == 1 {
        try container.encode(units)
      } else {
        try container.encode(text)
      }
    }
  }

  /// From a certificate; for `maximum-coverage` values are what is covered, so the bound is from above.
  init(_ written: PlacementCertificate, seconds: Double, demand table: SiteTable, path: String) {
    instance = written.instance
    kind = written.question.kind.rawValue
    var value = written.value
    var bound = written.bound
    if written.question.kind == .maximumCoverage {
      let all = table.demand.reduce(0, +)
      value = value.map { all - $0 }
      bound = bound.map { all - $0 }
    }
    var (decimals, divisor) = (written.decimals, Int64(1))
    if let scenarios = written.scenarios {
      decimals = scenarios.decimals(written.decimals)
      divisor = scenarios.divisor
    }
    let amount = { (units: Int64) in Amount(units: units, decimals: decimals, divisor: divisor) }
    self.value = value.map(amount)
    lowerBound = bound.map(amount)
    upperBound = written.question.kind == .maximumCoverage ? lowerBound : nil
    proved = value != nil ? value == bound : bound == nil
    if let value, let bound {
      gap = value == bound ? 0 : Double(abs(value - bound)) / Double(max(abs(value), 1))
    } else {
      gap = nil
    }
    self.seconds = seconds
    let opened = written.question.opened(written.plan, on: table)
    open = opened.map { $0.site + 1 }
    if opened.contains(where: { $0.level != nil }) {
      levels = opened.compactMap { entry in
        entry.level.map {
          Level(
            site: entry.site + 1, opening: Amount(units: $0.opening, decimals: table.decimals),
            capacity: Amount(units: $0.capacity, decimals: table.quantityDecimals),
            least: Amount(units: $0.least, decimals: table.quantityDecimals))
        }
      }
    }
    if let scenarios = written.scenarios, let plan = written.plan {
      let costs = scenarios.costs(of: plan, written.question.problem(on: table))
      let places = written.decimals + scenarios.factorDecimals
      let isRegret = scenarios.measure == .regret
      self.scenarios = scenarios.all.indices.map { index in
        Scenario(
          scenario: scenarios.all[index].name, weight: scenarios.all[index].weight,
          value: Amount(units: costs[index], decimals: places),
          alone: isRegret ? Amount(units: scenarios.references[index], decimals: places) : nil,
          regret: isRegret
            ? Amount(units: scenarios.regret(costs[index], in: index), decimals: 6) : nil)
      }
    }
    certificate = path
  }

  /// Lines for people.
  var text: String {
    guard let value else {
      guard proved else {
        return "\(instance): no plan was found in \(seconds.text(3)) s\n"
      }
      var text = "\(instance): no plan meets the conditions (proved)\n"
      if let conflict {
        text += "these cannot be met together:\n"
        for part in conflict { text += "  \(part.text)\n" }
      }
      return text
    }
    let gapText = gap.map { ($0 * 100).text(4) } ?? "?"
    var text = "\(instance), \(kind)\n"
    text += "value \(value.text), bound \(lowerBound?.text ?? "?"), gap \(gapText) %"
    text += proved ? ", proved" : ", not proved"
    text += ", \(seconds.text(3)) s\n"
    text += "open \(open.map(String.init).joined(separator: " "))\n"
    for level in levels ?? [] {
      text +=
        "site \(level.site) at capacity \(level.capacity.text), opening \(level.opening.text)\n"
    }
    for scenario in scenarios ?? [] {
      text += "scenario \(scenario.scenario): \(scenario.value.text)"
      if let alone = scenario.alone, let regret = scenario.regret {
        text += ", alone \(alone.text), regret \(regret.text)"
      }
      text += "\n"
    }
    for site in why ?? [] {
      let otherwise = site.value_otherwise?.text ?? "no plan"
      text += "site \(site.site) \(site.open ? "closed" : "open") instead: \(otherwise)\n"
    }
    text += "certificate \(certificate)\n"
    return text
  }
}
