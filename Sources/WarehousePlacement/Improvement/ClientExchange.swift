/// Betters plans of clients that are served whole: moves one, exchanges two, and empties, opens and exchanges sites at
/// random to go on from elsewhere.
///
/// On the way sites may hand out more than they have, at a price for each unit that rises while they do and falls
/// while they do not: with little room to spare, plans that keep to it lie far apart. After M. Yagiura, T. Ibaraki
/// and F. Glover, "An ejection chain approach for the generalized assignment problem" (2004),
/// doi:10.1287/ijoc.1030.0036, with exchanges in place of chains.
struct ClientExchange: Sendable {
  private let problem: PlacementProblem
  private let lists: ServiceLists
  private let sites: Int
  /// Entry `client * sites + site` in sixteenths of a unit; ``never`` where the site cannot serve.
  private let cost: [Int64]
  private let opening: [Int64]
  private var home: [Int32] = []
  private var load: [Int64]
  private var members: [[Int32]]
  /// Where each client stands among those of its site.
  private var seat: [Int32]
  private var openCount = 0
  /// What the plan costs in sixteenths, and what sites hand out beyond what they have.
  private var total: Int64 = 0
  private var excess: Int64 = 0
  /// What a unit too much costs, in sixteenths.
  private var price: Int64
  /// The price rises no further, so that what is handed out too much stays cheaper than what cannot be served.
  private let dearest: Int64
  /// Moves that may still be looked at.
  private var left = 0
  /// How much more often than others each site is opened, or kept, when plans are shaken; empty for all alike.
  var favour: [Int64] = []
  /// Counts moves: a client that was looked at since neither its own site nor another changed need not be again.
  private var clock = 0
  private var changed: [Int]
  private var looked: [Int]

  /// The greatest ``favour``.
  static let mostFavour: Int64 = 32
  private static let fine: Int64 = 16
  private static let never: Int64 = 1 << 58
  /// Sites a client is moved to: its cheapest.
  private static let reach = 16
  /// Open ones with whose clients it is exchanged.
  private static let partners = 5

  init(_ problem: PlacementProblem) {
    self.problem = problem
    lists = problem.service
    sites = problem.siteCount
    let clients = problem.clientCount
    var cost = [Int64](repeating: Self.never, count: clients * problem.siteCount)
    var dear: Int64 = 1
    for client in 0..<clients {
      for entry in problem.service.entries(of: client) {
        let site = Int(problem.service.site[entry])
        guard problem.standing[site] != .closed else { continue }
        cost[client * problem.siteCount + site] = problem.service.cost[entry] * Self.fine
      }
      let entries = problem.service.entries(of: client)
      if !entries.isEmpty {
        let near = problem.service.cost[entries.lowerBound + entries.count / 4]
        dear += near * Self.fine / max(problem.demand[client], 1)
      }
    }
    self.cost = cost
    opening = problem.opening.map { $0 * Self.fine }
    load = Array(repeating: 0, count: problem.siteCount)
    members = Array(repeating: [], count: problem.siteCount)
    seat = Array(repeating: 0, count: clients)
    changed = load.map { _ in 0 }
    looked = Array(repeating: -1, count: clients)
    dearest = max(1, (1 << 54) / max(1, problem.demand.reduce(0, +)))
    price = min(dearest, 1 + dear / Int64(max(clients, 1)))
  }

  /// Whether it is able to better plans of a question: none with levels, least quantities or a least number of sites.
  static func fits(_ problem: PlacementProblem) -> Bool {
    problem.places == nil && problem.least.isEmpty && problem.count.lowerBound == 0
  }

  /// The best assignment met that keeps to capacities and costs less than `limit` in units, having looked at about so
  /// many moves; nil where none was.
  mutating func better(
    _ homes: [Int], below limit: Int64, looks: Int, _ generator: inout RepeatableGenerator
  ) -> [Int]? {
    guard begin(homes) else { return nil }
    left = looks
    var best: (homes: [Int32], cost: Int64)?
    var kept: (homes: [Int32], total: Int64, excess: Int64)?
    while true {
      descend()
      if excess == 0,
        total < best?.cost ?? (limit >= Self.never / Self.fine ? .max : limit * Self.fine),
        openCount <= problem.count.upperBound
      {
        best = (home, total)
      }
      if let before = kept, total + price * excess > before.total + price * before.excess {
        begin(before.homes)
      } else {
        kept = (home, total, excess)
      }
      price = excess > 0 ? min(dearest, price + price / 4 + 1) : max(1, price - price / 8)
      guard left > 0 else { break }
      shake(&generator)
    }
    return best.map { $0.homes.map { Int($0) } }
  }

