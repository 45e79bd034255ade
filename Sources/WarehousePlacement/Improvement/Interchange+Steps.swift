/// Which move is the best, and moves at random.
extension Interchange {
  struct Step: Equatable {
    var opening: Int?
    var closing: Int?
    var change: Int64
  }

  /// The move that saves most, the first of those that save as much; nil where none saves anything.
  ///
  /// - Complexity: O(open sites times sites) by the table, else O(length of the lists up to each client's second open
  ///   site).
  mutating func bestStep(isTabulated: Bool) -> Step? {
    var best = Offer()
    // What opening each site changes; sites that cannot be opened are out of the question.
    var changes = [Int64](repeating: 1 << 60, count: width)
    for site in 0..<width where !isOpen[site] && problem.standing[site] == .free {
      changes[site] = problem.opening[site] - gain[site]
      if openCount < count.upperBound { best.take(site, nil, changes[site]) }
    }
    work += 4 * width
    if isTabulated {
      work += openCount * width / 4
      exchangeByTable(changes, &best)
    } else {
      exchangeByWalk(changes, &best)
    }
    if openCount > count.lowerBound {
      for site in slotSite where problem.standing[Int(site)] == .free {
        best.take(nil, Int(site), loss[Int(site)] - problem.opening[Int(site)])
      }
    }
    return best.step
  }

  /// The best step so far.
  private struct Offer {
    var step: Step?

    mutating func take(_ opening: Int?, _ closing: Int?, _ change: Int64) {
      if change < step?.change ?? 0 {
        step = Step(opening: opening, closing: closing, change: change)
      }
    }
  }

  private func exchangeByTable(_ changes: [Int64], _ best: inout Offer) {
    for (place, site) in slotSite.enumerated() where problem.standing[Int(site)] == .free {
      let base = place * width
      let lost = loss[Int(site)] - problem.opening[Int(site)]
      var least = Int64.max
      for site in 0..<width { least = min(least, changes[site] &- extra[base &+ site]) }
      guard lost + least < best.step?.change ?? 0 else { continue }
      for opening in 0..<width where changes[opening] - extra[base + opening] == least {
        best.take(opening, Int(site), lost + least)
      }
    }
  }

  private mutating func exchangeByWalk(_ changes: [Int64], _ best: inout Offer) {
    // Who opens alone best is the best for every site whose clients do not come to it.
    var alone = 0
    for site in changes.indices where changes[site] < changes[alone] { alone = site }
    let clients = clientsBySlot
    var seen: [Int32] = []
    for (place, closing) in slotSite.enumerated() where problem.standing[Int(closing)] == .free {
      seen.removeAll(keepingCapacity: true)
      for client in clients.who[clients.start[place]..<clients.start[place + 1]] {
        walk(Int(client), &seen)
      }
      var least = (change: changes[alone] - savings[alone], site: alone)
      for site in seen {
        let site = Int(site)
        let change = changes[site] &- savings[site]
        if change < least.change || change == least.change && site < least.site {
          least = (change, site)
        }
      }
      for site in seen { savings[Int(site)] = 0 }
      best.take(
        least.site, Int(closing),
        loss[Int(closing)] - problem.opening[Int(closing)] + least.change)
    }
  }

  /// Adds to each closed site what it saves a client that loses its cheapest, and notes the sites met first.
  private mutating func walk(_ client: Int, _ seen: inout [Int32]) {
    let (near, far) = (firstCost[client], secondCost[client])
    var entry = lists.start[client]
    let end = lists.start[client + 1]
    while entry < end {
      let price = lists.cost[entry]
      if price >= far { break }
      let site = Int(lists.site[entry])
      entry &+= 1
      if isOpen[site] { continue }
      if savings[site] == 0 { seen.append(Int32(truncatingIfNeeded: site)) }
      savings[site] &+= far &- max(price, near)
    }
    work += 4 + 2 * (entry - lists.start[client])
  }

  /// Clients by the slot of their cheapest open site: those of slot `s` stand at `start[s]..<start[s + 1]`.
  private var clientsBySlot: (start: [Int], who: [Int32]) {
    var start = [Int](repeating: 0, count: slotSite.count + 2)
    for site in first where site >= 0 { start[Int(slot[Int(site)]) + 2] += 1 }
    for place in start.indices.dropFirst() { start[place] += start[place - 1] }
    var who = [Int32](repeating: 0, count: start[start.count - 1])
    for client in first.indices where first[client] >= 0 {
      let place = Int(slot[Int(first[client])]) + 1
      who[start[place]] = Int32(client)
      start[place] += 1
    }
    return (start, who)
  }

  /// By how much opening one site as another is closed saves more than both alone.
  private func saving(opening: Int, closing: Int) -> Int64 {
    var saving: Int64 = 0
    for client in first.indices where first[client] == Int32(closing) {
      for entry in lists.entries(of: client) {
        let price = lists.cost[entry]
        if price >= secondCost[client] { break }
        if lists.site[entry] == Int32(opening) {
          saving += secondCost[client] - max(price, firstCost[client])
          break
        }
      }
    }
    return saving
  }

  /// Open sites from which on the number of those exchanged at random is fixed.
  private static let fewShaken = 40

  /// Exchanges some sites at random, so that a descent ends elsewhere.
  mutating func shake(_ generator: inout RepeatableGenerator) {
    // Where few are open the number changes, or what comes of it is often what was there before.
    let times =
      openCount < Self.fewShaken
      ? 1 + Int(generator.next(upperBound: UInt64(4))) : 2 + openCount / 20
    for _ in 0..<times {
      let closable = slotSite.filter { problem.standing[Int($0)] == .free }
      guard let closing = generator.pick(closable).map({ Int($0) }) else { return }
      // A site that is opened near the one closed: among those that serve one of its clients well.
      let clients = first.indices.filter { first[$0] == Int32(closing) }
      var opening: Int?
      if let client = generator.pick(clients) {
        let entries = lists.entries(of: client).prefix(2 * width / max(openCount, 1) + 2)
        let near = entries.map { Int(lists.site[$0]) }
          .filter { !isOpen[$0] && problem.standing[$0] == .free }
        opening = generator.pick(near)
      }
      if opening == nil {
        opening = generator.pick(
          (0..<width).filter { !isOpen[$0] && problem.standing[$0] == .free })
      }
      guard let opening else { return }
      let change =
        problem.opening[opening] - problem.opening[closing] - gain[opening] + loss[closing]
        - saving(opening: opening, closing: closing)
      move(opening: opening, closing: closing, change: change)
    }
  }
}
