/// Follows a proof case by case and says what it proves, trusting nothing but multipliers.
struct AuditProof {
  private var problem: AuditProblem
  private let text: AuditText
  private let scenarios: AuditScenarios?
  private var weights: [Int64]?
  /// What is decided in a case.
  private struct State {
    var standing: [UInt8]
    /// Costs from which on a client is not served, in fine units.
    var limit: [Int128]
    /// Sites that may not serve a client, and the only one that may.
    var barred: Set<Int>
    var bound: [Int: Int]
    /// The best bound met on the way, in fine units.
    var best: Int128
  }

  private var goal: Int128
  private let total: Int128
  /// The greatest number of cases below one another.
  private var visited = 0

  init(_ problem: AuditProblem, _ text: AuditText, scenarios: AuditScenarios? = nil) {
    self.problem = problem
    self.scenarios = scenarios
    self.text = text
    goal = (Int128(text.limit) - 1) * Int128(text.scale)
    total = problem.demand.reduce(Int128(0)) { $0 + Int128($1) }
  }

  /// What every plan costs at least, in units: the limit where each case is closed, less where some are not.
  mutating func proved() throws(AuditFault) -> Int64 {
    guard !text.nodes.isEmpty else { throw AuditFault("the proof has no cases") }
    var waiting: [(Int, State)] = [
      (
        0,
        State(
          standing: problem.standing,
          limit: Array(repeating: Int128.max, count: problem.clients), barred: [], bound: [:],
          best: 0)
      )
    ]
    var least = Int128(text.limit)
    while let (place, state) = waiting.popLast() {
      visited += 1
      guard visited <= text.nodes.count else { throw AuditFault("the proof's cases go in circles") }
      guard place >= 0, place < text.nodes.count else {
        throw AuditFault("case \(place) is missing")
      }
      var state = state
      let node = text.nodes[place]
      var isClosed = false
      for step in node.steps where !isClosed {
        try weigh(step.weights)
        isClosed = try take(step, &state, isRoot: place == 0, place)
      }
      if isClosed { continue }
      switch node.ending {
      case .closed: throw AuditFault("case \(place) is not closed by its steps")
      case .impossible:
        if !isImpossible(state) { throw AuditFault("case \(place) is not impossible") }
      case .unserved(let client):
        guard client >= 0, client < problem.clients, problem.leaving[client] == nil,
          !(0..<problem.sites).contains(where: { serves(client, $0, state) })
        else { throw AuditFault("case \(place): client \(client + 1) can be served") }
      case .left: least = min(least, units(state.best))
      case .transport(let fine, let prices):
        let bound = try transport(fine, prices, state, place)
        if bound <= (Int128(text.limit) - 1) * Int128(fine) {
          throw AuditFault("case \(place): the prices do not reach the limit")
        }
      case .branch(let site, let open, let closed):
        guard site >= 0, site < problem.sites, open > place, closed > place, open != closed else {
          throw AuditFault("case \(place) has no sound branch")
        }
        // Where a step has decided the site, the other case is empty.
        for (child, value) in [(open, UInt8(1)), (closed, UInt8(2))] {
          if state.standing[site] != 0, state.standing[site] != value {
            continue
          }
          var next = state
          guard self.open(site, value, in: &next.standing) else { continue }
          waiting.append((child, next))
        }
      case .bind(let client, let site, let bound, let free):
        guard problem.sharing == .single, client >= 0, client < problem.clients, site >= 0,
          site < problem.sites, bound > place, free > place, bound != free
        else { throw AuditFault("case \(place) has no sound binding") }
        var first = state
        if let other = first.bound[client], other != site { first.barred.insert(-1) }
        first.bound[client] = site
        waiting.append((bound, first))
        var second = state
        second.barred.insert(client * problem.sites + site)
        waiting.append((free, second))
      }
    }
    return Int64(least)
  }

  /// Opens a site and closes the other levels of its place, or closes it; false where another level is open.
  private func open(_ site: Int, _ value: UInt8, in standing: inout [UInt8]) -> Bool {
    standing[site] = value
    guard value == 1 else { return true }
    for other in problem.places[problem.place[site]] where other != site {
      if standing[other] == 1 { return false }
      standing[other] = 2
    }
    return true
  }

