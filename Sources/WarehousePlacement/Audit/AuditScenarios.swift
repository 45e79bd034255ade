/// The auditor's own idea of several demands the same open sites serve.
struct AuditScenarios {
  private let problem: AuditProblem
  private let scenarios: [(weight: Int64, factor: [Int64])]
  private let measure: String
  private let references: [Int64]
  private let unit: Int128

  /// Reads the scenarios of a certificate; nil where it has none.
  init?(_ text: AuditText, _ problem: AuditProblem) throws(AuditFault) {
    guard !text.scenarios.isEmpty else { return nil }
    guard let measure = text.text("across"), ["expected", "worst", "regret"].contains(measure),
      let decimals = text.numbers("factor-decimals").first, (0...3).contains(decimals),
      problem.sharing == .unlimited
    else { throw AuditFault("the scenarios are not sound") }
    for scenario in text.scenarios {
      let isSound = scenario.factor.allSatisfy { $0 >= 0 && $0 < 1 << 40 }
      guard scenario.factor.count == problem.clients, isSound, scenario.weight >= 0 else {
        throw AuditFault("a scenario has not a sound factor for every client")
      }
    }
    self.problem = problem
    self.measure = measure
    scenarios = text.scenarios
    references = text.numbers("references")
    if measure == "regret" {
      guard references.count == scenarios.count, references.allSatisfy({ $0 >= 0 }) else {
        throw AuditFault("a scenario has no reference")
      }
    }
    var unit = Int128(1)
    for _ in 0..<decimals { unit *= 10 }
    self.unit = unit
  }

  /// What is asked of each scenario: how often it counts where the certificate does not say.
  private var usual: [Int64] { scenarios.map(\.weight) }

  /// Decimals of a value, for costs of so many.
  func decimals(_ ofCosts: Int) -> Int {
    var decimals = measure == "regret" ? 6 : ofCosts
    var rest = measure == "regret" ? 1 : unit
    while rest > 1 {
      rest /= 10
      decimals += 1
    }
    return decimals
  }

  /// Whether every step is about the same question.
  var isMean: Bool { measure == "expected" }

  /// The question of one weighting.
  func weighted(_ given: [Int64]) throws(AuditFault) -> AuditProblem {
    guard measure != "expected" || given.isEmpty || given == usual else {
      throw AuditFault("a step weighs scenarios otherwise than is asked")
    }
    let weights = given.isEmpty ? usual : given
    guard weights.count == scenarios.count, weights.allSatisfy({ $0 >= 0 && $0 < 1 << 30 }),
      measure == "expected" || !given.isEmpty, weights.contains(where: { $0 > 0 })
    else { throw AuditFault("a step has no sound weights") }
    var result = problem
    let sum = weights.reduce(Int128(0)) { $0 + Int128($1) } * unit
    result.opening = try problem.opening.map { value throws(AuditFault) in
      try whole(Int128(value) * sum)
    }
    for client in 0..<problem.clients {
      var times = Int128(0)
      for (scenario, weight) in zip(scenarios, weights) {
        times += Int128(scenario.factor[client]) * Int128(weight)
      }
      for site in 0..<problem.sites where problem.cost[client][site] >= 0 {
        result.cost[client][site] = try whole(Int128(problem.cost[client][site]) * times)
      }
      if let price = problem.leaving[client] {
        result.leaving[client] = try whole(Int128(price) * times)
      }
    }
    return result
  }

  private func whole(_ value: Int128) throws(AuditFault) -> Int64 {
    guard let whole = Int64(exactly: value), whole < Int64.max / 4 else {
      throw AuditFault("the costs of scenarios are too great")
    }
    return whole
  }

  /// What the weighted sum is at most in a plan of at most this value.
  func most(_ value: Int128, _ weights: [Int64]) -> Int128 {
    switch measure {
    case "expected": return value
    case "worst": return weights.reduce(Int128(0)) { $0 + Int128($1) * value }
    default:
      var sum = Int128(0)
      for (reference, weight) in zip(references, weights) {
        var more = value * Int128(max(reference, 1))
        while more % 1_000_000 != 0 { more -= (more % 1_000_000 + 1_000_000) % 1_000_000 }
        sum += Int128(weight) * (Int128(reference) + more / 1_000_000)
      }
      return sum
    }
  }

  /// The least value of a plan whose weighted sum is at least this.
  func least(_ sum: Int128, _ weights: [Int64]) -> Int128 {
    var (low, high) = (Int128(0), Int128(1) << 62)
    while low < high {
      let middle = (low + high) / 2
      if most(middle, weights) >= sum { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The value of a plan.
  func value(
    open: [Int64], _ deliveries: [(client: Int, site: Int, quantity: Int64)]
  ) throws(AuditFault) -> Int64 {
    var opened = Int128(0)
    for site in open { opened += Int128(problem.opening[Int(site) - 1]) * unit }
    var paid = problem.leaving.map { Int128($0 ?? 0) }
    for delivery in deliveries {
      paid[delivery.client] = Int128(problem.cost[delivery.client][delivery.site])
    }
    var values: [Int128] = []
    for (index, scenario) in scenarios.enumerated() {
      var cost = opened
      for client in paid.indices { cost += paid[client] * Int128(scenario.factor[client]) }
      switch measure {
      case "expected": values.append(cost * Int128(scenario.weight))
      case "worst": values.append(cost)
      default:
        let reference = Int128(references[index])
        let more = max(0, cost - reference) * 1_000_000
        values.append((more + max(reference, 1) - 1) / max(reference, 1))
      }
    }
    let total = measure == "expected" ? values.reduce(0, +) : values.max() ?? 0
    guard let value = Int64(exactly: total) else { throw AuditFault("the value is too great") }
    return value
  }
}
