import LogisticsModel
import TestSupport
import Testing

@testable import TransitTimes

@Suite struct CalibrationWindowsTests {
  /// Weeks of a hundred orders from Monday 2018-01-01 on, each with so many kept.
  static func windows(_ kept: [Int]) throws -> CalibrationWindows {
    var cases: [ReplayCase] = []
    for (week, kept) in kept.enumerated() {
      for number in 0..<100 {
        cases.append(
          ReplayCase(
            placed: ("2018-01-01" as CivilDate).adding(days: 7 * week),
            actual: number < kept ? 5 : 6, group: .near, platform: nil))
      }
    }
    let five = [Int32](repeating: 5, count: cases.count)
    let score = try #require(
      PromiseScore.of(cases, served: five, at90: five, at95: five, level: 0.95))
    return CalibrationWindows(score, level: 0.95)
  }

  /// Bad weeks are the third and fourth: windows 0 to 3 hold one of them, 4 is the first without.
  @Test("recovery is the first Monday from which every window holds, by hand")
  func recovery() throws {
    let windows = try Self.windows([95, 95, 60, 60, 95, 95, 95, 95, 95, 95])
    #expect(windows.windows.count == 7)
    #expect(
      windows.windows.map { windows.isCalibrated($0) } == [
        false, false, false, false, true, true, true,
      ])
    #expect(windows.promisedDays == 5)
    // 400 orders a window: the root of .0475 / 400; within half a point it is known from .0475 / .005^2.
    #expect(abs(windows.standardError - 0.010_897) < 1e-6 && windows.ordersNeeded == 1900)
    #expect(windows.recovery(after: "2018-01-15") == 14)
    #expect(windows.recovery(after: "2018-01-29") == 0)
    // Of a window from the eighth on, orders would still be under way at the next event.
    #expect(windows.recovery(after: "2018-01-01", before: "2018-02-09") == nil)
    #expect(windows.recovery(after: "2018-01-29", before: "2018-03-02") == nil)
    #expect(windows.recovery(after: "2018-01-29", before: "2018-03-03") == 0)
    #expect(try Self.windows([95, 95, 95, 60]).recovery(after: "2018-01-01") == nil)
    #expect(windows.settled(around: ["2018-01-15"]).map(\.first.day) == [29, 5, 12])
    #expect(windows.settled(around: []).count == 7)
  }

  /// The world's carriage doubles for the orders of 3 to 22 March; 120 orders a day.
  @Test("after a slump promises come back to within three points, four weeks at a time")
  func world() throws {
    var history = ShipmentHistory(columns: .plain)
    history.adopt(RandomWorld(seed: 40, days: 300, perDay: 120).orders)
    let replay = PromiseReplay(
      history, from: "2017-02-06", level: 950, now: "2018-12-01T00:00", comparing: false)
    let windows = try #require(replay.windows(of: PromiseReplay.learned))
    let far = windows.windows.filter { $0.first >= "2017-06-05" }
    #expect(far.count > 10 && far.allSatisfy { abs($0.onTime - 0.95) < 0.035 })
    #expect(windows.windows.contains { $0.onTime < 0.9 }, "the slump is no slump")
  }
}