  /// Takes up the question of a weighting of scenarios.
  private mutating func weigh(_ weights: [Int64]) throws(AuditFault) {
    guard let scenarios, weights != self.weights else { return }
    problem = try scenarios.weighted(weights)
    goal = scenarios.most(Int128(text.limit) - 1, weights) * Int128(text.scale)
    self.weights = weights
  }

  private func units(_ fine: Int128) -> Int128 {
    fine <= 0 ? 0 : (fine - 1) / Int128(text.scale) + 1
  }

  private func serves(_ client: Int, _ site: Int, _ state: State) -> Bool {
    guard state.standing[site] != 2, problem.cost[client][site] >= 0 else { return false }
    if problem.sharing == .single, problem.demand[client] > problem.capacity[site] { return false }
    if let only = state.bound[client], only != site { return false }
    if !state.barred.isEmpty, state.barred.contains(client * problem.sites + site) { return false }
    return Int128(problem.cost[client][site]) * Int128(text.scale) < state.limit[client]
  }

  private func isImpossible(_ state: State) -> Bool {
    let open = state.standing.count { $0 == 1 }
    let usable = state.standing.count { $0 != 2 }
    if problem.least > problem.most || open > problem.most || usable < problem.least { return true }
    guard problem.sharing != .unlimited else { return false }
    var room = Int128(0)
    var owed = Int128(0)
    for (place, columns) in problem.places.enumerated() {
      let usable = columns.filter { state.standing[$0] != 2 }
      if usable.isEmpty, problem.isWanted[place] { return true }
      room += Int128(usable.map { problem.capacity[$0] }.max() ?? 0)
      for site in usable where state.standing[site] == 1 { owed += Int128(problem.owed[site]) }
    }
    if room < total || owed > total { return true }
    return problem.sharing == .single && (isOverfull(state) || isUnderfull(state))
  }

  /// Whether all clients an open site can serve need less than it must hand out.
  private func isUnderfull(_ state: State) -> Bool {
    (0..<problem.sites).contains { site in
      guard state.standing[site] == 1, problem.owed[site] > 0 else { return false }
      var most = Int128(0)
      for client in 0..<problem.clients where serves(client, site, state) {
        most += Int128(problem.demand[client])
      }
      return most < Int128(problem.owed[site])
    }
  }

  /// Whether clients whom one site is left to serve need more than that site has.
  private func isOverfull(_ state: State) -> Bool {
    var load = [Int128](repeating: 0, count: problem.sites)
    for client in 0..<problem.clients {
      let able = (0..<problem.sites).filter { serves(client, $0, state) }
      if able.count == 1 { load[able[0]] += Int128(problem.demand[client]) }
    }
    return load.indices.contains { load[$0] > Int128(problem.capacity[$0]) }
  }

  /// Reckons a step's bound and decides by it; true where no plan below the limit is left.
  private func take(
    _ step: AuditText.Step, _ state: inout State, isRoot: Bool, _ place: Int
  ) throws(AuditFault) -> Bool {
    guard step.multipliers.count == problem.clients, !step.conditions.isEmpty else {
      throw AuditFault("case \(place) has a step without a multiplier for every client")
    }
    let scale = Int128(text.scale)
    var base = Int128(0)
    for client in 0..<problem.clients {
      let multiplier = Int128(step.multipliers[client])
      base += multiplier
      if let price = problem.leaving[client] { base += min(0, Int128(price) * scale - multiplier) }
    }
    let values = (0..<problem.sites).map { site -> Int128 in
      if state.standing[site] == 2 { return 0 }
      let earned = earned(site, step.multipliers, state) ?? -AuditKnapsack.never
      return Int128(problem.opening[site]) * scale - earned
    }
    var next = state.standing
    var best = Int128.min
    for (price, rate) in step.conditions {
      guard rate >= 0, rate == 0 || problem.sharing != .unlimited else {
        throw AuditFault("case \(place) has a condition that does not hold")
      }
      var bound = base + price * Int128(price >= 0 ? problem.least : problem.most) + rate * total
      var reduced = values
      for site in 0..<problem.sites where state.standing[site] != 2 {
        reduced[site] -= price
        if rate != 0 { reduced[site] -= rate * Int128(problem.capacity[site]) }
      }
      for place in problem.places.indices {
        guard let part = part(place, nil, reduced, state) else { return true }
        bound += part
      }
      best = max(best, bound)
      if bound > goal { return true }
      for (place, columns) in problem.places.enumerated() {
        let part = part(place, nil, reduced, state) ?? 0
        for site in columns where state.standing[site] == 0 {
          if bound - part + reduced[site] > goal {
            if next[site] == 1 { return true }
            next[site] = 2
          }
          let without = self.part(place, site, reduced, state)
          if without.map({ bound - part + $0 > goal }) ?? true {
            if next[site] == 2 || !open(site, 1, in: &next) { return true }
          }
        }
      }
    }
    if let scenarios, let weights {
      best = scenarios.least(units(best), weights) * Int128(text.scale)
    } else if isRoot, problem.sharing != .split {
      for client in 0..<problem.clients {
        let limit = Int128(step.multipliers[client]) + goal - best + 1
        state.limit[client] = min(state.limit[client], limit)
      }
    }
    state.standing = next
    state.best = max(state.best, best)
    return false
  }

