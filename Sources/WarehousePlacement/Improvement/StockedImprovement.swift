/// Plans for sites that pay for each group of goods they keep.
///
/// With the open sites given, every group is a question of its own: where to keep it, a facility location
/// without capacities that ``Interchange`` answers. Around a set of sites, single ones are closed and opened as
/// long as that pays.
struct StockedImprovement: Improvement {
  private let scaled: ScaledProblem
  private let problem: PlacementProblem
  private let stock: StockKeeping
  /// Clients of each group.
  private let members: [[Int]]
  /// One memory for each group, its sites all open to choice.
  private var parts: [Interchange]
  private var known: Set<[Int]> = []
  private var record: PlacementPlan?

  /// Sets of sites tried around one.
  static let trials = 40

  init(_ scaled: ScaledProblem) {
    self.scaled = scaled
    problem = scaled.problem
    let problem = scaled.problem
    let stock = problem.stock ?? .none(of: problem)
    self.stock = stock
    var members = [[Int]](repeating: [], count: stock.groups)
    for client in 0..<problem.clientCount { members[Int(stock.group[client])].append(client) }
    self.members = members
    parts = members.enumerated().map { group, clients in
      Interchange(ScaledProblem(problem.part(group, of: stock, clients: clients)))
    }
  }

  /// Where one group is kept among these sites, and what that costs without opening them.
  private mutating func keep(_ group: Int, among isOpen: [Bool]) -> (sites: [Int], cost: Int64)? {
    parts[group].restrict(to: isOpen)
    parts[group].begin(with: [])
    parts[group].openGreedily()
    parts[group].descend()
    guard let plan = parts[group].plan() else { return nil }
    return (plan.open, plan.cost)
  }

  mutating func plan(exactly sites: [Int]) -> PlacementPlan? {
    guard scaled.count.contains(sites.count) else { return nil }
    var isOpen = [Bool](repeating: false, count: problem.siteCount)
    var total: Int64 = 0
    for site in sites {
      isOpen[site] = true
      total += problem.opening[site]
    }
    var home = [Int32](repeating: -1, count: problem.clientCount)
    for group in members.indices where !members[group].isEmpty {
      guard let kept = keep(group, among: isOpen) else { return nil }
      total += kept.cost
      for (index, client) in members[group].enumerated() {
        home[client] = parts[group].nearest(index)
      }
    }
    return PlacementPlan(
      open: sites,
      deliveries: home.indices.filter { home[$0] >= 0 }.map {
        .init(client: $0, site: Int(home[$0]), quantity: 0)
      }, cost: total)
  }

  private var forced: [Int] {
    problem.standing.indices.filter { problem.standing[$0] == .open }
  }

  private func usable(_ sites: [Int]) -> [Int] {
    Set(sites.filter { problem.standing[$0] != .closed }).union(forced).sorted()
  }

  mutating func first(near sites: [Int]?) -> PlacementPlan? {
    var best: PlacementPlan?
    let all = problem.standing.indices.filter { problem.standing[$0] != .closed }
    for start in [sites.map { usable($0) }, forced.isEmpty ? nil : forced, all] {
      guard let start, let plan = bettered(start) else { continue }
      if plan.cost < best?.cost ?? .max { best = plan }
    }
    record = best
    return best
  }

  mutating func plan(near sites: [Int], below limit: Int64) -> PlacementPlan? {
    bettered(usable(sites))
  }

  mutating func explore(_ hint: BoundHint, seed: UInt64) -> PlacementPlan? {
    keep(plan(near: hint.sites, below: .max))
    var generator = RepeatableGenerator(seed: seed)
    guard var open = record?.open else { return nil }
    let isOpen = Set(open)
    let closed = problem.standing.indices.filter {
      problem.standing[$0] == .free && !isOpen.contains($0)
    }
    let closable = open.filter { problem.standing[$0] == .free }
    if let closing = generator.pick(closable) { open.removeAll { $0 == closing } }
    if let opening = generator.pick(closed) { open.append(opening) }
    keep(plan(near: open.sorted(), below: .max))
    return record
  }

