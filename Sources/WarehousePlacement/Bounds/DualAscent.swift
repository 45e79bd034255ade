/// A first guess of what clients pay where opening sites costs something.
///
/// Every client pays his cheapest site, and in turn as much as his next one costs, as long as no site earns more
/// than opening it costs: then what they pay in all bounds every plan, mostly to a few hundredths.
/// D. Erlenkotter, "A dual-based procedure for uncapacitated facility location" (1978), doi:10.1287/opre.26.6.992;
/// here without his second phase, since the ascent that follows does more.
struct DualAscent {
  private let lists: ServiceLists
  private let scale: Int64
  private let leaving: [Int64]
  private let isClosed: [Bool]
  /// What each site may still earn, in fine units.
  private var slack: [Int64]

  init(_ scaled: ScaledProblem) {
    let standing = scaled.problem.standing
    lists = scaled.lists
    scale = scaled.scale
    leaving = scaled.leaving
    isClosed = standing.map { $0 == .closed }
    slack = standing.indices.map { standing[$0] == .open ? 0 : scaled.opening[$0] }
  }

  /// What each client pays, in fine units.
  ///
  /// - Complexity: O(sum of the squares of how many sites each client pays).
  static func multipliers(_ scaled: ScaledProblem) -> [Int64] {
    var ascent = DualAscent(scaled)
    return ascent.run()
  }

  private mutating func run() -> [Int64] {
    var paid = lists.start.dropLast().indices.map { client in
      min(lists.entries(of: client).first.map { lists.cost[$0] * scale } ?? 0, leaving[client])
    }
    // Up to which entry a client pays; those that were never stopped are left.
    var reach = Array(lists.start.dropLast())
    var rising = Array(paid.indices)
    while !rising.isEmpty {
      rising.removeAll { client in !rise(client, &paid[client], &reach[client]) }
    }
    return paid
  }

  /// Raises what one client pays to his next site's cost; false where a site or the price of leaving stops him.
  private mutating func rise(_ client: Int, _ paid: inout Int64, _ reach: inout Int) -> Bool {
    let entries = lists.entries(of: client)
    while reach < entries.upperBound, lists.cost[reach] * scale <= paid { reach += 1 }
    let next = reach < entries.upperBound ? lists.cost[reach] * scale : Int64.max
    let wanted = min(next, leaving[client])
    // Whom nobody stops has no sites but closed ones: that is found out elsewhere.
    guard wanted < .max || entries.contains(where: { !isClosed[Int(lists.site[$0])] }) else {
      return false
    }
    var more = wanted - paid
    for entry in entries.lowerBound..<reach {
      let site = Int(lists.site[entry])
      if !isClosed[site] { more = min(more, slack[site]) }
    }
    guard more > 0 else { return false }
    for entry in entries.lowerBound..<reach { slack[Int(lists.site[entry])] -= more }
    paid += more
    return paid == wanted && wanted < leaving[client]
  }
}
