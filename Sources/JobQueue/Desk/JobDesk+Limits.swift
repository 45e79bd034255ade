import PostgresClient

extension JobDesk {
  /// A limit over all workers, or a tenant's share of fair queues.
  public struct LimitEntry: Hashable, Sendable {
    /// A kind's name; nil: all kinds.
    public let kind: String?
    /// nil: all tenants together.
    public let tenant: Int32?
    /// What may run at once, or begin in a minute; nil: only a share is set.
    public let limit: JobLimit?
    /// What workers hold of a limit of what may run at once.
    public let held: Int64
    /// Jobs a fair queue gives the tenant for each that one without a share gets.
    public let weight: Int32

    /// An entry of a list.
    public init(kind: String?, tenant: Int32?, limit: JobLimit?, held: Int64, weight: Int32) {
      self.kind = kind
      self.tenant = tenant
      self.limit = limit
      self.held = held
      self.weight = weight
    }
  }

  /// All limits and shares: of kinds, of all jobs together, of tenants.
  ///
  /// - Throws: `PostgresError`.
  public func limits() async throws -> [LimitEntry] {
    try await pool.withConnection { connection in
      try await connection.query(queries[.listLimits]).map { row in
        let (scope, tenant, cap, perMinute, held, weight) = try row.decode(
          String.self, Int32.self, Int32?.self, Int32?.self, Int64?.self, Int32?.self)
        let limit = cap.map { cap -> JobLimit in
          guard let perMinute, perMinute > 0 else { return .atOnce(cap) }
          return .perMinute(perMinute)
        }
        return LimitEntry(
          kind: scope == LimitScope.ofAllKinds ? nil : scope, tenant: tenant == 0 ? nil : tenant,
          limit: limit, held: held ?? 0, weight: weight ?? 1)
      }
    }
  }

  /// Limits all jobs together, or those of a tenant in fair queues; workers heed it when they measure next.
  ///
  /// - Parameters:
  ///   - limit: How many; nil: as many as there are.
  ///   - tenant: Whose; nil: all together.
  /// - Throws: `PostgresError`.
  /// - Precondition: A tenant's number is not 0.
  public func setLimit(_ limit: JobLimit?, ofTenant tenant: Int32?) async throws {
    precondition(tenant != 0, "0 stands for all tenants")
    try await pool.withConnection { connection in
      guard let limit else {
        try await connection.query(queries[.removeLimit], LimitScope.ofAllKinds, tenant ?? 0)
        return
      }
      try await connection.query(
        queries[.setLimit], LimitScope.ofAllKinds, limit.cap, limit.perMinute, tenant ?? 0)
    }
  }

  /// Sets a tenant's share of fair queues: so many jobs for each that a tenant without a share gets.
  ///
  /// - Throws: `PostgresError`, where it is not within 1...100.
  public func setWeight(_ weight: Int32, ofTenant tenant: Int32) async throws {
    try await pool.withConnection { connection in
      try await connection.query(queries[.setWeight], tenant, weight)
    }
  }
}
