/// Betters a set of open sites without capacities by opening, closing and exchanging single sites.
///
/// Keeps for every client its two cheapest open sites, and from these what closing a site loses, what opening
/// one gains, and by how much both together do better. After a move only clients whose two cheapest sites
/// changed are reckoned again. M. G. C. Resende and R. F. Werneck, "A fast swap-based local search procedure for
/// location problems" (2007), doi:10.1007/s10479-006-0154-0; here also with opening costs and a range of counts.
struct Interchange {
  private var problem: PlacementProblem
  private let count: ClosedRange<Int>
  private let lists: ServiceLists
  private(set) var isOpen: [Bool]
  private(set) var openCount = 0
  private var first: [Int32]
  private var firstCost: [Int64]
  private var secondCost: [Int64]
  private var second: [Int32]
  /// What a client costs that nobody serves: its price, or more than any plan costs.
  private let outside: [Int64]
  private var loss: [Int64]
  private var gain: [Int64]
  /// Rows of open sites by slot, columns of sites.
  private var extra: [Int64]
  private var slot: [Int32]
  private var slotSite: [Int32]
  private let width: Int
  /// The cost of the open set, outside prices included.
  private(set) var cost: Int64 = 0

  init(_ scaled: ScaledProblem) {
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
    let size = slotSite.count * width
    if extra.count < size { extra = Array(repeating: 0, count: size) }
    for index in extra.indices { extra[index] = 0 }
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

  /// Adds or takes away what a client contributes to the three tables.
  private mutating func account(_ client: Int, sign: Int64) {
    let (near, far) = (firstCost[client], secondCost[client])
    let base: Int
    if first[client] >= 0 {
      loss[Int(first[client])] += sign &* (far - near)
      base = Int(slot[Int(first[client])]) * width
    } else {
      base = -1
    }
    var entry = lists.start[client]
    let end = lists.start[client + 1]
    while entry < end {
      let price = lists.cost[entry]
      if price >= far { break }
      let site = Int(lists.site[entry])
      entry &+= 1
      if isOpen[site] { continue }
      if price < near { gain[site] &+= sign &* (near &- price) }
      if base >= 0 { extra[base &+ site] &+= sign &* (far &- max(price, near)) }
    }
  }

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
    var left = moves
    while left > 0, let step = bestStep(), step.change < 0 {
      move(opening: step.opening, closing: step.closing, change: step.change)
      left -= 1
    }
  }

  /// Exchanges some sites at random, so that a descent ends elsewhere.
  mutating func shake(_ generator: inout RepeatableGenerator) {
    let times = 2 + openCount / 20
    for _ in 0..<times {
      let closable = slotSite.map { Int($0) }.filter { problem.standing[$0] == .free }
      let openable = (0..<width).filter { !isOpen[$0] && problem.standing[$0] == .free }
      guard let closing = generator.pick(closable) else { return }
      // A site that is opened near the one closed: among those that serve one of its clients well.
      let clients = first.indices.filter { first[$0] == Int32(closing) }
      var opening = generator.pick(openable)
      if let client = generator.pick(clients) {
        let entries = lists.entries(of: client).prefix(2 * width / max(openCount, 1) + 2)
        let near = entries.map { Int(lists.site[$0]) }
          .filter { !isOpen[$0] && problem.standing[$0] == .free }
        opening = generator.pick(near) ?? opening
      }
      guard let opening else { return }
      let change =
        problem.opening[opening] - problem.opening[closing] - gain[opening] + loss[closing]
        - extra[Int(slot[closing]) * width + opening]
      move(opening: opening, closing: closing, change: change)
    }
  }

  private struct Step {
    var opening: Int?
    var closing: Int?
    var change: Int64
  }

  private func bestStep() -> Step? {
    var best: Step?
    func offer(_ opening: Int?, _ closing: Int?, _ change: Int64) {
      if change < best?.change ?? 0 {
        best = Step(opening: opening, closing: closing, change: change)
      }
    }
    let closable = slotSite.indices.filter { problem.standing[Int(slotSite[$0])] == .free }
    let losses = closable.map { loss[Int(slotSite[$0])] - problem.opening[Int(slotSite[$0])] }
    // What opening each site changes; sites that cannot be opened are out of the question.
    var changes = [Int64](repeating: 1 << 60, count: width)
    for site in 0..<width where !isOpen[site] && problem.standing[site] == .free {
      changes[site] = problem.opening[site] - gain[site]
      if openCount < count.upperBound { offer(site, nil, changes[site]) }
    }
    for (index, place) in closable.enumerated() {
      let base = place * width
      var least = Int64.max
      for site in 0..<width { least = min(least, changes[site] &- extra[base &+ site]) }
      if losses[index] + least < best?.change ?? 0 {
        for site in 0..<width where changes[site] - extra[base + site] == least {
          offer(site, Int(slotSite[place]), losses[index] + least)
        }
      }
    }
    if openCount > count.lowerBound {
      for (index, place) in closable.enumerated() {
        offer(nil, Int(slotSite[place]), losses[index])
      }
    }
    return best
  }

  /// Opens, closes or exchanges, and keeps the tables true.
  mutating func move(opening: Int?, closing: Int?, change: Int64) {
    // Clients whose two cheapest sites can change, taken out of the tables as they stand.
    var touched: [Int32] = []
    for client in 0..<problem.clientCount {
      var isTouched = false
      if let closing {
        isTouched = first[client] == Int32(closing) || second[client] == Int32(closing)
      }
      if !isTouched, let opening {
        let far = secondCost[client]
        var entry = lists.start[client]
        let end = lists.start[client + 1]
        while entry < end, lists.cost[entry] < far {
          if lists.site[entry] == Int32(opening) {
            isTouched = true
            break
          }
          entry &+= 1
        }
      }
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
      for column in 0..<width { extra[place * width + column] = extra[last * width + column] }
    }
    for column in 0..<width { extra[last * width + column] = 0 }
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
    let size = slotSite.count * width
    if extra.count < size { extra += Array(repeating: 0, count: size - extra.count) }
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
