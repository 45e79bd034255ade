/// A case of the search that waits to be looked at.
struct SearchNode: Sendable {
  /// Its place in the proof.
  let place: Int
  /// What no plan in it costs less than, in fine units.
  let bound: Int64
  /// The decision that made it out of the node above.
  let branched: (site: Int, isOpen: Bool)?
  /// Which sites are decided.
  let standing: [PlacementProblem.Standing]
  /// The best multipliers of the node above.
  let multipliers: [Int64]
  /// Who is bound to a site, or kept from one.
  let bindings: [Binding]

  /// What looking at it gave.
  struct Outcome: Sendable {
    enum End: Sendable {
      case closed
      case unserved(Int)
      case impossible
      case transport(prices: [Int64], fine: Int64)
      /// To be split, unless no site is undecided.
      case open
    }
    var end: End
    let bound: Int64
    let standing: [PlacementProblem.Standing]
    let multipliers: [Int64]
    private(set) var proof: [ProofTree.Step]
    var plan: PlacementPlan?
    let steps: Int
    /// Undecided sites, those that were chosen about as often as not first.
    let candidates: [BranchGains.Candidate]
    /// The site to split at; nil where the search is to choose among the candidates.
    var branching: Int?
    /// A client and a site to split at, where all sites are decided.
    var binding: (client: Int, site: Int)?
    /// What was learnt about sites on the way.
    var probes: [BranchGains.Probe] = []

    init<R: Relaxation>(_ ascent: Ascent<R>, ending: Ascent<R>.Ending, plan: PlacementPlan?) {
      switch ending {
      case .closed: end = .closed
      case .unserved(let client): end = .unserved(client)
      case .impossible: end = .impossible
      case .spent: end = .open
      }
      if case .open = end { candidates = ascent.undecided } else { candidates = [] }
      bound = ascent.bound
      standing = ascent.standing
      multipliers = ascent.best
      proof = ascent.proof.map { ProofTree.Step($0) }
      self.plan = plan
      steps = ascent.steps
    }

    /// Takes a plan that is better than its own.
    mutating func take(_ other: PlacementPlan?) {
      if let other, other.cost < plan?.cost ?? .max { plan = other }
    }

    /// Adds a step to the proof.
    mutating func append<R: Relaxation>(_ step: Ascent<R>.Step) { proof.append(.init(step)) }
  }

  /// The plan the relaxation's own assignment suggests, where there is one.
  private func served<R: Relaxation, I: Improvement>(
    _ ascent: Ascent<R>, _ improvement: inout I
  ) -> PlacementPlan? {
    guard let homes = ascent.relaxed.homes(chosen: ascent.choice.chosen) else { return nil }
    let chosen = ascent.choice.chosen
    return improvement.plan(homes: homes, sites: chosen.indices.filter { chosen[$0] })
  }

  /// Climbs here; where everything is decided, also makes the plan.
  func handled<R: Relaxation, I: Improvement>(
    by ascent: inout Ascent<R>, _ improvement: inout I, limit: Int64, listLimits: [Int64],
    gains: BranchGains, looksForPlans: Bool
  ) -> Outcome {
    if let ending = ascent.begin(
      from: multipliers, standing: standing, limits: listLimits, bindings: bindings)
    {
      return Outcome(ascent, ending: ending, plan: nil)
    }
    var ending = ascent.climb(limit: limit, effort: SearchEffort.node, isRoot: false)
    guard case .spent = ending else { return Outcome(ascent, ending: ending, plan: nil) }
    if !ascent.standing.contains(.free) {
      let open = ascent.standing.indices.filter { ascent.standing[$0] == .open }
      var plan = improvement.plan(exactly: open)
      if let other = served(ascent, &improvement), other.cost < plan?.cost ?? .max { plan = other }
      if bindings.isEmpty { ascent.setOutAnew(from: improvement.multipliers(for: plan)) }
      ending = ascent.climb(
        limit: min(limit, plan?.cost ?? limit), effort: SearchEffort.node, isRoot: false)
      var outcome = Outcome(ascent, ending: ending, plan: plan)
      if case .spent = ending {
        outcome.binding = ascent.mostContested
        if ascent.relaxed.isOverfull {
          outcome.binding = nil
          outcome.end = .impossible
        } else if outcome.binding == nil {
          outcome.append(ascent.bestStep())
        }
      }
      if case .spent = ending, let plan, let proof = improvement.settlement(of: plan),
        proof.bound >= min(limit, plan.cost)
      {
        outcome.end = .transport(prices: proof.prices, fine: proof.fine)
      }
      return outcome
    }
    var plan =
      looksForPlans ? improvement.plan(near: ascent.chosenSites, below: limit) : nil
    if let other = served(ascent, &improvement), other.cost < plan?.cost ?? .max { plan = other }
    var outcome = Outcome(ascent, ending: ending, plan: plan)
    var learnt = gains
    for site in gains.promising(of: outcome.candidates) {
      let probe = BranchGains.Probe(
        site: site, outcome, by: &ascent, limit: limit)
      outcome.probes.append(probe)
      learnt.learn(probe)
      if probe.settles { break }
    }
    outcome.branching = learnt.best(of: outcome.candidates)
    return outcome
  }
}

extension ProofTree.Step {
  fileprivate init<R: Relaxation>(_ step: Ascent<R>.Step) {
    self.init(
      multipliers: step.multipliers, conditions: step.conditions.map { ($0.price, $0.rate) })
  }
}
