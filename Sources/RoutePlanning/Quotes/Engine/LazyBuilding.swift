/// Which blocks outside the hot set to build next, and which to give up for them.
///
/// Decides from counts alone: no clock, no thread, no block. Whoever has threads notes questions, asks for the
/// ``next(_:)`` job, builds it, asks for the ``verdict(on:bytes:_:)`` and tells how it ended.
///
/// The unit of building and of giving up is a segment's blocks outside the hot set, since one search from an origin serves
/// all its destinations. **Next** is the segment whose missing blocks were asked for most. **Memory** has a limit given up
/// front. What does not fit beside the rest takes the place of blocks that were asked for less often for each byte, least
/// asked first; where these do not make room enough nothing is given up, and the job is refused: it is tried again with
/// half as many blocks, a single block when it has been asked for twice as often.
struct LazyBuilding: Sendable {
  /// Bytes that blocks outside the hot set may take.
  let memory: Int
  /// Blocks built by one job at most, so that none keeps the next waiting for long.
  static let greatestJob = 64

  /// What an engine has in one segment beside the hot set.
  struct Holding: Hashable, Sendable {
    /// Destination classes, ascending.
    var classes: [Int] = []
    /// Of all its blocks built later.
    var bytes = 0
    /// Whether its blocks may be given up: not where they lie beside blocks rebuilt after a disruption.
    var isSeparate = true
    /// Whether blocks of the segment wait for a repair, which comes first.
    var isDisrupted = false
  }

  /// What an engine has beside the hot set, by segment; segments of which nothing is to be told are left out.
  typealias Holdings = [Int: Holding]

  /// A segment's blocks to build.
  struct Job: Hashable, Sendable {
    /// The segment.
    var segment: Int
    /// Classes asked for and missing, ascending.
    var missing: [Int]
    /// Classes the segment has already outside the hot set: they are built again with the others.
    var held: [Int]
  }

  /// What is to become of what a job built.
  enum Verdict: Hashable, Sendable {
    /// To be published, without the blocks these segments have outside the hot set.
    case publish(evicting: [Int])
    /// To be thrown away: it does not fit.
    case refuse
  }

  /// How a job ended.
  enum End: Hashable, Sendable {
    /// Published, but for the classes that cannot be built.
    case published(absent: [Int], evicted: Int)
    /// Refused by the verdict.
    case refused
    /// Built for a version that is in force no more.
    case stale
  }

  /// Questions counted and what they led to.
  private(set) var counts = LazyCounts()
  private var asked: AskedBlocks
  /// What was refused or cannot be built, with how often it had been asked for.
  private var refused: [BlockKey: Int] = [:]
  /// Most blocks of the next job of a segment, where one was too large.
  private var greatest: [Int: Int] = [:]
  /// Segments being built.
  private var underWay: Set<Int> = []

  /// Nothing asked for yet.
  ///
  /// - Parameters:
  ///   - memory: bytes that blocks outside the hot set may take.
  ///   - capacity: most blocks whose demand is remembered.
  init(memory: Int, capacity: Int = 1 << 16) {
    self.memory = max(memory, 0)
    asked = AskedBlocks(capacity: capacity)
  }

  /// A question that found no block, and was left to the exact search.
  mutating func noteMiss(_ block: BlockKey) {
    counts.misses += 1
    let before = asked.overlooked
    asked.note(block)
    counts.overlooked += asked.overlooked - before
  }

  /// A question that a block outside the hot set answered.
  mutating func noteHit(_ block: BlockKey) {
    counts.hits += 1
    asked.note(block)
  }

  /// Forgets all demand and all that is under way: blocks are numbered anew.
  mutating func restart() {
    asked = AskedBlocks(capacity: asked.capacity)
    refused = [:]
    greatest = [:]
    underWay = []
  }

