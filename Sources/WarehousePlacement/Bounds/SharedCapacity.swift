/// Sites with capacity whose clients may be served in part: a continuous knapsack each.
///
/// Whatever price a unit of capacity is given, what the site earns beyond it is a bound; the price that fills the
/// capacity is the best one. It is found by selection and rounded down, and the bound is reckoned from it exactly.
struct SharedCapacity: Relaxation {
  private let scaled: ScaledProblem
  private let demand: [Int64]
  private let capacity: [Int64]
  private var columns: SiteColumns
  private var standing: [PlacementProblem.Standing] = []
  private var rate: [Int64]
  private(set) var range: (floor: [Int64], ceiling: [Int64]) = ([], [])
  private var gains: [Int64] = []
  private var needs: [Int64] = []

  init(_ scaled: ScaledProblem) {
    self.scaled = scaled
    demand = scaled.problem.demand
    capacity = scaled.problem.capacity
    columns = SiteColumns(scaled)
    rate = Array(repeating: 0, count: scaled.problem.siteCount)
  }

  mutating func glance(at site: Int, _ standing: [PlacementProblem.Standing]) {
    self.standing = standing
  }

  mutating func adopt(
    _ standing: [PlacementProblem.Standing], limits: [Int64], bindings: [Binding]
  ) -> Int? {
    self.standing = standing
    let found = columns.range(standing, scaled: scaled)
    range = (found.floor, found.ceiling)
    return found.unserved
  }

  mutating func price(_ multipliers: [Int64], into values: inout [Int64]) {
    for site in values.indices where standing[site] != .closed {
      values[site] = scaled.opening[site] - earned(site, multipliers)
    }
  }

  /// What a site can earn at most from clients that pay their multipliers; notes its price of a unit.
  private mutating func earned(_ site: Int, _ multipliers: [Int64]) -> Int64 {
    gains.removeAll(keepingCapacity: true)
    needs.removeAll(keepingCapacity: true)
    let base = site * columns.clients
    var sum: Int64 = 0
    var need: Int64 = 0
    for client in 0..<multipliers.count {
      let cost = columns.cost[base + client]
      let multiplier = multipliers[client]
      if cost < multiplier {
        gains.append(multiplier &- cost)
        needs.append(demand[client])
        sum &+= multiplier &- cost
        need &+= demand[client]
      }
    }
    rate[site] = 0
    guard need > capacity[site] else { return sum }
    rate[site] = Knapsack.price(gains: &gains, needs: &needs, room: capacity[site])
    var earned = rate[site] * capacity[site]
    for index in gains.indices {
      let more = gains[index] &- rate[site] &* needs[index]
      if more > 0 { earned &+= more }
    }
    return earned
  }

  mutating func shortfall(
    _ multipliers: [Int64], chosen: [Bool], into shortfall: inout [Double]
  ) {
    for client in shortfall.indices { shortfall[client] = 1 }
    for site in chosen.indices where chosen[site] {
      let base = site * columns.clients
      var room = capacity[site]
      var broken = -1
      for client in 0..<multipliers.count {
        let cost = columns.cost[base + client]
        guard cost < multipliers[client] else { continue }
        let gain = multipliers[client] - cost
        if gain - rate[site] * demand[client] >= demand[client] || rate[site] == 0 {
          shortfall[client] -= 1
          room -= demand[client]
        } else if gain >= rate[site] * demand[client] {
          // The client whose price this is gets what is left.
          if broken < 0 {
            broken = client
          } else {
            let part = min(demand[client], max(room, 0))
            shortfall[client] -= Double(part) / Double(max(demand[client], 1))
            room -= part
          }
        }
      }
      if broken >= 0, room > 0, demand[broken] > 0 {
        shortfall[broken] -= Double(min(demand[broken], room)) / Double(demand[broken])
      }
    }
  }
}
