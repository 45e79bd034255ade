/// Betters a set of open sites without capacities by opening, closing and exchanging single sites.
///
/// Keeps for every client its two cheapest open sites, and from these what closing a site loses and what opening
/// one gains; by how much both together do better stands in a table, or is reckoned anew for every step where many
/// sites are open. After a move only clients whose two cheapest sites changed are reckoned again. M. G. C. Resende
/// and R. F. Werneck, "A fast swap-based local search procedure for location problems" (2007),
/// doi:10.1007/s10479-006-0154-0; here also with opening costs and a range of counts.
struct Interchange {
  private(set) var problem: PlacementProblem
  let count: ClosedRange<Int>
  let lists: ServiceLists
  /// Whether lists may be walked for what two moves save together; a table of every open site and every site is kept
  /// true otherwise.
  private let walksPairs: Bool
  private(set) var isOpen: [Bool]
  private(set) var openCount = 0
  private(set) var first: [Int32]
  private(set) var firstCost: [Int64]
  private(set) var secondCost: [Int64]
  private var second: [Int32]
  private let columns: ChosenColumns?
  private let scale: Int64
  /// Entries of lists and tables looked at since it was made.
  var work = 0
  /// What a client costs that nobody serves: its price, or more than any plan costs.
  private let outside: [Int64]
  private(set) var loss: [Int64]
  private(set) var gain: [Int64]
  /// Rows of open sites by slot, columns of sites; of no meaning while it is not kept.
  private(set) var extra: [Int64]
  private var isTabulated = false
  private(set) var slot: [Int32]
  private(set) var slotSite: [Int32]
  /// Memory of ``savings(of:)``.
  var savings: [Int64]
  let width: Int
  /// The cost of the open set, outside prices included.
  private(set) var cost: Int64 = 0

  init(_ scaled: ScaledProblem) {
    walksPairs = scaled.shortcuts.walksPairs
    columns = scaled.columns
    scale = scaled.scale
    problem = scaled.problem
    count = scaled.count
    lists = problem.service
    width = problem.siteCount
    let dear = problem.greatestTotalCost
    outside = problem.leaving.map { $0 ?? dear }
    isOpen = Array(repeating: false, count: width)
    first = Array(repeating: -1, count: problem.clientCount)
    second = first
    firstCost = outside
    secondCost = outside
    loss = Array(repeating: 0, count: width)
    gain = loss
    slot = Array(repeating: -1, count: width)
    slotSite = []
    extra = []
    savings = loss
  }

  /// Open sites, ascending.
  var open: [Int] { isOpen.indices.filter { isOpen[$0] } }

  /// From now on only these sites may be opened, whatever was forced.
  mutating func restrict(to isAllowed: [Bool]) {
    for site in 0..<width { problem.standing[site] = isAllowed[site] ? .free : .closed }
  }

  /// The site that serves a client; -1 for nobody.
  func nearest(_ client: Int) -> Int32 { first[client] }

  /// Starts from a set of open sites; forced sites are added, closed ones left out.
  mutating func begin(with sites: [Int]) {
    for site in 0..<width { isOpen[site] = problem.standing[site] == .open }
    for site in sites where problem.standing[site] != .closed { isOpen[site] = true }
    openCount = isOpen.count { $0 }
    slotSite.removeAll(keepingCapacity: true)
    for site in 0..<width {
      loss[site] = 0
      gain[site] = 0
      slot[site] = -1
      if isOpen[site] {
        slot[site] = Int32(slotSite.count)
        slotSite.append(Int32(site))
      }
    }
    isTabulated = false
    cost = 0
    for site in 0..<width where isOpen[site] { cost += problem.opening[site] }
    for client in 0..<problem.clientCount {
      locate(client)
      cost += firstCost[client]
      account(client, sign: 1)
    }
  }

  /// The two cheapest open sites of a client.
  private mutating func locate(_ client: Int) {
    var found: (Int32, Int64) = (-1, outside[client])
    var next: (Int32, Int64) = (-1, outside[client])
    for entry in lists.entries(of: client) {
      let price = lists.cost[entry]
      if price >= outside[client] { break }
      guard isOpen[Int(lists.site[entry])] else { continue }
      if found.0 < 0 {
        found = (lists.site[entry], price)
      } else {
        next = (lists.site[entry], price)
        break
      }
    }
    first[client] = found.0
    firstCost[client] = found.1
    second[client] = next.0
    secondCost[client] = next.1
  }

  /// Adds or takes away what a client contributes to the tables.
  private mutating func account(_ client: Int, sign: Int64) {
    let (near, far) = (firstCost[client], secondCost[client])
    if first[client] >= 0 { loss[Int(first[client])] += sign &* (far - near) }
    let base = isTabulated && first[client] >= 0 ? Int(slot[Int(first[client])]) * width : -1
    let limit = base < 0 ? near : far
    var entry = lists.start[client]
    let end = lists.start[client + 1]
    while entry < end {
      let price = lists.cost[entry]
      if price >= limit { break }
      let site = Int(lists.site[entry])
      entry &+= 1
      if isOpen[site] { continue }
      if price < near { gain[site] &+= sign &* (near &- price) }
      if base >= 0 { extra[base &+ site] &+= sign &* (far &- max(price, near)) }
    }
    work += 4 + 2 * (entry - lists.start[client])
  }

