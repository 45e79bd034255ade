/// Sites with capacity whose clients may be served in part: a continuous knapsack each.
///
/// Whatever price a unit of capacity is given, what the site earns beyond it is a bound; the price that fills the
/// capacity is the best one. It is found by selection and rounded, and the bound is reckoned from it exactly. A site
/// that must hand out more than its clients want of it has a price below nought, at which more of them come.
struct SharedCapacity: Relaxation {
  private let scaled: ScaledProblem
  private let demand: [Int64]
  private let capacity: [Int64]
  /// All pairs by site, where sites must hand out something; nil where none must.
  private let columns: SiteColumns?
  private var standing: [PlacementProblem.Standing] = []
  private var rate: [Int64]
  private(set) var range: (floor: [Int64], ceiling: [Int64]) = ([], [])
  private var walk: ClientWalk
  private var gains: [Int64] = []
  private var needs: [Int64] = []

  init(_ scaled: ScaledProblem) {
    self.scaled = scaled
    demand = scaled.problem.demand
    capacity = scaled.problem.capacity
    columns = scaled.problem.least.isEmpty ? nil : SiteColumns(scaled)
    rate = Array(repeating: 0, count: scaled.problem.siteCount)
    walk = ClientWalk(sites: scaled.problem.siteCount)
  }

  mutating func glance(at site: Int, _ standing: [PlacementProblem.Standing]) {
    self.standing = standing
  }

  mutating func adopt(
    _ standing: [PlacementProblem.Standing], limits: [Int64], bindings: [Binding]
  ) -> Int? {
    self.standing = standing
    let found = scaled.range(standing)
    range = (found.floor, found.ceiling)
    return found.unserved
  }

  mutating func price(_ multipliers: [Int64], into values: inout [Int64]) {
    walk.gather(
      scaled.lists, multipliers, demand: demand, standing: standing, scale: scaled.scale)
    for site in values.indices where standing[site] != .closed {
      values[site] = scaled.opening[site] - earned(site, multipliers)
    }
  }

  /// What a site can earn at most from clients that pay their multipliers; notes its price of a unit.
  private mutating func earned(_ site: Int, _ multipliers: [Int64]) -> Int64 {
    rate[site] = 0
    let least = scaled.problem.least(site)
    if least > capacity[site] { return -ScaledProblem.never }
    if walk.needs[site] < least { return forced(site, multipliers, least) }
    guard walk.needs[site] > capacity[site] else { return walk.gains[site] }
    gains.removeAll(keepingCapacity: true)
    needs.removeAll(keepingCapacity: true)
    let items = walk.start[site]..<walk.start[site + 1]
    gains.append(contentsOf: walk.gain[items])
    needs.append(contentsOf: walk.need[items])
    rate[site] = Knapsack.price(gains: &gains, needs: &needs, room: capacity[site])
    var earned = rate[site] * capacity[site]
    for index in gains.indices {
      let more = gains[index] &- rate[site] &* needs[index]
      if more > 0 { earned &+= more }
    }
    return earned
  }

  /// The same where those who gain want too little: others come that lose least for what they take.
  private mutating func forced(_ site: Int, _ multipliers: [Int64], _ least: Int64) -> Int64 {
    guard let columns else { return walk.gains[site] }
    let base = site * columns.clients
    var others: [(loss: Int64, need: Int64)] = []
    for client in 0..<multipliers.count where demand[client] > 0 {
      let cost = columns.cost[base + client]
      guard cost != .max, cost >= multipliers[client] else { continue }
      others.append((cost - multipliers[client], demand[client]))
    }
    others.sort { Double($0.loss) * Double($1.need) < Double($1.loss) * Double($0.need) }
    var missing = least - walk.needs[site]
    var price: Int64 = 0
    for other in others where missing > 0 {
      missing -= other.need
      price = other.loss / other.need + 1
    }
    rate[site] = -price
    var earned = walk.gains[site] - price * (least - walk.needs[site])
    for other in others {
      let more = price * other.need - other.loss
      if more > 0 { earned += more }
    }
    return earned
  }

  mutating func shortfall(
    _ multipliers: [Int64], chosen: [Bool], into shortfall: inout [Double]
  ) {
    for client in shortfall.indices { shortfall[client] = 1 }
    for site in chosen.indices where chosen[site] {
      if rate[site] < 0 {
        come(to: site, multipliers, &shortfall)
        continue
      }
      var room = capacity[site]
      var broken = -1
      for item in walk.start[site]..<walk.start[site + 1] {
        let client = Int(walk.client[item])
        let gain = walk.gain[item]
        let wanted = demand[client]
        if gain - rate[site] * wanted >= wanted || rate[site] == 0 {
          shortfall[client] -= 1
          room -= wanted
        } else if gain >= rate[site] * wanted {
          // The client whose price this is gets what is left.
          if broken < 0 {
            broken = client
          } else {
            let part = min(wanted, max(room, 0))
            shortfall[client] -= Double(part) / Double(max(wanted, 1))
            room -= part
          }
        }
      }
      if broken >= 0, room > 0, demand[broken] > 0 {
        shortfall[broken] -= Double(min(demand[broken], room)) / Double(demand[broken])
      }
    }
  }

  /// Takes off what a site hands out that has to hand out more than is wanted of it.
  private func come(to site: Int, _ multipliers: [Int64], _ shortfall: inout [Double]) {
    guard let columns else { return }
    let base = site * columns.clients
    var missing = scaled.problem.least(site)
    var last: [Int] = []
    for client in multipliers.indices {
      let cost = columns.cost[base + client]
      guard cost != .max else { continue }
      let loss = cost - multipliers[client] + rate[site] * demand[client]
      if loss + demand[client] < 0 || cost < multipliers[client] {
        shortfall[client] -= 1
        missing -= demand[client]
      } else if loss <= 0 {
        last.append(client)
      }
    }
    for client in last where missing > 0 && demand[client] > 0 {
      let part = min(missing, demand[client])
      shortfall[client] -= Double(part) / Double(demand[client])
      missing -= part
    }
  }
}
