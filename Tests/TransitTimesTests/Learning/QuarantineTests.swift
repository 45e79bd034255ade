import LogisticsModel
import TestSupport
import Testing

@testable import TransitTimes

/// Bad news: each kind is named, counted, and teaches nothing.
@Suite struct QuarantineTests {
  /// Each line is fed at its own time unless a second time says what time it is then.
  static func event(
    _ order: String, _ at: LocalTime, _ kind: ParcelEvent.Kind
  ) -> ParcelEvent {
    ParcelEvent(order: order, at: at, kind: kind)
  }

  @Test("each reason, by hand")
  func reasons() {
    var learner = PromiseLearner(pace: .everyDay)
    let traits = OrderTraits(origin: "A", destination: "B")
    let cases: [(ParcelEvent, Quarantine.Reason?)] = [
      (Self.event("a", "2026-01-05T09:00", .placed(traits)), nil),
      (Self.event("a", "2026-01-05T09:00", .placed(traits)), .duplicate),
      (Self.event("a", "2026-01-05T09:30", .placed(traits)), .contradictory),
      (Self.event("b", "2026-01-05T10:00", .handedOver), .unknownOrder),
      (Self.event("a", "2026-01-06T10:00", .handedOver), nil),
      (Self.event("a", "2026-01-06T10:00", .handedOver), .duplicate),
      (Self.event("a", "2026-01-06T11:00", .handedOver), .contradictory),
      (Self.event("a", "2026-01-05T11:00", .delivered), .late),
      (Self.event("c", "2026-01-06T12:00", .placed(traits)), nil),
      (Self.event("c", "2026-01-07T12:00", .delivered), .withoutHandOver),
      (Self.event("d", "2026-01-08T12:00", .placed(traits)), nil),
      (Self.event("d", "2026-01-08T11:00", .handedOver), .impossible),
      (Self.event("e", "2026-01-09T12:00", .placed(traits)), nil),
      (Self.event("e", "2026-01-09T13:00", .cancelled), nil),
      (Self.event("e", "2026-01-09T13:00", .cancelled), .duplicate),
      (Self.event("e", "2026-01-10T13:00", .handedOver), .contradictory),
      (Self.event("z", "2036-01-10T13:00", .placed(traits)), .impossible),
    ]
    for (event, reason) in cases {
      #expect(learner.feed(event, now: event.at) == reason, "\(event)")
    }
    let early = Self.event("f", "2026-01-11T12:00", .placed(traits))
    #expect(learner.feed(early, now: "2026-01-10T13:00") == .future)
    #expect(learner.accepted == 6)
    #expect(learner.quarantine.total == 12)
    #expect(learner.quarantine.counts[.duplicate] == 3)
    #expect(learner.quarantine.counts[.contradictory] == 3)
    #expect(learner.quarantine.counts[.impossible] == 2)
    #expect(learner.quarantine.examples[.late] == "delivered of a at 2026-01-05T11:00")
    // Parcels with news that cannot be learned are no longer under way: neither a, c nor d counts as lost later.
    learner.advance(to: "2026-06-01")
    #expect(learner.underWay == 0)
    #expect(learner.lostShare == 0)
  }

  @Test("events told twice count once")
  func twice() {
    let world = RandomWorld(seed: 9, days: 60)
    var once = PromiseLearner(pace: .parcels)
    var twice = PromiseLearner(pace: .parcels)
    for event in world.events {
      once.feed(event, now: event.at)
      twice.feed(event, now: event.at)
      #expect(twice.feed(event, now: event.at) == .duplicate)
    }
    let time: LocalTime = "2017-03-20T09:00"
    #expect(
      PromiseLearnerTests.curves(once, at: time) == PromiseLearnerTests.curves(twice, at: time))
    #expect(twice.quarantine.counts == [.duplicate: world.events.count])
  }

  @Test("given up and found: late, not lost")
  func found() {
    var learner = PromiseLearner(pace: .everyDay)
    for (kind, time) in [
      (.placed(OrderTraits()), "2026-01-05T09:00"), (.handedOver, "2026-01-05T10:00"),
    ] as [(ParcelEvent.Kind, LocalTime)] {
      learner.feed(ParcelEvent(order: "a", at: time, kind: kind), now: time)
    }
    learner.advance(to: "2026-03-20")
    #expect(learner.lostShare > 0)
    let found = ParcelEvent(order: "a", at: "2026-03-25T10:00", kind: .delivered)
    #expect(learner.feed(found, now: found.at) == nil)
    #expect(learner.lostShare == 0)
  }
}
