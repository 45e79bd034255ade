/// Branch and bound over which sites are open, with bounds from a relaxation and plans from local search.
///
/// The open node of the least bound goes first, a fixed number at a time on all cores; what comes of them is put
/// together in their order. So the answer depends on the question and the seed, not on the machine, unless time
/// runs out.
struct PlacementSearch<Relaxed: Relaxation, Improved: Improvement> {
  private let limits: SearchLimits
  private var scaled: ScaledProblem
  private var best: PlacementPlan?
  private var proof: ProofTree
  private var queue = LeastFirst()
  private var waiting: [Int32: SearchNode] = [:]
  private var listLimits: [Int64] = []
  /// How often the root wanted each site.
  private var rootShare: [Double] = []
  private var work = PlacementAnswer.Work()
  private var seats: [Seat] = []
  private var gains: BranchGains

  /// Nodes handled at once, whatever the number of cores.
  static var batch: Int { 4 }

  /// The memory of one thread.
  final class Seat: Sendable {
    let state: Held<(Ascent<Relaxed>, Improved)>

    private init(_ state: (Ascent<Relaxed>, Improved)) { self.state = Held(state) }

    /// So many, which share what none of them changes.
    static func make(_ count: Int, _ scaled: ScaledProblem) -> [Seat] {
      let state = (Ascent<Relaxed>(scaled), Improved(scaled))
      return (0..<count).map { _ in Seat(state) }
    }
  }

  init(_ problem: PlacementProblem, limits: SearchLimits) {
    self.limits = limits
    scaled = ScaledProblem(problem, shortcuts: limits.shortcuts)
    gains = BranchGains(sites: problem.siteCount)
    proof = ProofTree(scale: scaled.scale, nodes: [], limit: problem.greatestTotalCost)
  }

  /// Whether what was asked for is known: a plan good enough, or that there is none.
  private func isEnough(_ taken: [SearchNode]) -> Bool {
    guard let enough = limits.enough else { return false }
    if let best, best.cost <= enough { return true }
    return (taken + waiting.values).allSatisfy { units($0.bound) > enough }
  }

  /// The same at the root, for a bound in fine units.
  private func isSettled(by reached: Int64) -> Bool {
    guard let enough = limits.enough else { return false }
    return best.map { $0.cost <= enough } ?? false || units(reached) > enough
  }

  /// What a plan must cost less than to be of interest, in units.
  private var limit: Int64 { best?.cost ?? proof.limit }

  /// Runs until everything is proved or time is up.
  mutating func run() -> PlacementAnswer {
    // At the root one climbs and one looks for plans.
    seats = Seat.make(2, scaled)
    root()
    while let first = queue.pop() {
      var batch = [first.1]
      while batch.count < Self.batch, let next = queue.pop() { batch.append(next.1) }
      let nodes = batch.compactMap { waiting.removeValue(forKey: $0) }
      if limits.isOver() || isEnough(nodes) {
        for node in nodes { leave(node) }
        while let next = queue.pop() {
          if let node = waiting.removeValue(forKey: next.1) { leave(node) }
        }
        break
      }
      handle(nodes)
      report()
    }
    proof.limit = limit
    return PlacementAnswer(plan: best, bound: provedBound, proof: proof, work: work)
  }

  /// Gives a node up, with what its multipliers prove.
  private mutating func leave(_ node: SearchNode) {
    let (limit, listLimits) = (self.limit, self.listLimits)
    let outcome = seats[0].state.with { held -> SearchNode.Outcome in
      if let ending = held.0.begin(
        from: node.multipliers, standing: node.standing, limits: listLimits,
        bindings: node.bindings)
      {
        return SearchNode.Outcome(held.0, ending: ending, plan: nil)
      }
      var effort = SearchEffort.probe
      effort.steps = 1
      let ending = held.0.climb(limit: limit, effort: effort, isRoot: false)
      var outcome = SearchNode.Outcome(held.0, ending: ending, plan: nil)
      if case .spent = ending { outcome.append(held.0.bestStep()) }
      return outcome
    }
    proof.nodes[node.place].steps += outcome.proof
    switch outcome.end {
    case .closed: proof.nodes[node.place].ending = .closed
    case .unserved(let client): proof.nodes[node.place].ending = .unserved(client)
    case .impossible: proof.nodes[node.place].ending = .impossible
    default:
      proof.nodes[node.place].ending = .left(bound: units(max(node.bound, outcome.bound)))
    }
  }

