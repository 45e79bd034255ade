/// Looks for the multipliers with the greatest bound, by deflected subgradient steps.
///
/// Steps are taken in floating point, since any multipliers give a bound; they are rounded to whole fine units,
/// and bounds are reckoned from those in integers alone. P. M. Camerini, L. Fratta and F. Maffioli (1975),
/// doi:10.1007/BFb0120696; fixing by reduced values as in J. E. Beasley (1993).
struct Ascent<Relaxed: Relaxation> {
  /// Proof that a bound was reached: multipliers of clients and of the conditions on sites.
  struct Step: Sendable {
    let multipliers: [Int64]
    let conditions: [SiteChoice.Multipliers]
  }

  /// How it ended.
  enum Ending: Sendable {
    /// No plan below the limit is left.
    case closed
    /// Nobody is left to serve this client.
    case unserved(Int)
    /// No choice of sites meets the conditions.
    case impossible
    /// The effort was spent, or nothing moves.
    case spent
  }

  /// What a site or a client takes in a step, in entries.
  private static var stepWork: Int { 8 }

  /// No multiplier moves further in one step, so that it stays a whole number.
  private static var greatestChange: Double { 0x1p60 }

  let scaled: ScaledProblem
  private(set) var relaxed: Relaxed
  private(set) var choice: SiteChoice
  private var values: [Int64]
  private var shortfall: [Double]
  private var direction: [Double]
  /// How often of late each client was not served just once.
  private var contest: [Double]
  private var now: [Int64] = []
  /// The best multipliers met, and their bound in fine units.
  private(set) var best: [Int64] = []
  private(set) var bound: Int64 = 0
  /// How often each site was chosen of late, 0...1.
  private(set) var share: [Double]
  /// Sites of the best choice met.
  private(set) var chosenAtBest: [Bool]
  /// What was proved on the way, in order: each step may close or open sites for those that follow.
  private(set) var proof: [Step] = []
  /// Which sites are decided by now.
  private(set) var standing: [PlacementProblem.Standing] = []
  /// Above which cost clients are not served; empty where nothing was cut.
  private(set) var limits: [Int64] = []
  /// Who is bound to a site here.
  private var bindings: [Binding] = []
  /// Steps taken in all.
  private(set) var steps = 0
  /// Entries, sites and clients looked at since it was made.
  private(set) var work = 0

  init(_ scaled: ScaledProblem) {
    self.scaled = scaled
    relaxed = Relaxed(scaled)
    choice = SiteChoice(scaled)
    let (sites, clients) = (scaled.problem.siteCount, scaled.problem.clientCount)
    values = Array(repeating: 0, count: sites)
    shortfall = Array(repeating: 0, count: clients)
    direction = Array(repeating: 0, count: clients)
    contest = direction
    share = Array(repeating: 0, count: sites)
    chosenAtBest = Array(repeating: false, count: sites)
  }

  /// Sets out from a state of decisions.
  mutating func begin(
    from multipliers: [Int64], standing: [PlacementProblem.Standing], limits: [Int64],
    bindings: [Binding] = [], isNear: Bool = true
  ) -> Ending? {
    self.bindings = bindings
    self.standing = standing
    self.limits = limits
    proof.removeAll()
    steps = 0
    bound = .min
    best = multipliers
    now = multipliers
    relaxed.stay(near: isNear ? multipliers : [])
    if let client = relaxed.adopt(standing, limits: limits, bindings: bindings) {
      return .unserved(client)
    }
    clamp()
    for client in direction.indices {
      direction[client] = 0
      contest[client] = 0
    }
    for site in share.indices { share[site] = 0 }
    return nil
  }

  /// Sets out for a brief look from a state that was taken over, with one more site decided.
  mutating func glance(
    from multipliers: [Int64], standing: [PlacementProblem.Standing], at site: Int
  ) {
    self.standing = standing
    proof.removeAll()
    steps = 0
    bound = .min
    best = multipliers
    now = multipliers
    relaxed.glance(at: site, standing)
    clamp()
    for client in direction.indices { direction[client] = 0 }
    for site in share.indices { share[site] = 0 }
  }

  /// Climbs until no plan cheaper than `limit` (in units) can be left, or the effort is spent.
  ///
  /// At the root, decisions may also cut single entries of the lists.
  mutating func climb(limit: Int64, effort: SearchEffort.Effort, isRoot: Bool) -> Ending {
    let goal = (limit - 1) * scaled.scale
    var stride = effort.stride
    var waited = 0
    var checked = Int64.min
    var start = Int64.min
    var weight = 1.0
    for step in 1...max(effort.steps, 1) {
      steps += 1
      relaxed.price(now, into: &values)
      choice.choose(values, standing: standing)
      guard choice.isPossible else { return .impossible }
      var reached = choice.value
      for multiplier in now { reached += multiplier }
      weight = max(0.05, weight * 0.9)
      for site in share.indices {
        share[site] += weight * ((choice.chosen[site] ? 1 : 0) - share[site])
      }
      if step == 1 { start = max(bound, reached) }
      if reached > bound {
        // Creeping is not progress.
        if bound == .min || Double(reached - bound) > 1e-3 * Double(goal - bound) { waited = 0 }
        bound = reached
        best = now
        chosenAtBest = choice.chosen
        if bound > goal {
          proof.append(Step(multipliers: best, conditions: choice.multipliers))
          return .closed
        }
      }
      waited += 1
      if waited > effort.patience {
        stride *= effort.shrink
        waited = 0
        if stride < effort.least { break }
      }
      if step % 40 == 0, bound > checked {
        checked = bound
        if let ending = decide(goal: goal, isRoot: isRoot) { return ending }
        relaxed.price(now, into: &values)
        choice.choose(values, standing: standing)
        guard choice.isPossible else { return .impossible }
      }
      work += relaxed.walk + Self.stepWork * (values.count + now.count)
      guard advance(stride, goal: goal, start: start, reached: reached) else { break }
    }
    if effort.isGlance { return foresee(goal: goal) }
    if bound > checked, let ending = decide(goal: goal, isRoot: isRoot) { return ending }
    return .spent
  }

