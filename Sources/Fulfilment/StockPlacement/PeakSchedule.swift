public import LogisticsModel
public import RoutePlanning
public import WarehousePlacement

/// When to send how much to every shelf, so that it is there when its period begins, at least cost.
///
/// Each period needs the newsvendor's quantity of its own demand, less what the period before is expected to leave
/// over. Of all days on which goods may leave and all ways they may take, the cheapest that arrives in time is chosen;
/// goods that arrive early are paid for day by day until they are needed. So a peak is stocked ahead where the peak's
/// own prices are dearer than the days of waiting, and told to be late where nothing arrives in time.
public struct PeakSchedule: Sendable {
  /// One consignment.
  public struct Consignment: Sendable {
    /// The SKU's position.
    public let item: Int
    /// The site's position.
    public let site: Int
    /// The period it is for.
    public let period: Int
    /// Whole pieces.
    public let pieces: Int64
    /// The day it leaves.
    public let leaves: CivilDate
    /// The day it is there, at the service level.
    public let arrives: CivilDate
    /// Days it lies there before the period begins; below nought: it is late.
    public let daysEarly: Int
    /// Freight, duty and fees of a piece, and what it costs until the period begins; thousandths of a minor unit.
    public let costThousandths: Int64
    /// The same for the cheapest that leaves last and is still in time; nil where that is this one, or there is none.
    public let lastCostThousandths: Int64?
  }

  /// Goods moved from one site to another when a period has ended.
  public struct Transfer: Sendable {
    /// The SKU's position.
    public let item: Int
    /// From where to where.
    public let from: Int, to: Int
    /// The period that has ended.
    public let period: Int
    /// Whole pieces.
    public let pieces: Int64
    /// What moving a piece costs, and what bringing one from where it is made would; thousandths of a minor unit.
    public let moving: Int64, instead: Int64
  }

  /// What leaves when, by site, SKU and period.
  public private(set) var consignments: [Consignment] = []
  /// What is worth moving.
  public private(set) var transfers: [Transfer] = []
  /// Pairs of sites that were looked at and why nothing is moved: no surplus meets a need, no plan, or too dear.
  public private(set) var refusedTransfers: (noPlan: Int, tooDear: Int) = (0, 0)

  /// Days between two days on which goods may leave.
  static let daysBetween = 7

  /// Makes the schedule of a plan.
  ///
  /// - Parameters:
  ///   - plan: the plan.
  ///   - placement: what it is a plan of.
  ///   - now: nothing leaves before.
  ///   - network: the network.
  ///   - spread: how work is shared out.
  /// - Throws: where exact arithmetic ends.
  /// - Complexity: one exact search for each shelf and week until the last period begins.
  public init(
    _ plan: StockPlacement.Plan, of placement: StockPlacement, now: Instant,
    on network: NetworkPlanner, spread: Spread = .inOrder
  ) throws(RequestFault) {
    let question = placement.question
    let shelves = placement.shelves(plan)
    guard let last = question.periods.last, !shelves.isEmpty else { return }
    let today = CivilDate(days: Int((now.minutes + 1439) / 1440))
    var days: [CivilDate] = []
    var day = today
    while day <= last.first {
      days.append(day)
      day = day.adding(days: PeakSchedule.daysBetween)
    }
    if days.isEmpty { days = [last.first] }
    let ways = try SupplySurvey.inbound(
      shelves.map { ($0.item, $0.site) }, leaving: days, question, on: network, spread: spread)
    for (shelf, options) in zip(shelves, ways) {
      var carried: Int64 = 0
      for period in question.periods.indices {
        let deviation = BaseStock.deviation(shelf.variance[period], 1000)
        let margin = placement.ledger.margins[shelf.item]
        let need = shelf.mean[period] + deviation * margin / 1000
        let missing = max(0, need - carried)
        carried = PeakSchedule.leftover(max(need, carried) - shelf.mean[period], deviation)
        guard missing > 0 else { continue }
        let start = Int64(question.periods[period].first.days) * 1440
        if let best = PeakSchedule.best(
          options, days, start: start, holding: placement.ledger.holding[shelf.item])
        {
          consignments.append(
            Consignment(
              item: shelf.item, site: shelf.site, period: period, pieces: (missing + 999) / 1000,
              leaves: best.leaves, arrives: best.arrives,
              daysEarly: question.periods[period].first.days(since: best.arrives),
              costThousandths: best.cost, lastCostThousandths: best.lastCost))
        }
      }
    }
    try rebalance(shelves, placement, on: network)
  }

