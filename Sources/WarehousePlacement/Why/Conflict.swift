/// The smallest set of a question's requirements that cannot be met together, and how far each must be relaxed.
///
/// One requirement after another is left out; where there is still no plan without it, it had no part in it (the
/// deletion filter of J. W. Chinneck and E. W. Dravnieks, 1991, doi:10.1287/ijoc.3.2.157). Every relaxation named has
/// been solved again and has a plan.
public struct Conflict: Sendable {
  /// Something a question asks for.
  public enum Requirement: Sendable, Hashable {
    /// At most, or exactly, so many sites.
    case sites(Int)
    /// The capacity of every site.
    case capacity(Int64)
    /// As far as a site covers.
    case reach(Int64)
    /// What every open site must hand out.
    case least(Int64)
    /// What opening sites may cost in all, in units of the table's costs.
    case budget(Int64)
    /// Millionths of all demand that must be within the reach.
    case share(Int64)
    /// A site that must be open, from 1.
    case open(Int)
    /// A site that must stay closed, from 1.
    case closed(Int)
  }

  /// A requirement of the conflict, and what would do instead.
  public struct Part: Sendable, Hashable {
    /// What is asked.
    public let requirement: Requirement
    /// The nearest value with which there is a plan, all else as asked; nil: none helps, or the site is left free.
    public let enough: Int64?
    /// Whether leaving it out, or taking the value, was seen to help.
    public let helps: Bool
  }

  /// The parts; without any of them there is a plan.
  public let parts: [Part]

  /// Looks for a conflict in a question; nil where there is a plan, or where time ran out.
  ///
  /// - Complexity: a search for each requirement, and for each halving of a relaxation.
  public static func find(
    _ question: PlacementQuestion, on table: SiteTable, limits: SearchLimits
  ) -> Conflict? {
    guard isFeasible(question, table, limits) == false else { return nil }
    var kept = requirements(question, table)
    var left = question
    for requirement in kept {
      guard let without = leaving(requirement, out: left, table) else { continue }
      guard let isFeasible = isFeasible(without, table, limits) else { return nil }
      if !isFeasible {
        left = without
        kept.removeAll { $0 == requirement }
      }
    }
    return Conflict(parts: kept.map { part($0, question, table, limits) })
  }

  private static func requirements(
    _ question: PlacementQuestion, _ table: SiteTable
  ) -> [Requirement] {
    var result: [Requirement] = []
    result += question.forcedOpen.map { .open($0) } + question.forcedClosed.map { .closed($0) }
    if let sites = question.sites { result.append(.sites(sites)) }
    if let capacity = question.capacity { result.append(.capacity(capacity)) }
    if let least = question.least { result.append(.least(least)) }
    if let budget = question.budget { result.append(.budget(budget)) }
    if let share = question.share { result.append(.share(share)) }
    if let reach = question.reach { result.append(.reach(reach)) }
    return result
  }

  /// The question without a requirement; nil where it cannot be put without.
  private static func leaving(
    _ requirement: Requirement, out question: PlacementQuestion, _ table: SiteTable
  ) -> PlacementQuestion? {
    var result = question
    switch requirement {
    case .sites: result.sites = table.siteCount
    case .capacity: result.capacity = PlacementProblem.greatestTotal / 1024 / Int64(table.siteCount)
    case .reach: result.reach = max(table.service.cost.max() ?? 0, table.days?.max() ?? 0)
    case .least: result.least = nil
    case .budget: result.budget = nil
    case .share: result.share = nil
    case .open(let site): result.forcedOpen.removeAll { $0 == site }
    case .closed(let site): result.forcedClosed.removeAll { $0 == site }
    }
    return result
  }

  /// Whether there is any plan; nil where time ran out.
  private static func isFeasible(
    _ question: PlacementQuestion, _ table: SiteTable, _ limits: SearchLimits
  ) -> Bool? {
    var any = limits
    any.enough = .max
    any.progress = { _ in }
    let problem = question.problem(on: table)
    if let condition = question.condition(on: table, problem) {
      let answer = leastUse(problem, condition, any, enough: condition.limit)
      if let plan = answer.plan, plan.cost <= condition.limit { return true }
      return answer.bound.map { $0 > condition.limit } ?? true ? false : nil
    }
    let answer = PlacementSolver.solve(problem, limits: any)
    if answer.plan != nil { return true }
    return answer.bound == nil ? false : nil
  }

