import LogisticsModel
import TestSupport
import Testing

@testable import TransitTimes

@Suite struct LegSlownessTests {
  static let start = Int(("2026-01-05" as CivilDate).days)

  /// A run of a leg of 500 minutes on a day counted from the start, a thousand times over.
  static func feed(_ slowness: inout LegSlowness, day: Int, thousandths: Int) {
    let departed = LocalTime(CivilDate(days: start + day), .midnight)
    for _ in 0..<1000 {
      slowness.take(
        LegRun(departed: departed, expected: 500, taken: Int32(thousandths / 2)))
    }
    slowness.close(start + day, steadiness: 0.15)
  }

  static func slowness(_ thousandths: [Int]) -> LegSlowness {
    var slowness = LegSlowness()
    for (day, value) in thousandths.enumerated() { feed(&slowness, day: day, thousandths: value) }
    return slowness
  }

  @Test("nothing is slow before a leg was told of, and long legs tell nothing of now")
  func nothing() {
    var slowness = LegSlowness()
    #expect(slowness.slowness(on: 5) == 1)
    slowness.take(LegRun(departed: "2026-01-05T10:00", expected: 721, taken: 1442))
    slowness.take(LegRun(departed: "2026-01-05T10:00", expected: 60))
    slowness.close(Self.start, steadiness: 0.15)
    #expect(slowness.level == 1 && slowness.slowness(on: Self.start + 9) == 1)
  }

  /// Five days of 1,000 x 500 minutes at 1.3 and 7,200 minutes at 1: (3,250,000 + 7,200) / 2,507,200.
  @Test("the level is the last five days before, by hand; a step is no trend")
  func level() {
    let slowness = Self.slowness(
      Array(repeating: 1000, count: 40) + Array(repeating: 1300, count: 6))
    #expect(abs(slowness.level - 3_257_200.0 / 2_507_200) < 1e-12)
    #expect(slowness.trend == 0)
    #expect(slowness.slowness(on: Self.start + 60) == slowness.level)
    // A past day is seen with its neighbours: 39 at 1, 40 and 41 at 1.3.
    #expect(abs(slowness.slowness(on: Self.start + 40) - 1_807_200.0 / 1_507_200) < 1e-12)
  }

  /// Two thousandths a day, less what 7,200 minutes at 1 weigh among 3.5 million of a week.
  @Test("a steady drift is carried on from the middle of the days the level rests on")
  func drift() {
    let slowness = Self.slowness((0..<50).map { 1000 + 2 * $0 })
    #expect(abs(slowness.trend - 0.002) < 1e-5)
    #expect(abs(slowness.slowness(on: Self.start + 59) - 1.118) < 5e-4)
    // No further than 45 days.
    #expect(abs(slowness.slowness(on: Self.start + 900) - (1.092 + 0.090)) < 5e-4)
  }

  /// 4 of 10 days under way on the longest leg, 6 on others: 4 x .3 at departure, 6 x 0 after the arrival.
  @Test("the longest leg is as slow as its day of departure, the others as the days behind it")
  func delay() {
    let slowness = Self.slowness(
      Array(repeating: 1000, count: 20) + Array(repeating: 1300, count: 20)
        + Array(repeating: 1000, count: 30))
    var keys = TraitBook.Keys()
    keys.planned = 12
    keys.moving = 10
    keys.longest = 4
    let placed = Int64(Self.start + 28) * 1440
    var parcel = ParcelLedger.Parcel(
      placed: placed, handedOver: placed, departed: placed + 2 * 1440, standing: .carriage,
      keys: keys, carriage: 10, isMeasured: true)
    // Departed on the 30th day, arrives after 5.2 days; on the 69th the middle of what followed is the 52nd.
    #expect(abs(slowness.delay(of: parcel, on: Self.start + 69) - 1.2) < 0.01)
    parcel.departed = placed + 30 * 1440
    #expect(abs(slowness.delay(of: parcel, on: Self.start + 69)) < 0.01)
    // It met both 1 and 1.3: twice the .15 that leave half, 1 / (1 + 2^4).
    #expect(abs(slowness.worth(of: parcel) - 1.0 / 17) < 0.005)
    parcel.placed = Int64(Self.start + 50) * 1440
    #expect(slowness.worth(of: parcel) > 0.999)
  }

  @Test("a run is written and read the same, and only whole ones are read")
  func text() {
    for text in ["2026-01-05T10:03/240/250", "2026-01-05T10:03/43200/"] {
      #expect(LegRun(text: text)?.text == text)
    }
    #expect(LegRun(text: "2026-01-05T10:03/240/250")?.arrived == "2026-01-05T14:13")
    for text in [
      "", "2026-01-05T10:03/240", "2026-01-05T10:03/x/1", "10:03/1/1", "2026-01-05/1/1/1",
    ] {
      #expect(LegRun(text: text) == nil, "\(text)")
    }
  }

