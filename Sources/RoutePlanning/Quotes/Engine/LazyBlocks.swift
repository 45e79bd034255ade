import RouteGraph
import Synchronization

/// Blocks outside the hot set, built when they are missed and published on a board: the next question is looked up.
///
/// Readers note what they missed; whoever has a thread to spare calls ``step()``. What to build is decided by
/// ``LazyBuilding``; a block is published only in a version it holds in, whatever was published while it was being built.
public final class LazyBlocks: Sendable {
  fileprivate struct State {
    /// What the numbers of the blocks noted refer to.
    var ground: EngineGround
    var building: LazyBuilding
  }

  /// Where versions are published.
  public let board: EngineBoard
  private let state: Mutex<State>
  private let onMiss: @Sendable () -> Void

  /// Builds for a board.
  ///
  /// - Parameters:
  ///   - board: where the hot set is published.
  ///   - memory: bytes that blocks outside the hot set may take.
  ///   - onMiss: told after each miss that a block would have answered, on the reader's thread.
  public init(
    _ board: EngineBoard, memory: Int, onMiss: @escaping @Sendable () -> Void = {}
  ) {
    self.board = board
    self.onMiss = onMiss
    state = Mutex(State(ground: board.engine.ground, building: LazyBuilding(memory: memory)))
  }

  /// How often such blocks were needed, and what came of it.
  public var counts: LazyCounts { state.withLock { $0.building.counts } }

  /// Bytes of the blocks outside the hot set that the version in force holds.
  public var memory: Int { board.engine.holdings.values.reduce(0) { $0 + $1.bytes } }

  /// Takes note of how a look-up fared: of misses that a block would have answered, and of answers of blocks built for such.
  ///
  /// - Complexity: O(1); a lock where there is something to note. Not for the hot path of a batch of look-ups.
  public func note(
    _ quote: QuickQuote, of question: NetworkPlanner.Question, by engine: QuoteEngine
  ) {
    let isMiss = quote.outcome == .notBuilt
    guard isMiss || quote.outcome == .answered, let block = engine.block(for: question) else {
      return
    }
    if isMiss {
      // A block may be there and not answer: then another would not either.
      guard !engine.holds(block) else { return }
      state.withLock { state in
        state.follow(engine.ground)
        state.building.noteMiss(block)
      }
      onMiss()
    } else if engine.isLazy(block) {
      state.withLock { state in
        state.follow(engine.ground)
        state.building.noteHit(block)
      }
    }
  }

  /// Builds the blocks that are missed most and publishes them; several threads may do so at once.
  ///
  /// - Returns: whether there was something to build.
  /// - Complexity: one day of one origin's searches
  public func step() -> Bool {
    guard let task = begin() else { return false }
    end(task, with: task.base.patch(for: task.job))
    return true
  }

  /// A job and the version it is built from.
  struct Task {
    let job: LazyBuilding.Job
    let base: QuoteEngine
  }

  /// The job to do next, which nobody else gets until it has ended.
  func begin() -> Task? {
    let base = board.engine
    let holdings = base.holdings
    let job = state.withLock { state in
      state.follow(base.ground)
      return state.building.next(holdings)
    }
    return job.map { Task(job: $0, base: base) }
  }

  /// Publishes what a task built, if it holds in the version now in force and there is room; nil: it cannot be built.
  func end(_ task: Task, with patch: BlockSegment?) {
    // Verdict and publication are one step: two threads must not give the same room away.
    state.withLock { state in
      guard state.ground === task.base.ground else { return }
      let end = patch.map { publish($0, of: task, state.building) }
      state.building.finish(
        task.job, end ?? .published(absent: task.job.missing, evicted: 0))
    }
  }

  private func publish(
    _ patch: BlockSegment, of task: Task, _ building: LazyBuilding
  ) -> LazyBuilding.End {
    let job = task.job
    var end = LazyBuilding.End.stale
    board.update { current in
      guard current.takes(job.segment, from: task.base) else {
        end = .stale
        return nil
      }
      switch building.verdict(on: job, bytes: patch.memory, current.holdings) {
      case .refuse:
        end = .refused
        return nil
      case .publish(let evicted):
        let absent = job.missing.filter { patch.index[$0] == BlockLayout.absent }
        end = .published(absent: absent, evicted: evicted.count)
        return current.holding(patch, for: job, evicting: evicted)
      }
    }
    return end
  }
}

extension LazyBlocks.State {
  /// Forgets what was noted for another ground: its blocks are numbered otherwise.
  mutating func follow(_ ground: EngineGround) {
    guard self.ground !== ground else { return }
    self.ground = ground
    building.restart()
  }
}