  /// The job that is most asked for; nil: nothing is missing.
  ///
  /// - Complexity: O(blocks remembered)
  mutating func next(_ holdings: Holdings) -> Job? {
    var missing: [Int: [(block: BlockKey, count: Int)]] = [:]
    for (block, count) in asked.counts {
      let holding = holdings[block.segment]
      if holding?.isDisrupted ?? false || underWay.contains(block.segment) { continue }
      if holding?.classes.contains(block.destination) ?? false { continue }
      if let before = refused[block], count < 2 * before { continue }
      missing[block.segment, default: []].append((block, count))
    }
    func weight(_ segment: Int) -> Int {
      (missing[segment] ?? []).reduce(0) { $0 + $1.count }
    }
    guard
      let segment = missing.keys.max(by: { (weight($0), $1) < (weight($1), $0) }),
      let wanted = missing[segment]
    else { return nil }
    let most = wanted.sorted {
      ($1.count, $0.block.destination) < ($0.count, $1.block.destination)
    }.prefix(greatest[segment] ?? LazyBuilding.greatestJob)
    underWay.insert(segment)
    return Job(
      segment: segment, missing: most.map(\.block.destination).sorted(),
      held: holdings[segment]?.classes ?? [])
  }

  /// Whether what a job built is to be published, and what is given up for it.
  ///
  /// - Parameters:
  ///   - job: the job.
  ///   - bytes: of all it built.
  ///   - holdings: of the engine that shall get it.
  /// - Returns: the verdict; nothing has been given up yet.
  /// - Complexity: O(segments with holdings x their classes)
  func verdict(on job: Job, bytes: Int, _ holdings: Holdings) -> Verdict {
    let others = holdings.filter { $0.key != job.segment && !$0.value.classes.isEmpty }
    var excess = others.values.reduce(bytes) { $0 + $1.bytes } - memory
    if excess <= 0 { return .publish(evicting: []) }
    let own = Demand(weight(job.segment, job.missing + job.held), bytes)
    let lesser = others.filter { $0.value.isSeparate && !$0.value.isDisrupted }
      .map { (segment: $0.key, demand: Demand(weight($0.key, $0.value.classes), $0.value.bytes)) }
      .filter { $0.demand < own }
      .sorted { ($0.demand, $0.segment) < ($1.demand, $1.segment) }
    var evicted: [Int] = []
    for other in lesser where excess > 0 {
      evicted.append(other.segment)
      excess -= other.demand.bytes
    }
    return excess <= 0 ? .publish(evicting: evicted) : .refuse
  }

  /// Takes note of how a job ended; blocks that are stale are still asked for, and come again.
  mutating func finish(_ job: Job, _ end: End) {
    underWay.remove(job.segment)
    switch end {
    case .published(let absent, let evicted):
      greatest[job.segment] = nil
      counts.built += job.missing.count - absent.count
      counts.evicted += evicted
      refuse(absent, of: job.segment)
    case .refused:
      counts.refused += 1
      greatest[job.segment] = max(job.missing.count / 2, 1)
      if job.missing.count == 1 { refuse(job.missing, of: job.segment) }
    case .stale:
      counts.stale += 1
    }
  }

  private mutating func refuse(_ classes: [Int], of segment: Int) {
    // Not more than the demand that is remembered: what is forgotten there is asked for anew here.
    if refused.count + classes.count > asked.capacity { refused = [:] }
    for destination in classes {
      let block = BlockKey(segment: segment, destination: destination)
      refused[block] = max(asked[block], 1)
    }
  }

  private func weight(_ segment: Int, _ classes: [Int]) -> Int {
    classes.reduce(0) { $0 + asked[BlockKey(segment: segment, destination: $1)] }
  }
}

/// Questions for each byte, compared without division.
private struct Demand: Comparable {
  let questions: Int
  let bytes: Int

  init(_ questions: Int, _ bytes: Int) {
    self.questions = questions
    self.bytes = max(bytes, 1)
  }

  static func < (left: Demand, right: Demand) -> Bool {
    Int128(left.questions) * Int128(right.bytes) < Int128(right.questions) * Int128(left.bytes)
  }

  static func == (left: Demand, right: Demand) -> Bool { !(left < right) && !(right < left) }
}

/// How often blocks outside the hot set were needed, and what was done about it.
public struct LazyCounts: Hashable, Sendable {
  /// Questions that found no block and asked the exact search.
  public var misses = 0
  /// Questions that blocks built for such misses answered.
  public var hits = 0
  /// Blocks built because they were missed.
  public var built = 0
  /// Segments whose blocks were given up for others.
  public var evicted = 0
  /// Jobs thrown away because there was no memory for them.
  public var refused = 0
  /// Jobs thrown away because another version had come into force.
  public var stale = 0
  /// Misses that were not remembered because the list was full.
  public var overlooked = 0

  /// Nothing happened.
  public init() {}
}
