/// Costs of service by site for a few chosen sites, where walking every client's list would be longer.
///
/// Entry `site * clients + client` in fine units, `Int64.max` where the site cannot serve the client.
struct ChosenColumns: Sendable {
  private let cost: [Int64]
  private let clients: Int

  /// More entries than this are not kept: 64 MiB.
  static let mostEntries = 8 << 20

  /// Nil where there are too many pairs to be kept.
  init?(_ problem: PlacementProblem, scale: Int64) {
    clients = problem.clientCount
    let size = problem.siteCount.multipliedReportingOverflow(by: clients)
    guard !size.overflow, size.partialValue <= ChosenColumns.mostEntries else { return nil }
    var cost = [Int64](repeating: .max, count: size.partialValue)
    let lists = problem.service
    for client in 0..<clients {
      for entry in lists.entries(of: client) {
        cost[Int(lists.site[entry]) * clients + client] = lists.cost[entry] * scale
      }
    }
    self.cost = cost
  }

  /// What a site charges a client; `Int64.max` where it cannot serve.
  func cost(_ site: Int, _ client: Int) -> Int64 { cost[site * clients + client] }

  /// Takes from every client's count the chosen sites that cost less than its edge.
  ///
  /// Bounds relied on: a site is below the number of sites, so that its column of `clients` entries lies within
  /// ``cost``; `edges` and `shortfall` have `clients` elements, which is checked.
  func subtract(_ chosen: [Bool], edges: [Int64], from shortfall: inout [Double]) {
    precondition(edges.count == clients && shortfall.count == clients)
    precondition(chosen.count * clients <= cost.count)
    cost.withUnsafeBufferPointer { cost in
      edges.withUnsafeBufferPointer { edges in
        shortfall.withUnsafeMutableBufferPointer { shortfall in
          for site in chosen.indices where chosen[site] {
            let base = site &* clients
            for client in 0..<clients where cost[base &+ client] < edges[client] {
              shortfall[client] -= 1
            }
          }
        }
      }
    }
  }
}

/// The walk over lists that every step of a bound consists of.
enum ListWalk {
  /// Adds to each site what its clients gain who pay more than they cost, and notes how far each list was walked.
  ///
  /// Bounds relied on: `start` ascends from 0 to the number of entries and has one element more than
  /// `multipliers`; every entry's site is below `values.count`. Both hold by construction in
  /// ``UnlimitedSites/adopt(_:limits:bindings:)``; the ends are checked.
  static func add(
    _ multipliers: [Int64], start: [Int], site: [Int32], cost: [Int64], into values: inout [Int64],
    reach: inout [Int]
  ) {
    precondition(start.count == multipliers.count + 1 && reach.count == multipliers.count)
    precondition(start[multipliers.count] <= site.count && cost.count == site.count)
    multipliers.withUnsafeBufferPointer { multipliers in
      start.withUnsafeBufferPointer { start in
        site.withUnsafeBufferPointer { site in
          cost.withUnsafeBufferPointer { cost in
            values.withUnsafeMutableBufferPointer { values in
              reach.withUnsafeMutableBufferPointer { reach in
                for client in 0..<multipliers.count {
                  let multiplier = multipliers[client]
                  var entry = start[client]
                  let end = start[client &+ 1]
                  while entry < end {
                    let gain = cost[entry] &- multiplier
                    if gain >= 0 { break }
                    values[Int(site[entry])] &+= gain
                    entry &+= 1
                  }
                  reach[client] = entry
                }
              }
            }
          }
        }
      }
    }
  }

  /// Copies a client's list as far as it is of use: without closed sites, up to the first open one, below a limit,
  /// no longer than given.
  ///
  /// Bounds relied on: an entry's site is below `standing.count`; no more entries are written than the lists hold
  /// in all, which `site` and `cost` have room for. The latter is checked.
  /// - Returns: where the next list begins, and what the client pays at most: `Int64.max` where nothing says so.
  static func cut(
    _ lists: ServiceLists, _ client: Int, _ standing: [PlacementProblem.Standing], scale: Int64,
    limit: Int64, longest: Int, opening: [Int64], into site: inout [Int32], _ cost: inout [Int64],
    from first: Int
  ) -> (end: Int, ceiling: Int64) {
    let entries = lists.entries(of: client)
    precondition(first + entries.count <= site.count && cost.count == site.count)
    precondition(opening.isEmpty || opening.count == standing.count)
    var filled = first
    var ceiling = Int64.max
    lists.site.withUnsafeBufferPointer { sites in
      lists.cost.withUnsafeBufferPointer { costs in
        standing.withUnsafeBufferPointer { standing in
          opening.withUnsafeBufferPointer { opening in
            site.withUnsafeMutableBufferPointer { site in
              cost.withUnsafeMutableBufferPointer { cost in
                for entry in entries {
                  let price = costs[entry] &* scale
                  if price >= limit { break }
                  let place = Int(sites[entry])
                  let decided = standing[place]
                  if decided == .closed { continue }
                  if filled &- first >= longest {
                    // One of those kept is open, whatever is chosen: more than the last earns nothing.
                    ceiling = min(ceiling, cost[filled &- 1])
                    break
                  }
                  site[filled] = sites[entry]
                  cost[filled] = price
                  filled &+= 1
                  if !opening.isEmpty { ceiling = min(ceiling, price &+ opening[place]) }
                  if decided == .open {
                    ceiling = min(ceiling, price)
                    break
                  }
                }
              }
            }
          }
        }
      }
    }
    return (filled, ceiling)
  }

  /// How often each client is served by chosen sites within the part of its list that was walked, less than once.
  ///
  /// Bounds relied on: those of ``add(_:start:site:cost:into:reach:)``, whose `reach` this is.
  static func shortfall(
    start: [Int], reach: [Int], site: [Int32], chosen: [Bool], into shortfall: inout [Double]
  ) {
    precondition(start.count == reach.count + 1 && shortfall.count == reach.count)
    start.withUnsafeBufferPointer { start in
      reach.withUnsafeBufferPointer { reach in
        site.withUnsafeBufferPointer { site in
          chosen.withUnsafeBufferPointer { chosen in
            for client in 0..<reach.count {
              var served = 0
              var entry = start[client]
              let end = reach[client]
              while entry < end {
                served &+= chosen[Int(site[entry])] ? 1 : 0
                entry &+= 1
              }
              shortfall[client] = Double(1 &- served)
            }
          }
        }
      }
    }
  }
}
