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
  private(set) var walk = 0
  private(set) var range: (floor: [Int64], ceiling: [Int64]) = ([], [])
  private let dearest: Int64
  /// Costs by site; nil where there are too many.
  private let columns: ChosenColumns?
  /// More than what each list's last entry costs.
  private var past: [Int64] = []
  private var edges: [Int64]
  /// Near which multipliers steps stay; empty where they may go anywhere.
  private var centre: [Int64] = []
  /// The range of the state taken over.
  private var whole: (floor: [Int64], ceiling: [Int64]) = ([], [])

  init(_ scaled: ScaledProblem) {
    self.scaled = scaled
    columns = scaled.columns
    edges = Array(repeating: 0, count: scaled.problem.clientCount)
    dearest = scaled.opening.max() ?? 0
    reach = Array(repeating: 0, count: scaled.problem.clientCount)
  }

  /// Lists stand as they are: what is added to a closed site is not asked for.
  ///
  /// Nobody pays more than an open one costs, and whoever loses his cheapest pays what the next one costs at once.
  mutating func glance(at site: Int, _ standing: [PlacementProblem.Standing]) {
    range = whole
    if standing[site] == .closed {
      for client in range.floor.indices {
        let first = start[client]
        guard first < start[client + 1], self.site[first] == site else { continue }
        let next = first + 1 < start[client + 1] ? cost[first + 1] : range.ceiling[client]
        range.floor[client] = max(range.floor[client], min(next, range.ceiling[client]))
      }
    } else if let columns {
      for client in range.ceiling.indices {
        range.ceiling[client] = min(range.ceiling[client], columns.cost(site, client))
        range.floor[client] = min(range.floor[client], range.ceiling[client])
      }
    }
  }

  mutating func stay(near multipliers: [Int64]) { centre = multipliers }

  mutating func adopt(
    _ standing: [PlacementProblem.Standing], limits: [Int64], bindings: [Binding]
  ) -> Int? {
    let clients = scaled.problem.clientCount
    let isLimitless = scaled.count.upperBound >= scaled.problem.siteCount
    // No client passes all closed sites and reaches further than the sites that are not opened at least.
    let closed = standing.count { $0 == .closed }
    let longest = max(1, scaled.problem.siteCount - closed - scaled.count.lowerBound + 1)
    let size = scaled.lists.site.count
    if site.count < size {
      site = Array(repeating: 0, count: size)
      cost = Array(repeating: 0, count: size)
    }
    range.floor.removeAll(keepingCapacity: true)
    range.ceiling.removeAll(keepingCapacity: true)
    past.removeAll(keepingCapacity: true)
    start.removeAll(keepingCapacity: true)
    start.append(0)
    var filled = 0
    for client in 0..<clients {
      let first = filled
      let leaving = scaled.leaving[client]
      var limit = min(leaving, limits.isEmpty ? .max : limits[client])
      // Half as much again as the client pays now is as far as it goes here.
      if !centre.isEmpty { limit = min(limit, centre[client] + centre[client] / 2 + scaled.scale) }
      let cut = ListWalk.cut(
        scaled.lists, client, standing, scale: scaled.scale, limit: limit, longest: longest,
        opening: isLimitless ? scaled.opening : [], into: &site, &cost, from: filled)
      filled = cut.end
      if filled == first, leaving == .max {
        // Perhaps only further away than it may go here.
        guard !centre.isEmpty || !limits.isEmpty, serves(client, standing, limits) else {
          return client
        }
      }
      var ceiling = min(leaving, cut.ceiling)
      // A list that was cut leaves its client more to gain than its last entry.
      if ceiling == .max { ceiling = scaled.farthest[client] + dearest }
      // What is not in the list may not gain.
      if !centre.isEmpty { ceiling = min(ceiling, limit) }
      range.floor.append(filled > first ? min(cost[first], ceiling) : ceiling)
      range.ceiling.append(ceiling)
      past.append(filled > first ? cost[filled - 1] + 1 : 0)
      start.append(filled)
    }
    whole = range
    return nil
  }

  func unserved(_ standing: [PlacementProblem.Standing], limits: [Int64]) -> Int? {
    for client in scaled.leaving.indices where scaled.leaving[client] == .max {
      var entry = start[client]
      let end = start[client + 1]
      while entry < end, standing[Int(site[entry])] == .closed { entry &+= 1 }
      if entry == end, !serves(client, standing, limits) { return client }
    }
    return nil
  }

  /// Whether anybody is left to serve a client.
  private func serves(
    _ client: Int, _ standing: [PlacementProblem.Standing], _ limits: [Int64]
  ) -> Bool {
    let limit = limits.isEmpty ? .max : limits[client]
    return scaled.lists.entries(of: client).contains {
      standing[Int(scaled.lists.site[$0])] != .closed
        && scaled.lists.cost[$0] * scaled.scale < limit
    }
  }

  mutating func price(_ multipliers: [Int64], into values: inout [Int64]) {
    for place in values.indices { values[place] = scaled.opening[place] }
    ListWalk.add(
      multipliers, start: start, site: site, cost: cost, into: &values, reach: &reach)
  }

  mutating func shortfall(
    _ multipliers: [Int64], chosen: [Bool], into shortfall: inout [Double]
  ) {
    let clients = multipliers.count
    // A few chosen sites are sooner looked up than every list is walked.
    walk = 0
    for client in 0..<clients { walk &+= reach[client] &- start[client] }
    guard let columns, chosen.count(where: { $0 }) * clients < walk else {
      ListWalk.shortfall(
        start: start, reach: reach, site: site, chosen: chosen, into: &shortfall)
      return
    }
    for client in 0..<clients {
      shortfall[client] = 1
      edges[client] = min(multipliers[client], past[client])
    }
    columns.subtract(chosen, edges: edges, from: &shortfall)
  }
}
