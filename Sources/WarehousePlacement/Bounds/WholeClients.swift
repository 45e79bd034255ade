/// Sites with capacity that serve clients whole: a knapsack of zeros and ones each, solved exactly.
struct WholeClients: Relaxation {
  private let scaled: ScaledProblem
  private let demand: [Int64]
  private let capacity: [Int64]
  private let allColumns: SiteColumns
  private var columns: SiteColumns
  private var standing: [PlacementProblem.Standing] = []
  private(set) var range: (floor: [Int64], ceiling: [Int64]) = ([], [])
  private var served: [[Int32]]

  init(_ scaled: ScaledProblem) {
    self.scaled = scaled
    demand = scaled.problem.demand
    capacity = scaled.problem.capacity
    allColumns = SiteColumns(scaled)
    columns = allColumns
    served = Array(repeating: [], count: scaled.problem.siteCount)
  }

  mutating func glance(at site: Int, _ standing: [PlacementProblem.Standing]) {
    self.standing = standing
  }

  mutating func adopt(
    _ standing: [PlacementProblem.Standing], limits: [Int64], bindings: [Binding]
  ) -> Int? {
    self.standing = standing
    columns = allColumns
    for binding in bindings {
      if binding.isBound {
        columns.bind(binding.client, to: binding.site)
      } else {
        columns.forbid(binding.client, binding.site)
      }
    }
    for site in standing.indices where standing[site] != .closed {
      for client in demand.indices where demand[client] > capacity[site] {
        columns.forbid(client, site)
      }
      guard !limits.isEmpty else { continue }
      for client in demand.indices {
        let cost = columns.cost[site * columns.clients + client]
        if cost != .max, cost >= limits[client] { columns.forbid(client, site) }
      }
    }
    let found = columns.range(standing, scaled: scaled)
    range = (found.floor, found.ceiling)
    // Whoever must hand out something may pay its clients to come.
    if !scaled.problem.least.isEmpty { range.floor = range.ceiling.map { -$0 } }
    return found.unserved
  }

  mutating func price(_ multipliers: [Int64], into values: inout [Int64]) {
    var gains: [Int64] = []
    var needs: [Int64] = []
    var clients: [Int32] = []
    for site in values.indices where standing[site] != .closed {
      gains.removeAll(keepingCapacity: true)
      needs.removeAll(keepingCapacity: true)
      clients.removeAll(keepingCapacity: true)
      let base = site * columns.clients
      var need: Int64 = 0
      var sum: Int64 = 0
      for client in 0..<multipliers.count {
        let cost = columns.cost[base + client]
        guard cost < multipliers[client] else { continue }
        gains.append(multipliers[client] - cost)
        needs.append(demand[client])
        clients.append(Int32(client))
        need += demand[client]
        sum += multipliers[client] - cost
      }
      let least = scaled.problem.least(site)
      if need < least {
        sum = forced(site, multipliers, least)
      } else if need > capacity[site] {
        let (gain, taken) = Knapsack.best(gains: gains, needs: needs, room: capacity[site])
        sum = gain
        served[site] = clients.indices.filter { taken[$0] }.map { clients[$0] }
        if least > 0, served[site].reduce(Int64(0), { $0 + demand[Int($1)] }) < least {
          sum = forced(site, multipliers, least)
        }
      } else {
        served[site] = clients
      }
      values[site] = scaled.opening[site] - sum
    }
  }

  /// What a site earns that must hand out more than is wanted of it: others come at a loss.
  private mutating func forced(_ site: Int, _ multipliers: [Int64], _ least: Int64) -> Int64 {
    let base = site * columns.clients
    let able = multipliers.indices.filter { columns.cost[base + $0] != .max }
    let found = Knapsack.filled(
      gains: able.map { multipliers[$0] - columns.cost[base + $0] },
      needs: able.map { demand[$0] }, between: least, and: capacity[site])
    guard let found else {
      served[site] = []
      return -ScaledProblem.never
    }
    served[site] = able.indices.filter { found.taken[$0] }.map { Int32(able[$0]) }
    return found.gain
  }

  mutating func shortfall(
    _ multipliers: [Int64], chosen: [Bool], into shortfall: inout [Double]
  ) {
    for client in shortfall.indices { shortfall[client] = 1 }
    for site in chosen.indices where chosen[site] {
      for client in served[site] { shortfall[Int(client)] -= 1 }
    }
  }

  var isOverfull: Bool {
    for site in standing.indices where standing[site] == .open {
      let base = site * columns.clients
      let most = demand.indices.filter { columns.cost[base + $0] != .max }
        .reduce(Int64(0)) { $0 + demand[$1] }
      if most < scaled.problem.least(site) { return true }
    }
    var load = [Int64](repeating: 0, count: capacity.count)
    for client in demand.indices {
      let able = standing.indices.filter {
        standing[$0] != .closed && columns.cost[$0 * columns.clients + client] != .max
      }
      if able.count == 1 { load[able[0]] += demand[client] }
    }
    return load.indices.contains { load[$0] > capacity[$0] }
  }

  func homes(chosen: [Bool]) -> [Int]? {
    var homes = [Int](repeating: -1, count: demand.count)
    for site in chosen.indices where chosen[site] && standing[site] != .closed {
      for client in served[site] {
        let home = homes[Int(client)]
        let base = columns.clients
        if home < 0
          || columns.cost[site * base + Int(client)] < columns.cost[home * base + Int(client)]
        {
          homes[Int(client)] = site
        }
      }
    }
    // With one site left for a client, that is where it goes.
    for client in homes.indices where homes[client] < 0 {
      let able = standing.indices.filter {
        standing[$0] == .open && columns.cost[$0 * columns.clients + client] != .max
      }
      if able.count == 1 { homes[client] = able[0] }
    }
    return homes
  }

  func contested(chosen: [Bool], shortfall: [Double]) -> (client: Int, site: Int)? {
    // Those on whom much hangs first: contested often, and great.
    let order = demand.indices.sorted {
      let (a, b) = (
        shortfall[$0] * Double(demand[$0] + 1), shortfall[$1] * Double(demand[$1] + 1)
      )
      return a != b ? a > b : $0 < $1
    }
    for client in order {
      let able = standing.indices.filter {
        standing[$0] == .open && columns.cost[$0 * columns.clients + client] != .max
      }
      guard able.count > 1 else { continue }
      let serving = able.filter { served[$0].contains(Int32(client)) }
      let candidates = serving.isEmpty ? able : serving
      let site = candidates.min {
        columns.cost[$0 * columns.clients + client] < columns.cost[$1 * columns.clients + client]
      }
      if let site { return (client, site) }
    }
    return nil
  }
}
