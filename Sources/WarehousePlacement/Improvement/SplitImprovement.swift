/// Plans for sites with capacity whose clients may be served in part.
struct SplitImprovement: Improvement {
  let scaled: ScaledProblem
  private let transport: Transport
  let problem: PlacementProblem
  private var record: PlacementPlan?
  private var known: Set<[Int]> = []

  /// Transportation problems solved at most for one set of sites.
  static let trials = 24
  /// Exchanges tried in a round at the root.
  static let exchanges = 8

  init(_ scaled: ScaledProblem) {
    self.scaled = scaled
    problem = scaled.problem
    transport = Transport(scaled.problem)
  }

  mutating func first(near sites: [Int]?) -> PlacementPlan? {
    var open = enough(sites ?? [])
    // Too many sites are better than a client nobody can serve.
    if plan(exactly: open) == nil {
      open = problem.oneLevelEach(
        problem.standing.indices.filter { problem.standing[$0] != .closed })
    }
    record = bettered(open, limit: .max)
    return record
  }

  mutating func plan(near sites: [Int], below limit: Int64) -> PlacementPlan? {
    bettered(enough(sites), limit: limit)
  }

  mutating func explore(_ hint: BoundHint, seed: UInt64) -> PlacementPlan? {
    if let plan = plan(near: hint.sites, below: record?.cost ?? .max),
      plan.cost < record?.cost ?? .max
    {
      record = plan
    }
    exchange(by: hint.share)
    var generator = RepeatableGenerator(seed: seed)
    guard var open = record?.open else { return nil }
    let closed = problem.standing.indices.filter {
      problem.standing[$0] == .free && !open.contains($0)
    }
    let closable = open.filter { problem.standing[$0] == .free }
    if let opening = generator.pick(closed), let closing = generator.pick(closable) {
      open.removeAll { $0 == closing }
      open.append(opening)
      if let plan = plan(near: open.sorted(), below: record?.cost ?? .max),
        plan.cost < record?.cost ?? .max
      {
        record = plan
      }
    }
    return record
  }

  /// Tries what the bound doubts in the best plan: a site it seldom chose of late against one it often chose, or such
  /// a one beside those that are open.
  private mutating func exchange(by share: [Double]) {
    var left = Self.exchanges
    var improved = true
    while improved, left > 0, let base = record {
      improved = false
      let isOpen = Set(base.open)
      let free = problem.standing.indices.filter { problem.standing[$0] == .free }
      var pairs: [(worth: Double, opening: Int, closing: Int?)] = []
      for opening in free where !isOpen.contains(opening) && share[opening] > 0 {
        pairs.append((share[opening] - 0.5, opening, nil))
        for closing in free where isOpen.contains(closing) {
          pairs.append((share[opening] - share[closing], opening, closing))
        }
      }
      pairs.sort {
        $0.worth != $1.worth
          ? $0.worth > $1.worth : ($0.opening, $0.closing ?? -1) < ($1.opening, $1.closing ?? -1)
      }
      for pair in pairs where left > 0 {
        let open = (base.open.filter { $0 != pair.closing } + [pair.opening]).sorted()
        guard known.insert(open).inserted,
          open.reduce(0, { $0 + problem.capacity[$1] }) >= scaled.demand
        else { continue }
        left -= 1
        if let plan = plan(exactly: open), plan.cost < base.cost {
          record = plan
          improved = true
          break
        }
      }
    }
  }

  mutating func plan(exactly sites: [Int]) -> PlacementPlan? {
    guard scaled.count.contains(sites.count), problem.mayOpen(sites),
      let result = transport.serve(from: sites)
    else { return nil }
    return PlacementPlan(open: sites, deliveries: result.deliveries, cost: result.cost)
  }

