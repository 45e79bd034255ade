import LogisticsModel
import RouteGraph
import RoutePlanning

/// The bundle's tiers applied to one parcel: which may carry it, and which member of a front each takes.
struct TierRules {
  /// Tiers that take the goods class, with what they make least.
  let accepted: [(tier: Tier, objective: TierRule.Objective)]
  /// Tiers that do not.
  let refused: [Tier]
  /// Value of an hour in minor units of the quote's currency.
  let valueOfHour: Int64

  init(_ network: NetworkPlanner, goods: GoodsClass, currency: Currency, on date: CivilDate) {
    var accepted: [(Tier, TierRule.Objective)] = []
    var refused: [Tier] = []
    for rule in network.bundle.tiers {
      guard let tier = Tier(word: rule.tier) else { continue }
      if network.bundle.accepts(tier: rule.tier, goods: goods) {
        accepted.append((tier, rule.objective))
      } else {
        refused.append(tier)
      }
    }
    self.accepted = accepted.sorted { $0.0 < $1.0 }
    self.refused = refused.sorted()
    valueOfHour = network.valueOfHour(in: currency, on: date)
  }

  /// Positions of the winning members with the tiers each wins, in tier order.
  func winners(_ front: [PlanVector], ready: Int64) -> [(Int, [Tier])] {
    guard let best = TierWinners(front, ready: ready, valueOfHour: valueOfHour) else { return [] }
    var result: [(Int, [Tier])] = []
    for (tier, objective) in accepted {
      let position =
        switch objective {
        case .price: best.economy
        case .time: best.premium
        case .balance: best.standard
        }
      if let known = result.firstIndex(where: { $0.0 == position }) {
        result[known].1.append(tier)
      } else {
        result.append((position, [tier]))
      }
    }
    return result
  }
}
