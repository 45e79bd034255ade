/// What a certificate claims to have solved, built by the auditor from the instance and the question.
struct AuditProblem {
  enum Sharing { case unlimited, split, single }

  var sharing = Sharing.unlimited
  var opening: [Int64]
  var capacity: [Int64]
  var demand: [Int64]
  /// Rows of clients; -1 where a site cannot serve.
  var cost: [[Int64]]
  /// What leaving a client out costs; nil where it must be served.
  var leaving: [Int64?]
  /// The group each client asks for, and rows of what keeping a group costs at each site.
  var group: [Int]
  var keeping: [[Int64]]
  var least: Int
  var most: Int
  /// 0 free, 1 open, 2 closed.
  var standing: [UInt8]
  /// What each site must hand out if it is open.
  var owed: [Int64]
  /// Columns of each place, of which one may be open; one column each where there are no levels.
  var places: [[Int]]
  /// The place of each column.
  var place: [Int]
  /// Whether one of a place's columns must be open.
  var isWanted: [Bool]

  var sites: Int { opening.count }
  var clients: Int { cost.count }

  /// Builds the problem; the count comes from the certificate and is held against the question.
  init(
    _ instance: AuditInstance, kind: String, count: [Int64], columns given: [[Int]]?, reach: Int64?,
    open: [Int64], closed: [Int64], decimals: Int
  ) throws(AuditFault) {
    func fail(_ text: String) -> AuditFault { AuditFault(text) }
    let columns = given ?? (0..<instance.siteCount).map { [$0] }
    places = columns
    place = columns.indices.flatMap { [Int](repeating: $0, count: columns[$0].count) }
    isWanted = Array(repeating: false, count: columns.count)
    owed =
      instance.least.isEmpty ? Array(repeating: 0, count: instance.siteCount) : instance.least
    let (m, n) = (instance.siteCount, instance.clientCount)
    opening = instance.opening
    cost = instance.cost
    demand = instance.demand
    leaving = instance.leaving ?? Array(repeating: nil, count: n)
    group = instance.group ?? Array(repeating: 0, count: n)
    keeping = instance.group == nil ? Array(repeating: [0], count: m) : instance.keeping
    standing = Array(repeating: 0, count: m)
    capacity = instance.capacity ?? []
    guard count.count == 2, count[0] >= 0, count[0] <= count[1] else {
      throw fail("no sound count")
    }
    (least, most) = (Int(count[0]), Int(count[1]))
    var usual = instance.decimals
    switch kind {
    case "median":
      opening = Array(repeating: 0, count: m)
      guard least == most else { throw fail("a median has exactly p sites") }
    case "uncapacitated": break
    case "capacitated": sharing = .split
    case "single-source": sharing = .single
    case "covering", "center", "maximum-coverage":
      guard let reach else { throw fail("no reach") }
      cost = cost.map { row in row.map { $0 < 0 || $0 > reach ? -1 : 0 } }
      if kind == "maximum-coverage" {
        opening = Array(repeating: 0, count: m)
        leaving = demand
        usual = instance.quantityDecimals
      } else if kind == "center" || opening.allSatisfy({ $0 == 0 }) {
        opening = Array(repeating: 1, count: m)
        usual = 0
      }
    default: throw fail("kind \(kind) is not known")
    }
    guard kind == "uncapacitated" || keeping.allSatisfy({ $0.allSatisfy { $0 == 0 } }) else {
      throw fail("goods that are kept or not go with kind uncapacitated only")
    }
    guard decimals >= usual, decimals <= 18 else {
      throw fail("costs have more than \(decimals) decimals")
    }
    for _ in usual..<decimals {
      opening = opening.map { $0 * 10 }
      cost = cost.map { row in row.map { $0 < 0 ? -1 : $0 * 10 } }
      leaving = leaving.map { price in price.map { $0 * 10 } }
      keeping = keeping.map { row in row.map { $0 * 10 } }
    }
    if sharing != .unlimited, capacity.isEmpty, owed.contains(where: { $0 > 0 }) {
      capacity = Array(repeating: demand.reduce(0, +), count: m)
    }
    if sharing != .unlimited, capacity.count != m { throw fail("the instance has no capacities") }
    if sharing == .unlimited, given != nil || owed.contains(where: { $0 > 0 }) {
      throw fail("levels and least quantities go with capacities only")
    }
    for site in open {
      guard site >= 1, site <= places.count else { throw fail("forced site \(site) is unknown") }
      isWanted[Int(site) - 1] = true
      if places[Int(site) - 1].count == 1 { standing[places[Int(site) - 1][0]] = 1 }
    }
    for site in closed {
      guard site >= 1, site <= places.count, !isWanted[Int(site) - 1] else {
        throw fail("forced site \(site) is unknown or forced twice")
      }
      for column in places[Int(site) - 1] { standing[column] = 2 }
    }
    tighten()
  }

