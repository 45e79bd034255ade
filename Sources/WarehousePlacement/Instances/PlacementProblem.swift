/// A placement question in whole numbers: which sites to open, and which of them serves each client.
///
/// The least sum of opening costs of open sites and costs of service is looked for. Costs are non-negative; the
/// sum of everything that could be paid stays below ``greatestTotal``, so that scaled multipliers never overflow.
public struct PlacementProblem: Sendable {
  /// How demand meets capacity.
  public enum Service: String, Sendable {
    /// Sites have no limit; every client goes to its cheapest open site.
    case unlimited
    /// A client's demand may be split between sites; cost is pro rata.
    case split
    /// A client's demand comes from one site.
    case single
  }

  /// What is decided about a site beforehand.
  public enum Standing: UInt8, Sendable {
    /// The solver decides.
    case free = 0
    /// It is open.
    case open = 1
    /// It is closed.
    case closed = 2
  }

  /// The bound on ``greatestTotalCost``.
  public static let greatestTotal: Int64 = 1 << 52

  /// Cost of opening each site.
  public var opening: [Int64]
  /// Cost of serving each client.
  public var service: ServiceLists
  /// What may be left unserved, and at which cost; nil for a client that must be served.
  public var leaving: [Int64?]
  /// How demand meets capacity.
  public var sharing: Service
  /// Demands; of no meaning where service is unlimited.
  public var demand: [Int64]
  /// Capacities; of no meaning where service is unlimited.
  public var capacity: [Int64]
  /// What each site must hand out if it is open; empty where none must.
  public var least: [Int64] = []
  /// Which sites are levels of one place; nil where each is a place of its own.
  public var places: PlaceLevels?
  /// What is decided beforehand.
  public var standing: [Standing]
  /// Least and greatest number of open sites.
  public var count: ClosedRange<Int>
  /// Goods that sites keep or do not keep; nil where whoever is open serves everybody.
  public var stock: StockKeeping?
  /// Decimals of a cost: values are whole numbers of 10^-`decimals`.
  public var decimals: Int

  /// A problem without limits but those of the table.
  public init(_ table: SiteTable, sharing: Service, count: ClosedRange<Int>? = nil) {
    opening = table.opening
    service = table.service
    leaving = table.leaving ?? Array(repeating: nil, count: table.clientCount)
    self.sharing = sharing
    demand = table.demand
    capacity =
      table.capacity ?? Array(repeating: table.demand.reduce(0, +), count: table.siteCount)
    standing = Array(repeating: .free, count: table.siteCount)
    if let given = table.least, given.contains(where: { $0 > 0 }) { least = given }
    self.count = count ?? 0...table.siteCount
    decimals = table.decimals
    stock = table.stock
    // Costs of split demand are fractions; six decimals tell plans apart, as far as sums allow it.
    guard sharing == .split else { return }
    while decimals < 6, greatestTotalCost < Self.greatestTotal / 80 {
      decimals += 1
      opening = opening.map { $0 * 10 }
      service = service.filtered { _, _, cost in cost * 10 }
      leaving = leaving.map { cost in cost.map { $0 * 10 } }
    }
  }

  /// Number of sites.
  public var siteCount: Int { opening.count }
  /// Number of clients.
  public var clientCount: Int { service.clientCount }

  /// More than any plan can cost.
  public var greatestTotalCost: Int64 {
    var total: Int64 = opening.reduce(1, +) + (stock?.cost.reduce(0, +) ?? 0)
    for client in 0..<clientCount {
      let entries = service.entries(of: client)
      let dearest = entries.isEmpty ? 0 : service.cost[entries.upperBound - 1]
      total += max(dearest, leaving[client] ?? 0)
    }
    return total
  }
}
