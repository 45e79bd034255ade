/// Sites without capacity: whoever pays more than his cost is served.
///
/// Lists are cut after the first site that stands open, since no client goes past it, and closed sites are left
/// out; a multiplier then touches only the sites cheaper than itself.
struct UnlimitedSites: Relaxation {
  private let scaled: ScaledProblem
  private var start: [Int] = []
  private var site: [Int32] = []
  private var cost: [Int64] = []
  private var reach: [Int] = []
  private(set) var range: (floor: [Int64], ceiling: [Int64]) = ([], [])
  private let dearest: Int64

  init(_ scaled: ScaledProblem) {
    self.scaled = scaled
    dearest = scaled.opening.max() ?? 0
    reach = Array(repeating: 0, count: scaled.problem.clientCount)
  }

  mutating func adopt(
    _ standing: [PlacementProblem.Standing], limits: [Int64], bindings: [Binding]
  ) -> Int? {
    let clients = scaled.problem.clientCount
    let lists = scaled.lists
    let isLimitless = scaled.count.upperBound >= scaled.problem.siteCount
    // No client passes all closed sites and reaches further than the sites that are not opened at least.
    let closed = standing.count { $0 == .closed }
    let longest = max(1, scaled.problem.siteCount - closed - scaled.count.lowerBound + 1)
    start.removeAll(keepingCapacity: true)
    site.removeAll(keepingCapacity: true)
    cost.removeAll(keepingCapacity: true)
    start.append(0)
    range.floor.removeAll(keepingCapacity: true)
    range.ceiling.removeAll(keepingCapacity: true)
    for client in 0..<clients {
      let first = site.count
      let leaving = scaled.leaving[client]
      let limit = min(leaving, limits.isEmpty ? .max : limits[client])
      var ceiling = leaving
      for entry in lists.entries(of: client) {
        let price = lists.cost[entry] * scaled.scale
        if price >= limit { break }
        let place = Int(lists.site[entry])
        if standing[place] == .closed { continue }
        if site.count - first >= longest {
          // One of those kept is open, whatever is chosen: more than the last of them earns nothing.
          ceiling = min(ceiling, cost[site.count - 1])
          break
        }
        site.append(lists.site[entry])
        cost.append(price)
        if isLimitless { ceiling = min(ceiling, price + scaled.opening[place]) }
        if standing[place] == .open {
          ceiling = min(ceiling, price)
          break
        }
      }
      if site.count == first, leaving == .max { return client }
      // A list that was cut leaves its client more to gain than its last entry.
      if ceiling == .max { ceiling = scaled.farthest[client] + dearest }
      range.floor.append(site.count > first ? min(cost[first], ceiling) : ceiling)
      range.ceiling.append(ceiling)
      start.append(site.count)
    }
    return nil
  }

  mutating func price(_ multipliers: [Int64], into values: inout [Int64]) {
    for place in values.indices { values[place] = scaled.opening[place] }
    for client in multipliers.indices {
      let multiplier = multipliers[client]
      var entry = start[client]
      let end = start[client + 1]
      while entry < end {
        let gain = cost[entry] &- multiplier
        if gain >= 0 { break }
        values[Int(site[entry])] &+= gain
        entry &+= 1
      }
      reach[client] = entry
    }
  }

  mutating func shortfall(
    _ multipliers: [Int64], chosen: [Bool], into shortfall: inout [Double]
  ) {
    for client in multipliers.indices {
      var served = 0
      var entry = start[client]
      let end = reach[client]
      while entry < end {
        if chosen[Int(site[entry])] { served &+= 1 }
        entry &+= 1
      }
      shortfall[client] = Double(1 &- served)
    }
  }
}
