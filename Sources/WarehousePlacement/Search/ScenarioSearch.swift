/// Shared open sites for several demands: the least expected cost, dearest scenario or greatest regret, with a proof.
///
/// The expected cost is one question with mean demands. For the others every weighting of the scenarios gives a bound,
/// that of a question without scenarios; a search over open sites closes what gap that leaves, each case under weights
/// of its own. Where all sites are decided, the dearest scenario alone is its proof.
public struct ScenarioSearch: Sendable {
  /// What was found.
  public struct Answer: Sendable {
    /// The plan; nil where there is none.
    public let plan: PlacementPlan?
    /// Its cost in each scenario.
    public let costs: [Int64]
    /// Its value by the measure.
    public let value: Int64?
    /// No plan has a lower value; nil where it is proved that there is none.
    public let bound: Int64?
    /// The proof.
    public let proof: ProofTree
    /// The scenarios, with what each costs at best where regret is asked for.
    public let scenarios: DemandScenarios
    /// The best plan for each scenario alone, where regret is asked for.
    public let alone: [PlacementAnswer]
  }

  private struct Node: Sendable {
    let place: Int
    var standing: [PlacementProblem.Standing]
    var multipliers: [Int64]
    var weights: [Int64]
    var bound: Int64
  }

  private struct Outcome: Sendable {
    var node: Node
    var steps: [ProofTree.Step] = []
    var ending: ProofTree.Ending?
    var plan: PlacementPlan?
    var branching: Int?
  }

  private let problem: PlacementProblem
  private let scenarios: DemandScenarios
  private let limits: SearchLimits
  private let scale: Int64
  private var best: (plan: PlacementPlan, value: Int64)?
  private var waiting: [Node] = []
  private var proof: ProofTree

  private init(_ problem: PlacementProblem, _ scenarios: DemandScenarios, _ limits: SearchLimits) {
    self.problem = problem
    self.scenarios = scenarios
    self.limits = limits
    let even = Array(repeating: DemandScenarios.weightShared, count: scenarios.all.count)
    let dearest = scenarios.weighted(problem, even).greatestTotalCost
    var scale: Int64 = 1
    while scale < 1 << 8, scale * 2 <= (1 << 58) / max(dearest, 1) { scale *= 2 }
    self.scale = scale
    let most = scenarios.measure == .regret ? Int64(1) << 40 : dearest
    proof = ProofTree(scale: scale, nodes: [], limit: most)
  }

  /// Searches.
  ///
  /// - Complexity: exponential at worst; a relaxation for each weighting and case.
  public static func solve(
    _ problem: PlacementProblem, _ given: DemandScenarios, limits: SearchLimits = SearchLimits()
  ) -> Answer {
    var scenarios = given
    var alone: [PlacementAnswer] = []
    if scenarios.measure == .regret {
      alone = scenarios.all.indices.map { one in
        let weights = scenarios.all.indices.map { Int64($0 == one ? 1 : 0) }
        return PlacementSolver.solve(scenarios.weighted(problem, weights), limits: limits)
      }
      scenarios.references = alone.map { $0.plan?.cost ?? $0.bound ?? 0 }
    }
    if scenarios.measure == .expected {
      let weighted = scenarios.weighted(problem, scenarios.all.map(\.weight))
      let answer = PlacementSolver.solve(weighted, limits: limits)
      return Answer(
        plan: answer.plan, costs: answer.plan.map { scenarios.costs(of: $0, problem) } ?? [],
        value: answer.plan?.cost, bound: answer.bound, proof: answer.proof, scenarios: scenarios,
        alone: [])
    }
    var search = ScenarioSearch(problem, scenarios, limits)
    search.run()
    for answer in alone { if let plan = answer.plan { search.offer(plan) } }
    return search.answer(alone)
  }

