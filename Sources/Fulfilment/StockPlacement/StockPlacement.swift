import LogisticsModel
public import RoutePlanning
import Tariffs
public import WarehousePlacement

/// Which sites to open, which goods to keep at each, and from where every demand point is served.
///
/// The cost of margins grows with the root of the demand pooled at a site, so it is no sum over clients. A straight
/// line below the root gives a question ``PlacementSolver`` answers with a proof: its bound holds for the true cost.
/// Lines through the root at the plan's own pooling lead to better plans; the best by true cost is kept, and the
/// gap to the bound is said.
public struct StockPlacement: Sendable {
  /// The question.
  public let question: StockQuestion
  /// What the planner said.
  public let survey: SupplySurvey
  /// Demand points nothing leads to; they are left out of all that follows.
  public let unserved: [Int]
  let ledger: StockLedger
  private let limits: SearchLimits

  /// A plan with its true cost.
  public struct Plan: Sendable {
    /// Open sites, ascending.
    public let open: [Int]
    /// From where each demand point is served: nil straight from where the goods are made; of no meaning for those
    /// that are unserved.
    public let home: [Int?]
    /// Everything, in thousandths of a minor unit.
    public let cost: Int64
  }

  /// What came of it.
  public struct Answer: Sendable {
    /// The plan; nil where time ran out before there was one.
    public let plan: Plan?
    /// No plan costs less, in thousandths of a minor unit.
    public let bound: Int64
    /// Whether the question with straight lines was solved to the end.
    public let isSolved: Bool
    /// That question, as an instance, and its answer: what the bound's certificate is about.
    public let table: SiteTable
    /// How it was put.
    public let asked: PlacementQuestion
    /// Its answer.
    public let answer: PlacementAnswer
  }

  /// Puts a question on what a survey found.
  ///
  /// - Parameters:
  ///   - question: the question.
  ///   - survey: the ways.
  ///   - network: whose exchange rates count.
  ///   - dayValue: what a day less is worth, in thousandths of a minor unit; nil: as the terms say.
  ///   - limits: how long solving may take.
  /// - Throws: a ``RequestFault`` where an item's worth has no rate into the terms' currency.
  public init(
    _ question: StockQuestion, _ survey: SupplySurvey, on network: NetworkPlanner,
    dayValue: Int64? = nil, limits: SearchLimits = SearchLimits()
  ) throws(RequestFault) {
    var worth: [Int64] = []
    for item in question.items {
      let day = question.periods.first?.first ?? .first
      guard
        case .success(let money) = network.tariff.rates.convert(
          item.line.unitValue, to: question.terms.currency, on: day)
      else {
        throw RequestFault(
          code: RequestFault.currency,
          message: "\(item.sku): no rate from \(item.line.unitValue.currency) "
            + "to \(question.terms.currency)")
      }
      worth.append(money.minorUnits)
    }
    self.question = question
    self.survey = survey
    self.limits = limits
    let ledger = StockLedger(
      question, survey, worth: worth, dayValue: dayValue ?? question.terms.dayValue)
    self.ledger = ledger
    unserved = question.demand.indices.filter { point in
      !question.sites.indices.contains { site in
        ledger.supplies[point][site + 1] != nil && question.sites[site].isOpen != false
      } && ledger.supplies[point][0] == nil
    }
  }

  /// Demand points that can be served.
  var served: [Int] {
    let left = Set(unserved)
    return question.demand.indices.filter { !left.contains($0) }
  }

  // MARK: solving

  /// Solves: once with lines below the root for the bound, then with lines through it for plans.
  public func solve() -> Answer {
    let asked = placementQuestion
    var pools = Pools()
    let table = table(pools)
    let answer = PlacementSolver.solve(asked.problem(on: table), limits: limits)
    var best = answer.plan.map { plan($0) }
    var next = best
    for _ in 0..<StockPlacement.rounds {
      guard let plan = next, !limits.isOver() else { break }
      let pooled = self.pooled(plan)
      if pooled == pools.variance { break }
      pools.variance = pooled
      var warm = limits
      warm.warmStart = plan.open.map { $0 + 1 } + [0]
      warm.progress = { _ in }
      let problem = asked.problem(on: self.table(pools))
      next = PlacementSolver.solve(problem, limits: warm).plan.map { self.plan($0) }
      if let next, next.cost < best?.cost ?? .max { best = next }
    }
    return Answer(
      plan: best, bound: answer.bound ?? 0, isSolved: answer.isProved, table: table, asked: asked,
      answer: answer)
  }

