public import LogisticsModel
public import RoutePlanning
import Tariffs

/// One shop's order that might travel together with others to the same address.
public struct PoolOrder: Hashable, Sendable {
  /// Name it goes by in the answer.
  public var id: String
  /// What is asked for it alone.
  public var request: QuoteRequest
  /// Tier it is sold in.
  public var tier: Tier
  /// The date already promised for it; nil: the one its own quote promises.
  public var promised: CivilDate?

  /// Makes an order of the standard tier.
  public init(
    id: String, request: QuoteRequest, tier: Tier = .standard, promised: CivilDate? = nil
  ) {
    self.id = id
    self.request = request
    self.tier = tier
    self.promised = promised
  }
}

/// Several orders to one address, priced as separate parcels and as one consignment.
///
/// The model: the orders are joined at one place, once the last of them is there, and travel on as one parcel of their
/// joint weight, value and lines, stacked on their largest faces. Orders that start at one node are joined there, at the
/// latest ready time. Orders of different origins are joined at a hub that a pickup leg reaches from each of them; every
/// order pays its own pickup, and the consignment is complete at the last minute at which any of them can still arrive,
/// so that the joint promise holds at least as surely as asked.
public struct PoolPlan: Sendable {
  /// One order by itself.
  public struct Separate: Sendable {
    /// The order.
    public let order: PoolOrder
    /// Its quote.
    public let quote: Quote
    /// The option of its tier; nil: the quote says why.
    public let option: QuoteOption?

    /// The date to keep.
    public var promised: CivilDate? { order.promised ?? option?.deliverBy }
    /// What it costs: landed where that was asked for, freight otherwise.
    public var price: Money? { option.map { $0.landing?.price.total ?? $0.freight } }
  }

  /// A pickup that brings one order to the place of joining.
  public struct FirstMile: Sendable {
    /// The leg and its charge.
    public let leg: QuoteLeg
    /// The last minute at which the order can still arrive.
    public let arrivesBy: Instant
  }

  /// All orders as one parcel.
  public struct Consignment: Sendable {
    /// What is asked of the planner: from the place of joining, when all are there.
    public let question: NetworkPlanner.Question
    /// One for each order in their order; empty where they start at the place of joining.
    public let firstMiles: [FirstMile]
    /// The way on, with its own freight.
    public let option: QuoteOption
    /// Freight in all, first miles included.
    public let freight: Money
    /// The landed price; nil where only freight was asked for.
    public let landing: Landing?

    /// What it costs: landed where that was asked for, freight otherwise.
    public var price: Money { landing?.price.total ?? freight }
  }

  /// What to do, and the one reason for it.
  public enum Advice: String, Sendable {
    /// Pool: every promised date holds, and it is cheaper.
    case pool
    /// Send separately: they cannot be joined.
    case cannotPool = "cannot_pool"
    /// Send separately: a promised date would break.
    case datesBreak = "dates_break"
    /// Send separately: pooling is no cheaper.
    case noCheaper = "no_cheaper"
    /// Send separately: the separate prices can be guaranteed, the joint one cannot.
    case notGuaranteed = "not_guaranteed"
    /// Neither: some order has no offer by itself.
    case noOffer = "no_offer"
  }

  /// When the plan was made.
  public let asOf: Instant
  /// Bundle label.
  public let bundle: String
  /// Currency of all prices.
  public let currency: Currency
  /// The orders by themselves.
  public let separate: [Separate]
  /// The orders together; nil: see ``obstacle``.
  public internal(set) var consignment: Consignment?
  /// Why they cannot travel together, or have no price together.
  public internal(set) var obstacle: QuoteRefusal?
  /// The last minute at which the consignment may be complete so that every promised date holds on a way that is cheaper
  /// than sending the orders separately, with that way; nil where there is none.
  public internal(set) var latestSafeWait: DeadlinePlan.Way?
  /// The same over all ways, whatever they cost; nil where none keeps every date however early the consignment is complete.
  public internal(set) var lastChance: DeadlinePlan.Way?

  /// The earliest of the promised dates: the one that binds all; nil where an order has none.
  public var earliestPromised: CivilDate? {
    let dates = separate.compactMap(\.promised)
    return dates.count == separate.count ? dates.min() : nil
  }

  /// Orders without a size, where others have one: the consignment then has none either, and no volumetric weight.
  public var unsized: [String] {
    let bare = separate.filter { $0.quote.question.parcel.dimensions == nil }
    return bare.count == separate.count ? [] : bare.map(\.order.id)
  }

  /// Whether the consignment keeps every promised date.
  public var keepsDates: Bool {
    guard let consignment, let earliestPromised else { return false }
    return consignment.option.deliverBy <= earliestPromised
  }

  /// The sum of the separate prices; nil where an order has none.
  public var separatePrice: Money? { sum { $0.price } }

  /// The sum of the separate freights; nil where an order has none.
  public var separateFreight: Money? { sum { $0.option?.freight } }

  private func sum(_ price: (Separate) -> Money?) -> Money? {
    var units: Int64 = 0
    for one in separate {
      guard let price = price(one),
        case let (next, overflow) = units.addingReportingOverflow(price.minorUnits), !overflow
      else { return nil }
      units = next
    }
    return Money(minorUnits: units, currency)
  }

  /// What pooling saves; negative: what it costs more.
  public var saving: Money? {
    guard let consignment, let apart = separatePrice else { return nil }
    return Money(minorUnits: apart.minorUnits - consignment.price.minorUnits, currency)
  }

  /// What to do.
  public var advice: Advice {
    guard let saving else {
      return separate.contains { $0.option == nil } ? .noOffer : .cannotPool
    }
    guard keepsDates else { return .datesBreak }
    let isSafe = separate.allSatisfy { $0.option?.landing?.price.isGuaranteed ?? true }
    if isSafe, consignment?.landing.map({ !$0.price.isGuaranteed }) ?? false {
      return .notGuaranteed
    }
    return saving.minorUnits > 0 ? .pool : .noCheaper
  }
}
