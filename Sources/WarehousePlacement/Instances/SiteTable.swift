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
}
