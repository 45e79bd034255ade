/// Makes plans: from scratch, and out of sets of sites a bound suggests.
protocol Improvement: Sendable {
  /// Memory for one thread.
  init(_ scaled: ScaledProblem)

  /// A first plan, near the best if it can be had cheaply.
  mutating func first(near sites: [Int]?) -> PlacementPlan?

  /// A good plan in the neighbourhood of a set of sites; less than `limit` is wanted.
  mutating func plan(near sites: [Int], below limit: Int64) -> PlacementPlan?

  /// Looks around: from what a bound suggests, and from random changes of the best plan met.
  mutating func explore(_ hint: BoundHint, seed: UInt64) -> PlacementPlan?

  /// What comes of changing a plan a little at random; nil where that is nothing better, or is not tried.
  ///
  /// `share` says how often the bound wanted each site.
  mutating func polish(_ plan: PlacementPlan, share: [Double], seed: UInt64) -> PlacementPlan?

  /// The best plan with exactly these sites open.
  mutating func plan(exactly sites: [Int]) -> PlacementPlan?

  /// A plan from an incomplete assignment of clients that are served whole; -1 stands for nobody.
  mutating func plan(homes: [Int], sites: [Int]) -> PlacementPlan?

  /// What proves a plan the best for its open sites, where the relaxation's multipliers are too coarse to.
  func settlement(of plan: PlacementPlan) -> Settlement?

  /// Multipliers from which to set out, given the sites of a good plan.
  func multipliers(for plan: PlacementPlan?) -> [Int64]
}

/// What a bound suggests to those who look for plans.
struct BoundHint: Sendable {
  /// Sites of the best choice met.
  let sites: [Int]
  /// Who served each client last where clients are served whole, -1 for nobody; nil elsewhere.
  let homes: [Int]?
  /// How often each site was chosen of late, 0...1.
  let share: [Double]
  /// Work the last climb took, which those who look for plans meanwhile may take too, in entries of lists.
  let work: Int
}

/// Prices of a unit of each open site's capacity, and the bound in units they give for these sites.
struct Settlement: Sendable {
  let prices: [Int64]
  /// Fractions of a unit in which prices are.
  let fine: Int64
  let bound: Int64
}

extension Improvement {
  mutating func plan(homes: [Int], sites: [Int]) -> PlacementPlan? { nil }

  mutating func polish(_ plan: PlacementPlan, share: [Double], seed: UInt64) -> PlacementPlan? {
    nil
  }

  func settlement(of plan: PlacementPlan) -> Settlement? { nil }
}

/// Plans for sites without limits.
struct UnlimitedImprovement: Improvement {
  private let scaled: ScaledProblem
  private var interchange: Interchange
  private var known: Set<[Int]> = []
  private var record: PlacementPlan?
  /// How often it was asked to look around.
  private var rounds = 0
  /// Whether opening sites costs anything.
  private let isPaid: Bool

  init(_ scaled: ScaledProblem) {
    self.scaled = scaled
    isPaid = scaled.opening.contains { $0 > 0 }
    interchange = Interchange(scaled)
  }

  mutating func first(near sites: [Int]?) -> PlacementPlan? {
    interchange.begin(with: sites ?? [])
    interchange.openGreedily()
    interchange.descend()
    record = interchange.plan()
    if let record { known.insert(record.open) }
    return record
  }

  mutating func plan(near sites: [Int], below limit: Int64) -> PlacementPlan? {
    interchange.begin(with: sites)
    interchange.openGreedily()
    interchange.descend()
    return interchange.plan()
  }

  mutating func explore(_ hint: BoundHint, seed: UInt64) -> PlacementPlan? {
    var generator = RepeatableGenerator(seed: seed)
    var best: PlacementPlan?
    if known.insert(hint.sites).inserted { best = plan(near: hint.sites, below: .max) }
    if let record, record.cost < best?.cost ?? .max { best = record }
    // Where opening costs decide, dual ascent settles easy questions before plans are shaken in earnest.
    let trials = isPaid ? min(rounds * 2, SearchEffort.plansPerRound) : SearchEffort.plansPerRound
    rounds += 1
    let begun = interchange.work
    var tried = 0
    while tried < trials
      || trials == SearchEffort.plansPerRound && tried < SearchEffort.mostPlansPerRound
        && interchange.work - begun < hint.work
    {
      tried += 1
      guard let base = best else { break }
      if interchange.open != base.open { interchange.begin(with: base.open) }
      interchange.shake(&generator)
      interchange.openGreedily()
      interchange.descend()
      if interchange.cost < base.cost, let plan = interchange.plan() { best = plan }
    }
    record = best
    return best
  }

  mutating func polish(_ plan: PlacementPlan, share: [Double], seed: UInt64) -> PlacementPlan? {
    var generator = RepeatableGenerator(seed: seed)
    interchange.begin(with: plan.open)
    interchange.shake(&generator)
    interchange.openGreedily()
    interchange.descend()
    return interchange.cost < plan.cost ? interchange.plan() : nil
  }

  mutating func plan(exactly sites: [Int]) -> PlacementPlan? {
    interchange.begin(with: sites)
    return interchange.plan()
  }

  /// By dual ascent where opening costs decide how many sites there are; else half way between a client's two cheapest
  /// open sites.
  func multipliers(for plan: PlacementPlan?) -> [Int64] {
    if let plan, scaled.opening.contains(where: { $0 > 0 }),
      plan.open.count > scaled.count.lowerBound,
      plan.open.count < scaled.count.upperBound
    {
      return DualAscent.multipliers(scaled)
    }
    let lists = scaled.lists
    var isOpen = [Bool](repeating: plan == nil, count: scaled.problem.siteCount)
    for site in plan?.open ?? [] { isOpen[site] = true }
    return (0..<scaled.problem.clientCount).map { client in
      var found: [Int64] = []
      for entry in lists.entries(of: client) where isOpen[Int(lists.site[entry])] {
        found.append(lists.cost[entry] * scaled.scale)
        if found.count == 2 { break }
      }
      let outside = scaled.leaving[client]
      let near = min(found.first ?? outside, outside)
      let far = min(found.count > 1 ? found[1] : near, outside)
      return near == .max ? 0 : near / 2 + far / 2
    }
  }
}
