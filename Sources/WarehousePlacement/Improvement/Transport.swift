/// The cheapest way to serve all clients from given sites within their capacities: a transportation problem.
///
/// Everybody starts at his cheapest site; what exceeds a site's capacity is moved along the cheapest chain of
/// sites to one with room. The network has a node for each site only: the way from one site to another is the
/// client whom it costs least to serve from there instead. R. G. Busacker and P. J. Gowen (1961).
struct Transport {
  /// What was found: units handed out, and for each site the price of a unit of its capacity.
  struct Result {
    let deliveries: [PlacementPlan.Delivery]
    /// Whole units of cost, rounded up once.
    let cost: Int64
    /// In units of 1 / `fine`.
    let prices: [Int64]
  }

  private let problem: PlacementProblem
  /// Fractions of a unit in which a unit of demand is priced.
  let fine: Int64
  private let cost: [Int64]
  private let whole: [Int64]
  private let clients: Int

  /// More than any chain costs.
  private static let never: Int64 = 1 << 61

  init(_ problem: PlacementProblem) {
    self.problem = problem
    clients = problem.clientCount
    var greatest: Int64 = 1
    for client in 0..<clients {
      for entry in problem.service.entries(of: client) {
        greatest = max(
          greatest, problem.service.cost[entry] / max(problem.demand[client], 1) + 1)
      }
    }
    var fine: Int64 = 1
    let steps = Int64(2 * problem.siteCount + 2)
    while fine < 1 << 40, greatest * fine * 2 * steps < 1 << 60 { fine *= 2 }
    self.fine = fine
    var cost = [Int64](repeating: Self.never, count: problem.siteCount * clients)
    var whole = cost
    for client in 0..<clients {
      for entry in problem.service.entries(of: client) {
        let place = Int(problem.service.site[entry]) * clients + client
        let price = problem.service.cost[entry].multipliedFullWidth(by: fine)
        let need = max(problem.demand[client], 1)
        cost[place] = need.dividingFullWidth(price).quotient
        whole[place] = problem.service.cost[entry]
      }
    }
    self.cost = cost
    self.whole = whole
  }

  /// Serves everybody from these sites; nil where they cannot.
  ///
  /// Beside the sites there is a sink that takes what they hand out, between what each must and can. What is too much
  /// at a site, or in the sink, goes along the cheapest chain to where something is missing.
  /// - Complexity: O((n k + k^3) a) for k sites and a chains.
  func serve(from sites: [Int]) -> Result? {
    let count = sites.count
    guard count > 0 else { return nil }
    let sink = count
    var flow = [Int64](repeating: 0, count: count * clients)
    var excess = [Int64](repeating: 0, count: count + 1)
    for client in 0..<clients {
      var best = 0
      for place in 1..<max(count, 1)
      where cost[sites[place] * clients + client] < cost[sites[best] * clients + client] {
        best = place
      }
      guard cost[sites[best] * clients + client] < Self.never else { return nil }
      flow[best * clients + client] = problem.demand[client]
      excess[best] += problem.demand[client]
    }
    var out = [Int64](repeating: 0, count: count)
    for place in 0..<count {
      guard problem.least(sites[place]) <= problem.capacity[sites[place]] else { return nil }
      let load = excess[place]
      out[place] = max(problem.least(sites[place]), min(load, problem.capacity[sites[place]]))
      excess[place] = load - out[place]
      excess[sink] -= excess[place]
    }
    // What moving a unit from one site to another costs, and whose unit that is.
    var way = [Int64](repeating: Self.never, count: count * count)
    var mover = [Int32](repeating: -1, count: count * count)
    func renew(_ from: Int) {
      for to in 0..<count { way[from * count + to] = Self.never }
      for client in 0..<clients where flow[from * clients + client] > 0 {
        let here = cost[sites[from] * clients + client]
        for to in 0..<count where to != from {
          let there = cost[sites[to] * clients + client]
          if there < Self.never, there - here < way[from * count + to] {
            way[from * count + to] = there - here
            mover[from * count + to] = Int32(client)
          }
        }
      }
    }
    for place in 0..<count { renew(place) }
    /// Whether the sink can take more from a site, and whether it can give some back.
    func canTake(_ place: Int) -> Bool { out[place] < problem.capacity[sites[place]] }
    func canGive(_ place: Int) -> Bool { out[place] > problem.least(sites[place]) }
    // Distance from each site, and from the sink, to the nearest of the ends.
    func distances(to ends: (Int) -> Bool) -> ([Int64], [Int]) {
      var distance = [Int64](repeating: Self.never, count: count + 1)
      var next = [Int](repeating: -1, count: count + 1)
      for place in 0...count where ends(place) { distance[place] = 0 }
      var changed = true
      while changed {
        changed = false
        for from in 0..<count {
          for to in 0..<count where distance[to] < Self.never {
            let step = way[from * count + to]
            if step < Self.never, step + distance[to] < distance[from] {
              distance[from] = step + distance[to]
              next[from] = to
              changed = true
            }
          }
          if distance[sink] < distance[from], canTake(from) {
            distance[from] = distance[sink]
            next[from] = sink
            changed = true
          }
          if distance[from] < distance[sink], canGive(from) {
            distance[sink] = distance[from]
            next[sink] = from
            changed = true
          }
        }
      }
      return (distance, next)
    }
    while excess.contains(where: { $0 > 0 }) {
      let (distance, next) = distances { excess[$0] < 0 }
      var start = -1
      for place in 0...count where excess[place] > 0 {
        if start < 0 || distance[place] < distance[start] { start = place }
      }
      guard start >= 0, distance[start] < Self.never else { return nil }
      var chain = [start]
      var amount = excess[start]
      while next[chain[chain.count - 1]] >= 0, chain.count <= count + 1 {
        let from = chain[chain.count - 1]
        let to = next[from]
        chain.append(to)
        if to == sink {
          amount = min(amount, problem.capacity[sites[from]] - out[from])
        } else if from == sink {
          amount = min(amount, out[to] - problem.least(sites[to]))
        } else {
          amount = min(amount, flow[from * clients + Int(mover[from * count + to])])
        }
      }
      let last = chain[chain.count - 1]
      amount = min(amount, -excess[last])
      guard amount > 0 else { return nil }
      for (from, to) in zip(chain, chain.dropFirst()) {
        if to == sink {
          out[from] += amount
        } else if from == sink {
          out[to] -= amount
        } else {
          let client = Int(mover[from * count + to])
          flow[from * clients + client] -= amount
          flow[to * clients + client] += amount
        }
      }
      excess[start] -= amount
      excess[last] += amount
      for place in chain where place != sink { renew(place) }
    }
    var prices = distances { $0 == sink }.0
    // Sites from which nothing more can go anywhere are full: only the differences between their prices count.
    let isStuck = prices.map { $0 == Self.never }
    if isStuck[..<count].contains(true) {
      let among = distances { isStuck[$0] }.0
      let least = among.indices.filter { isStuck[$0] }.map { among[$0] }.min() ?? 0
      for place in prices.indices where isStuck[place] { prices[place] = among[place] - least }
    }
    return result(sites, flow, prices)
  }

