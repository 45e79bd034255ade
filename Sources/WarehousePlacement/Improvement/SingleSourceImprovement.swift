/// Plans for sites with capacity that serve clients whole.
///
/// The transportation problem says who goes where when split; each client goes to the site that serves most of
/// it. What is then too much for a site is paid for by a penalty and worked off by moving one client, or
/// exchanging two, as in the generalised assignment problem.
struct SingleSourceImprovement: Improvement {
  private let scaled: ScaledProblem
  private let problem: PlacementProblem
  private let transport: Transport
  private let split: SplitImprovement
  private var record: PlacementPlan?
  private var known: Set<[Int]> = []
  /// Nil for questions it does not fit.
  private var exchange: ClientExchange?
  private var generator = RepeatableGenerator(seed: 1)
  private let cost: [Int64]
  private let clients: Int
  private let looks: Int

  /// Sets of sites tried around one.
  static let trials = 30
  /// Moves looked at in a round at the root: by pair of a client and a site, and at most.
  private static let rootLooks = (each: 2_000, most: 1_000_000)
  /// The same in the tree, by pair of a client and a site.
  private static let looksForPair = 50

  init(_ scaled: ScaledProblem) {
    self.scaled = scaled
    problem = scaled.problem
    transport = Transport(scaled.problem)
    split = SplitImprovement(scaled)
    clients = scaled.problem.clientCount
    var cost = [Int64](repeating: -1, count: clients * scaled.problem.siteCount)
    let lists = scaled.problem.service
    for client in 0..<clients {
      for entry in lists.entries(of: client) {
        cost[Int(lists.site[entry]) * clients + client] = lists.cost[entry]
      }
    }
    self.cost = cost
    let pairs = clients * scaled.problem.siteCount
    looks = min(Self.rootLooks.most, Self.rootLooks.each * pairs)
    let fits = scaled.shortcuts.exchangesClients && ClientExchange.fits(scaled.problem)
    exchange = fits ? ClientExchange(scaled.problem) : nil
  }

  mutating func first(near sites: [Int]?) -> PlacementPlan? {
    let open = split.enough(sites ?? [])
    let all = problem.standing.indices.filter { problem.standing[$0] != .closed }
    keep(bettered(open) ?? bettered(problem.oneLevelEach(all)))
    if exchange != nil, record == nil { keep(exchanged(crowded(among: all), looks: looks)) }
    return record
  }

  mutating func plan(near sites: [Int], below limit: Int64) -> PlacementPlan? {
    let open = split.enough(sites)
    guard exchange != nil else { return bettered(open) }
    guard known.insert(open).inserted else { return nil }
    return exchanged(plan(exactly: open)?.homes ?? crowded(among: open), looks: looks / 4)
  }

  mutating func explore(_ hint: BoundHint, seed: UInt64) -> PlacementPlan? {
    generator = RepeatableGenerator(seed: seed)
    if exchange != nil {
      favour(hint.share)
      if let homes = hint.homes, let plan = plan(homes: homes, sites: opened(by: homes)) {
        keep(plan)
        keep(exchanged(plan.homes, looks: looks / 2))
      } else {
        keep(plan(near: hint.sites, below: .max))
      }
      if let record { keep(exchanged(record.homes, looks: looks)) }
      return record
    }
    keep(plan(near: hint.sites, below: .max))
    guard var open = record?.open else { return nil }
    let closed = problem.standing.indices.filter {
      problem.standing[$0] == .free && !open.contains($0)
    }
    let closable = open.filter { problem.standing[$0] == .free }
    if let closing = generator.pick(closable) { open.removeAll { $0 == closing } }
    if let opening = generator.pick(closed) { open.append(opening) }
    keep(plan(near: open.sorted(), below: .max))
    return record
  }

  mutating func polish(_ plan: PlacementPlan, share: [Double], seed: UInt64) -> PlacementPlan? {
    generator = RepeatableGenerator(seed: seed)
    favour(share)
    let fewer = Self.looksForPair * clients * problem.siteCount
    return exchanged(plan.homes, looks: min(looks, fewer))
  }

  /// Sites the bound wants are opened, and the others closed, more often.
  private mutating func favour(_ share: [Double]) {
    exchange?.favour = share.map { Int64($0 * Double(ClientExchange.mostFavour)) }
  }

  /// Everybody at his cheapest of these sites, whatever they can hand out.
  private func crowded(among sites: [Int]) -> [Int] {
    (0..<clients).map { client in
      sites.filter { cost[$0 * clients + client] >= 0 }
        .min { cost[$0 * clients + client] < cost[$1 * clients + client] } ?? -1
    }
  }

  /// The best plan moves and exchanges lead to from an assignment.
  private mutating func exchanged(_ homes: [Int], looks: Int) -> PlacementPlan? {
    guard let found = exchange?.better(homes, below: .max, looks: looks, &generator) else {
      return nil
    }
    return costed(found, opened(by: found))
  }

  /// The sites an assignment needs, and those that are open anyway.
  private func opened(by homes: [Int]) -> [Int] {
    let forced = problem.standing.indices.filter { problem.standing[$0] == .open }
    return Set(homes.filter { $0 >= 0 }).union(forced).sorted()
  }

