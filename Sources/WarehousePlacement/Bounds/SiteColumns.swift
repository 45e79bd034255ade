/// Costs of service by site, for relaxations that look at one site and all clients.
struct SiteColumns: Sendable {
  /// Entry `site * clients + client`, in fine units; `Int64.max` where the site cannot serve the client.
  private(set) var cost: [Int64]
  let clients: Int

  init(_ scaled: ScaledProblem) {
    let problem = scaled.problem
    clients = problem.clientCount
    cost = Array(repeating: .max, count: problem.siteCount * clients)
    for client in 0..<clients {
      for entry in scaled.lists.entries(of: client) {
        let price = scaled.lists.cost[entry] * scaled.scale
        cost[Int(scaled.lists.site[entry]) * clients + client] = price
      }
    }
  }

  /// A site may not serve a client.
  mutating func forbid(_ client: Int, _ site: Int) { cost[site * clients + client] = .max }

  /// Only one site may serve a client.
  mutating func bind(_ client: Int, to site: Int) {
    for other in 0..<cost.count / max(clients, 1) where other != site {
      cost[other * clients + client] = .max
    }
  }

  /// Bounds between which a client's multiplier is of use; a client nobody can serve, if there is one.
  func range(
    _ standing: [PlacementProblem.Standing], scaled: ScaledProblem
  ) -> (floor: [Int64], ceiling: [Int64], unserved: Int?) {
    var floor = [Int64](repeating: .max, count: clients)
    for site in standing.indices where standing[site] != .closed {
      for client in 0..<clients {
        floor[client] = min(floor[client], cost[site * clients + client])
      }
    }
    let dearest = scaled.opening.max() ?? 0
    let ceiling = scaled.farthest.map { $0 + dearest }
    return (floor, ceiling, floor.firstIndex(of: .max))
  }
}