  /// Forty days under way of which the longest leg takes thirty; ten short legs a day beside them.
  private static func world(
    shock: Range<Int>, through day: Int, extra: [LegRun] = []
  ) -> PromiseLearner {
    var learner = PromiseLearner(pace: .everyDay)
    let first = Int64(start) * 1440
    var news: [(at: Int64, feed: (inout PromiseLearner) -> Void)] = []
    func slow(_ day: Int) -> Int64 { shock.contains(day) ? 1300 : 1000 }
    func event(_ name: Int, _ minute: Int64, _ kind: ParcelEvent.Kind) {
      let event = ParcelEvent(order: "\(name)", at: LocalTime(minutes: minute), kind: kind)
      news.append((minute, { $0.feed(event, now: event.at) }))
    }
    for number in 0..<20 * day {
      let placed = first + Int64(number) * 72
      let spread = Int64(number % 20)
      let departed = placed + 4320
      let under = (43_200 + 60 * spread) * slow(number / 20 + 3) / 1000
      let arrived = departed + under + 7200
      event(number, placed, .placed(traits))
      event(number, placed + 1440, .handedOver)
      event(number, departed, .departed)
      event(number, arrived, .delivered)
      let taken = 600 * slow(number / 20) / 1000
      let run = LegRun(
        departed: LocalTime(minutes: placed), expected: 600, taken: Int32(taken))
      news.append((placed + taken, { $0.feed(run, now: run.arrived ?? run.departed) }))
    }
    for run in extra {
      news.append((run.arrived?.minutes ?? 0, { $0.feed(run, now: run.arrived ?? run.departed) }))
    }
    news.sort { $0.at < $1.at }
    for piece in news where piece.at < first + Int64(day) * 1440 { piece.feed(&learner) }
    learner.advance(to: CivilDate(days: start + day))
    return learner
  }

  private static let traits = OrderTraits(
    origin: "O", destination: "D", planned: 60_480, moving: 50_400, longest: 44_340)

  private static func promised(_ learner: PromiseLearner, _ day: Int) -> Int {
    var learner = learner
    let at = LocalTime(minutes: Int64(start + day) * 1440 + 600)
    return Int(learner.curve(for: traits, at: at).days(at: .standard) ?? 0)
  }

  /// No order placed in the shock has arrived by the 145th day: 3 + 39 + 5 days for those of the 100th.
  @Test(
    "promises follow a shock and its end within a week, long before an order that met it arrives")
  func shock() {
    let calm = Self.promised(Self.world(shock: 100..<120, through: 98), 98)
    let slow = Self.promised(Self.world(shock: 100..<120, through: 108), 108)
    let after = Self.promised(Self.world(shock: 100..<120, through: 127), 127)
    let later = Self.promised(Self.world(shock: 100..<120, through: 160), 160)
    // A thirty per cent of 30.8 days on the longest leg and 4.2 on others.
    #expect((9...12).contains(slow - calm), "\(calm) \(slow)")
    #expect(abs(after - calm) <= 1 && abs(later - calm) <= 2, "\(calm) \(after) \(later)")
  }

  @Test("legs of a day change no promise of the day; held back are those late, future, impossible")
  func known() throws {
    let learner = Self.world(shock: 0..<0, through: 90)
    #expect(learner.followsLegs && abs(learner.legSlowness - 1) < 0.001)
    var more = learner
    let today = LocalTime(minutes: Int64(Self.start + 90) * 1440)
    for _ in 0..<500 {
      more.feed(LegRun(departed: today, expected: 60, taken: 600), now: "2027-01-01T00:00")
    }
    #expect(Self.promised(more, 90) == Self.promised(learner, 90))
    let copy = try PromiseLearner(state: more.state)
    #expect(copy.state == more.state)
    more.advance(to: CivilDate(days: Self.start + 93))
    var restored = copy
    restored.advance(to: CivilDate(days: Self.start + 93))
    #expect(restored.state == more.state)
    #expect(Self.promised(more, 93) > Self.promised(learner, 90))
    let run = LegRun(departed: today, expected: 60, taken: 60)
    #expect(more.feed(run, now: "2027-01-01T00:00") == .late)
    let next = LegRun(departed: "2026-06-01T00:00", expected: 60, taken: 60)
    #expect(more.feed(next, now: "2026-05-01T00:00") == .future)
    let never = LegRun(departed: "2026-06-01T00:00", expected: 0, taken: 60)
    #expect(more.feed(never, now: "2027-05-01T00:00") == .impossible)
    #expect(more.quarantine.total == 3)
  }
}
