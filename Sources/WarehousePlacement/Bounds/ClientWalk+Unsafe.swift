/// Who would gain at each site if clients paid their multipliers: the walk behind bounds with capacity.
///
/// Kept by site in flat columns; the items of site `s` stand at `start[s]..<start[s + 1]`.
struct ClientWalk: Sendable {
  /// Where each site's items begin; one more than there are sites.
  private(set) var start: [Int]
  /// The clients.
  private(set) var client: [Int32] = []
  /// Multiplier less cost.
  private(set) var gain: [Int64] = []
  /// Their demand.
  private(set) var need: [Int64] = []
  /// Sums by site.
  private(set) var gains: [Int64]
  private(set) var needs: [Int64]
  private var fill: [Int]

  init(sites: Int) {
    start = Array(repeating: 0, count: sites + 1)
    gains = Array(repeating: 0, count: sites)
    needs = gains
    fill = start
  }

  /// Collects all pairs of a client and a site that is not closed, cheaper than the client's multiplier.
  ///
  /// Bounds relied on: every entry's site is below `standing.count`, and `multipliers` and `demand` have an element
  /// for each client of the lists; the latter is checked. As many items are written as the first pass counted.
  /// - Complexity: O(sites + pairs), twice.
  mutating func gather(
    _ lists: ServiceLists, _ multipliers: [Int64], demand: [Int64],
    standing: [PlacementProblem.Standing], scale: Int64
  ) {
    let clients = lists.clientCount
    precondition(multipliers.count == clients && demand.count == clients)
    precondition(standing.count + 1 == start.count)
    for site in fill.indices { fill[site] = 0 }
    lists.start.withUnsafeBufferPointer { first in
      lists.site.withUnsafeBufferPointer { sites in
        lists.cost.withUnsafeBufferPointer { costs in
          standing.withUnsafeBufferPointer { standing in
            fill.withUnsafeMutableBufferPointer { fill in
              for client in 0..<clients {
                let multiplier = multipliers[client]
                var entry = first[client]
                let end = first[client &+ 1]
                while entry < end, costs[entry] &* scale < multiplier {
                  let site = Int(sites[entry])
                  if standing[site] != .closed { fill[site &+ 1] &+= 1 }
                  entry &+= 1
                }
              }
            }
          }
        }
      }
    }
    for site in gains.indices {
      gains[site] = 0
      needs[site] = 0
      fill[site + 1] += fill[site]
    }
    start = fill
    let total = start[start.count - 1]
    if client.count < total {
      client = Array(repeating: 0, count: total)
      gain = Array(repeating: 0, count: total)
      need = gain
    }
    lists.start.withUnsafeBufferPointer { first in
      lists.site.withUnsafeBufferPointer { sites in
        lists.cost.withUnsafeBufferPointer { costs in
          standing.withUnsafeBufferPointer { standing in
            fill.withUnsafeMutableBufferPointer { fill in
              client.withUnsafeMutableBufferPointer { who in
                gain.withUnsafeMutableBufferPointer { gain in
                  need.withUnsafeMutableBufferPointer { need in
                    gains.withUnsafeMutableBufferPointer { gains in
                      needs.withUnsafeMutableBufferPointer { needs in
                        for client in 0..<clients {
                          let multiplier = multipliers[client]
                          let wanted = demand[client]
                          var entry = first[client]
                          let end = first[client &+ 1]
                          while entry < end {
                            let more = multiplier &- costs[entry] &* scale
                            if more <= 0 { break }
                            let site = Int(sites[entry])
                            entry &+= 1
                            if standing[site] == .closed { continue }
                            let place = fill[site]
                            who[place] = Int32(truncatingIfNeeded: client)
                            gain[place] = more
                            need[place] = wanted
                            fill[site] = place &+ 1
                            gains[site] &+= more
                            needs[site] &+= wanted
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
