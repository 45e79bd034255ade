import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

/// How a series stays first in, first out when its departures are moved.
@Suite struct DisruptedSeriesTests {
  /// Certain; half on time and half two hours late; an hour late for certain.
  static let laws = [[(0, 1024)], [(0, 512), (120, 512)], [(60, 1024)]].compactMap { atoms in
    try? DelayLaw(atoms: atoms.map { .init(delay: $0.0, weight: $0.1) })
  }
  /// Every day at minute 0, ten hours under way.
  static let daily = (0..<5).map { Boarding(minute: $0 * 1440, duration: 600, law: LawID(0)) }

  private func run(_ minute: Int64, _ duration: Int32, _ law: Int32 = 0) -> Boarding {
    Boarding(minute: minute, duration: duration, law: LawID(law))
  }

  private func departures(
    _ events: [LegEvent], of series: [Boarding] = daily
  ) -> (runs: [Boarding], isApproximate: Bool) {
    DisruptedSeries.departures(series, events, window: 0..<7200, DisruptedSeriesTests.laws)
  }

  @Test("a late departure with its cut-off unmoved leaves as planned and takes longer")
  func unmoved() {
    let runs = departures([.delay(1440..<2880, by: 300, movesCutOff: false)]).runs
    #expect(runs == [run(0, 600), run(1440, 900)] + DisruptedSeriesTests.daily[2...])
  }

  @Test("with its cut-off moved it leaves later and takes as long as ever")
  func moved() {
    let runs = departures([.delay(1440..<2880, by: 300, movesCutOff: true)]).runs
    #expect(runs == [run(0, 600), run(1740, 600)] + DisruptedSeriesTests.daily[2...])
  }

  @Test(
    "late by a day it arrives with the next one and stays; by a minute more it is overtaken and left out"
  )
  func overtaken() {
    let level = departures([.delay(1440..<1441, by: 1440, movesCutOff: false)])
    #expect(level.runs.map(\.duration) == [600, 2040, 600, 600, 600])
    let behind = departures([.delay(1440..<1441, by: 1441, movesCutOff: false)])
    #expect(behind.runs.map(\.minute) == [0, 2880, 4320, 5760])
    #expect(!behind.isApproximate)
  }

  @Test("an added express that arrives before earlier departures takes their place")
  func express() {
    // Leaves at 1500, arrives at 1560: before the run of minute 1440 (2040), after that of minute 0 (600).
    let runs = departures([.add(run(1500, 60))]).runs
    #expect(runs.map(\.minute) == [0, 1500, 2880, 4320, 5760])
    // The next day's arrives at 3480: a slow extra that is there with it stays, one that is there later does not.
    #expect(departures([.add(run(1500, 1980))]).runs.count == 6)
    #expect(departures([.add(run(1500, 1981))]).runs == DisruptedSeriesTests.daily)
    // In one minute the faster one runs, whichever was planned.
    #expect(departures([.add(run(1440, 500))]).runs.map(\.duration) == [600, 500, 600, 600, 600])
    #expect(departures([.add(run(1440, 700))]).runs == DisruptedSeriesTests.daily)
  }

  @Test("a departure whose law crosses a planned one is left out, and the leg is approximate")
  func crossing() {
    // Arrives at 2040 or 2160; the extra at 2100 for certain: neither is nowhere later.
    let uncertain = [run(1440, 600, 1)]
    let crossed = departures([.add(run(1400, 640, 2))], of: uncertain)
    #expect(crossed.runs == uncertain)
    #expect(crossed.isApproximate)
    // At 2040 for certain it is nowhere later, and the earlier one: it runs.
    let ahead = departures([.add(run(1400, 580, 2))], of: uncertain)
    #expect(ahead.runs.map(\.minute) == [1400, 1440])
    #expect(!ahead.isApproximate)
    // At 2160 for certain it is nowhere earlier, and leaves earlier: overtaken.
    #expect(departures([.add(run(1400, 700, 2))], of: uncertain).runs == uncertain)
  }

  @Test(
    "of two delays of one departure the last stands; a cancelled one is gone whatever its delay")
  func several() {
    let late = LegEvent.delay(1440..<1441, by: 60, movesCutOff: false)
    let later = LegEvent.delay(1440..<1441, by: 90, movesCutOff: true)
    #expect(departures([late, later]).runs[1] == run(1530, 600))
    #expect(departures([later, late]).runs[1] == run(1440, 660))
    #expect(departures([late, .drop(1440..<1441)]).runs.count == 4)
  }

  @Test("closed ends: what leaves, or is planned to arrive, within the days does not run")
  func closed() {
    #expect(departures([.closedTail(1440..<2880)]).runs.map(\.minute) == [0, 2880, 4320, 5760])
    // Minute 1440 arrives at 2040: the first minute closed, and the last before it opens again.
    #expect(departures([.closedHead(2040..<2041)]).runs.map(\.minute) == [0, 2880, 4320, 5760])
    #expect(departures([.closedHead(2041..<3480)]).runs == DisruptedSeriesTests.daily)
    #expect(departures([.closedHead(600..<2040)]).runs.map(\.minute) == [1440, 2880, 4320, 5760])
    // Handed over at 1440, gone at 1740: late into the closing.
    let late = LegEvent.delay(1440..<1441, by: 300, movesCutOff: false)
    #expect(
      departures([late, .closedTail(1700..<1800)]).runs.map(\.minute) == [0, 2880, 4320, 5760])
  }

  @Test("open windows lose the closed minutes, at either end, in the middle or altogether")
  func windows() {
    func window(_ opens: Int64, _ closes: Int64) -> OpenWindow {
      OpenWindow(opens: Instant(minutes: opens), closes: Instant(minutes: closes))
    }
    let open = [window(100, 200), window(300, 400)]
    func left(_ event: LegEvent, _ kind: LegKind = .continuous) -> [OpenWindow] {
      DisruptedSeries.windows(open, [event], duration: 50, kind: kind)
    }
    #expect(left(.closedTail(0..<150)) == [window(150, 200), window(300, 400)])
    #expect(left(.closedTail(120..<130)) == [window(100, 120), window(130, 200), window(300, 400)])
    #expect(left(.drop(100..<350)) == [window(350, 400)])
    #expect(left(.closedTail(200..<300)) == open)
    // Fifty minutes under way: whoever starts from 150 to 169 would arrive while it is closed.
    #expect(left(.closedHead(200..<220)) == [window(100, 150), window(170, 200), window(300, 400)])
    // Work is not done while the head is closed.
    #expect(
      left(.closedHead(150..<170), .working) == [
        window(100, 150), window(170, 200), window(300, 400),
      ])
  }
}
