/// Several demands the same open sites have to serve: what each client needs in each, and how plans are compared.
///
/// For questions without capacities: a client is then served from the same site in every scenario, at a cost in
/// proportion to what he needs. Costs of scenarios are whole numbers of 10^-(`decimals` + `factorDecimals`).
public struct DemandScenarios: Sendable, Hashable {
  /// How costs of scenarios become one value.
  public enum Measure: String, Sendable, CaseIterable {
    /// The weighted sum; divided by the sum of weights, what is to be expected.
    case expected
    /// The dearest scenario.
    case worst
    /// The greatest regret: by how many millionths a scenario costs more than the best plan for it alone.
    case regret
  }

  /// One of the demands.
  public struct Scenario: Sendable, Hashable {
    /// What it is called.
    public let name: String
    /// How much it counts where a mean is taken.
    public let weight: Int64
    /// What each client needs, in parts of what the instance says.
    public let factor: [Int64]

    /// A scenario.
    public init(name: String, weight: Int64, factor: [Int64]) {
      self.name = name
      self.weight = weight
      self.factor = factor
    }
  }

  /// How plans are compared.
  public let measure: Measure
  /// The demands.
  public let all: [Scenario]
  /// Decimals of factors.
  public let factorDecimals: Int
  /// For `regret`: what the best plan for each scenario alone costs.
  public var references: [Int64] = []

  /// Scenarios compared by a measure.
  public init(_ all: [Scenario], measure: Measure, factorDecimals: Int) {
    self.measure = measure
    self.all = all
    self.factorDecimals = factorDecimals
  }

  /// Millionths in a whole.
  static let parts: Int64 = 1_000_000
  /// The sum of weights the search shares out between scenarios.
  static let weightShared: Int64 = 64

  /// Parts of a factor of one.
  var unit: Int64 { (0..<factorDecimals).reduce(1) { unit, _ in unit * 10 } }

  /// What does not go together with a question, in words; nil where all does.
  public func fault(_ question: PlacementQuestion, _ table: SiteTable) -> String? {
    guard [.median, .uncapacitated].contains(question.kind), table.stock == nil else {
      return "scenarios go with kind median or uncapacitated"
    }
    if question.budget != nil || question.share != nil {
      return "scenarios do not go with a budget or a share"
    }
    if all.isEmpty || all.allSatisfy({ $0.weight == 0 }) { return "no scenario has a weight" }
    var most = table.opening.reduce(Int128(0)) { $0 + Int128($1) } * Int128(unit)
    for client in 0..<table.clientCount {
      let entries = table.service.entries(of: client)
      let dearest = max(
        entries.isEmpty ? 0 : table.service.cost[entries.upperBound - 1],
        table.leaving?[client] ?? 0)
      most += Int128(dearest) * Int128(all.map { $0.factor[client] }.max() ?? 0)
    }
    most *= Int128(max(Self.weightShared, all.reduce(0) { $0 + $1.weight }))
    return most < Int128(PlacementProblem.greatestTotal / 4)
      ? nil : "the costs of all scenarios exceed what is reckoned exactly"
  }

  /// The question whose cost is the sum of all scenarios' costs, each as often as its weight says.
  func weighted(_ problem: PlacementProblem, _ weights: [Int64]) -> PlacementProblem {
    var result = problem
    let sum = weights.reduce(0, +) * unit
    result.opening = problem.opening.map { $0 * sum }
    let times = (0..<problem.clientCount).map { client in
      zip(all, weights).reduce(Int64(0)) { $0 + $1.0.factor[client] * $1.1 }
    }
    result.service = problem.service.filtered { client, _, cost in cost * times[client] }
    result.leaving = zip(problem.leaving, times).map { cost, times in cost.map { $0 * times } }
    return result
  }

  /// The scenarios as if there were one only, the others without weight.
  public func alone(_ one: Int) -> DemandScenarios {
    DemandScenarios(
      all.indices.map {
        Scenario(name: all[$0].name, weight: $0 == one ? 1 : 0, factor: all[$0].factor)
      }, measure: .expected, factorDecimals: factorDecimals)
  }

  /// What a value is divided by to be a mean.
  public var divisor: Int64 { measure == .expected ? all.reduce(0) { $0 + $1.weight } : 1 }

  /// Decimals of a value, for costs of so many.
  public func decimals(_ ofCosts: Int) -> Int {
    measure == .regret ? 6 : ofCosts + factorDecimals
  }

  /// What a plan costs in each scenario.
  public func costs(of plan: PlacementPlan, _ problem: PlacementProblem) -> [Int64] {
    let opened = plan.open.reduce(Int64(0)) { $0 + problem.opening[$1] } * unit
    var paid = problem.leaving.map { $0 ?? 0 }
    for delivery in plan.deliveries {
      paid[delivery.client] = problem.service.cost(of: delivery.client, from: delivery.site) ?? 0
    }
    return all.map { scenario in
      paid.indices.reduce(opened) { $0 + paid[$1] * scenario.factor[$1] }
    }
  }

  /// The value of a plan with these costs.
  func value(_ costs: [Int64]) -> Int64 {
    switch measure {
    case .expected: zip(all, costs).reduce(0) { $0 + $1.0.weight * $1.1 }
    case .worst: costs.max() ?? 0
    case .regret: costs.indices.map { regret(costs[$0], in: $0) }.max() ?? 0
    }
  }

  /// By how many millionths a cost exceeds a scenario's least one, rounded up.
  public func regret(_ cost: Int64, in scenario: Int) -> Int64 {
    let least = max(references[scenario], 1)
    let more = Int128(cost - references[scenario]) * Int128(Self.parts)
    return Int64(clamping: max(0, (more + Int128(least) - 1) / Int128(least)))
  }

  /// What a scenario costs at most in a plan of at most this value.
  func most(_ value: Int64, in scenario: Int) -> Int64 {
    guard measure == .regret else { return value }
    let least = references[scenario]
    let more = Int128(value) * Int128(max(least, 1))
    // Rounded down, also below nought: no plan is better than one without regret.
    let rest = more % Int128(Self.parts)
    return Int64(
      clamping: Int128(least) + (more - rest) / Int128(Self.parts) - (rest < 0 ? 1 : 0))
  }

  /// What the weighted sum is at most in a plan of at most this value.
  func most(_ value: Int64, weights: [Int64]) -> Int64 {
    weights.indices.reduce(Int64(0)) { sum, scenario in
      let most = Int128(most(value, in: scenario)) * Int128(weights[scenario])
      return Int64(clamping: Int128(sum) + most)
    }
  }

  /// The least value of a plan whose weighted sum is at least this.
  func least(_ sum: Int64, weights: [Int64]) -> Int64 {
    var (low, high) = (Int64(0), Int64(1) << 52)
    while low < high {
      let middle = (low + high) / 2
      if most(middle, weights: weights) >= sum { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