  private mutating func begin(_ homes: [Int]) -> Bool {
    for (client, site) in homes.enumerated()
    where site < 0 || cost[client * sites + site] >= Self.never { return false }
    begin(homes.map { Int32($0) })
    return true
  }

  private mutating func begin(_ homes: [Int32]) {
    home = homes
    total = 0
    excess = 0
    openCount = 0
    clock += 1
    for site in 0..<sites {
      load[site] = 0
      members[site].removeAll(keepingCapacity: true)
      changed[site] = clock
    }
    for (client, site) in homes.enumerated() {
      let site = Int(site)
      seat[client] = Int32(members[site].count)
      members[site].append(Int32(client))
      load[site] += problem.demand[client]
      total += cost[client * sites + site]
    }
    for site in 0..<sites {
      if isPaid(site, clients: members[site].count) {
        total += opening[site]
        openCount += 1
      }
      excess += max(0, load[site] - problem.capacity[site])
    }
  }

  private func isPaid(_ site: Int, clients: Int) -> Bool {
    clients > 0 || problem.standing[site] == .open
  }

  /// By how much a site's excess changes.
  private func growth(_ site: Int, _ more: Int64) -> Int64 {
    let room = problem.capacity[site] - load[site]
    return max(0, more - room) - max(0, -room)
  }

  /// What moving a client changes, with its price.
  private func change(_ client: Int, to site: Int) -> Int64 {
    let from = Int(home[client])
    let base = client * sites
    guard cost[base + site] < Self.never else { return Self.never }
    let need = problem.demand[client]
    var change = cost[base + site] - cost[base + from]
    if !isPaid(site, clients: members[site].count) {
      guard openCount < problem.count.upperBound || members[from].count == 1 else {
        return Self.never
      }
      change += opening[site]
    }
    if members[from].count == 1, problem.standing[from] != .open { change -= opening[from] }
    return change + price * (growth(site, need) + growth(from, -need))
  }

  private mutating func move(_ client: Int, to site: Int) {
    let from = Int(home[client])
    let need = problem.demand[client]
    excess += growth(site, need) + growth(from, -need)
    total += cost[client * sites + site] - cost[client * sites + from]
    let place = Int(seat[client])
    let last = members[from].removeLast()
    if Int(last) != client {
      members[from][place] = last
      seat[Int(last)] = Int32(place)
    }
    if !isPaid(from, clients: members[from].count) {
      total -= opening[from]
      openCount -= 1
    }
    if !isPaid(site, clients: members[site].count) {
      total += opening[site]
      openCount += 1
    }
    seat[client] = Int32(members[site].count)
    members[site].append(Int32(client))
    home[client] = Int32(site)
    load[from] -= need
    load[site] += need
    clock += 1
    changed[from] = clock
    changed[site] = clock
  }

  /// Moves and exchanges while that pays.
  private mutating func descend() {
    var improved = true
    while improved, left > 0 {
      improved = false
      for client in home.indices {
        let since = changed[Int(home[client])] > looked[client] ? -1 : looked[client]
        let now = clock
        if moved(client, since: since) || exchanged(client, since: since) {
          improved = true
        } else {
          looked[client] = now
        }
      }
    }
  }

  /// Moves a client to where that is best of what changed; false where it stays.
  private mutating func moved(_ client: Int, since: Int) -> Bool {
    var best: (site: Int, change: Int64) = (-1, 0)
    let entries = lists.entries(of: client).prefix(Self.reach)
    left -= 1 + entries.count / 4
    for entry in entries {
      let site = Int(lists.site[entry])
      guard site != Int(home[client]), changed[site] > since else { continue }
      let change = change(client, to: site)
      if change < best.change { best = (site, change) }
    }
    guard best.site >= 0 else { return false }
    move(client, to: best.site)
    return true
  }

