import CSVTables
import Foundation
import LogisticsModel
import TestSupport
import Testing

@testable import TransitTimes

/// The replay of a real history, where it lies beside the clone; its figures are check values of the methods compared.
@Suite struct PromiseReplayTests {
  static let path: String = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    return root + "/../shared/data/promises/olist-train.csv.gz"
  }()

  static var isHere: Bool { FileManager.default.fileExists(atPath: path) }

  /// As the shipped example of a mapping.
  static let columns = HistoryColumns(
    names: [
      .order: "order", .placed: "purchased_at", .handedOver: "handed_over_at",
      .delivered: "delivered_at", .promised: "promised_date", .origin: "origin_state",
      .destination: "dest_state", .zone: "dest_zip3", .seller: "seller",
      .distance: "distance_km",
    ], pace: .parcels)

  static func history() throws -> ShipmentHistory {
    let bytes = try GzipText.unpacked(try FileBytes.read(path), file: path)
    var findings: [Finding] = []
    let table = try #require(CSVTable.parse(bytes, file: path, findings: &findings))
    var history = ShipmentHistory(columns: columns)
    history.add(table)
    return history
  }

  @Test("whether the history is here")
  func present() {
    if !Self.isHere { print("the shipment history is not beside this clone: its tests skip") }
    #expect(Self.path.hasSuffix(".csv.gz"))
  }

  @Test(
    "methods to compare with reproduce their check values on Dec 2017 - Feb 2018",
    .enabled(if: isHere, "the shipment history is not beside this clone"))
  func checkValues() throws {
    let replay = PromiseReplay(
      try Self.history(), from: "2017-12-01", level: 950, now: "2026-01-01T00:00")
    func loss(_ method: String) throws -> Double {
      try #require(replay.score(method, .all)).pinball95
    }
    #expect(try #require(replay.score("platform", .all)).orders == 2863)
    #expect(abs(try loss("platform") - 1.629) < 0.001)
    #expect((1.626...1.654).contains(try loss("lane + KM49")))
    #expect((1.744...1.752).contains(try loss("lane + rolling 28 days")))
  }

  @Test(
    "the learner beats every method compared on Jan - Feb 2018, and is quick",
    .enabled(if: isHere, "the shipment history is not beside this clone"))
  func beats() throws {
    let history = try Self.history()
    #expect(history.orders.count == 8495 && history.quarantine.total == 0)
    let replay = PromiseReplay(history, from: "2018-01-01", level: 950, now: "2026-01-01T00:00")
    for rows in [PromiseReplay.Rows.zoned, .all] {
      let own = try #require(replay.score(PromiseReplay.learned, rows))
      for method in replay.methods.dropFirst() {
        let other = try #require(replay.score(method, rows))
        #expect(own.pinball95 < other.pinball95, "\(method)")
        #expect(own.weeklyGap < other.weeklyGap, "\(method)")
      }
    }
    #expect(replay.quarantine.total == 0)
    let learned = try #require(replay.score(PromiseReplay.learned, .all))
    #expect((0.94...0.96).contains(learned.onTime))
    let zoned = try #require(replay.score(PromiseReplay.learned, .zoned))
    #expect(zoned.pinball95 < 1.545 && zoned.pinball90 < 2.215)
    #expect(try #require(zoned.worstMonth).onTime > 0.94)
    // As good as every method compared at the days the platform promised, too.
    let days = try #require(replay.score("platform", .zoned)).meanDays
    let kept = replay.frontier(PromiseReplay.learned, .zoned).onTime(days: days) ?? 0
    #expect(
      replay.methods.dropFirst().allSatisfy {
        $0 == "platform" || kept > replay.frontier($0, .zoned).onTime(days: days) ?? 0
      })
    #expect(try #require(learned.worstMonth).onTime > 0.925)
  }

  @Test("a delivery after now is not scored, nor known to any method")
  func asOf() {
    var history = ShipmentHistory(columns: .plain)
    history.adopt(RandomWorld(seed: 3, days: 90).orders)
    let now: LocalTime = "2017-03-20T00:00"
    let replay = PromiseReplay(history, from: "2017-02-20", level: 950, now: now)
    let known = history.orders.count {
      ($0.delivered ?? now) < now && $0.placed.date >= "2017-02-20"
    }
    #expect(replay.score(PromiseReplay.learned, .all)?.orders == known)
    #expect((replay.quarantine.counts[.future] ?? 0) > 0)
  }

  /// Two weeks of two orders each, promised 5 days: 4 and 6 days, 3 and 5.
  ///     kept 1 of 2 and 2 of 2: on time .75, gap mean(|.5-.95|, |1-.95|) = .25
  ///     loss at .95: .05, .95, .1, 0 -> 1.1/4 = .275
  @Test("scores, by hand")
  func byHand() throws {
    let cases = [("2018-01-01", 4), ("2018-01-03", 6), ("2018-01-08", 3), ("2018-01-09", 5)].map {
      ReplayCase(
        placed: CivilDate(iso: $0.0) ?? .first, actual: Int32($0.1), group: .near, platform: nil)
    }
    let five = [Int32](repeating: 5, count: 4)
    let score = try #require(
      PromiseScore.of(cases, served: five, at90: five, at95: five, level: 0.95))
    #expect(score.onTime == 0.75 && score.meanDays == 5)
    #expect(abs(score.weeklyGap - 0.25) < 1e-12)
    #expect(abs(score.pinball95 - 0.275) < 1e-12)
    #expect(abs(score.pinball90 - 1.2 / 4) < 1e-12)
    #expect(score.worstWeek?.first == "2018-01-01" && score.worstWeek?.onTime == 0.5)
    #expect(score.months.count == 1)
  }
}
