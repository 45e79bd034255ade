public import RouteGraph

/// A random network in the plain format, small enough to enumerate, with everything the format allows: both
/// kinds of leg, overlapping windows, equal departure minutes, exceptions, missing cards, empty calendars.
///
/// Half of the networks have detours: two quick, cheap legs beside a slow, dear one. More than half of the queries
/// bound the legs at or just above the fewest that lead there. Together they make a partial itinerary that is better
/// in everything but its number of legs, and must not displace the one that still reaches the destination.
public struct RandomPlainNetwork {
  /// The files, by name.
  public private(set) var files: [String: String] = [:]
  /// Number of nodes `n0`, `n1`, ...
  public let nodeCount: Int

  private var generator: SeededGenerator
  /// Heads of the legs that leave each node.
  private var heads: [[Int]] = []

  /// Makes the network of a seed.
  public init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    nodeCount = Int(generator.integer(4...18))
    files["pmf.csv"] = laws()
    files["calendars.csv"] = calendars()
    files["rates.csv"] = rates()
    files["nodes.csv"] =
      "node,kind\n" + (0..<nodeCount).map { "n\($0),hub\n" }.joined()
    legs()
  }

  /// A random query on the network, with the generator's next numbers.
  public mutating func query(_ number: Int) -> String {
    let origin = Int(generator.integer(0...Int64(nodeCount - 1)))
    var destination = Int(generator.integer(0...Int64(nodeCount - 1)))
    var bound: Int?
    let far = hops(from: origin).enumerated().filter { ($0.element ?? 0) >= 2 }
    if generator.chance(percent: 60), let end = far.isEmpty ? nil : generator.pick(far) {
      destination = end.offset
      bound = min(6, (end.element ?? 0) + generator.pick([0, 0, 1, 1, 2]))
    }
    let ready = generator.integer(-3000...30000)
    let weight = generator.pick([1, 200, 499, 500, 501, 1800, 2000, 9000, 45000])
    let level = generator.pick([0, 1, 512, 819, 922, 973, 1014, 1024])
    let legs = bound ?? generator.pick([1, 3, 4, 5, 6])
    return
      "\(number),n\(origin),n\(destination),\(ready),\(weight),\(generator.integer(0...2)),\(level),\(legs)"
  }

  /// Fewest legs from a node to each other; nil where none lead.
  private func hops(from origin: Int) -> [Int?] {
    var hops = [Int?](repeating: nil, count: nodeCount)
    hops[origin] = 0
    var queue = [origin]
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      for head in heads[node] where hops[head] == nil {
        hops[head] = (hops[node] ?? 0) + 1
        queue.append(head)
      }
    }
    return hops
  }

  /// Parses and checks the files.
  public func load() throws -> PlainNetwork { try PlainNetwork.load(text: files) }

  private mutating func laws() -> String {
    var text = "pmf,delay_min,weight\nnone,0,1024\n"
    for law in 0..<5 {
      let atoms = generator.integer(2...5)
      let grid: Int64 = generator.pick([30, 60, 60, 240])
      var left: Int64 = 1024
      for atom in 0..<atoms {
        let isLast = atom == atoms - 1
        let weight = isLast ? left : generator.integer(1...(left - (atoms - atom - 1)))
        left -= weight
        text += "p\(law),\(atom * grid),\(weight)\n"
      }
    }
    return text
  }

  private mutating func calendars() -> String {
    var text = "cal,open_min,close_min\nalways,0,10080\n"
    for calendar in 0..<3 {
      for _ in 0..<generator.integer(1...4) {
        let opens = generator.integer(0...10000)
        text += "c\(calendar),\(opens),\(opens + generator.integer(1...2000))\n"
      }
    }
    return text
  }

  private mutating func rates() -> String {
    var text =
      "rate,upto_g,base_cents,unit_g,unit_cents\ncheap,50000,1,1,0\ndear,50000,900,1,0\n"
    for rate in 0..<6 {
      for upto in [500, 2000, 30000] where generator.chance(percent: 85) {
        text +=
          "r\(rate),\(upto),\(generator.pick([0, 10, 10, 20, 250])),\(generator.pick([1, 100, 500])),"
          + "\(generator.pick([0, 0, 1, 7]))\n"
      }
    }
    return text
  }

  /// Four to ten pairs of ways between two nodes, `u -> m -> v` better than `u -> v` in price, time and CO2.
  private mutating func detours() -> String {
    var text = ""
    for detour in 0..<generator.integer(4...10) {
      let nodes = (0..<nodeCount).map { $0 }.shuffled(using: &generator).prefix(3).map { $0 }
      let law = "p\(generator.integer(0...4))"
      for (part, from, to, rest) in [
        ("a", nodes[0], nodes[1], "cheap,0,C,always,10,none"),
        ("b", nodes[1], nodes[2], "cheap,0,C,always,20,\(law)"),
        ("c", nodes[0], nodes[2], "dear,1,C,always,700,\(law)"),
      ] {
        text += "D\(detour)\(part),n\(from),n\(to),road,7,50000,0,\(rest)\n"
        heads[from].append(to)
      }
    }
    return text
  }

  private mutating func legs() {
    var legs =
      "leg,from,to,mode,goods_mask,max_weight_g,handling_min,rate,co2_mg_per_g,sched,cal,dur_min,pmf\n"
    var departures = "leg,dep_min,dur_min,pmf\n"
    var exceptions = "leg,from_min,to_min\n"
    heads = [[Int]](repeating: [], count: nodeCount)
    if generator.chance(percent: 50) { legs += detours() }
    for leg in 0..<generator.integer(Int64(2 * nodeCount)...Int64(4 * nodeCount)) {
      let from = generator.integer(0...Int64(nodeCount - 1))
      let to = generator.integer(0...Int64(nodeCount - 1))
      heads[Int(from)].append(Int(to))
      let common =
        "L\(leg),n\(from),n\(to),road,\(generator.pick([7, 7, 7, 3, 5, 4])),\(generator.pick([1000, 30000, 50000])),"
        + "\(generator.pick([0, 30, 240])),r\(generator.integer(0...6)),\(generator.pick([0, 0, 0, 1, 5]))"
      let law = generator.chance(percent: 30) ? "none" : "p\(generator.integer(0...4))"
      if generator.chance(percent: 60) {
        legs += common + ",S,,,\n"
        // One duration and law for all departures of a leg: first in, first out by construction.
        let duration = generator.pick([60, 120, 180, generator.integer(10...3000)])
        for _ in 0..<generator.integer(0...25) {
          departures += "L\(leg),\(generator.integer(0...10079)),\(duration),\(law)\n"
        }
      } else {
        let calendar = generator.pick(["always", "c0", "c1", "c2", "nowhere"])
        legs += common + ",C,\(calendar),\(generator.pick([60, 120, 240, 700])),\(law)\n"
      }
      if generator.chance(percent: 25) {
        let from = generator.integer(-3000...40000)
        exceptions += "L\(leg),\(from),\(from + generator.integer(1...9000))\n"
      }
    }
    files["legs.csv"] = legs
    files["departures.csv"] = departures
    files["exceptions.csv"] = exceptions
  }
}