  private mutating func keep(_ plan: PlacementPlan?) {
    if let plan, plan.cost < record?.cost ?? .max { record = plan }
  }

  mutating func plan(exactly sites: [Int]) -> PlacementPlan? {
    guard scaled.count.contains(sites.count), problem.mayOpen(sites),
      let start = transport.serve(from: sites)
    else { return nil }
    var home = [Int](repeating: sites[0], count: clients)
    var most = [Int64](repeating: -1, count: clients)
    for delivery in start.deliveries where delivery.quantity > most[delivery.client] {
      most[delivery.client] = delivery.quantity
      home[delivery.client] = delivery.site
    }
    return plan(served: home, sites)
  }

  mutating func plan(homes: [Int], sites: [Int]) -> PlacementPlan? {
    guard scaled.count.contains(sites.count), !sites.isEmpty, problem.mayOpen(sites) else {
      return nil
    }
    var home = homes
    var load = [Int64](repeating: 0, count: problem.siteCount)
    for client in 0..<clients where home[client] >= 0 {
      load[home[client]] += problem.demand[client]
    }
    let missing = (0..<clients).filter { home[$0] < 0 }
      .sorted { (problem.demand[$1], $0) < (problem.demand[$0], $1) }
    for client in missing {
      let need = problem.demand[client]
      let able = sites.filter { cost[$0 * clients + client] >= 0 }
      let roomy = able.filter { load[$0] + need <= problem.capacity[$0] }
      let best = (roomy.isEmpty ? able : roomy).min {
        cost[$0 * clients + client] < cost[$1 * clients + client]
      }
      guard let best else { return nil }
      home[client] = best
      load[best] += need
    }
    return plan(served: home, sites)
  }

  private mutating func plan(served homes: [Int], _ sites: [Int]) -> PlacementPlan? {
    if exchange != nil { return exchanged(homes, looks: looks / 20) }
    var home = homes
    guard descend(&home, sites) else { return nil }
    return costed(home, sites)
  }

  /// An assignment as a plan; nil where there are too few or too many sites.
  private func costed(_ home: [Int], _ sites: [Int]) -> PlacementPlan? {
    guard problem.count.contains(sites.count) else { return nil }
    var total: Int64 = 0
    for site in sites { total += problem.opening[site] }
    for client in 0..<clients { total += cost[home[client] * clients + client] }
    return PlacementPlan(
      open: sites,
      deliveries: (0..<clients).map {
        .init(client: $0, site: home[$0], quantity: problem.demand[$0])
      }, cost: total)
  }

  /// Moves and exchanges clients until nothing is better; true where no site has too much.
  private func descend(_ home: inout [Int], _ sites: [Int]) -> Bool {
    var load = [Int64](repeating: 0, count: problem.siteCount)
    for client in 0..<clients { load[home[client]] += problem.demand[client] }
    let penalty = 1 + (cost.max() ?? 0)
    func excess(_ site: Int, _ load: Int64) -> Int64 {
      max(0, load - problem.capacity[site], problem.least(site) - load)
    }
    var improved = true
    while improved {
      improved = false
      for client in 0..<clients {
        let from = home[client]
        let need = problem.demand[client]
        for to in sites where to != from && cost[to * clients + client] >= 0 {
          let excessChange =
            excess(from, load[from] - need) - excess(from, load[from])
            + excess(to, load[to] + need) - excess(to, load[to])
          let change =
            cost[to * clients + client] - cost[from * clients + client] + penalty * excessChange
          if change < 0 {
            home[client] = to
            load[from] -= need
            load[to] += need
            improved = true
            break
          }
        }
      }
      for one in 0..<clients {
        for two in one + 1..<max(one + 1, clients) where home[one] != home[two] {
          let (a, b) = (home[one], home[two])
          let (there, here) = (cost[b * clients + one], cost[a * clients + two])
          if there < 0 || here < 0 { continue }
          let more = problem.demand[two] - problem.demand[one]
          let change =
            there + here - cost[a * clients + one] - cost[b * clients + two]
            + penalty
            * (excess(a, load[a] + more) - excess(a, load[a]) + excess(b, load[b] - more)
              - excess(b, load[b]))
          if change < 0 {
            home[one] = b
            home[two] = a
            load[a] += more
            load[b] -= more
            improved = true
          }
        }
      }
    }
    return sites.allSatisfy { excess($0, load[$0]) == 0 }
  }

  /// Closes, opens and exchanges single sites while that pays, within a number of trials.
  private mutating func bettered(_ sites: [Int]) -> PlacementPlan? {
    guard known.insert(sites).inserted, var best = plan(exactly: sites) else { return nil }
    var left = Self.trials
    var improved = true
    while improved, left > 0 {
      improved = false
      for open in split.otherLevels(best.open) where left > 0 && known.insert(open).inserted {
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
        guard known.insert(open).inserted,
          open.reduce(0, { $0 + problem.capacity[$1] }) >= scaled.demand
        else { continue }
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

  func multipliers(for plan: PlacementPlan?) -> [Int64] { split.multipliers(for: plan) }
}

extension PlacementPlan {
  /// Who serves each client, where each is served whole.
  fileprivate var homes: [Int] {
    var homes = [Int](repeating: -1, count: deliveries.count)
    for delivery in deliveries { homes[delivery.client] = delivery.site }
    return homes
  }
}