  /// Exchanges a client with the one of another site that changed where that is best; false where none is.
  private mutating func exchanged(_ client: Int, since: Int) -> Bool {
    let from = Int(home[client])
    let need = problem.demand[client]
    let here = problem.capacity[from] - load[from]
    let (base, before) = (client * sites, max(0, -here))
    var best: (other: Int, change: Int64) = (-1, 0)
    var partners = Self.partners
    for entry in lists.entries(of: client) {
      let site = Int(lists.site[entry])
      if site == from || members[site].isEmpty { continue }
      partners -= 1
      if partners < 0 { break }
      guard changed[site] > since else { continue }
      let there = problem.capacity[site] - load[site]
      let gain = cost[base + site] - cost[base + from] - price * (before + max(0, -there))
      if gain >= Self.never / 2 { continue }
      left -= members[site].count
      for other in members[site] {
        let other = Int(other)
        let more = problem.demand[other] - need
        let change =
          gain + cost[other * sites + from] - cost[other * sites + site]
          + price * (max(0, more - here) + max(0, -more - there))
        if change < best.change { best = (other, change) }
      }
    }
    guard best.other >= 0 else { return false }
    let site = Int(home[best.other])
    move(client, to: site)
    move(best.other, to: from)
    return true
  }

  /// Goes elsewhere: empties a site, opens one, does both, or scatters a few clients.
  private mutating func shake(_ generator: inout RepeatableGenerator) {
    let way = Int(generator.next(upperBound: UInt64(8)))
    // Which sites are open decides more than who is served by which of them.
    let isSwap = (3...5).contains(way)
    var losers: Set<Int32> = []
    if way < 2 || isSwap {
      let closed = (0..<sites).filter { members[$0].isEmpty && problem.standing[$0] == .free }
      if let site = pick(closed, isWanted: true, &generator) { losers = fill(site) }
    }
    if way == 2 || isSwap {
      var closable = (0..<sites).filter { !members[$0].isEmpty && problem.standing[$0] == .free }
      // Every other time one that lost clients to the one opened.
      if !losers.isEmpty, generator.next(upperBound: UInt64(2)) == 0 {
        closable = closable.filter { losers.contains(Int32($0)) }
      }
      if openCount > 1, let site = pick(closable, isWanted: false, &generator) { empty(site) }
    }
    guard way > 5 else { return }
    for _ in 0..<2 + Int(generator.next(upperBound: UInt64(5))) {
      guard let client = generator.pick(Array(home.indices)) else { return }
      let open = lists.entries(of: client).prefix(Self.reach).map { Int(lists.site[$0]) }
        .filter { !members[$0].isEmpty && problem.standing[$0] != .closed }
      if let site = generator.pick(open), site != Int(home[client]) { move(client, to: site) }
    }
  }

  /// One of some sites, those in favour more often where they are wanted, and less often where not.
  private func pick(
    _ sites: [Int], isWanted: Bool, _ generator: inout RepeatableGenerator
  ) -> Int? {
    guard !favour.isEmpty else { return generator.pick(sites) }
    let weights = sites.map { 1 + (isWanted ? favour[$0] : Self.mostFavour - favour[$0]) }
    var left = Int64(generator.next(upperBound: UInt64(max(1, weights.reduce(0, +)))))
    for (site, weight) in zip(sites, weights) {
      left -= weight
      if left < 0 { return site }
    }
    return sites.last
  }

  /// Brings to a site whom it serves more cheaply, those who gain most by their demand first.
  ///
  /// - Returns: the sites they leave.
  private mutating func fill(_ site: Int) -> Set<Int32> {
    var gaining: [(gain: Double, client: Int)] = []
    for client in home.indices {
      let gain = cost[client * sites + Int(home[client])] - cost[client * sites + site]
      if gain > 0 {
        gaining.append((Double(gain) / Double(max(problem.demand[client], 1)), client))
      }
    }
    left -= home.count
    gaining.sort { $0.gain != $1.gain ? $0.gain > $1.gain : $0.client < $1.client }
    var losers: Set<Int32> = []
    for (_, client) in gaining where load[site] + problem.demand[client] <= problem.capacity[site] {
      losers.insert(home[client])
      move(client, to: site)
    }
    return losers
  }

  /// Sends a site's clients to where they cost least, the greatest first.
  private mutating func empty(_ site: Int) {
    let leaving = members[site].sorted {
      let (a, b) = (problem.demand[Int($0)], problem.demand[Int($1)])
      return a != b ? a > b : $0 < $1
    }
    for client in leaving {
      let client = Int(client)
      var best: (site: Int, change: Int64) = (-1, Self.never)
      for entry in lists.entries(of: client) {
        let other = Int(lists.site[entry])
        if other == site || members[other].isEmpty { continue }
        let change = change(client, to: other)
        if change < best.change { best = (other, change) }
      }
      left -= lists.entries(of: client).count
      if best.site >= 0 { move(client, to: best.site) }
    }
  }
}