  private func answer(_ alone: [PlacementAnswer]) -> Answer {
    var least = Int64.max
    for node in proof.nodes { if case .left(let bound) = node.ending { least = min(least, bound) } }
    var proof = proof
    proof.limit = limit
    return Answer(
      plan: best?.plan, costs: best.map { scenarios.costs(of: $0.plan, problem) } ?? [],
      value: best?.value, bound: least == .max ? best?.value : min(least, limit), proof: proof,
      scenarios: scenarios, alone: alone)
  }

  private var limit: Int64 { best?.value ?? proof.limit }

  private mutating func offer(_ plan: PlacementPlan?) {
    guard let plan else { return }
    let value = scenarios.value(scenarios.costs(of: plan, problem))
    if value < limit { best = (plan, value) }
  }

  private mutating func run() {
    let even = scenarios.all.map { _ in
      max(1, DemandScenarios.weightShared / Int64(scenarios.all.count))
    }
    let weighted = scenarios.weighted(problem, even)
    var quick = limits
    quick.progress = { _ in }
    let first = PlacementSolver.solve(weighted, limits: quick)
    offer(first.plan)
    let improvement = UnlimitedImprovement(ScaledProblem(weighted, scale: scale))
    proof.nodes.append(.init(steps: [], ending: .left(bound: 0)))
    waiting.append(
      Node(
        place: 0, standing: problem.standing, multipliers: improvement.multipliers(for: first.plan),
        weights: even, bound: 0))
    var done = 0
    while !waiting.isEmpty, !limits.isOver() {
      waiting.sort { $0.bound != $1.bound ? $0.bound > $1.bound : $0.place > $1.place }
      let batch = (0..<min(4, waiting.count)).compactMap { _ in waiting.popLast() }
      let snapshot = self
      let outcomes = limits.spread.map(batch.count) { snapshot.handled(batch[$0]) }
      for outcome in outcomes { offer(outcome.plan) }
      for outcome in outcomes { settle(outcome) }
      done += batch.count
      limits.progress(
        .init(
          cost: best?.value, bound: min(waiting.map(\.bound).min() ?? limit, limit),
          nodes: (done, waiting.count)))
    }
  }

  private mutating func settle(_ outcome: Outcome) {
    let node = outcome.node
    proof.nodes[node.place].steps += outcome.steps
    if let ending = outcome.ending {
      proof.nodes[node.place].ending = ending
      return
    }
    guard let site = outcome.branching else {
      proof.nodes[node.place].ending = .left(bound: node.bound)
      return
    }
    var children: [Int] = []
    for decision in [PlacementProblem.Standing.open, .closed] {
      var standing = node.standing
      standing[site] = decision
      children.append(proof.nodes.count)
      proof.nodes.append(.init(steps: [], ending: .left(bound: node.bound)))
      waiting.append(
        Node(
          place: children[children.count - 1], standing: standing, multipliers: node.multipliers,
          weights: node.weights, bound: node.bound))
    }
    proof.nodes[node.place].ending = .branch(site: site, open: children[0], closed: children[1])
  }

  /// Weightings tried in a case.
  private static let weightings = 6

