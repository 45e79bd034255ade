/// One condition on a whole plan: what it uses of something, summed over open sites and over service, has a limit.
///
/// A budget is used up by what opening costs; a wish that so much demand be within a reach, by demand beyond it.
public struct SideCondition: Sendable, Hashable {
  /// What opening each site uses.
  public let opening: [Int64]
  /// What each entry of the service lists uses, for the client's whole demand.
  public let service: [Int64]
  /// What may be used.
  public let limit: Int64

  /// At most so much may be spent on opening sites, in units of the table.
  public static func budget(_ budget: Int64, of problem: PlacementProblem) -> SideCondition {
    SideCondition(
      opening: problem.opening, service: Array(repeating: 0, count: problem.service.site.count),
      limit: budget)
  }

  /// At least so many millionths of all demand are served within a reach: of days where the table has them, of
  /// cost where not.
  public static func share(
    _ millionths: Int64, within reach: Int64, of table: SiteTable
  ) -> SideCondition {
    var service = [Int64](repeating: 0, count: table.service.site.count)
    for client in 0..<table.clientCount {
      for entry in table.service.entries(of: client) {
        let length = table.days?[entry] ?? table.service.cost[entry]
        if length > reach { service[entry] = table.demand[client] }
      }
    }
    let all = table.demand.reduce(Int128(0)) { $0 + Int128($1) }
    // What must be within, rounded up; the rest may be beyond.
    let within = (all * Int128(millionths) + 999_999) / 1_000_000
    return SideCondition(
      opening: Array(repeating: 0, count: table.siteCount), service: service,
      limit: Int64(clamping: all - within))
  }

  /// The most any plan can use.
  func greatestUse(_ problem: PlacementProblem) -> Int64 {
    var total = opening.reduce(0, +)
    for client in 0..<problem.clientCount {
      total += problem.service.entries(of: client).map { service[$0] }.max() ?? 0
    }
    return total
  }

  /// What a plan uses; of a part of a client's demand as large a part, rounded up once over all.
  func used(by plan: PlacementPlan, of problem: PlacementProblem) -> Int64 {
    var total = plan.open.reduce(Int128(0)) { $0 + Int128(opening[$1]) }
    for delivery in plan.deliveries {
      guard
        let entry = problem.service.entries(of: delivery.client).first(where: {
          problem.service.site[$0] == Int32(delivery.site)
        }), service[entry] > 0
      else { continue }
      // Where demand is split, what an entry uses is the demand itself.
      total += Int128(problem.sharing == .split ? delivery.quantity : service[entry])
    }
    return Int64(clamping: total)
  }
}

/// The price of a unit of what a ``SideCondition`` limits: a fraction of a unit of cost.
public struct SidePrice: Sendable, Hashable {
  /// Over ``denominator``.
  public let numerator: Int64
  /// Parts of a unit of cost.
  public static let denominator: Int64 = 1024

  /// A price.
  public init(numerator: Int64) { self.numerator = numerator }

  /// What so much costs, rounded down, so that a bound stays one.
  func cost(of used: Int64) -> Int64 {
    Int64(clamping: Int128(used) * Int128(numerator) / Int128(SidePrice.denominator))
  }

  /// What the limit is worth, rounded up.
  func worth(of limit: Int64) -> Int64 {
    let product = Int128(limit) * Int128(numerator)
    return Int64(
      clamping: (product + Int128(SidePrice.denominator) - 1) / Int128(SidePrice.denominator))
  }
}

extension PlacementProblem {
  /// The same question, in which what is limited has a price instead.
  func priced(_ condition: SideCondition, at price: SidePrice) -> PlacementProblem {
    var result = self
    for site in opening.indices { result.opening[site] += price.cost(of: condition.opening[site]) }
    var lists = ServiceLists()
    lists.reserve(clients: clientCount, entries: service.site.count)
    for client in 0..<clientCount {
      lists.append(
        service.entries(of: client).map {
          (service.site[$0], service.cost[$0] + price.cost(of: condition.service[$0]))
        })
    }
    result.service = lists
    return result
  }

  /// What a plan costs without the price of what is limited.
  func cost(of plan: PlacementPlan, without condition: SideCondition, at price: SidePrice)
    -> PlacementPlan
  {
    var cost = plan.open.reduce(Int64(0)) { $0 + opening[$1] }
    var parts: [(Int64, Int64)] = []
    for delivery in plan.deliveries {
      let whole = service.cost(of: delivery.client, from: delivery.site) ?? 0
      guard sharing == .split, demand[delivery.client] > 0 else {
        cost += whole
        continue
      }
      let product = Int128(whole) * Int128(delivery.quantity)
      cost += Int64(product / Int128(demand[delivery.client]))
      parts.append((Int64(product % Int128(demand[delivery.client])), demand[delivery.client]))
    }
    let served = Set(plan.deliveries.map(\.client))
    for client in leaving.indices where !served.contains(client) { cost += leaving[client] ?? 0 }
    return PlacementPlan(
      open: plan.open, deliveries: plan.deliveries,
      cost: cost + Fractions.ceiling(parts.filter { $0.0 > 0 }))
  }
}
