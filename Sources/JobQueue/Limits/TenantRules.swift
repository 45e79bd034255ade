/// What was set for tenants, and for all jobs together: limits that no kind has of its own, and shares of fair queues.
///
/// It stands in `tradewind.job_limit` under the scope `*`, and in `tradewind.job_weight`; workers read it when they begin and each
/// time they measure.
struct TenantRules: Hashable, Sendable {
  /// The limit over all kinds and tenants.
  var ofAll: LimitScope?
  /// Tenants that have a limit over all their kinds.
  var ofTenants: [Int32: LimitScope] = [:]
  /// Shares of fair queues; a tenant that is not here has 1.
  var weights: [Int32: Int32] = [:]

  func weight(of tenant: Int32) -> Int { Int(weights[tenant] ?? 1) }
}

/// Which limit is meant: a row of `tradewind.job_limit`.
struct LimitScope: Hashable, Sendable, Comparable {
  /// A kind's name, or `*` for all kinds.
  let name: String
  /// 0: all tenants together.
  var tenant: Int32 = 0
  /// Whether it counts beginnings.
  let isRate: Bool

  static let ofAllKinds = "*"

  static func < (left: LimitScope, right: LimitScope) -> Bool {
    (left.name, left.tenant, left.isRate ? 1 : 0) < (right.name, right.tenant, right.isRate ? 1 : 0)
  }
}