  /// Climbs under some weightings, each a step towards the scenario that is worst for the sites chosen.
  private func handled(_ given: Node) -> Outcome {
    var outcome = Outcome(node: given)
    var (weights, multipliers) = (given.weights, given.multipliers)
    var least = limit
    for _ in 0..<Self.weightings where outcome.ending == nil {
      let weighted = scenarios.weighted(problem, weights)
      var ascent = Ascent<UnlimitedSites>(ScaledProblem(weighted, scale: scale))
      let goal = scenarios.most(least - 1, weights: weights) + 1
      var ending = ascent.begin(
        from: multipliers, standing: outcome.node.standing, limits: [], isNear: false)
      if ending == nil {
        let effort = given.place == 0 ? SearchEffort.root : SearchEffort.node
        ending = ascent.climb(limit: goal, effort: effort, isRoot: false)
      }
      outcome.steps += ascent.proof.map { step($0, weights) }
      switch ending {
      case .closed: outcome.ending = .closed
      case .unserved(let client): outcome.ending = .unserved(client)
      case .impossible: outcome.ending = .impossible
      default: break
      }
      guard outcome.ending == nil else { break }
      outcome.node.standing = ascent.standing
      let units = ascent.bound <= 0 ? 0 : (ascent.bound - 1) / scale + 1
      let reached = scenarios.least(units, weights: weights)
      if reached >= outcome.node.bound {
        outcome.steps.append(step(ascent.bestStep(), weights))
        outcome.node.bound = reached
        outcome.node.weights = weights
        outcome.node.multipliers = ascent.best
        outcome.branching = ascent.undecided.first?.site
      }
      if let site = outcome.branching, ascent.standing[site] != .free {
        outcome.branching = ascent.undecided.first?.site
      }
      var improvement = UnlimitedImprovement(ascent.scaled)
      guard
        let plan = ascent.standing.contains(.free)
          ? improvement.plan(near: ascent.chosenSites, below: .max)
          : improvement.plan(
            exactly: ascent.standing.indices.filter { ascent.standing[$0] == .open })
      else { break }
      let costs = scenarios.costs(of: plan, problem)
      if scenarios.value(costs) < least {
        least = scenarios.value(costs)
        outcome.plan = plan
      }
      let worst = worst(costs)
      if !ascent.standing.contains(.free) {
        outcome.steps.append(settlement(of: plan, in: worst))
        outcome.ending = .closed
        break
      }
      guard let shifted = shifted(weights, towards: worst) else { break }
      multipliers = rescaled(ascent.best, from: weights, to: shifted)
      weights = shifted
    }
    return outcome
  }

  private func worst(_ costs: [Int64]) -> Int {
    let values =
      scenarios.measure == .regret
      ? costs.indices.map { scenarios.regret(costs[$0], in: $0) } : costs
    return values.indices.max { values[$0] < values[$1] } ?? 0
  }

  private func step<R: Relaxation>(_ step: Ascent<R>.Step, _ weights: [Int64]) -> ProofTree.Step {
    ProofTree.Step(
      multipliers: step.multipliers,
      conditions: step.conditions.map { ($0.price, $0.rate) }, weights: weights)
  }

  /// Every client pays what his site costs him in one scenario: that is what the open sites cost there.
  private func settlement(of plan: PlacementPlan, in scenario: Int) -> ProofTree.Step {
    let factor = scenarios.all[scenario].factor
    var paid = problem.leaving.map { $0 ?? 0 }
    for delivery in plan.deliveries {
      paid[delivery.client] = problem.service.cost(of: delivery.client, from: delivery.site) ?? 0
    }
    return ProofTree.Step(
      multipliers: paid.indices.map { paid[$0] * factor[$0] * scale }, conditions: [(0, 0)],
      weights: factor.indices.isEmpty ? [] : scenarios.all.indices.map { $0 == scenario ? 1 : 0 })
  }

  /// A quarter of the others' weight, given to one; nil where there is none left to give.
  private func shifted(_ weights: [Int64], towards scenario: Int) -> [Int64]? {
    var result = weights
    for other in weights.indices where other != scenario {
      let part = (weights[other] + 3) / 4
      result[other] -= part
      result[scenario] += part
    }
    return result == weights ? nil : result
  }

  /// Multipliers in proportion to what clients pay under other weights.
  private func rescaled(
    _ multipliers: [Int64], from weights: [Int64], to others: [Int64]
  ) -> [Int64] {
    multipliers.indices.map { client in
      var (before, after) = (Int128(0), Int128(0))
      for (scenario, pair) in zip(scenarios.all, zip(weights, others)) {
        before += Int128(scenario.factor[client]) * Int128(pair.0)
        after += Int128(scenario.factor[client]) * Int128(pair.1)
      }
      guard before > 0 else { return multipliers[client] }
      return Int64(clamping: Int128(multipliers[client]) * after / before)
    }
  }
}