  /// One step along the direction; false where there is none.
  private mutating func advance(
    _ stride: Double, goal: Int64, start: Int64, reached: Int64
  ) -> Bool {
    relaxed.shortfall(now, chosen: choice.chosen, into: &shortfall)
    if scaled.problem.sharing == .single {
      for client in contest.indices {
        contest[client] = 0.9 * contest[client] + (shortfall[client] == 0 ? 0 : 0.1)
      }
    }
    let (floor, ceiling) = relaxed.range
    var square = 0.0
    var pull = 0.0
    for client in now.indices {
      var part = shortfall[client]
      // At a bound, what points outside does not count.
      if part < 0 ? now[client] <= floor[client] : now[client] >= ceiling[client] { part = 0 }
      let next = part + 0.5 * direction[client]
      direction[client] = next
      square += next * next
      pull += part * part
    }
    guard pull > 0 else { return false }
    // As much again as is missing, or the last steps would never get there.
    let aim = Double(goal + scaled.scale) + Double(goal + scaled.scale - start)
    let length = stride * max(aim - Double(reached), 1) / max(square, pull)
    for client in now.indices {
      let change = max(min(direction[client] * length, Self.greatestChange), -Self.greatestChange)
      // To the nearest, without a call for each.
      let moved = now[client] + Int64(change < 0 ? change - 0.5 : change + 0.5)
      now[client] = min(max(moved, floor[client]), ceiling[client])
    }
    return true
  }

  /// What proves the best bound met, apart from what was decided by it.
  mutating func bestStep() -> Step {
    relaxed.price(best, into: &values)
    choice.choose(values, standing: standing)
    return Step(multipliers: best, conditions: choice.multipliers)
  }

  /// Goes on from other multipliers, with what was decided so far.
  mutating func setOutAnew(from multipliers: [Int64]) {
    now = multipliers
    clamp()
    for client in direction.indices { direction[client] = 0 }
  }

  /// Who served each client last, where clients are served whole; -1 for nobody.
  var homes: [Int]? { relaxed.homes(chosen: choice.chosen) }

  /// The sites of the best choice met.
  var chosenSites: [Int] { chosenAtBest.indices.filter { chosenAtBest[$0] } }

  /// A client that sites fight over at the best multipliers, and the site that was chosen for it last; nil where
  /// clients are not served whole.
  var mostContested: (client: Int, site: Int)? {
    guard scaled.problem.sharing == .single else { return nil }
    return relaxed.contested(chosen: choice.chosen, shortfall: contest)
  }

  /// Undecided sites, those that were chosen about as often as not first.
  var undecided: [BranchGains.Candidate] {
    var result: [BranchGains.Candidate] = []
    for site in standing.indices where standing[site] == .free {
      let doubt = Int64((128 * (0.5 - abs(share[site] - 0.5))).rounded())
      result.append(.init(site: site, doubt: doubt))
    }
    return result.sorted { $0.doubt != $1.doubt ? $0.doubt > $1.doubt : $0.site < $1.site }
  }

  private mutating func clamp() {
    let (floor, ceiling) = relaxed.range
    for client in now.indices {
      now[client] = min(max(now[client], floor[client]), ceiling[client])
    }
  }

  /// After a brief look: whether what would be decided leaves a client with nobody to serve him.
  private mutating func foresee(goal: Int64) -> Ending {
    relaxed.price(best, into: &values)
    choice.choose(values, standing: standing)
    guard choice.isPossible else { return .impossible }
    let client = relaxed.unserved(
      choice.decided(values, standing, bound: bound, goal: goal), limits: limits)
    return client.map { .unserved($0) } ?? .spent
  }

  /// Decides what the best bound so far allows to decide; an ending where that settles everything.
  private mutating func decide(goal: Int64, isRoot: Bool) -> Ending? {
    relaxed.price(best, into: &values)
    choice.choose(values, standing: standing)
    guard choice.isPossible else { return .impossible }
    let next = choice.decided(values, standing, bound: bound, goal: goal)
    let changed = next != standing
    var cut = false
    if isRoot, scaled.problem.sharing != .split { cut = cutLists(goal: goal) }
    guard changed || cut else { return nil }
    proof.append(Step(multipliers: best, conditions: choice.multipliers))
    standing = next
    if let client = relaxed.adopt(standing, limits: limits, bindings: bindings) {
      return .unserved(client)
    }
    clamp()
    return nil
  }

  /// A client is not served at a cost that exceeds his multiplier by more than is missing to the incumbent.
  private mutating func cutLists(goal: Int64) -> Bool {
    if limits.isEmpty { limits = Array(repeating: .max, count: best.count) }
    var cut = false
    for client in best.indices {
      let limit = best[client] + (goal - bound) + 1
      // Only what shortens lists noticeably is worth a step of the proof.
      if limit < limits[client] - (limits[client] == .max ? 0 : limits[client] / 8) {
        limits[client] = limit
        cut = true
      }
    }
    return cut
  }
}
