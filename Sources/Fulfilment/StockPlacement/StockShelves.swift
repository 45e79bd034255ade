public import WarehousePlacement

extension StockPlacement {
  /// Goods kept at a site under a plan.
  public struct Shelf: Sendable {
    /// The SKU's position.
    public let item: Int
    /// The site's position.
    public let site: Int
    /// How much to keep.
    public let stock: BaseStock
    /// Demand points served from it.
    public let points: Int
    /// Pieces over all periods, in thousandths.
    public let pieces: Int64
    /// Thousandths of pieces expected in each period.
    public let mean: [Int64]
    /// Thousandths of the variance of each period.
    public let variance: [Int64]
    /// What the margin costs over all periods, in thousandths of a minor unit.
    public let marginCost: Int64
  }

  /// What is kept where, by site and then by SKU.
  public func shelves(_ plan: Plan) -> [Shelf] {
    var points: [Int: [Int]] = [:]
    for point in served {
      guard let site = plan.home[point] else { continue }
      points[site * question.items.count + question.demand[point].item, default: []].append(point)
    }
    return points.keys.sorted().map { key in
      let (site, item) = (key / question.items.count, key % question.items.count)
      let members = points[key] ?? []
      var mean = [Int64](repeating: 0, count: question.periods.count)
      var variance = mean
      for point in members {
        for period in question.periods.indices {
          mean[period] += question.demand[point].pieces[period]
          variance[period] += question.demand[point].variance[period]
        }
      }
      let pooled = members.reduce(Int64(0)) { $0 + ledger.variancePerDay($1) }
      let pieces = mean.reduce(0, +)
      let shelf = ledger.shelves[item * question.sites.count + site]
      return Shelf(
        item: item, site: site,
        stock: BaseStock(
          perDay: pieces / max(1, question.spanDays), variancePerDay: pooled,
          coverDays: shelf?.coverDays ?? 0, margin: ledger.margins[item]),
        points: members.count, pieces: pieces, mean: mean, variance: variance,
        marginCost: ledger.marginCost(item: item, site: site, variancePerDay: pooled))
    }
  }

  /// Cost, days and CO2e of a plan, or of serving everybody straight from where the goods are made.
  public struct Totals: Sendable, Hashable {
    /// Everything but what waiting is worth, in thousandths of a minor unit.
    public var cost: Int64 = 0
    /// What waiting is worth.
    public var waiting: Int64 = 0
    /// Pieces, in thousandths.
    public var pieces: Int64 = 0
    /// Piece-minutes from order to promise, in thousandths.
    public var wait: Int64 = 0
    /// Milligrams of CO2e.
    public var emission: Int64 = 0
    /// Thousandths of pieces that are served from a site.
    public var fromSites: Int64 = 0
    /// Thousandths of pieces of whose duties nobody can be sure.
    public var estimated: Int64 = 0
    /// Demand points counted.
    public var points = 0

    /// Nothing yet.
    public init() {}

    /// Hundredths of a day from order to promise on average.
    public var hundredthsOfDays: Int64 {
      pieces == 0 ? 0 : Int64(Int128(wait) * 100 / Int128(pieces) / 1440)
    }
  }

  /// Sums over all demand points that can be served from where the goods are made, served so.
  public var before: Totals {
    var totals = Totals()
    for point in served { add(point, source: 0, to: &totals) }
    return totals
  }

  /// Sums over all demand points, served as planned.
  public func after(_ plan: Plan) -> Totals {
    var totals = Totals()
    for point in served {
      add(point, source: plan.home[point].map { $0 + 1 } ?? 0, to: &totals)
    }
    totals.cost = plan.cost - totals.waiting
    return totals
  }

  private func add(_ point: Int, source: Int, to totals: inout Totals) {
    guard let supply = ledger.supplies[point][source] else { return }
    let pieces = question.demand[point].pieces.reduce(0, +)
    totals.cost += supply.cost - supply.waitCost
    totals.waiting += supply.waitCost
    totals.pieces += pieces
    totals.wait += supply.wait
    totals.emission += supply.emission
    totals.points += 1
    if source > 0 { totals.fromSites += pieces }
    if !supply.isGuaranteed { totals.estimated += pieces }
  }

  /// How one demand point fares: served from where the goods are made, and as planned.
  public struct Flow: Sendable {
    /// The demand point.
    public let point: Int
    /// The site; nil: straight from where the goods are made.
    public let site: Int?
    /// Sums over the point, straight; nil where there is no such way.
    public let before: Totals?
    /// Sums over the point, as planned.
    public let after: Totals
  }

  /// Every demand point that is served.
  public func flows(_ plan: Plan) -> [Flow] {
    served.map { point in
      var before = Totals()
      var after = Totals()
      add(point, source: 0, to: &before)
      add(point, source: plan.home[point].map { $0 + 1 } ?? 0, to: &after)
      return Flow(
        point: point, site: plan.home[point], before: before.points == 0 ? nil : before,
        after: after)
    }
  }
}

extension StockPlacement.Totals {
  /// Adds other sums to these.
  public mutating func add(_ other: StockPlacement.Totals) {
    cost += other.cost
    waiting += other.waiting
    pieces += other.pieces
    wait += other.wait
    emission += other.emission
    fromSites += other.fromSites
    estimated += other.estimated
    points += other.points
  }
}
