import LogisticsModel
import RoutePlanning
import Tariffs

extension QuoteRefusal {
  /// The refusal without fixes that name a tier which in the end has no offer either.
  func naming(only tiers: [Tier]) -> QuoteRefusal {
    QuoteRefusal(
      tier: tier, code: code, rule: rule, message: message,
      fixes: fixes.filter { fix in
        fix.change != "tier" || tiers.contains { $0.word == fix.to }
      })
  }
}

extension QuoteDesk {
  /// The landed price of an option as planned.
  func landing(
    _ option: QuoteOption, _ question: NetworkPlanner.Question, _ order: OrderTerms
  ) -> Result<Landing, Refusal> {
    landing(
      option.legs.map(\.leg), timing: option.timing, freight: option.freight, question, order)
  }

  /// Refuses every tier whose way has no landed price that can be answered for.
  ///
  /// Fixes: the tiers that have one; the first of programmes with which this way has one; an estimate, where one can
  /// be made. All of them have been tried.
  func unpricedTiers(
    _ unpriced: [(option: QuoteOption, refusal: Refusal)], options: [QuoteOption],
    _ question: NetworkPlanner.Question, _ order: OrderTerms
  ) -> [QuoteRefusal] {
    unpriced.flatMap { option, refusal in
      var fixes = options.flatMap(\.tiers).sorted().map {
        QuoteRefusal.Fix(change: "tier", to: $0.word)
      }
      func works(_ change: (inout OrderTerms) -> Void) -> Bool {
        var changed = order
        change(&changed)
        if case .success = landing(option, question, changed) { return true }
        return false
      }
      let programme = network.tariff.imports.programmes.first { word in
        !order.programmes.contains(word) && works { $0.programmes.insert(word) }
      }
      if let programme { fixes.append(.init(change: "programme", to: programme)) }
      if !order.allowsEstimate, works({ $0.allowsEstimate = true }) {
        fixes.append(.init(change: "allow_estimate", to: "true"))
      }
      return option.tiers.map { tier in
        QuoteRefusal(
          tier: tier, code: refusal.code.word, rule: refusal.rule,
          message: "\(tier.word) has no landed price that can be guaranteed: \(refusal)",
          fixes: fixes)
      }
    }
  }
}
