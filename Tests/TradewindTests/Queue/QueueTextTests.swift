import JobQueue
import Testing

@testable import tradewind

/// What `queue` verbs print, in full.
@Suite struct QueueTextTests {
  private static func queue(
    _ name: String, waiting: Int64 = 0, oldest: Int64? = nil, isFair: Bool = false,
    isPaused: Bool = false, isCut: Bool = false
  ) -> QueueStats.Answer.Queue {
    QueueStats.Answer.Queue(
      name: name, fair: isFair, paused: isPaused, waiting: waiting, scheduled: 3, running: 20,
      oldest_age_ms: oldest, done: 1_204, failed: 2, cancelled: 1, dead: 0, cut: isCut)
  }

  private static func worker(
    _ lease: Int64, left: Int64, isDraining: Bool = false
  ) -> QueueStats.Answer.Worker {
    QueueStats.Answer.Worker(
      lease: lease, node: "yiwu-1", pid: 4711, version: "0.1.0", slots: 200, in_hand: 20,
      draining: isDraining, lease_left_ms: left)
  }

  @Test("stats: queues, then workers")
  func stats() {
    let answer = QueueStats.Answer(
      queues: [
        Self.queue("default", waiting: 12, oldest: 850),
        Self.queue("shares", waiting: 99_980, oldest: 130_000, isFair: true, isCut: true),
        Self.queue("slow", isPaused: true),
      ],
      workers: [
        Self.worker(7, left: 9_000), Self.worker(8, left: -1),
        Self.worker(9, left: 1, isDraining: true),
      ])
    let text = """
      QUEUE    WAITING  OLDEST  SCHEDULED  RUNNING  DONE  FAILED  DEAD
      default       12  850 ms          3       20  1204       2     0
      shares    99980+   2 min         3+      20+  1204       2     0  fair
      slow           0                  3       20  1204       2     0  paused

      WORKER  NODE    PROCESS  VERSION  IN HAND  SLOTS
           7  yiwu-1     4711  0.1.0         20    200
           8  yiwu-1     4711  0.1.0         20    200  silent
           9  yiwu-1     4711  0.1.0         20    200  draining

      """
    #expect(Self.trimmed(QueueStats.text(answer)) == text)
    let alone = QueueStats.Answer(queues: [], workers: [])
    #expect(QueueStats.text(alone).hasSuffix("no worker runs\n"))
  }

  @Test("a watched terminal is written over line by line")
  func watching() {
    #expect(
      QueueStats.overwriting("A  B\n1  2\n") == "\u{1B}[HA  B\u{1B}[K\n1  2\u{1B}[K\n\u{1B}[J")
  }

  @Test("limits: of all jobs, of tenants, of kinds")
  func limits() {
    func entry(
      kind: String?, tenant: Int32?, _ limit: JobLimit?, held: Int64, weight: Int32 = 1
    ) -> QueueLimit.Entry {
      QueueLimit.Entry(
        JobDesk.LimitEntry(kind: kind, tenant: tenant, limit: limit, held: held, weight: weight))
    }
    let text = QueueLimit.text([
      entry(kind: nil, tenant: nil, .atOnce(500), held: 40),
      entry(kind: nil, tenant: 7, .perMinute(600), held: 0, weight: 3),
      entry(kind: nil, tenant: 8, nil, held: 0, weight: 2),
      entry(kind: "place", tenant: nil, .atOnce(1), held: 0),
    ])
    let golden = """
      KIND   TENANT  AT ONCE  HELD  A MINUTE  SHARE
      all       all      500    40
      all         7                      600      3
      all         8                               2
      place     all        1     0

      """
    #expect(Self.trimmed(text) == golden)
  }

  @Test(
    "ages", arguments: [(850, "850 ms"), (12_000, "12 s"), (420_000, "7 min"), (9_000_000, "2 h")])
  func ages(_ milliseconds: Int64, _ text: String) {
    #expect(QueueText.age(milliseconds) == text)
  }

  /// Without blanks at the ends of lines, which no source may have.
  private static func trimmed(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.reversed().drop { $0 == " " }.reversed().map(String.init).joined()
    }.joined(separator: "\n")
  }
}
