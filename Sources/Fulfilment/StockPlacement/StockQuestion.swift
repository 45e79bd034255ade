public import LogisticsModel

/// What is asked: which sites to open for which goods, and how much to keep there.
///
/// Money is in thousandths of a minor unit of ``StockTerms/currency`` wherever a name ends in `Thousandths`, pieces are
/// in thousandths as forecasts are seldom whole.
public struct StockQuestion: Sendable {
  /// The goods.
  public var items: [StockItem]
  /// Who asks for them.
  public var demand: [DemandPoint]
  /// The periods demand is given for, in order, without overlap.
  public var periods: [StockPeriod]
  /// Sites that may be opened.
  public var sites: [StockSite]
  /// What holds for everything.
  public var terms: StockTerms

  /// Asks.
  public init(
    items: [StockItem], demand: [DemandPoint], periods: [StockPeriod], sites: [StockSite],
    terms: StockTerms
  ) {
    self.items = items
    self.demand = demand
    self.periods = periods
    self.sites = sites
    self.terms = terms
  }

  /// Days of all periods together.
  public var spanDays: Int64 { periods.reduce(0) { $0 + Int64($1.days) } }
}

/// One SKU.
public struct StockItem: Sendable {
  /// Its name.
  public var sku: String
  /// Where it is made.
  public var origin: NodeID
  /// One piece as a parcel.
  public var parcel: Parcel
  /// One piece as a line of an order: heading and value.
  public var line: OrderLine
  /// Percent of ordinary duty, where the bundle's rules ask for a tariff rate; nil: not known.
  public var dutyPercent: Decimal6?
  /// What a piece that is missing costs, in minor units; nil: the terms' stock level holds.
  public var short: Int64?
  /// What a piece that is left over costs, in minor units.
  public var over: Int64?

  /// A SKU of which nothing is known but the piece.
  public init(sku: String, origin: NodeID, parcel: Parcel, line: OrderLine) {
    self.sku = sku
    self.origin = origin
    self.parcel = parcel
    self.line = line
  }
}

/// Demand for one SKU at one destination, by period.
public struct DemandPoint: Sendable {
  /// Position among the items.
  public var item: Int
  /// Where it goes.
  public var destination: NodeID
  /// Thousandths of a piece expected in each period.
  public var pieces: [Int64]
  /// Thousandths of the variance of each period's pieces.
  public var variance: [Int64]

  /// Demand by period.
  public init(item: Int, destination: NodeID, pieces: [Int64], variance: [Int64]) {
    self.item = item
    self.destination = destination
    self.pieces = pieces
    self.variance = variance
  }
}

/// A stretch of days over which demand is even.
public struct StockPeriod: Sendable, Hashable {
  /// Its first day.
  public var first: CivilDate
  /// How many days it has.
  public var days: Int

  /// Days from the first on.
  public init(first: CivilDate, days: Int) {
    self.first = first
    self.days = days
  }

  /// Its last day.
  public var last: CivilDate { first.adding(days: days - 1) }
}

/// A place where stock may be kept.
public struct StockSite: Sendable {
  /// The node of the network.
  public var node: NodeID
  /// Cost of opening it for all periods, in minor units.
  public var opening: Int64
  /// Cost of keeping one SKU there for all periods, in minor units.
  public var keeping: Int64
  /// Cost of taking a piece in and out, in minor units.
  public var handling: Int64
  /// True: it is open anyway; false: it stays closed; nil: to be decided.
  public var isOpen: Bool?

  /// A candidate.
  public init(node: NodeID, opening: Int64, keeping: Int64, handling: Int64, isOpen: Bool? = nil) {
    self.node = node
    self.opening = opening
    self.keeping = keeping
    self.handling = handling
    self.isOpen = isOpen
  }
}

/// What holds for all goods and sites.
public struct StockTerms: Sendable {
  /// How sure a promised day is.
  public var level: ServiceLevel
  /// Currency of all costs.
  public var currency: Currency
  /// What a day less is worth for one parcel, in thousandths of a minor unit.
  public var dayValue: Int64
  /// The carton bulk goods travel in.
  public var carton: BulkCarton.Limits
  /// Cartons that are declared together.
  public var cartonsDeclared: Int
  /// Percent of a piece's worth that a year of keeping it costs, in millionths of a percent.
  public var holdingPercent: Decimal6
  /// Days between orders to a site.
  public var reviewDays: Int64
  /// How often stock shall last, in millionths, for items that do not say what running out costs.
  public var stockLevel: Int64
  /// Most sites open at once; nil: any number.
  public var greatestSites: Int?
  /// Programmes the seller is registered for.
  public var programmes: Set<String>
  /// Minutes after midnight UTC at which orders come in on the days that are tried.
  public var orderMinute: Int64
  /// Days of each period that are tried: their promised days are averaged.
  public var daysTried: Int

  /// Terms, all of them.
  public init(
    level: ServiceLevel, currency: Currency, dayValue: Int64, carton: BulkCarton.Limits,
    cartonsDeclared: Int, holdingPercent: Decimal6, reviewDays: Int64, stockLevel: Int64,
    greatestSites: Int? = nil, programmes: Set<String> = [], orderMinute: Int64 = 720,
    daysTried: Int = 1
  ) {
    self.level = level
    self.currency = currency
    self.dayValue = dayValue
    self.carton = carton
    self.cartonsDeclared = cartonsDeclared
    self.holdingPercent = holdingPercent
    self.reviewDays = reviewDays
    self.stockLevel = stockLevel
    self.greatestSites = greatestSites
    self.programmes = programmes
    self.orderMinute = orderMinute
    self.daysTried = daysTried
  }
}