  /// Begins or ceases to keep the table of pairs: a row is as long as there are sites, and the lists of a site's clients
  /// are the shorter the more sites are open.
  private mutating func settlePairs() {
    let isWanted = !walksPairs || openCount * openCount <= Self.fewOpen * problem.clientCount
    guard isWanted != isTabulated else { return }
    isTabulated = isWanted
    guard isWanted else { return }
    let size = slotSite.count * width
    if extra.count < size { extra = Array(repeating: 0, count: size) }
    for index in 0..<size { extra[index] = 0 }
    for client in first.indices where first[client] >= 0 {
      let (near, far) = (firstCost[client], secondCost[client])
      let base = Int(slot[Int(first[client])]) * width
      for entry in lists.entries(of: client) {
        let price = lists.cost[entry]
        if price >= far { break }
        let site = Int(lists.site[entry])
        if !isOpen[site] { extra[base + site] += far - max(price, near) }
      }
    }
  }

  /// The square of the number of open sites, by client, above which lists are walked.
  private static let fewOpen = 4

  /// Opens sites one by one, always the one that gains most, while that pays or more are needed.
  mutating func openGreedily() {
    while openCount < count.upperBound {
      var best: (site: Int, change: Int64)?
      for site in 0..<width where !isOpen[site] && problem.standing[site] == .free {
        let change = problem.opening[site] - gain[site]
        if change < best?.change ?? .max { best = (site, change) }
      }
      guard let best, best.change < 0 || openCount < count.lowerBound else { return }
      move(opening: best.site, closing: nil, change: best.change)
    }
  }

  /// Moves to the best neighbour until none is better, or so many moves were made.
  mutating func descend(moves: Int = .max) {
    settlePairs()
    var left = moves
    while left > 0, let step = bestStep(isTabulated: isTabulated), step.change < 0 {
      move(opening: step.opening, closing: step.closing, change: step.change)
      left -= 1
    }
  }

  /// Opens, closes or exchanges, and keeps the tables true.
  mutating func move(opening: Int?, closing: Int?, change: Int64) {
    // Clients whose two cheapest sites can change, taken out of the tables as they stand.
    var touched: [Int32] = []
    work += problem.clientCount
    for client in 0..<problem.clientCount {
      var isTouched = false
      if let closing {
        isTouched = first[client] == Int32(closing) || second[client] == Int32(closing)
      }
      if !isTouched, let opening { isTouched = isBelowSecond(opening, client) }
      if isTouched {
        touched.append(Int32(client))
        account(client, sign: -1)
      }
    }
    if let closing { close(closing) }
    if let opening { open(opening) }
    cost += change
    for client in touched {
      locate(Int(client))
      account(Int(client), sign: 1)
    }
    // Contributions of clients that were not touched still count the site opened as closed: they are nought,
    // since it is no nearer to them than their second site.
  }

  /// Whether a site would be one of a client's two cheapest.
  private func isBelowSecond(_ site: Int, _ client: Int) -> Bool {
    let far = secondCost[client]
    if let columns { return columns.cost(site, client) < far &* scale }
    for entry in lists.entries(of: client) {
      if lists.cost[entry] >= far { return false }
      if lists.site[entry] == Int32(site) { return true }
    }
    return false
  }

  private mutating func close(_ site: Int) {
    let place = Int(slot[site])
    let last = slotSite.count - 1
    isOpen[site] = false
    openCount -= 1
    slot[site] = -1
    loss[site] = 0
    if place != last {
      let moved = Int(slotSite[last])
      slotSite[place] = Int32(moved)
      slot[moved] = Int32(place)
      if isTabulated {
        for column in 0..<width { extra[place * width + column] = extra[last * width + column] }
      }
    }
    slotSite.removeLast()
    gain[site] = 0
    // What it would gain is reckoned from clients that were not touched: none of them would come back.
  }

  private mutating func open(_ site: Int) {
    slot[site] = Int32(slotSite.count)
    slotSite.append(Int32(site))
    isOpen[site] = true
    openCount += 1
    gain[site] = 0
    loss[site] = 0
    guard isTabulated else { return }
    let size = slotSite.count * width
    if extra.count < size { extra += Array(repeating: 0, count: size - extra.count) }
    // The new row may hold what a site that was closed left there before the table was kept.
    for column in size - width..<size { extra[column] = 0 }
    for place in slotSite.indices { extra[place * width + site] = 0 }
  }

  /// The open set as a plan; nil where somebody who must be served is not.
  func plan() -> PlacementPlan? {
    var deliveries: [PlacementPlan.Delivery] = []
    deliveries.reserveCapacity(problem.clientCount)
    for client in 0..<problem.clientCount {
      if first[client] >= 0 {
        deliveries.append(.init(client: client, site: Int(first[client]), quantity: 0))
      } else if problem.leaving[client] == nil {
        return nil
      }
    }
    guard count.contains(openCount) else { return nil }
    return PlacementPlan(open: open, deliveries: deliveries, cost: cost)
  }
}
