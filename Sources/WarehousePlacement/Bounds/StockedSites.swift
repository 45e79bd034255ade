/// Sites without capacity that pay for every group of goods they keep.
///
/// For given multipliers each group stands for itself at each site: it is kept where its clients earn more than
/// keeping it costs, and the site's value is its opening cost less what the groups earn beyond that.
struct StockedSites: Relaxation {
  private let scaled: ScaledProblem
  private let group: [Int32]
  private let groups: Int
  /// Cost of keeping in fine units, entry `site * groups + group`.
  private let keeping: [Int64]
  /// The same less what the group's clients earn.
  private var worth: [Int64]
  private var start: [Int] = [0]
  private var site: [Int32] = []
  private var cost: [Int64] = []
  private var reach: [Int]
  private(set) var range: (floor: [Int64], ceiling: [Int64]) = ([], [])
  private let dearest: Int64

  init(_ scaled: ScaledProblem) {
    self.scaled = scaled
    let problem = scaled.problem
    let stock = problem.stock ?? .none(of: problem)
    group = stock.group
    groups = stock.groups
    let fine = scaled.scale
    keeping = stock.cost.map { $0 * fine }
    worth = keeping
    dearest = (scaled.opening.max() ?? 0) + (keeping.max() ?? 0)
    reach = Array(repeating: 0, count: problem.clientCount)
  }

  /// Lists stand as they are: what is added to a closed site is not asked for.
  mutating func glance(at site: Int, _ standing: [PlacementProblem.Standing]) {}

  mutating func adopt(
    _ standing: [PlacementProblem.Standing], limits: [Int64], bindings: [Binding]
  ) -> Int? {
    let lists = scaled.lists
    start.removeAll(keepingCapacity: true)
    site.removeAll(keepingCapacity: true)
    cost.removeAll(keepingCapacity: true)
    range.floor.removeAll(keepingCapacity: true)
    range.ceiling.removeAll(keepingCapacity: true)
    start.append(0)
    for client in 0..<scaled.problem.clientCount {
      let first = site.count
      let leaving = scaled.leaving[client]
      let limit = min(leaving, limits.isEmpty ? .max : limits[client])
      var ceiling = leaving
      for entry in lists.entries(of: client) {
        let price = lists.cost[entry] * scaled.scale
        if price >= limit { break }
        let place = Int(lists.site[entry])
        if standing[place] == .closed { continue }
        site.append(lists.site[entry])
        cost.append(price)
        // Whoever pays a site, the shelf and his own cost alone needs pay no more.
        var alone = price + keeping[place * groups + Int(group[client])]
        if standing[place] == .free { alone += scaled.opening[place] }
        ceiling = min(ceiling, alone)
      }
      if site.count == first, leaving == .max { return client }
      if ceiling == .max { ceiling = scaled.farthest[client] + dearest }
      range.floor.append(site.count > first ? min(cost[first], ceiling) : ceiling)
      range.ceiling.append(ceiling)
      start.append(site.count)
    }
    return nil
  }

  mutating func price(_ multipliers: [Int64], into values: inout [Int64]) {
    for place in worth.indices { worth[place] = keeping[place] }
    for client in multipliers.indices {
      let multiplier = multipliers[client]
      let shelf = Int(group[client])
      var entry = start[client]
      let end = start[client + 1]
      while entry < end {
        let gain = cost[entry] &- multiplier
        if gain >= 0 { break }
        worth[Int(site[entry]) &* groups &+ shelf] &+= gain
        entry &+= 1
      }
      reach[client] = entry
    }
    for place in values.indices {
      var value = scaled.opening[place]
      for shelf in place * groups..<(place + 1) * groups where worth[shelf] < 0 {
        value += worth[shelf]
      }
      values[place] = value
    }
  }

  mutating func shortfall(
    _ multipliers: [Int64], chosen: [Bool], into shortfall: inout [Double]
  ) {
    for client in multipliers.indices {
      let shelf = Int(group[client])
      var served = 0
      for entry in start[client]..<reach[client] {
        let place = Int(site[entry])
        if chosen[place], worth[place &* groups &+ shelf] < 0 { served &+= 1 }
      }
      shortfall[client] = Double(1 &- served)
    }
  }
}