  /// Sites with capacity enough: those with most room for their cost are added.
  func enough(_ sites: [Int]) -> [Int] {
    if problem.places != nil { return levelled(sites) }
    var open = Set(sites.filter { problem.standing[$0] != .closed })
    for site in problem.standing.indices where problem.standing[site] == .open { open.insert(site) }
    var room = open.reduce(0) { $0 + problem.capacity[$1] }
    let others = problem.standing.indices.filter {
      problem.standing[$0] == .free && !open.contains($0)
    }.sorted {
      let left = problem.opening[$0].multipliedFullWidth(by: max(problem.capacity[$1], 1))
      let right = problem.opening[$1].multipliedFullWidth(by: max(problem.capacity[$0], 1))
      if left.high != right.high { return left.high < right.high }
      return left.low != right.low ? left.low < right.low : $0 < $1
    }
    for site in others where room < scaled.demand || open.count < scaled.count.lowerBound {
      open.insert(site)
      room += problem.capacity[site]
    }
    return open.sorted()
  }

  /// Closes, opens and exchanges single sites while that pays, within a number of trials.
  private mutating func bettered(_ sites: [Int], limit: Int64) -> PlacementPlan? {
    guard known.insert(sites).inserted, var best = plan(exactly: sites) else { return nil }
    // A set far from the best one is not worth the trials.
    if limit != .max, best.cost - limit > limit / 50 { return best }
    var left = Self.trials
    var improved = true
    while improved, left > 0 {
      improved = false
      for open in otherLevels(best.open) where left > 0 && known.insert(open).inserted {
        left -= 1
        if let plan = plan(exactly: open), plan.cost < best.cost {
          best = plan
          improved = true
          break
        }
      }
      if improved { continue }
      for site in best.open where problem.standing[site] == .free && left > 0 {
        let open = best.open.filter { $0 != site }
        guard known.insert(open).inserted else { continue }
        if open.reduce(0, { $0 + problem.capacity[$1] }) < scaled.demand { continue }
        left -= 1
        if let plan = plan(exactly: open), plan.cost < best.cost {
          best = plan
          improved = true
          break
        }
      }
    }
    return best
  }

  func settlement(of plan: PlacementPlan) -> Settlement? {
    guard let result = transport.serve(from: plan.open) else { return nil }
    // What everybody pays at least at these prices, less what capacity is worth.
    var bound = Int128(0)
    for site in plan.open {
      bound += Int128(problem.opening[site]) * Int128(transport.fine)
      let price = result.prices[site]
      let used = price >= 0 ? problem.capacity[site] : problem.least(site)
      bound -= Int128(used) * Int128(price)
    }
    let lists = problem.service
    for client in 0..<problem.clientCount {
      var least: Int128?
      for entry in lists.entries(of: client) where plan.open.contains(Int(lists.site[entry])) {
        let price =
          Int128(lists.cost[entry]) * Int128(transport.fine)
          + Int128(problem.demand[client]) * Int128(result.prices[Int(lists.site[entry])])
        least = min(least ?? price, price)
      }
      bound += least ?? 0
    }
    let units = bound <= 0 ? 0 : (bound - 1) / Int128(transport.fine) + 1
    return Settlement(prices: result.prices, fine: transport.fine, bound: Int64(units))
  }

  func multipliers(for plan: PlacementPlan?) -> [Int64] {
    let open = plan?.open ?? Array(0..<problem.siteCount)
    let prices =
      transport.serve(from: open)?.prices ?? Array(repeating: 0, count: problem.siteCount)
    let lists = scaled.lists
    var isOpen = [Bool](repeating: false, count: problem.siteCount)
    for site in open { isOpen[site] = true }
    return (0..<problem.clientCount).map { client in
      var least = Int64.max
      for entry in lists.entries(of: client) where isOpen[Int(lists.site[entry])] {
        let worth = Int128(problem.demand[client]) * Int128(prices[Int(lists.site[entry])])
        let price =
          Int128(lists.cost[entry] * scaled.scale)
          + worth * Int128(scaled.scale) / Int128(transport.fine)
        least = min(least, Int64(clamping: price))
      }
      return least == .max ? 0 : least
    }
  }
}
