import PostgresClient

/// What is claimed in one statement: some kinds of one queue.
///
/// Kinds with a limit have a lane of their own, so that a claim never brings more of them than the worker holds of the limit.
struct ClaimLane: Hashable, Sendable {
  let queue: Int16
  let isFair: Bool
  let kinds: [Int32]
  /// The scope of its limit, and whether that counts beginnings.
  let limit: Scope?

  struct Scope: Hashable, Sendable {
    let name: String
    let isRate: Bool
  }
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
}

/// How a lane stands.
struct LaneState: Sendable {
  let lane: ClaimLane
  var floor = FloorCursor()
  var block: LimitBlock?
  /// Whether a claim may bring something.
  var mayHaveWork = false
  /// Whether the last claim brought less than asked for.
  var wasShort = true
  /// Claims under way.
  var underWay = 0
  private var lastTenant: Int32 = .min
  private var claims = 0

  /// Whether claims go on where the last one stopped.
  private let usesFloor: Bool

  init(_ lane: ClaimLane, usesFloor: Bool = true) {
    self.lane = lane
    self.usesFloor = usesFloor
    block = lane.limit.map { LimitBlock(isRate: $0.isRate) }
  }

  /// A claim for so many, now.
  mutating func order(_ number: Int, count: Int, at now: Duration) -> ClaimOrder {
    let reach = usesFloor ? floor.reach(at: now, afterShort: wasShort) : .all
    claims += 1
    let bounds = floor.bounds(reach)
    // One claim in sixteen begins with the least urgent, so that nothing waits for ever behind what never ends.
    let order = claims % 16 == 0 ? Array(bounds.indices.reversed()) : Array(bounds.indices)
    underWay += 1
    block?.reserve(count)
    return ClaimOrder(
      lane: number, count: count, reach: reach, levels: order.map { Int16($0) },
      floors: order.map { bounds[$0] }, tenant: lastTenant)
  }

  /// A claim was answered with those jobs.
  mutating func answered(
    _ order: ClaimOrder, _ jobs: [ClaimedJob], from start: Duration, to end: Duration
  ) {
    underWay -= 1
    block?.release(order.count - jobs.count, hasRun: false)
    floor.answered(order.reach, from: start, to: end)
    if lane.isFair {
      // The next claim goes on behind the last tenant served, round and round.
      if let last = jobs.last { lastTenant = last.key.tenant }
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
    block?.release(order.count, hasRun: false)
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
