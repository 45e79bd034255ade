import PostgresClient

/// What is claimed in one statement: some kinds of one queue.
///
/// Kinds with a limit have a lane of their own, so that a claim never brings more of them than the worker holds of the limit; so have
/// tenants with one in fair queues. Where both have one, the lane is of those kinds for that tenant, and needs some of both.
struct ClaimLane: Hashable, Sendable {
  let queue: Int16
  let isFair: Bool
  let kinds: [Int32]
  /// The limit of its kinds.
  let limit: LimitScope?
  /// Only this tenant's jobs; nil: those of all tenants that have no lane of their own.
  var tenant: Int32?
}

/// A claim to be made.
struct ClaimOrder: Hashable, Sendable {
  let lane: Int
  let count: Int
  let reach: FloorCursor.Reach
  /// Levels in the order wanted, each with its bound; of a fair lane the bounds count for nothing.
  let levels: [Int16]
  let floors: [FloorCursor.Floor]
  /// The tenant behind which a fair claim begins.
  let tenant: Int32
  /// Limits of which each job takes one.
  let scopes: [LimitScope]
  /// Tenants with lanes of their own, which a fair claim of the others leaves out, and shares other than 1.
  let rules: TenantRules
}

/// How a lane stands.
struct LaneState: Sendable {
  let lane: ClaimLane
  var floor = FloorCursor()
  /// Whether a claim may bring something.
  var mayHaveWork = false
  /// Whether the last claim brought less than asked for.
  var wasShort = true
  /// Claims under way.
  var underWay = 0
  private var lastTenant: Int32 = .min
  /// Whose turn it is, and how many jobs it has had in it.
  private var turn = (tenant: Int32.min, served: 0)
  private var claims = 0

  /// Whether claims go on where the last one stopped.
  private let usesFloor: Bool

  init(_ lane: ClaimLane, usesFloor: Bool = true) {
    self.lane = lane
    self.usesFloor = usesFloor
  }

  /// A claim for so many, under those limits, now.
  mutating func order(
    _ number: Int, count: Int, _ scopes: [LimitScope], _ rules: TenantRules, at now: Duration
  ) -> ClaimOrder {
    let reach = usesFloor ? floor.reach(at: now, afterShort: wasShort) : .all
    claims += 1
    let bounds = floor.bounds(reach)
    // One claim in sixteen begins with the least urgent, so that nothing waits for ever behind what never ends.
    let order = claims % 16 == 0 ? Array(bounds.indices.reversed()) : Array(bounds.indices)
    underWay += 1
    return ClaimOrder(
      lane: number, count: count, reach: reach, levels: order.map { Int16($0) },
      floors: order.map { bounds[$0] }, tenant: lastTenant, scopes: scopes, rules: rules)
  }

  /// A claim was answered with those jobs.
  mutating func answered(
    _ order: ClaimOrder, _ jobs: [ClaimedJob], from start: Duration, to end: Duration
  ) {
    underWay -= 1
    floor.answered(order.reach, from: start, to: end)
    if lane.isFair {
      goOn(behind: jobs, order.rules)
      wasShort = jobs.isEmpty
      mayHaveWork = !jobs.isEmpty
    } else {
      floor.note(
        jobs.lazy.map {
          (Int($0.priority), FloorCursor.Floor(at: $0.runAt, id: $0.key.id))
        })
      wasShort = jobs.count < order.count
      // A short answer that did not look all the way proves nothing.
      mayHaveWork = !jobs.isEmpty || order.reach == .floor
    }
  }

  /// A claim failed; whether it was made is not known.
  mutating func failed(_ order: ClaimOrder) {
    underWay -= 1
  }

  /// The next claim goes on behind the last tenant served, round and round; one that has a greater share keeps its turn until it has had
  /// as many jobs, since claims of a few could not tell shares apart.
  private mutating func goOn(behind jobs: [ClaimedJob], _ rules: TenantRules) {
    guard let tenant = jobs.last?.key.tenant else { return }
    let served = jobs.reversed().prefix { $0.key.tenant == tenant }.count
    turn = (tenant, turn.tenant == tenant ? turn.served + served : served)
    let isOver = turn.served >= rules.weight(of: tenant) || tenant == .min
    lastTenant = isOver ? tenant : tenant - 1
    if isOver { turn.tenant = .min }
  }
}

/// What the machine knows of a job it got.
struct ClaimedJob: Hashable, Sendable {
  let key: AttemptKey
  let kind: Int32
  let priority: Int16
  let runAt: Timestamp
  /// Its own, where whoever enqueued it gave one.
  let timeout: Duration?
}