  /// What a place adds to a bound at least, without one of its columns if one is named; nil: there is no such plan.
  private func part(
    _ place: Int, _ excluded: Int?, _ reduced: [Int128], _ state: State
  ) -> Int128? {
    var least: Int128?
    for site in problem.places[place] where site != excluded {
      if state.standing[site] == 1 { return reduced[site] }
      if state.standing[site] == 0 { least = min(least ?? reduced[site], reduced[site]) }
    }
    return problem.isWanted[place] ? least : min(0, least ?? 0)
  }

  /// What a site can earn at most from clients that pay their multipliers; nil where it cannot be open.
  private func earned(_ site: Int, _ multipliers: [Int64], _ state: State) -> Int128? {
    let scale = Int128(text.scale)
    var byGroup = problem.keeping[site].map { -Int128($0) * scale }
    var knapsack = AuditKnapsack(
      room: problem.sharing == .unlimited ? nil : problem.capacity[site], owed: problem.owed[site])
    let takesLosses = problem.owed[site] > 0
    for client in 0..<problem.clients {
      let price = problem.cost[client][site]
      guard price >= 0 else { continue }
      let gain = Int128(multipliers[client]) - Int128(price) * scale
      guard gain > 0 || takesLosses, serves(client, site, state) else { continue }
      if problem.sharing == .unlimited {
        byGroup[problem.group[client]] += gain
      } else {
        knapsack.add(gain, Int128(problem.demand[client]))
      }
    }
    switch problem.sharing {
    // A group that earns less than keeping it costs is not kept.
    case .unlimited: return byGroup.reduce(0) { $0 + max(0, $1) }
    case .split: return knapsack.filled()
    case .single: return knapsack.packed()
    }
  }

  /// What serving everybody from the open sites costs at least, given prices of their capacity.
  private func transport(
    _ fine: Int64, _ prices: [Int64], _ state: State, _ place: Int
  ) throws(AuditFault) -> Int128 {
    guard problem.sharing == .split, prices.count == problem.sites,
      !state.standing.contains(0)
    else { throw AuditFault("case \(place) has no sound prices") }
    var bound = Int128(0)
    for site in 0..<problem.sites where state.standing[site] == 1 {
      bound += Int128(problem.opening[site]) * Int128(fine)
      // A price below nought is for what must be handed out.
      let amount = prices[site] >= 0 ? problem.capacity[site] : problem.owed[site]
      bound -= Int128(amount) * Int128(prices[site])
    }
    for client in 0..<problem.clients {
      var least: Int128?
      for site in 0..<problem.sites
      where state.standing[site] == 1 && problem.cost[client][site] >= 0 {
        let price =
          Int128(problem.cost[client][site]) * Int128(fine)
          + Int128(problem.demand[client]) * Int128(prices[site])
        least = min(least ?? price, price)
      }
      guard let least else { return Int128.max }
      bound += least
    }
    return bound
  }
}
