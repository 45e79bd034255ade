public import PostgresClient

/// Quotes, promises, shipments, places and stock of one tenant, in PostgreSQL.
///
/// The only place that names their tables; it conforms to the storage protocols of `Fulfilment` and decides nothing itself.
///
/// ```swift
/// let store = ShipmentStore(pool, tenant: 1, queries: try QueryCatalogue.read("sql/queries").table())
/// var desk = BookingDesk(network, versions: versions, archive: store, ledger: store)
/// ```
public struct ShipmentStore: Sendable {
  /// Where its connections come from.
  public let pool: Pool
  /// Whose rows it reads and writes.
  public let tenant: Int32
  let queries: QueryTable<StoreQuery>

  /// How often something is tried again that lost against another transaction or a restart of the server.
  static let attempts = 8

  /// The store of a tenant.
  ///
  /// - Parameters:
  ///   - pool: connections of a role that may read and write rows (`tradewind_service`), best with `plansOnce`: planning
  ///     anew for every booking takes a third of its time.
  ///   - tenant: whose rows.
  ///   - queries: those of `sql/queries`.
  public init(_ pool: Pool, tenant: Int32, queries: QueryTable<StoreQuery>) {
    self.pool = pool
    self.tenant = tenant
    self.queries = queries
  }
}

/// Something stored that does not fit: coded, with what to do.
public struct StoreFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Stable code such as `TW-STO-001`.
  public let code: String
  /// What, which value.
  public let message: String
  /// What to try.
  public let advice: String

  /// The lines shown to people.
  public var description: String { "error \(code): \(message)\n  \(advice)" }

  /// A quote of that id is there with other contents.
  public static let quoteDiffers = "TW-STO-001"
  /// A row cannot be read: it was written by another version.
  public static let unreadable = "TW-STO-002"
  /// A limit below what is taken already.
  public static let belowReserved = "TW-STO-003"

  static func unreadable(_ what: String) -> StoreFault {
    StoreFault(
      code: unreadable, message: "\(what) cannot be read",
      advice: "it was written by another version of tradewind; migrate, or upgrade")
  }
}
