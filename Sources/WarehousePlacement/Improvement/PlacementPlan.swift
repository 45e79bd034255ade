/// A set of open sites and who is served from where.
public struct PlacementPlan: Sendable, Hashable {
  /// A part of a client's demand handed out by a site.
  public struct Delivery: Sendable, Hashable {
    /// The client.
    public let client: Int
    /// The site.
    public let site: Int
    /// Units of demand; nought where service is unlimited.
    public let quantity: Int64

    /// Makes a delivery.
    public init(client: Int, site: Int, quantity: Int64) {
      self.client = client
      self.site = site
      self.quantity = quantity
    }
  }

  /// Open sites, ascending, from 0.
  public let open: [Int]
  /// Who is served from where; clients that are left out are not served.
  public let deliveries: [Delivery]
  /// What it costs in units of the instance; where demand is split, rounded up to a whole unit once.
  public let cost: Int64

  /// Makes a plan.
  public init(open: [Int], deliveries: [Delivery], cost: Int64) {
    self.open = open
    self.deliveries = deliveries
    self.cost = cost
  }
}
