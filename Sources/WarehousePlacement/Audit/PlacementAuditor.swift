/// Checks a certificate of a placement from the instance alone.
///
/// The plan is checked condition by condition and its cost added up; the bound is reckoned anew from the proof's
/// multipliers, in whole numbers of 128 bits. Nothing here is shared with the solvers or with the readers they use.
public struct PlacementAuditor: Sendable {
  /// What a certificate was found to be worth.
  public struct Verdict: Sendable {
    /// The value of the plan as recomputed; nil without a plan.
    public let value: Int64?
    /// What the proof proves; nil where it proves that there is no plan.
    public let bound: Int64?
    /// Decimals of both; for the expected cost of scenarios both are sums over weights.
    public let decimals: Int
    /// The kind of the question.
    public let kind: String
  }

  private let text: AuditText

  /// Reads a certificate.
  public init(_ certificate: [UInt8]) throws(AuditFault) {
    text = AuditText(certificate)
    if let fault = text.fault { throw AuditFault(fault) }
  }

  /// Where the certificate says its instance is.
  public var instance: String? { text.text("instance") }

  /// Holds the certificate against the bytes of its instance.
  ///
  /// - Throws: the first claim that does not hold.
  public func verify(instance bytes: [UInt8]) throws(AuditFault) -> Verdict {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    guard text.text("fingerprint").flatMap({ UInt64($0, radix: 16) }) == hash else {
      throw AuditFault("the instance is not the one the certificate was made for")
    }
    guard let kind = text.text("kind"), let format = text.text("format"),
      let decimals = text.numbers("decimals").first.flatMap({ Int(exactly: $0) })
    else { throw AuditFault("kind, format or decimals are missing") }
    let table = try AuditInstance.read(bytes, format: format).get()
    let claimed = claim("value")
    let bound = claim("bound")
    if kind == "center" { return try center(table, claimed, bound, decimals) }
    let problem = try self.problem(
      table, kind: kind, reach: text.numbers("reach").first, decimals,
      count: text.numbers("count"))
    var value: Int64?
    if text.words["open"] != nil {
      value = try problem.cost(
        open: text.numbers("open"), text.deliveries, given: text.numbers("count"))
    }
    let scenarios = try AuditScenarios(text, problem)
    if let scenarios, value != nil {
      value = try scenarios.value(open: text.numbers("open"), text.deliveries)
    }
    guard value == claimed else {
      throw AuditFault("the plan is worth \(show(value)), not \(show(claimed))")
    }
    guard text.hasProof else { throw AuditFault("there is no proof") }
    if let side = try side(table, problem, decimals) {
      return try priced(side, problem, value, bound, decimals, kind)
    }
    if let value, text.limit > value {
      throw AuditFault("the proof's limit exceeds the plan's value")
    }
    var proof =
      scenarios.map { $0.isMean } ?? false
      ? AuditProof(try scenarios?.weighted([]) ?? problem, text)
      : AuditProof(problem, text, scenarios: scenarios)
    let proved = try proof.proved()
    if let bound {
      guard proved >= bound else { throw AuditFault("the proof shows \(proved), not \(bound)") }
    } else if proved < text.limit || scenarios != nil
      || Int128(text.limit) < problem.greatest
    {
      throw AuditFault("the proof does not show that there is no plan")
    }
    return Verdict(
      value: value, bound: bound.map { _ in proved },
      decimals: scenarios?.decimals(decimals) ?? decimals, kind: kind)
  }

  /// The condition on whole plans, if the question has one.
  private func side(
    _ table: AuditInstance, _ problem: AuditProblem, _ decimals: Int
  ) throws(AuditFault) -> AuditSide? {
    if let share = text.numbers("share").first {
      guard let reach = text.numbers("reach").first, (0...1_000_000).contains(share) else {
        throw AuditFault("a share without a reach")
      }
      return AuditSide(share: share, within: reach, table)
    }
    guard let budget = text.numbers("budget").first else { return nil }
    guard budget >= 0 else { throw AuditFault("the budget is negative") }
    return AuditSide(budget: budget, problem, more: decimals - table.decimals)
  }