  /// Times the lines are moved to the plan's own pooling at most.
  static let rounds = 6

  /// Variances pooled at each site and item of a plan that the lines go through; empty: lines below the root.
  private struct Pools: Hashable {
    /// By `item * sites + site`.
    var variance: [Int: Int64] = [:]
  }

  private var placementQuestion: PlacementQuestion {
    func sources(_ isOpen: Bool) -> [Int] {
      question.sites.indices.filter { question.sites[$0].isOpen == isOpen }.map { $0 + 2 }
    }
    return PlacementQuestion(
      kind: .uncapacitated,
      sites: question.terms.greatestSites.map { min($0, question.sites.count) + 1 },
      forcedOpen: [1] + sources(true), forcedClosed: sources(false))
  }

  /// The instance: source 0 is where goods are made, site `n` is source `n + 1`.
  private func table(_ pools: Pools) -> SiteTable {
    let sites = question.sites.count
    let points = served
    var reachable = [Int: Int64]()
    for point in points {
      for site in 0..<sites where ledger.supplies[point][site + 1] != nil {
        reachable[question.demand[point].item * sites + site, default: 0] += ledger.variancePerDay(
          point)
      }
    }
    var keeping = [Int64](repeating: 0, count: (sites + 1) * question.items.count)
    // What a unit of variance costs on the line, as a cost over a variance.
    var slope: [Int: (cost: Int64, over: Int64)] = [:]
    for (shelf, all) in reachable {
      let (item, site) = (shelf / sites, shelf % sites)
      var fixed = question.sites[site].keeping * 1000
      if let pooled = pools.variance[shelf], pooled > 0 {
        // The tangent of a root begins at half its height.
        let cost = ledger.marginCost(item: item, site: site, variancePerDay: pooled)
        fixed += cost / 2
        slope[shelf] = (cost, 2 * pooled)
      } else {
        slope[shelf] = (ledger.marginCost(item: item, site: site, variancePerDay: all), max(all, 1))
      }
      keeping[(site + 1) * question.items.count + item] = fixed
    }
    var lists = ServiceLists()
    for point in points {
      let item = question.demand[point].item
      var row: [(site: Int32, cost: Int64)] = []
      for source in 0...sites {
        guard let supply = ledger.supplies[point][source] else { continue }
        var cost = supply.cost
        if source > 0, let line = slope[item * sites + source - 1] {
          // Rounded down, so that the line stays below the root.
          let share = Int128(line.cost) * Int128(ledger.variancePerDay(point)) / Int128(line.over)
          cost += Int64(clamping: share)
        }
        row.append((Int32(source), cost))
      }
      lists.append(row)
    }
    var table = SiteTable(
      opening: [0] + question.sites.map { $0.opening * 1000 },
      demand: Array(repeating: 1, count: points.count), service: lists,
      decimals: question.terms.currency.exponent + 3)
    table.stock = StockKeeping(
      group: points.map { Int32(question.demand[$0].item) }, groups: question.items.count,
      cost: keeping)
    return table
  }

  private func pooled(_ plan: Plan) -> [Int: Int64] {
    var pooled: [Int: Int64] = [:]
    for point in served {
      guard let site = plan.home[point] else { continue }
      pooled[question.demand[point].item * question.sites.count + site, default: 0] +=
        ledger.variancePerDay(point)
    }
    return pooled
  }

  private func plan(_ found: PlacementPlan) -> Plan {
    let points = served
    var home = [Int?](repeating: nil, count: question.demand.count)
    for delivery in found.deliveries where delivery.site > 0 {
      home[points[delivery.client]] = delivery.site - 1
    }
    return plan(open: found.open.filter { $0 > 0 }.map { $0 - 1 }, home: home)
  }

  /// A plan with its true cost: opening, keeping, serving, and margins by the root.
  func plan(open: [Int], home: [Int?]) -> Plan {
    var cost = open.reduce(Int64(0)) { $0 + question.sites[$1].opening * 1000 }
    let draft = Plan(open: open, home: home, cost: 0)
    for (shelf, variance) in pooled(draft) {
      let (item, site) = (shelf / question.sites.count, shelf % question.sites.count)
      cost += question.sites[site].keeping * 1000
      cost += ledger.marginCost(item: item, site: site, variancePerDay: variance)
    }
    for point in served {
      cost += ledger.supplies[point][home[point].map { $0 + 1 } ?? 0]?.cost ?? 0
    }
    return Plan(open: open, home: home, cost: cost)
  }
}
