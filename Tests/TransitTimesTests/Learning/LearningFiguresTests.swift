import Glibc
import LogisticsModel
import TestSupport
import Testing

@testable import TransitTimes

/// The sizes and speeds the README quotes, as the least of several rounds of this thread's own time on a processor:
/// what others do with the cores does not enter.
@Suite(.serialized) struct LearningFiguresTests {
  /// A hundred thousand orders, each with a lane of its own, over 17 days.
  static let placed: [ParcelEvent] = {
    let start = ("2026-01-05T00:00" as LocalTime).minutes
    return (0..<100_000).map { number in
      ParcelEvent(
        order: "\(number)", at: LocalTime(minutes: start + Int64(number / 4)),
        kind: .placed(
          OrderTraits(
            origin: "O\(number / 1000)", destination: "D\(number % 1000)", zone: "z\(number % 7)",
            seller: "s\(number / 50)", distance: Int32(number % 3000))))
    }
  }()

  /// Processor time of this thread in microseconds.
  static func spent() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }

  static func measure(_ work: () -> Void) -> Double {
    let start = spent()
    work()
    return spent() - start
  }

  @Test("100,000 lanes in less than 200 MB, looked up in a microsecond, updated in five")
  func figures() {
    var rounds: [[Double]] = []
    var learner = PromiseLearner(pace: .parcels)
    for _ in 0..<3 {
      var fed = PromiseLearner(pace: .parcels)
      let placing = Self.measure { for event in Self.placed { fed.feed(event, now: event.at) } }
      learner = fed
      let next: LocalTime = "2026-01-23T08:00"
      fed.advance(to: next.date)
      let following = [ParcelEvent.Kind.handedOver, .delivered].map { kind in
        Self.measure {
          for event in Self.placed {
            fed.feed(ParcelEvent(order: event.order, at: next, kind: kind), now: next)
          }
        }
      }
      rounds.append([placing] + following)
    }
    let perEvent = (0..<3).map { kind in (rounds.map { $0[kind] }.min() ?? .infinity) / 100_000 }
    let state = learner.state
    #expect(learner.book.lanes.count == 100_000)
    #expect(state.count < 200 << 20, "\(state.count) bytes")
    let traits = (0..<1000).map { number in
      OrderTraits(
        origin: "O\(number % 100)", destination: "D\(number)", zone: "z\(number % 7)",
        seller: "s\(number)", distance: Int32(number))
    }
    let at: LocalTime = "2026-01-25T10:00"
    learner.advance(to: at.date)
    var sum: Int32 = 0
    func all() {
      for one in traits { sum &+= learner.days(for: one, at: at, thousandths: 950) ?? 0 }
    }
    all()
    let perLook = ((0..<15).map { _ in Self.measure(all) }.min() ?? .infinity) / 1000
    print(
      "figure learning: \(state.count >> 20) MiB for 100,000 lanes, \(perLook) us a look-up, "
        + "us an event: placed \(perEvent[0]), handed over \(perEvent[1]), delivered \(perEvent[2])"
    )
    #expect(sum > 0)
    #expect(perLook < 1)
    #expect(perEvent.allSatisfy { $0 < 5 }, "\(perEvent)")
  }
}