  /// Every plan has at least as many sites as capacities need, and one where anybody must be served.
  private mutating func tighten() {
    if leaving.contains(where: { $0 == nil }), least < 1 { least = 1 }
    least = max(least, isWanted.count { $0 })
    if sharing != .unlimited {
      var missing = demand.reduce(Int128(0)) { $0 + Int128($1) }
      var number = 0
      let rooms = places.compactMap { columns in
        columns.filter { standing[$0] != 2 }.map { capacity[$0] }.max()
      }
      for room in rooms.sorted().reversed() where missing > 0 {
        missing -= Int128(room)
        number += 1
      }
      least = max(least, number)
    }
  }

  /// The cost of a plan, after every condition on it was checked.
  func cost(
    open: [Int64], _ deliveries: [(client: Int, site: Int, quantity: Int64)], given: [Int64]
  ) throws(AuditFault) -> Int64 {
    var isOpen = [Bool](repeating: false, count: sites)
    for site in open {
      guard site >= 1, site <= sites, !isOpen[Int(site) - 1] else {
        throw AuditFault("open site \(site) is unknown or named twice")
      }
      isOpen[Int(site) - 1] = true
    }
    for site in 0..<sites where standing[site] != 0 && isOpen[site] != (standing[site] == 1) {
      throw AuditFault("site \(site + 1) is not as forced")
    }
    for (index, columns) in places.enumerated() {
      let levels = columns.count { isOpen[$0] }
      if levels > 1 { throw AuditFault("place \(index + 1) is open at \(levels) levels") }
      if levels == 0, isWanted[index] { throw AuditFault("place \(index + 1) is not open") }
    }
    guard given.count == 2, open.count >= given[0], open.count <= given[1] else {
      throw AuditFault("\(open.count) open sites are outside the count")
    }
    var total = Int128(0)
    for site in 0..<sites where isOpen[site] { total += Int128(opening[site]) }
    var kept = Set<Int>()
    var load = [Int128](repeating: 0, count: sites)
    var served = [Int128](repeating: 0, count: clients)
    var visits = [Int](repeating: 0, count: clients)
    // Sum of fractions: numerator over denominator, reduced as it grows.
    var top = Int128(0)
    var bottom = Int128(1)
    for (client, site, quantity) in deliveries {
      guard client >= 0, client < clients, site >= 0, site < sites, isOpen[site],
        cost[client][site] >= 0, quantity >= 0
      else {
        throw AuditFault("a delivery to client \(client + 1) from site \(site + 1) is not possible")
      }
      visits[client] += 1
      if kept.insert(site * (keeping.first?.count ?? 1) + group[client]).inserted {
        total += Int128(keeping[site][group[client]])
      }
      load[site] += Int128(quantity)
      served[client] += Int128(quantity)
      let price = Int128(cost[client][site])
      if sharing == .split, demand[client] > 0 {
        let whole = price * Int128(quantity)
        total += whole / Int128(demand[client])
        let rest = whole % Int128(demand[client])
        if rest > 0 {
          let need = Int128(demand[client])
          let shared = AuditProblem.divisor(bottom, need)
          let (common, overflow) = bottom.multipliedReportingOverflow(by: need / shared)
          guard !overflow, common < Int128(1) << 100 else {
            throw AuditFault("the plan's cost has a denominator beyond 100 bits")
          }
          top = top * (common / bottom) + rest * (common / need)
          bottom = common
        }
      } else {
        total += price
      }
    }
    for client in 0..<clients {
      if visits[client] == 0 {
        guard let price = leaving[client] else {
          throw AuditFault("client \(client + 1) is not served")
        }
        total += Int128(price)
      } else if sharing != .split, visits[client] > 1 {
        throw AuditFault("client \(client + 1) is served twice")
      }
      if sharing != .unlimited, served[client] != Int128(demand[client]) {
        throw AuditFault("client \(client + 1) is not served what it needs")
      }
    }
    if sharing != .unlimited {
      for site in 0..<sites where load[site] > Int128(capacity[site]) {
        throw AuditFault("site \(site + 1) hands out more than it has")
      }
      for site in 0..<sites where isOpen[site] && load[site] < Int128(owed[site]) {
        throw AuditFault("site \(site + 1) hands out less than it must")
      }
    }
    total += (top + bottom - 1) / bottom
    guard let value = Int64(exactly: total) else {
      throw AuditFault("the plan's cost is too great")
    }
    return value
  }

  static func divisor(_ a: Int128, _ b: Int128) -> Int128 { b == 0 ? a : divisor(b, a % b) }
}