  /// The plan keeps the condition; the proof is of the priced problem, and its bound less what the limit is worth
  /// is that of the problem.
  private func priced(
    _ side: AuditSide, _ problem: AuditProblem, _ value: Int64?, _ bound: Int64?, _ decimals: Int,
    _ kind: String
  ) throws(AuditFault) -> Verdict {
    if value != nil { try side.check(open: text.numbers("open"), text.deliveries, problem) }
    let price = text.numbers("price").first ?? 0
    var proof = AuditProof(try side.priced(problem, at: price), text)
    let proved = max(0, try proof.proved() - side.worth(at: price))
    guard let bound, proved >= bound else {
      throw AuditFault("the proof shows \(proved), not \(show(bound))")
    }
    return Verdict(value: value, bound: proved, decimals: decimals, kind: kind)
  }

  private func problem(
    _ table: AuditInstance, kind: String, reach: Int64?, _ decimals: Int, count: [Int64]
  ) throws(AuditFault) -> AuditProblem {
    var table = table
    let columns = try asked(of: &table)
    return try AuditProblem(
      table, kind: kind, count: count, columns: columns,
      reach: reach, open: text.numbers("forced-open"), closed: text.numbers("forced-closed"),
      decimals: decimals)
  }

  /// Puts the capacity, the least quantity and the levels asked for in the place of the table's own; gives the
  /// columns of each place where there are levels.
  private func asked(of table: inout AuditInstance) throws(AuditFault) -> [[Int]]? {
    func whole(_ name: String) throws(AuditFault) -> Int64? {
      guard let number = text.numbers(name).first else { return nil }
      var value = number
      for _ in 0..<table.quantityDecimals {
        let (next, overflow) = value.multipliedReportingOverflow(by: 10)
        guard !overflow else { throw AuditFault("\(name) \(number) is too great") }
        value = next
      }
      return min(value, 1 << 52)
    }
    if let capacity = try whole("capacity") {
      table.capacity = Array(repeating: capacity, count: table.siteCount)
    }
    var levels = text.levels.isEmpty ? table.levels : text.levels
    if let least = try whole("least") {
      table.least = Array(repeating: least, count: table.siteCount)
      levels = levels.map {
        AuditLevel([Int64($0.site + 1), $0.opening, $0.capacity, least])
      }
    }
    return levels.isEmpty ? nil : try table.unroll(levels)
  }

  /// The reach does for the plan; the one refused does not do, and there is none between.
  private func center(
    _ table: AuditInstance, _ claimed: Int64?, _ bound: Int64?, _ decimals: Int
  ) throws(AuditFault) -> Verdict {
    guard decimals == table.decimals else { throw AuditFault("decimals are not the instance's") }
    let count = text.numbers("count")
    if let claimed {
      let problem = try problem(table, kind: "center", reach: claimed, 0, count: count)
      _ = try problem.cost(open: text.numbers("open"), text.deliveries, given: count)
    }
    var proved = table.cost.joined().filter { $0 >= 0 }.min() ?? 0
    if let refused = text.numbers("refused-reach").first {
      let problem = try problem(
        table, kind: "center", reach: refused, 0, count: [0, Int64(table.siteCount)])
      guard text.hasProof else { throw AuditFault("there is no proof") }
      var proof = AuditProof(problem, text)
      guard try proof.proved() > (count.last ?? .max) else {
        throw AuditFault("the proof does not show that \(refused) will not do")
      }
      guard let next = table.cost.joined().filter({ $0 > refused }).min() else {
        return Verdict(value: nil, bound: nil, decimals: decimals, kind: "center")
      }
      proved = next
    }
    if let bound, proved < bound { throw AuditFault("the proof shows \(proved), not \(bound)") }
    return Verdict(value: claimed, bound: proved, decimals: decimals, kind: "center")
  }

  private func claim(_ name: String) -> Int64? { text.text(name).flatMap { Int64($0) } }

  private func show(_ value: Int64?) -> String { value.map(String.init) ?? "nothing" }
}

extension AuditProblem {
  /// More than any plan costs.
  fileprivate var greatest: Int128 {
    var total = opening.reduce(Int128(0)) { $0 + Int128($1) }
    for row in keeping { total += row.reduce(Int128(0)) { $0 + Int128($1) } }
    for (client, row) in cost.enumerated() {
      total += Int128(max(row.max() ?? 0, leaving[client] ?? 0, 0))
    }
    return total
  }
}
