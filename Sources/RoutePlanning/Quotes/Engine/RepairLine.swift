import Glibc
import LogisticsModel
import RouteGraph
import Synchronization

/// Segments under repair, handed from worker to worker: planned, searched row by row, joined, and let go.
///
/// A plan holds a tree of all paths and a found row lists of candidates; of a whole network that is several times what its
/// blocks take. So a segment is planned when a worker has no row to search, and what is open at once are two segments
/// a worker at most, however many there are. Segments of one origin follow one another: their charges compare alike.
final class RepairLine: Sendable {
  /// What is open or done.
  private struct State: Sendable {
    /// Position among the jobs of the next segment.
    var next = 0
    /// Segments whose plans are being made.
    var planning = 0
    var open: [Open] = []
    var patches: [(segment: Int, patch: BlockSegment)] = []
    var work = RepairWork()
  }

  /// A segment with rows still to be found.
  private struct Open: Sendable {
    let plan: SegmentRepair
    /// Rows nobody has taken, the longest last.
    var waiting: [Int]
    /// Rows not found yet.
    var missing: Int
    var found: [Int: RenewedRow] = [:]
    var isFailed = false
  }

  private enum Step {
    case plan(segment: Int)
    case search(SegmentRepair, row: Int)
    /// Somebody else's plan may bring rows.
    case wait
    case end
  }

  private let engine: QuoteEngine
  private let changes: RepairChanges
  private let rebuildsAll: Bool
  private let segments: [Int]
  private let state = Mutex(State())

  /// Prepares to repair whatever is not whole.
  init(_ engine: QuoteEngine, rebuildsAll: Bool) {
    self.engine = engine
    self.rebuildsAll = rebuildsAll
    changes = RepairChanges(engine)
    segments = RepairLine.order(engine)
  }

  /// Origins with most to repair first, so that what is left for the end is small.
  private static func order(_ engine: QuoteEngine) -> [Int] {
    let days = engine.scope.days
    var weights: [Int: Int] = [:]
    let segments = engine.states.indices.filter { segment in
      guard let state = engine.states[segment], !state.isWhole else { return false }
      weights[segment / days, default: 0] += state.hidden.bitCount
      return true
    }
    return segments.sorted { left, right in
      let (own, other) = (weights[left / days] ?? 0, weights[right / days] ?? 0)
      return own != other ? own > other : left < right
    }
  }

  /// Works until nothing is left; called by each worker.
  func work() {
    var profiles: OriginProfiles?
    while true {
      switch next() {
      case .end: return
      case .wait: sched_yield()
      case .plan(let segment):
        let plan = engine.states[segment].flatMap {
          SegmentRepair(engine, segment, $0, changes, rebuildsAll: rebuildsAll)
        }
        opened(plan)
      case .search(let plan, let row):
        // Taken out while it is changed: what two hold would be copied.
        var own = profiles ?? engine.frame.profiles()
        profiles = nil
        found(plan.rows[row].renewed(plan, engine, &own), row, of: plan.segment)
        profiles = own
      }
    }
  }

  /// What came of it: patches by segment, and counts.
  func finished() -> (patches: [(segment: Int, patch: BlockSegment)], work: RepairWork) {
    state.withLock { ($0.patches, $0.work) }
  }

  private func next() -> Step {
    state.withLock { state in
      if let position = state.open.firstIndex(where: { !$0.waiting.isEmpty }) {
        let row = state.open[position].waiting.removeLast()
        return .search(state.open[position].plan, row: row)
      }
      guard state.next < segments.count else { return state.planning > 0 ? .wait : .end }
      state.planning += 1
      state.next += 1
      return .plan(segment: segments[state.next - 1])
    }
  }

  /// Takes a plan up; nil where there is none.
  private func opened(_ plan: SegmentRepair?) {
    let rows = plan.map { plan in
      plan.rows.indices.filter { !plan.rows[$0].wanted.isEmpty }
        .sorted { plan.rows[$0].wanted.count < plan.rows[$1].wanted.count }
    }
    state.withLock { state in
      state.planning -= 1
      guard let plan, let rows else { return }
      state.work.add(plan)
      if !rows.isEmpty {
        state.open.append(Open(plan: plan, waiting: rows, missing: rows.count))
      }
    }
    if let plan, let rows, rows.isEmpty { join(plan, [:]) }
  }

  /// Notes what came of a row; whoever brings the last one joins the segment.
  private func found(_ row: RenewedRow?, _ number: Int, of segment: Int) {
    let whole = state.withLock { state -> Open? in
      guard let position = state.open.firstIndex(where: { $0.plan.segment == segment }) else {
        return nil
      }
      state.open[position].found[number] = row
      if row == nil { state.open[position].isFailed = true }
      state.open[position].missing -= 1
      return state.open[position].missing == 0 ? state.open.remove(at: position) : nil
    }
    if let whole, !whole.isFailed { join(whole.plan, whole.found) }
  }

  private func join(_ plan: SegmentRepair, _ found: [Int: RenewedRow]) {
    let patch = BlockSegment(plan.patch(found, engine.frame))
    state.withLock { $0.patches.append((plan.segment, patch)) }
  }
}
