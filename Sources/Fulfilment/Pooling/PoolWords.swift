public import LogisticsModel
import RouteGraph
public import RoutePlanning
import Tariffs

/// What a pool plan comes to, in words.
public struct PoolWords {
  private let plan: PoolPlan
  private let network: NetworkPlanner

  /// Words for one plan.
  public init(_ plan: PoolPlan, _ network: NetworkPlanner) {
    self.plan = plan
    self.network = network
  }

  /// The zone of the place of joining, or of the first order where there is none.
  public var joiningZone: ZoneTable {
    network.bundle.zone(
      of: plan.consignment?.question.origin ?? plan.separate[0].quote.question.origin)
  }

  /// Days by which an order would miss its promised date in the consignment; nil where it would not.
  public func daysLate(_ one: PoolPlan.Separate) -> Int? {
    guard let consignment = plan.consignment, let promised = one.promised else { return nil }
    let days = consignment.option.deliverBy.days(since: promised)
    return days > 0 ? days : nil
  }

  /// Why an order has no offer in its tier.
  public func refusals(_ one: PoolPlan.Separate) -> [QuoteRefusal] {
    one.quote.refusals.filter { $0.tier == nil || $0.tier == one.order.tier }
  }

  /// What to do and why, one sentence a line.
  public func advice() -> [String] {
    let zone = network.bundle.zone(of: plan.separate[0].quote.question.destination).name
    var lines: [String] = []
    switch plan.advice {
    case .pool:
      lines.append("pool: saves \(money(plan.saving)), and every promised date holds")
    case .cannotPool:
      let why = plan.obstacle.map { "\($0.message) [\($0.code)]" } ?? "no joint price"
      lines.append("send separately: \(why)")
    case .datesBreak:
      lines.append("send separately: waiting would break a promised date")
    case .noCheaper:
      lines.append("send separately: pooling costs \(cost(plan.saving)) more")
    case .notGuaranteed:
      lines.append("send separately: the joint price cannot be guaranteed, the separate ones can")
    case .noOffer:
      lines.append("no advice: an order has no offer by itself")
    }
    if plan.advice == .datesBreak, let consignment = plan.consignment {
      for one in plan.separate {
        guard let days = daysLate(one), let promised = one.promised else { continue }
        lines.append(
          "order \(one.order.id): promised \(promised.spoken(zone: zone)), pooled "
            + "\(consignment.option.deliverBy.spoken(zone: zone)), \(days) day\(days == 1 ? "" : "s") late"
        )
      }
      if let saving = plan.saving {
        lines.append(
          saving.minorUnits > 0
            ? "waiting would save \(saving)"
            : "waiting would cost \(cost(saving)) more")
      }
    }
    if !plan.unsized.isEmpty {
      lines.append(
        "not known: the size of \(plan.unsized.joined(separator: ", ")), so no volumetric weight is "
          + "counted for the consignment")
    }
    if let wait = plan.latestSafeWait {
      lines.append("latest safe wait: \(words(wait))")
    }
    if let chance = plan.lastChance {
      if chance.readyBy != plan.latestSafeWait?.readyBy {
        lines.append("last chance for every date, whatever it costs: \(words(chance))")
      }
    } else if plan.consignment != nil {
      lines.append("no chance for every date, however early all orders are there")
    }
    return lines
  }

  private func words(_ way: DeadlinePlan.Way) -> String {
    let legs = way.option.legs.map { network.bundle.legs.name(of: $0.leg) }
    return "all orders there by \(spoken(way.readyBy)), "
      + "freight \(way.option.freight) from there over " + legs.joined(separator: " ")
  }

  /// A moment at the place of joining.
  public func spoken(_ instant: Instant) -> String {
    let local = joiningZone.local(instant)
    let name = joiningZone.name
    let city = name.split(separator: "/").last.map(String.init) ?? name
    return "\(local.date.spoken) \(local.clock) (\(String(city.map { $0 == "_" ? " " : $0 })))"
  }

  private func money(_ amount: Money?) -> String { amount.map { "\($0)" } ?? "an unknown amount" }

  private func cost(_ saving: Money?) -> String {
    money(saving.map { Money(minorUnits: -$0.minorUnits, $0.currency) })
  }
}
