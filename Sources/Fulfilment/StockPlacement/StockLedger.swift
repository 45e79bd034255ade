import LogisticsModel
import RoutePlanning
import WarehousePlacement

/// What everything costs at one value of a day: the survey's ways turned into one figure for each pair of demand point
/// and source.
///
/// Source 0 is where the goods are made; source `n + 1` is site `n`. Figures are thousandths of a minor unit over all
/// periods, rounded once each.
struct StockLedger: Sendable {
  /// How one demand point is served from one source.
  struct Supply: Sendable, Hashable {
    let cost: Int64
    /// Thousandths of piece-minutes from order to promise.
    let wait: Int64
    /// Milligrams of CO2e, bulk way included.
    let emission: Int64
    /// Whether all duties in it can be answered for.
    let isGuaranteed: Bool
    /// What the day's value adds to ``cost``.
    let waitCost: Int64
  }

  /// Goods at a site: how they come there, and what a margin of them costs.
  struct Shelf: Sendable, Hashable {
    /// Days covered by stock: the way there and the days between orders, in thousandths.
    let coverDays: Int64
    /// Freight, duty, fees and what the goods on the way cost, of a piece, by period.
    let landed: [Int64]
    /// Milligrams of CO2e of a piece on the way there, by period.
    let emission: [Int64]
    /// Whether its duties can be answered for.
    let isGuaranteed: Bool
  }

  let question: StockQuestion
  /// Supplies by demand point, then by source; nil where there is no way in some period.
  let supplies: [[Supply?]]
  /// Shelves, entry `item * sites + site`; nil where bulk goods do not get there in some period.
  let shelves: [Shelf?]
  /// What keeping a piece for a day costs, by item.
  let holding: [Int64]
  /// Deviations of margin in thousandths, by item.
  let margins: [Int64]

  init(
    _ question: StockQuestion, _ survey: SupplySurvey, worth: [Int64], dayValue: Int64
  ) {
    self.question = question
    let terms = question.terms
    holding = worth.map {
      // Worth x percent / 100 / 365, percent in millionths, worth in minor units.
      Exactly.product($0 * 1000, terms.holdingPercent.micros, over: 100 * 1_000_000 * 365)
    }
    let holding = self.holding
    margins = question.items.map { item in
      var level = terms.stockLevel
      if let short = item.short, let over = item.over {
        level = BaseStock.quantile(short: short, over: over)
      }
      return StandardNormal.quantile(millionths: level)
    }
    let byPeriod = question.periods.indices.map { period in
      survey.moments.indices.filter { survey.moments[$0].period == period }
    }
    var shelves: [Shelf?] = []
    for item in question.items.indices {
      for site in question.sites.indices {
        let ways = survey.inbound[item * question.sites.count + site]
        shelves.append(
          StockLedger.shelf(
            ways, byPeriod, holding: holding[item], terms: terms,
            handling: question.sites[site].handling))
      }
    }
    self.shelves = shelves
    let sites = question.sites.count
    supplies = question.demand.indices.map { position in
      let point = question.demand[position]
      var row: [Supply?] = [
        StockLedger.supply(point, survey.direct[position], byPeriod, nil, dayValue: dayValue)
      ]
      for site in 0..<sites {
        let hop = SupplySurvey.LastMile(
          item: point.item, site: site, destination: point.destination)
        guard let shelf = shelves[point.item * sites + site], let ways = survey.lastMile[hop] else {
          row.append(nil)
          continue
        }
        row.append(StockLedger.supply(point, ways, byPeriod, shelf, dayValue: dayValue))
      }
      return row
    }
  }

  private static func shelf(
    _ ways: [[SupplyWay]], _ byPeriod: [[Int]], holding: Int64, terms: StockTerms, handling: Int64
  ) -> Shelf? {
    var landed: [Int64] = []
    var emission: [Int64] = []
    var lead: Int64 = 0
    var isGuaranteed = true
    // Whoever keeps goods pays for those under way as for those on the shelf.
    let between = Exactly.product(holding, terms.reviewDays, over: 2)
    for moments in byPeriod {
      var cost: Int64 = 0
      var emitted: Int64 = 0
      var minutes: Int64 = 0
      for moment in moments {
        guard let way = ways[moment].best(dayValue: holding) else { return nil }
        cost += way.cost(dayValue: holding)
        emitted += way.emission
        minutes += way.minutes
        isGuaranteed = isGuaranteed && way.isGuaranteed
      }
      let count = Int64(moments.count)
      landed.append(cost / count + between + handling * 1000)
      emission.append(emitted / count)
      lead = max(lead, minutes / count)
    }
    return Shelf(
      coverDays: lead * 1000 / 1440 + terms.reviewDays * 1000, landed: landed, emission: emission,
      isGuaranteed: isGuaranteed)
  }

  private static func supply(
    _ point: DemandPoint, _ ways: [[SupplyWay]], _ byPeriod: [[Int]], _ shelf: Shelf?,
    dayValue: Int64
  ) -> Supply? {
    var total: (cost: Int64, wait: Int64, emission: Int64, waitCost: Int64) = (0, 0, 0, 0)
    var isGuaranteed = shelf?.isGuaranteed ?? true
    for (period, moments) in byPeriod.enumerated() {
      let pieces = point.pieces[period]
      var sum: (cost: Int64, minutes: Int64, emission: Int64) = (0, 0, 0)
      for moment in moments {
        guard let way = ways[moment].best(dayValue: dayValue) else { return nil }
        sum.cost += way.costThousandths
        sum.minutes += way.minutes
        sum.emission += way.emission
        isGuaranteed = isGuaranteed && way.isGuaranteed
      }
      let count = Int64(moments.count)
      let waited = Exactly.product(pieces, sum.minutes, over: count)
      let waitCost = Exactly.product(waited, dayValue, over: 1440 * 1000)
      total.wait += waited
      total.waitCost += waitCost
      total.cost +=
        waitCost
        + Exactly.product(pieces, sum.cost / count + (shelf?.landed[period] ?? 0), over: 1000)
      total.emission += Exactly.product(
        pieces, sum.emission / count + (shelf?.emission[period] ?? 0), over: 1000)
    }
    return Supply(
      cost: total.cost, wait: total.wait, emission: total.emission, isGuaranteed: isGuaranteed,
      waitCost: total.waitCost)
  }

  /// Variance of a point's pieces in a day, in thousandths.
  func variancePerDay(_ point: Int) -> Int64 {
    question.demand[point].variance.reduce(0, +) / max(1, question.spanDays)
  }

  /// What the margin for pooled demand costs over all periods.
  func marginCost(item: Int, site: Int, variancePerDay: Int64) -> Int64 {
    guard let shelf = shelves[item * question.sites.count + site] else { return 0 }
    let deviation = BaseStock.deviation(variancePerDay, shelf.coverDays)
    let margin = max(0, deviation * margins[item] / 1000)
    return Exactly.product(margin, holding[item] * question.spanDays, over: 1000)
  }
}