  /// The plan that uses least of what a condition limits: a question in which that is the cost.
  private static func leastUse(
    _ problem: PlacementProblem, _ condition: SideCondition, _ limits: SearchLimits,
    enough: Int64?
  ) -> PlacementAnswer {
    var use = problem
    use.opening = condition.opening
    use.leaving = problem.leaving.map { $0.map { _ in 0 } }
    var lists = ServiceLists()
    for client in 0..<problem.clientCount {
      lists.append(
        problem.service.entries(of: client).map {
          (problem.service.site[$0], condition.service[$0])
        })
    }
    use.service = lists
    var limits = limits
    limits.enough = enough
    return PlacementSolver.solve(use, limits: limits)
  }

  /// The least budget, or the greatest share, with which there is a plan.
  private static func nearest(
    _ question: PlacementQuestion, _ table: SiteTable, _ limits: SearchLimits
  ) -> Int64? {
    let problem = question.problem(on: table)
    guard let condition = question.condition(on: table, problem) else { return nil }
    var quiet = limits
    quiet.progress = { _ in }
    let answer = leastUse(problem, condition, quiet, enough: nil)
    guard answer.isProved, let used = answer.plan?.cost else { return nil }
    if question.share != nil {
      let all = table.demand.reduce(Int128(0)) { $0 + Int128($1) }
      return Int64((all - Int128(used)) * 1_000_000 / max(all, 1))
    }
    var unit: Int64 = 1
    for _ in table.decimals..<max(table.decimals, problem.decimals) { unit *= 10 }
    return (used + unit - 1) / unit
  }

  private static func part(
    _ requirement: Requirement, _ question: PlacementQuestion, _ table: SiteTable,
    _ limits: SearchLimits
  ) -> Part {
    func works(_ value: Int64) -> Bool {
      var changed = question
      switch requirement {
      case .sites: changed.sites = Int(value)
      case .capacity: changed.capacity = value
      case .reach: changed.reach = value
      case .least: changed.least = value
      case .budget: changed.budget = value
      case .share: changed.share = value
      case .open, .closed: return false
      }
      return isFeasible(changed, table, limits) ?? false
    }
    // Values in their order; the first that does is found by halving, since more never does harm.
    var values: [Int64] = []
    switch requirement {
    case .sites(let sites):
      values = sites < table.siteCount ? (sites + 1...table.siteCount).map { Int64($0) } : []
    case .reach(let reach):
      let lengths = question.share == nil ? table.service.cost : table.days ?? table.service.cost
      values = Set(lengths).filter { $0 > reach }.sorted()
    case .budget, .share:
      guard let enough = nearest(question, table, limits), works(enough) else { break }
      return Part(requirement: requirement, enough: enough, helps: true)
    case .least(let least):
      guard works(0) else { break }
      var (low, high) = (Int64(0), least)
      while high - low > 1 {
        let middle = (low + high) / 2
        if works(middle) { low = middle } else { high = middle }
      }
      return Part(requirement: requirement, enough: low, helps: true)
    case .capacity(let capacity):
      // Whole quantities, up to what one site would need for everything.
      var unit: Int64 = 1
      for _ in 0..<table.quantityDecimals { unit *= 10 }
      let most = (table.demand.reduce(0, +) + unit - 1) / unit
      var (low, high) = (capacity, most)
      guard most > capacity, works(most) else { break }
      while high - low > 1 {
        let middle = (low + high) / 2
        if works(middle) { high = middle } else { low = middle }
      }
      return Part(requirement: requirement, enough: high, helps: true)
    case .open, .closed:
      let free = leaving(requirement, out: question, table).flatMap {
        isFeasible($0, table, limits)
      }
      return Part(requirement: requirement, enough: nil, helps: free ?? false)
    }
    var (low, high) = (0, values.count - 1)
    guard let last = values.last, works(last) else {
      return Part(requirement: requirement, enough: nil, helps: false)
    }
    while low < high {
      let middle = (low + high) / 2
      if works(values[middle]) { high = middle } else { low = middle + 1 }
    }
    return Part(requirement: requirement, enough: values[low], helps: true)
  }
}