  private func result(_ sites: [Int], _ flow: [Int64], _ distance: [Int64]) -> Result {
    var deliveries: [PlacementPlan.Delivery] = []
    var total: Int64 = 0
    var parts: [(Int64, Int64)] = []
    for site in sites { total += problem.opening[site] }
    for client in 0..<clients {
      let need = problem.demand[client]
      var numerator = Int128(0)
      var served = false
      for (place, site) in sites.enumerated() where flow[place * clients + client] > 0 {
        let quantity = flow[place * clients + client]
        deliveries.append(.init(client: client, site: site, quantity: quantity))
        numerator += Int128(quantity) * Int128(whole[site * clients + client])
        served = true
      }
      if !served {
        // Nothing is needed: the cheapest site stands for it.
        let best = sites.min { whole[$0 * clients + client] < whole[$1 * clients + client] }
        if let best {
          deliveries.append(.init(client: client, site: best, quantity: 0))
          total += whole[best * clients + client]
        }
        continue
      }
      total += Int64(numerator / Int128(need))
      let rest = Int64(numerator % Int128(need))
      if rest > 0 { parts.append((rest, need)) }
    }
    // At capacity a unit of it is worth something, at the least quantity it costs something, else nothing.
    var bySite = [Int64](repeating: 0, count: problem.siteCount)
    for (place, site) in sites.enumerated() where distance[place] < Self.never {
      bySite[site] = problem.least.isEmpty ? max(0, distance[place]) : distance[place]
    }
    return Result(deliveries: deliveries, cost: total + Fractions.ceiling(parts), prices: bySite)
  }
}

/// Sums of proper fractions.
enum Fractions {
  /// The sum, rounded up to a whole number.
  ///
  /// Exact while the common denominator fits 126 bits; beyond that each fraction is rounded up at 2^-90.
  static func ceiling(_ parts: [(Int64, Int64)]) -> Int64 {
    var numerator = Int128(0)
    var denominator = Int128(1)
    for (top, bottom) in parts {
      let shared = divisor(denominator, Int128(bottom))
      let (common, overflow) = denominator.multipliedReportingOverflow(by: Int128(bottom) / shared)
      if overflow || common > Int128(1) << 90 { return rough(parts) }
      numerator = numerator * (common / denominator) + Int128(top) * (common / Int128(bottom))
      denominator = common
    }
    return Int64((numerator + denominator - 1) / denominator)
  }

  private static func rough(_ parts: [(Int64, Int64)]) -> Int64 {
    let one = Int128(1) << 60
    var sum = Int128(0)
    for (top, bottom) in parts { sum += (Int128(top) * one + Int128(bottom) - 1) / Int128(bottom) }
    return Int64((sum + one - 1) / one)
  }

  private static func divisor(_ a: Int128, _ b: Int128) -> Int128 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
