/// An instance as a file gives it: sites, clients and what service costs, before anything is asked of it.
///
/// Costs are whole numbers of 10^-`decimals`, quantities of 10^-`quantityDecimals`: exact, whatever the file
/// wrote. Sites and clients are numbered from 0 here and from 1 in every format read.
public struct SiteTable: Sendable {
  /// Cost of opening each site.
  public var opening: [Int64]
  /// What a site can hand out; nil where the format has no capacities.
  public var capacity: [Int64]?
  /// What each client needs.
  public var demand: [Int64]
  /// Cost of serving a client's whole demand.
  public var service: ServiceLists
  /// Decimals of a cost.
  public var decimals: Int
  /// Decimals of demands and capacities.
  public var quantityDecimals: Int
  /// How many sites the file says are to be opened.
  public var sitesWanted: Int?
  /// Goods that sites keep or do not keep; nil where the format knows of none.
  public var stock: StockKeeping?
  /// Days of each entry of ``service``; nil where the format knows of none.
  public var days: [Int64]?
  /// What leaving a client out costs; nil for one that must be served, or where all must.
  public var leaving: [Int64?]?
  /// What each site must hand out if it is open; nil where none must.
  public var least: [Int64]?
  /// Levels at which sites may be opened, in place of what stands above; none where the format knows of none.
  public var levels: [SiteLevel] = []

  /// Makes a table.
  public init(
    opening: [Int64], capacity: [Int64]? = nil, demand: [Int64], service: ServiceLists,
    decimals: Int = 0, quantityDecimals: Int = 0, sitesWanted: Int? = nil
  ) {
    self.opening = opening
    self.capacity = capacity
    self.demand = demand
    self.service = service
    self.decimals = decimals
    self.quantityDecimals = quantityDecimals
    self.sitesWanted = sitesWanted
  }

  /// Number of sites.
  public var siteCount: Int { opening.count }
  /// Number of clients.
  public var clientCount: Int { demand.count }

  /// Whether no sum of costs or quantities can exceed ``PlacementProblem/greatestTotal``.
  var isWithinReach: Bool {
    func fits(_ values: some Sequence<Int64>) -> Bool {
      var total: Int64 = 0
      for value in values {
        total += value
        if total >= PlacementProblem.greatestTotal { return false }
      }
      return true
    }
    let dearest = (0..<clientCount).lazy.map { client in
      let entries = service.entries(of: client)
      return max(
        entries.isEmpty ? 0 : service.cost[entries.upperBound - 1], leaving?[client] ?? 0)
    }
    return fits(opening) && fits(dearest) && fits(demand) && fits(capacity ?? [])
      && fits(stock?.cost ?? []) && fits(least ?? []) && fits(levels.map(\.opening))
      && fits(levels.map(\.capacity)) && fits(levels.map(\.least))
  }
}