  /// A bound in whole units: plans cost whole units.
  private func units(_ fine: Int64) -> Int64 {
    fine <= 0 ? 0 : (fine - 1) / scaled.scale + 1
  }

  private var provedBound: Int64? {
    var least = Int64.max
    for node in proof.nodes { if case .left(let bound) = node.ending { least = min(least, bound) } }
    if least == .max { return best?.cost }
    return min(least, limit)
  }

  private func report() {
    report(bound: min(waiting.values.map(\.bound).min().map(units) ?? limit, limit))
  }

  private func report(bound: Int64) {
    limits.progress(.init(cost: best?.cost, bound: bound, nodes: (work.nodes, waiting.count)))
  }

  /// What one core brings back from a round at the root.
  private enum RootPart: Sendable {
    case climbed(Ascent<Relaxed>.Ending)
    case planned(PlacementPlan?)
  }

  // MARK: the root

  private mutating func root() {
    let problem = scaled.problem
    if scaled.isOvercommitted {
      proof.nodes.append(.init(steps: [], ending: .impossible))
      return
    }
    let warm = limits.warmStart
    // Who looks for plans begins with it.
    best = seats[1].state.with { $0.1.first(near: warm) }
    let plan = best
    let start = seats[0].state.with { $0.1.multipliers(for: plan) }
    let standing = problem.standing
    work.nodes += 1
    proof.nodes.append(.init(steps: [], ending: .impossible))
    if let ending = seats[0].state.with({
      $0.0.begin(from: start, standing: standing, limits: [], isNear: false)
    }) {
      finishRoot(ending)
      return
    }
    var ending = Ascent<Relaxed>.Ending.spent
    var effort = SearchEffort.root
    var sites = best?.open ?? []
    var generator = RepeatableGenerator(seed: limits.seed)
    var work = 0
    for round in 0..<SearchEffort.rootRounds {
      let limit = self.limit
      let (before, worked) = seats[0].state.with { ($0.0.bound, $0.0.work - work) }
      work += worked
      let hint = seats[0].state.with { held in
        BoundHint(
          sites: sites, homes: round == 0 ? nil : held.0.homes, share: held.0.share, work: worked)
      }
      let (climbing, pair, seed) = (effort, Array(seats.prefix(2)), generator.next())
      // One core climbs while the other looks for plans.
      let results = limits.spread.map(2) { piece -> RootPart in
        pair[piece].state.with { held in
          piece == 0
            ? .climbed(held.0.climb(limit: limit, effort: climbing, isRoot: true))
            : .planned(held.1.explore(hint, seed: seed))
        }
      }
      var isBetter = false
      for result in results {
        switch result {
        case .climbed(let end): ending = end
        case .planned(let plan):
          if let plan, plan.cost < self.limit {
            best = plan
            isBetter = true
          }
        }
      }
      guard case .spent = ending else { break }
      sites = seats[0].state.with { $0.0.chosenSites }
      let reached = seats[0].state.with { $0.0.bound }
      report(bound: min(units(reached), self.limit))
      if limits.isOver() || isSettled(by: reached) { break }
      effort.stride *= SearchEffort.rootDecay
      let missing = Double((self.limit - 1) * scaled.scale - reached)
      if !isBetter, round > 6, Double(reached - before) < SearchEffort.creeping * missing { break }
    }
    finishRoot(ending)
  }

  private mutating func finishRoot(_ ending: Ascent<Relaxed>.Ending) {
    let outcome = seats[0].state.with { held in
      SearchNode.Outcome(held.0, ending: ending, plan: nil)
    }
    (listLimits, rootShare) = seats[0].state.with { ($0.0.limits, $0.0.share) }
    work.steps += outcome.steps
    if case .spent = ending {
      scaled = scaled.reduced(outcome.standing, limits: listLimits)
      let reduced = scaled
      seats = Seat.make(Self.batch, reduced)
      if case .open = outcome.end, !isSettled(by: outcome.bound) { probe(outcome) }
    }
    let node = SearchNode(
      place: 0, bound: outcome.bound, branched: nil, standing: outcome.standing,
      multipliers: outcome.multipliers, bindings: [])
    if case .open = outcome.end, outcome.candidates.isEmpty {
      // Every site is decided: what is left is looked at as any other node.
      proof.nodes[0].steps = outcome.proof
      wait(node)
    } else {
      settle(node, outcome)
    }
  }