  private mutating func keep(_ plan: PlacementPlan?) {
    if let plan, plan.cost < record?.cost ?? .max { record = plan }
  }

  /// Leaves out sites nobody uses, then closes and opens single ones while that pays, within a number of trials.
  private mutating func bettered(_ sites: [Int]) -> PlacementPlan? {
    guard known.insert(sites).inserted, var best = plan(exactly: sites) else { return nil }
    best = pruned(best)
    var left = Self.trials
    var improved = true
    while improved, left > 0 {
      improved = false
      var tries = best.open.filter { problem.standing[$0] == .free }.map { site in
        best.open.filter { $0 != site }
      }
      for site in promising(best) { tries.append((best.open + [site]).sorted()) }
      for open in tries where left > 0 && known.insert(open).inserted {
        left -= 1
        guard let found = plan(exactly: open), found.cost < best.cost else { continue }
        best = pruned(found)
        improved = true
        break
      }
    }
    return best
  }

  private mutating func pruned(_ plan: PlacementPlan) -> PlacementPlan {
    let used = Set(plan.deliveries.map(\.site))
    let open = plan.open.filter { used.contains($0) || problem.standing[$0] == .open }
    guard open.count < plan.open.count, open.count >= scaled.count.lowerBound else { return plan }
    let saved = plan.open.filter { !open.contains($0) }.reduce(Int64(0)) {
      $0 + problem.opening[$1]
    }
    return PlacementPlan(open: open, deliveries: plan.deliveries, cost: plan.cost - saved)
  }

  /// Closed sites that would gain most, were their shelves free: those worth a trial.
  private func promising(_ plan: PlacementPlan) -> [Int] {
    var home = [Int64](repeating: 0, count: problem.clientCount)
    for client in home.indices { home[client] = problem.leaving[client] ?? 0 }
    let lists = problem.service
    for delivery in plan.deliveries {
      home[delivery.client] = lists.cost(of: delivery.client, from: delivery.site) ?? 0
    }
    var gain = [Int64](repeating: 0, count: problem.siteCount * stock.groups)
    for client in home.indices {
      for entry in lists.entries(of: client) {
        if lists.cost[entry] >= home[client] { break }
        gain[Int(lists.site[entry]) * stock.groups + Int(stock.group[client])] +=
          home[client] - lists.cost[entry]
      }
    }
    let isOpen = Set(plan.open)
    var worth: [(site: Int, gain: Int64)] = []
    for site in problem.standing.indices
    where problem.standing[site] == .free && !isOpen.contains(site) {
      var sum = -problem.opening[site]
      for group in 0..<stock.groups {
        sum += max(0, gain[site * stock.groups + group] - stock.cost(of: group, at: site))
      }
      if sum > 0 { worth.append((site, sum)) }
    }
    worth.sort { $0.gain != $1.gain ? $0.gain > $1.gain : $0.site < $1.site }
    return worth.prefix(8).map(\.site)
  }

  /// Half way between a client's two cheapest ways, of those the plan has.
  func multipliers(for plan: PlacementPlan?) -> [Int64] {
    UnlimitedImprovement(scaled).multipliers(for: plan)
  }
}

extension PlacementProblem {
  /// The question where to keep one group: its clients, and what keeping it costs for opening.
  fileprivate func part(_ group: Int, of stock: StockKeeping, clients: [Int]) -> PlacementProblem {
    var lists = ServiceLists()
    for client in clients {
      for entry in service.entries(of: client) {
        lists.add(service.site[entry], service.cost[entry])
      }
      lists.close()
    }
    let table = SiteTable(
      opening: (0..<siteCount).map { stock.cost(of: group, at: $0) },
      demand: Array(repeating: 1, count: clients.count), service: lists, decimals: decimals)
    var part = PlacementProblem(table, sharing: .unlimited)
    part.leaving = clients.map { leaving[$0] }
    return part
  }
}
