/// Who gets the places and pieces that are left: first come, first served, whole orders only.
///
/// A pure decision over rows that the store holds locked; what it grants is what the store then writes.
public struct PlaceAllocation {
  /// Places of a departure.
  public struct Places: Hashable, Sendable {
    /// Most parcels; nil: nobody has set a limit.
    public let capacity: Int32?
    /// Parcels that have a place.
    public var reserved: Int32

    /// A departure as it stands.
    public init(capacity: Int32?, reserved: Int32) {
      self.capacity = capacity
      self.reserved = reserved
    }

    /// Whether one more has a place.
    var hasRoom: Bool { capacity.map { reserved < $0 } ?? true }
  }

  /// A stock figure's key.
  public struct StockKey: Hashable, Sendable {
    /// The node.
    public let node: String
    /// What lies there.
    public let sku: String

    /// A SKU at a node.
    public init(node: String, sku: String) {
      self.node = node
      self.sku = sku
    }
  }

  private var departures: [DepartureKey: Places]
  private var stock: [StockKey: StockLevel]

  /// Rows as they stand; a departure that is not there has no limit, stock that is not there is none.
  public init(departures: [DepartureKey: Places], stock: [StockKey: StockLevel]) {
    self.departures = departures
    self.stock = stock
  }

  /// Grants an order everything it wants, or nothing.
  ///
  /// - Returns: nil where it is granted; else what is full or short.
  public mutating func grant(_ plan: BookingPlan) -> BookingAnswer? {
    let missing = plan.order.lines.filter { line in
      let level = stock[StockKey(node: line.node, sku: line.sku)]
      return (level?.available(to: plan.order.channel) ?? 0) < line.quantity
    }
    guard missing.isEmpty else { return .short(missing) }
    // A plan may board one departure once only, so a place each is all it wants.
    let full = plan.departures.filter { !(departures[$0]?.hasRoom ?? true) }
    guard full.isEmpty else { return .full(full) }
    for line in plan.order.lines {
      stock[StockKey(node: line.node, sku: line.sku)]?.reserved += line.quantity
    }
    for departure in plan.departures { departures[departure]?.reserved += 1 }
    return nil
  }
}