  /// Tries every site that is neither chosen nor left out, both ways, to know which of them matter.
  private mutating func probe(_ outcome: SearchNode.Outcome) {
    let sites = outcome.candidates.prefix(SearchEffort.probesAtRoot).map { $0.site }
    let (seats, limit, listLimits) = (self.seats, self.limit, self.listLimits)
    let pieces = seats.count
    let probed = limits.spread.map(pieces) { piece in
      seats[piece].state.with { held -> [BranchGains.Probe] in
        guard
          held.0.begin(
            from: outcome.multipliers, standing: outcome.standing, limits: listLimits) == nil
        else { return [] }
        return stride(from: piece, to: sites.count, by: pieces).map { index in
          BranchGains.Probe(site: sites[index], outcome, by: &held.0, limit: limit)
        }
      }
    }
    for probe in probed.joined() { gains.learn(probe) }
  }

  // MARK: nodes

  private mutating func handle(_ nodes: [SearchNode]) {
    let limit = self.limit
    let (seats, listLimits, known) = (self.seats, self.listLimits, self.gains)
    let (first, share) = (work.nodes, rootShare)
    let (shaken, seed) = (limits.shortcuts.polishes ? best : nil, limits.seed &+ UInt64(first))
    let outcomes = limits.spread.map(nodes.count) { index in
      seats[index].state.with { held in
        var outcome = nodes[index].handled(
          by: &held.0, &held.1, limit: limit, listLimits: listLimits, gains: known,
          looksForPlans: (first + index) % SearchEffort.nodesForAPlan == 0)
        if index == 0, let shaken { outcome.take(held.1.polish(shaken, share: share, seed: seed)) }
        return outcome
      }
    }
    for outcome in outcomes {
      if let plan = outcome.plan, plan.cost < self.limit { best = plan }
    }
    for (node, outcome) in zip(nodes, outcomes) {
      work.nodes += 1
      work.steps += outcome.steps
      for probe in outcome.probes { gains.learn(probe) }
      if let branched = node.branched, case .open = outcome.end {
        gains.learn(branched.site, isOpen: branched.isOpen, gain: outcome.bound - node.bound)
      }
      settle(node, outcome)
    }
  }

  /// Writes down what a node proved, and puts up its cases.
  private mutating func settle(_ node: SearchNode, _ outcome: SearchNode.Outcome) {
    proof.nodes[node.place].steps += outcome.proof
    switch outcome.end {
    case .closed: proof.nodes[node.place].ending = .closed
    case .unserved(let client): proof.nodes[node.place].ending = .unserved(client)
    case .impossible: proof.nodes[node.place].ending = .impossible
    case .transport(let prices, let fine):
      proof.nodes[node.place].ending = .transport(prices: prices, fine: fine)
    case .open: split(node, outcome)
    }
  }

  private mutating func wait(_ node: SearchNode) {
    proof.nodes[node.place].ending = .left(bound: units(node.bound))
    waiting[Int32(node.place)] = node
    queue.push(node.bound, Int32(node.place))
  }

  /// Puts up the two cases of a node: a site open or closed, or a client served by a site or not.
  private mutating func split(_ node: SearchNode, _ outcome: SearchNode.Outcome) {
    let site = outcome.branching ?? gains.best(of: outcome.candidates)
    guard site != nil || outcome.binding != nil else {
      // Everything is decided, and the relaxation is weaker than the plan: nothing to split.
      proof.nodes[node.place].ending = .left(bound: units(outcome.bound))
      return
    }
    var children: [Int] = []
    for isFirst in [true, false] {
      var standing = outcome.standing
      var bindings = node.bindings
      if let site {
        scaled.problem.decide(site, isFirst ? .open : .closed, in: &standing)
      } else if let pair = outcome.binding {
        bindings.append(Binding(client: pair.client, site: pair.site, isBound: isFirst))
      }
      children.append(proof.nodes.count)
      proof.nodes.append(.init(steps: [], ending: .impossible))
      wait(
        SearchNode(
          place: proof.nodes.count - 1, bound: max(node.bound, outcome.bound),
          branched: site.map { ($0, isFirst) }, standing: standing,
          multipliers: outcome.multipliers, bindings: bindings))
    }
    if let site {
      proof.nodes[node.place].ending = .branch(site: site, open: children[0], closed: children[1])
    } else if let pair = outcome.binding {
      proof.nodes[node.place].ending = .bind(
        client: pair.client, site: pair.site, bound: children[0], free: children[1])
    }
  }
}
