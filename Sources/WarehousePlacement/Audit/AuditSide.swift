/// The auditor's own idea of a budget, or of a share of demand within a reach.
struct AuditSide {
  private let opening: [Int64]
  /// Rows of clients.
  private let service: [[Int64]]
  private let limit: Int128

  /// Parts of a unit of cost a price is given in.
  private static let parts = Int128(1024)

  /// A budget, in units of the instance's costs, which have `more` decimals in the problem.
  init(budget: Int64, _ problem: AuditProblem, more: Int) {
    opening = problem.opening
    service = problem.cost.map { $0.map { _ in 0 } }
    var scaled = Int128(budget)
    for _ in 0..<max(0, more) { scaled *= 10 }
    limit = scaled
  }

  /// Millionths of demand within a reach.
  init(share: Int64, within reach: Int64, _ instance: AuditInstance) {
    opening = instance.opening.map { _ in 0 }
    let lengths = instance.days ?? instance.cost
    service = lengths.enumerated().map { client, row in
      row.map { $0 > reach ? instance.demand[client] : 0 }
    }
    let all = instance.demand.reduce(Int128(0)) { $0 + Int128($1) }
    limit = all - (all * Int128(share) + 999_999) / 1_000_000
  }

  /// Checks that a plan keeps the limit.
  func check(
    open: [Int64], _ deliveries: [(client: Int, site: Int, quantity: Int64)],
    _ problem: AuditProblem
  ) throws(AuditFault) {
    var used = open.reduce(Int128(0)) { $0 + Int128(opening[Int($1) - 1]) }
    for (client, site, quantity) in deliveries where service[client][site] > 0 {
      used += Int128(problem.sharing == .split ? quantity : service[client][site])
    }
    if used > limit { throw AuditFault("the plan uses \(used), the limit is \(limit)") }
  }

  /// The problem in which what is limited has a price.
  func priced(_ problem: AuditProblem, at price: Int64) throws(AuditFault) -> AuditProblem {
    guard price >= 0 else { throw AuditFault("the price is negative") }
    func cost(_ used: Int64) throws(AuditFault) -> Int64 {
      guard let cost = Int64(exactly: Int128(used) * Int128(price) / AuditSide.parts),
        cost < Int64.max / 4
      else { throw AuditFault("the price is too great") }
      return cost
    }
    var result = problem
    for site in opening.indices { result.opening[site] += try cost(opening[site]) }
    for client in service.indices {
      for site in opening.indices where result.cost[client][site] >= 0 {
        result.cost[client][site] += try cost(service[client][site])
      }
    }
    return result
  }

  /// What the limit is worth at a price, rounded up.
  func worth(at price: Int64) -> Int64 {
    Int64(clamping: (limit * Int128(price) + AuditSide.parts - 1) / AuditSide.parts)
  }
}
