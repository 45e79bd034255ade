import PostgresClient

/// Where the last claims of a strict queue stopped, level by level.
///
/// The index keeps an entry for every job that was waiting until a vacuum removes it, and none can be removed that an old
/// transaction might still see. Claims that begin where the last one stopped do not walk over them. It is a hint, kept in memory:
/// jobs may lie below it (commits that came late, jobs given back), so claims look back now and then, a little often and all the
/// way rarely, the more rarely the more that costs.
struct FloorCursor: Hashable, Sendable {
  /// One level.
  struct Floor: Hashable, Sendable {
    var at: Timestamp = .negativeInfinity
    var id = UniqueID(high: 0, low: 0)
  }

  /// How far back a claim looks.
  enum Reach: Hashable, Sendable {
    /// Where the last one stopped.
    case floor
    /// A few seconds before now.
    case recent
    /// All the way.
    case all
  }

  static let levels = 8
  /// A little: for commits that took so long.
  static let recentEvery: Duration = .milliseconds(500)
  /// All the way at most so often, and never for more than a twentieth of the time.
  static let allEvery: Duration = .seconds(5)

  private(set) var floors = [Floor](repeating: Floor(), count: levels)
  private var nextRecent: Duration = .zero
  private var nextAll: Duration = .zero
  /// The end of the last look all the way, and when it may be repeated.
  private var mayRepeat: Duration = .zero

  /// How far back to look now; `isShort`: the last claim found less than it asked for.
  mutating func reach(at now: Duration, afterShort isShort: Bool) -> Reach {
    if now >= nextAll || (isShort && now >= mayRepeat) {
      nextAll = now + Self.allEvery
      mayRepeat = nextAll
      return .all
    }
    if isShort || now >= nextRecent {
      nextRecent = now + Self.recentEvery
      return .recent
    }
    return .floor
  }

  /// A claim was answered.
  mutating func answered(_ reach: Reach, from start: Duration, to end: Duration) {
    guard reach == .all else { return }
    let cost = end - start
    mayRepeat = end + cost * 20
    nextAll = Swift.max(end + Self.allEvery, mayRepeat)
  }

  /// These were claimed: the next claim of a level goes on behind its last one.
  ///
  /// Even if that lies below where it was; levels without any stay where they are.
  mutating func note(_ jobs: some Sequence<(level: Int, floor: Floor)>) {
    var last: [Int: Floor] = [:]
    for job in jobs where floors.indices.contains(job.level) {
      let known = last[job.level] ?? Floor()
      if (known.at, known.id) < (job.floor.at, job.floor.id) { last[job.level] = job.floor }
    }
    for (level, floor) in last { floors[level] = floor }
  }

  /// The bounds to claim above.
  func bounds(_ reach: Reach) -> [Floor] {
    reach == .all ? [Floor](repeating: Floor(), count: Self.levels) : floors
  }
}
