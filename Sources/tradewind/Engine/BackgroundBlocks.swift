import Dispatch
import Foundation
import Glibc
import RoutePlanning
import Synchronization

/// A thread that builds what readers missed: it sleeps while nothing is missing and ends when it is told to.
///
/// What is built, and what is given up for it, is decided in ``LazyBlocks``; here is only the thread.
final class BackgroundBlocks: Sendable {
  /// What is built, for desks to note their misses in.
  let blocks: LazyBlocks
  private let sleep: Sleep
  private let ended = DispatchSemaphore(value: 0)
  private let isOver = Atomic(false)

  /// Where the thread waits for a miss; a hundred misses wake it once.
  private final class Sleep: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let isAsleep = Atomic(false)

    func wake() {
      if isAsleep.exchange(false, ordering: .acquiringAndReleasing) { semaphore.signal() }
    }

    /// Sleeps until woken, unless something came up since the caller last looked.
    func wait(unless somethingCameUp: () -> Bool) {
      isAsleep.store(true, ordering: .sequentiallyConsistent)
      if somethingCameUp() { wake() }
      semaphore.wait()
    }
  }

  private static let niceness: Int32 = 10

  /// Starts to build on a board, with so much memory for it.
  init(_ board: EngineBoard, memory: MemorySize) {
    let sleep = Sleep()
    self.sleep = sleep
    blocks = LazyBlocks(board, memory: memory.bytes) { sleep.wake() }
    let thread = Thread { [self] in work() }
    thread.name = "blocks"
    thread.start()
  }

  private func work() {
    // Of this thread alone: whoever waits for a quote comes first.
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, BackgroundBlocks.niceness)
    while !isOver.load(ordering: .acquiring) {
      if blocks.step() { continue }
      sleep.wait { isOver.load(ordering: .acquiring) || blocks.step() }
    }
    ended.signal()
  }

  /// Lets it end the segment it is at, and waits for that.
  func stop() {
    isOver.store(true, ordering: .releasing)
    sleep.wake()
    ended.wait()
  }
}