  private struct Choice {
    var leaves: CivilDate
    var arrives: CivilDate
    var cost: Int64
    var lastCost: Int64?
  }

  /// The cheapest way that is in time; where there is none, the one that is there first.
  private static func best(
    _ options: [[SupplyWay]], _ days: [CivilDate], start: Int64, holding: Int64
  ) -> Choice? {
    var inTime: Choice?
    var lastInTime: Choice?
    var first: (choice: Choice, arrival: Int64)?
    for (day, ways) in zip(days, options) {
      var ofDay: Choice?
      for way in ways {
        let arrival = Int64(day.days) * 1440 + way.minutes
        let arrives = CivilDate(days: Int((arrival + 1439) / 1440))
        let early = max(0, start - arrival)
        let cost =
          way.costThousandths + Exactly.product(holding, way.minutes + early, over: 1440)
        let choice = Choice(leaves: day, arrives: arrives, cost: cost)
        if arrival < first?.arrival ?? .max { first = (choice, arrival) }
        guard arrival <= start, cost < ofDay?.cost ?? .max else { continue }
        ofDay = choice
      }
      guard let ofDay else { continue }
      lastInTime = ofDay
      if ofDay.cost < inTime?.cost ?? .max { inTime = ofDay }
    }
    guard var best = inTime else { return first?.choice }
    if let lastInTime, lastInTime.leaves != best.leaves { best.lastCost = lastInTime.cost }
    return best
  }

  /// What is left over on average of stock that exceeds the mean by `more`, all in thousandths.
  static func leftover(_ more: Int64, _ deviation: Int64) -> Int64 {
    guard deviation > 0 else { return max(0, more) }
    let z = max(-4000, min(4000, Exactly.product(more, 1000, over: deviation)))
    if z == 4000 { return more }
    return Exactly.product(
      deviation, StandardNormal.expectedLeftover(thousandths: z), over: 1_000_000)
  }

  // MARK: after the peak

  /// Moves what one site has too much of to where it is short, where that is cheaper than bringing new goods.
  private mutating func rebalance(
    _ shelves: [StockPlacement.Shelf], _ placement: StockPlacement, on network: NetworkPlanner
  ) throws(RequestFault) {
    let question = placement.question
    for item in question.items.indices {
      let own = shelves.filter { $0.item == item }
      guard own.count > 1 else { continue }
      for period in question.periods.indices.dropLast() {
        var surplus: [Int: Int64] = [:]
        var short: [Int: Int64] = [:]
        for shelf in own {
          let left = PeakSchedule.leftover(
            BaseStock.deviation(shelf.variance[period], 1000) * placement.ledger.margins[item]
              / 1000, BaseStock.deviation(shelf.variance[period], 1000))
          let need =
            shelf.mean[period + 1] + BaseStock.deviation(shelf.variance[period + 1], 1000)
            * placement.ledger.margins[item] / 1000
          if left > need { surplus[shelf.site] = (left - need) / 1000 }
          if need > left { short[shelf.site] = (need - left) / 1000 }
        }
        var moves: [(from: Int, to: Int, moving: Int64, instead: Int64)] = []
        for from in surplus.keys.sorted() where surplus[from, default: 0] > 0 {
          for to in short.keys.sorted() where short[to, default: 0] > 0 {
            let day = question.periods[period].last
            guard
              let way = try SupplySurvey.transfer(
                item, from: from, to: to, leaving: day, question, on: network)
            else {
              refusedTransfers.noPlan += 1
              continue
            }
            let shelf = placement.ledger.shelves[item * question.sites.count + to]
            let instead = shelf?.landed[period + 1] ?? 0
            if way.costThousandths < instead {
              moves.append((from, to, way.costThousandths, instead))
            } else {
              refusedTransfers.tooDear += 1
            }
          }
        }
        moves.sort { $0.instead - $0.moving > $1.instead - $1.moving }
        for move in moves {
          let pieces = min(surplus[move.from, default: 0], short[move.to, default: 0])
          guard pieces > 0 else { continue }
          surplus[move.from, default: 0] -= pieces
          short[move.to, default: 0] -= pieces
          transfers.append(
            Transfer(
              item: item, from: move.from, to: move.to, period: period, pieces: pieces,
              moving: move.moving, instead: move.instead))
        }
      }
    }
  }
}
