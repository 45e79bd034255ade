import Foundation
import LogisticsModel
import RouteGraph
import RoutePlanning
import Testing

@testable import NetworkBuilding

/// Every published transit time against the planner's own p50 and p90.
///
/// A row holds when p50 lies inside the published range and p90 does not pass its end by more than an allowance: none
/// door to door and by rail, the published mean lateness of late vessels (4.88 days) port to port, because printed port
/// times are schedules and the reliability figures are counted on top of them.
@Suite struct TransitObservationsTests {
  private static let first = ["pickup", "feeder"]
  private static let line =
    first + [
      "export-air", "air-belly", "import-air", "distribution", "lm-door", "lm-door-remote",
    ]
  private static let cainiao = first + ["cainiao-last-mile"]
  private static let lateness = 4.88

  private static let checks: [String: ObservationCheck] = [
    "r01": .legs(["rail-XIA-DUI-fixed"]), "r02": .legs(["rail-XIA-DUI-ordinary"]),
    "r03": .weekdays("rail-XIA-DUI-fixed", pattern: "0010010"),
    "r04": .none("eastbound: the network carries goods out of China only"),
    "r05": .legs(["rail-CKG-DUI-regular"]),
    "r06": .weekdays("rail-CKG-DUI-timetable", pattern: "0000010"),
    "r07": .legs(["rail-CTU-LCJ-regular"]),
    "r08": .none("two to four departures a month: no weekly pattern; r07's trains run instead"),
    "r09": .legs(["rail-YIW-MAD-regular"]),
    "r10": .weekdays("rail-CGO-HAM-regular", pattern: "0010010"),
    "r11": .legs(["line-trunk-eu-rail-de-SHA", "line-trunk-eu-rail-es-SZX"]),
    "r12": .door(
      services: first + ["export-rail", "rail-parcel", "import-bulk", "distribution", "lm-door"],
      zones: ["Z-DE-60", "Z-PL-00", "Z-FR-75"]),
    "t01": .legs(["line-trunk-eu-truck-de-SHA", "line-trunk-eu-truck-es-SZX"]),
    "s01": .legs(["line-trunk-us-matson-east-us-west-SHA"]),
    "s02": .legs(["sea-CNSHA-USLAX", "sea-CNNGB-USLAX", "sea-CNYTN-USLAX"]),
    "s03": .legs(["sea-CNSHA-USNYC", "sea-CNNGB-USNYC", "sea-CNYTN-USNYC"]),
    "s04": .legs([
      "sea-CNSHA-NLRTM-cape", "sea-CNNGB-DEHAM-cape", "sea-CNYTN-BEANR-cape",
      "sea-CNYTN-NLRTM-cape",
    ]),
    "s05": .legs(["sea-CNSHA-ITGOA-cape", "sea-CNNGB-ESBCN-cape", "sea-CNSHA-ESVLC-cape"]),
    "s06": .legs(["sea-CNSHA-AUSYD", "sea-CNSHA-AUMEL", "sea-CNYTN-AUBNE"]),
    "s07": .legs(["sea-CNYTN-SGSIN"]), "s08": .legs(["sea-CNSHA-THBKK"]),
    "s09": .legs(["line-trunk-us-matson-east-us-west-SHA"]),
    "s10": .legs(["sea-CNSHA-USLAX", "sea-CNNGB-USLAX", "sea-CNYTN-USLAX"]),
    "s11": .legs(["line-trunk-us-regular-east-us-west-SHA"]),
    "s12": .legs(["sea-CNSHA-USNYC", "sea-CNNGB-USNYC", "sea-CNYTN-USNYC"]),
    "s13": .legs(["line-trunk-eu-sea-nl-SHA"]),
    "s14": .legs(["sea-CNSHA-BRSSZ", "sea-CNYTN-BRSSZ"]),
    "s15": .untilDeparture(["lcl-CNSHA", "sea-CNSHA-NLRTM-cape"]),
    "s16": .through(["clear-NLRTM"]), "s17": .gap("sea-CNSHA-NLRTM-cape"),
    "a01": .door(services: first + ["express"], zones: ["Z-US-100", "Z-DE-60", "Z-ES-28"]),
    "a02": .door(services: first + ["express"], zones: ["Z-AU-20", "Z-JP-tokyo"]),
    "a03": .door(services: first + ["express"], zones: ["Z-AE-dubai", "Z-SA-riyadh"]),
    "a04": .door(services: line, zones: ["Z-DE-60", "Z-ES-28", "Z-PL-00"]),
    "a05": .door(services: line, zones: ["Z-TH-10", "Z-MY-50", "Z-VN-hanoi"]),
    "a06": .door(services: line, zones: ["Z-AE-dubai", "Z-SA-riyadh"]),
    "a07": .door(
      services: first + ["post-ordinary", "cnpost-last-mile"], zones: ["Z-DE-60", "Z-US-100"]),
    "p01": .door(
      services: cainiao + ["cainiao-fast"], zones: ["Z-DE-60", "Z-US-100", "Z-JP-tokyo"]),
    "p02": .door(
      services: cainiao + ["cainiao-standard"], zones: ["Z-DE-60", "Z-US-100", "Z-JP-tokyo"]),
    "p03": .none("no card of Cainiao Economy was at hand, so the network has no such line"),
    "p04": .door(services: cainiao + ["cainiao-fast"], zones: ["Z-GB-B", "Z-FR-75", "Z-IT-20"]),
  ]

  /// What stands beside a row in the table.
  private static let notes: [String: String] = [
    "s01": "the line ends at pick-up after discharge",
    "s09": "the line ends at pick-up after discharge",
    "s11": "against the regular vessel line, which ends at pick-up",
    "s13": "against the EU sea line, which ends at pick-up",
    "s15": "beyond 7 days is the wait for the next weekly sailing (s17)",
    "s16": "breakdown and clearance over a whole week, weekends included",
    "r12": "scope unspecified; held door to door",
  ]

  private static func allowance(_ row: ObservationRow) -> Double {
    if row.id == "s15" || row.id == "s17" { return 7 }
    return row.scope == "port-port" ? lateness : 0.05
  }

  private static func days(_ value: Decimal6?) -> Double? {
    value.map { Double($0.micros) / 1_000_000 }
  }

  private static func number(_ value: Double?) -> String {
    guard let value else { return "-" }
    return String(format: "%.1f", value)
  }

  @Test func publishedTimesAreReproduced() throws {
    let planner = try #require(WorldPlanner.shared.planner)
    let ledger = FindingLedger()
    let rows = SourceTables(WorldFixture.sources, ledger: ledger).observations
    #expect(rows.count == 41)
    print("obs  scope              low  typ. high | p50  p90  verdict")
    var held = 0
    for row in rows {
      let check = try #require(Self.checks[row.id], "no check for \(row.id)")
      let (low, typical, high) = (Self.days(row.low), Self.days(row.typical), Self.days(row.high))
      var verdict = ""
      var middle: Double?
      var late: Double?
      switch check {
      case .none(let reason): verdict = "not comparable: \(reason)"
      case .weekdays(let name, let pattern):
        let leg = try #require(planner.bundle.legID(named: name))
        let departs = planner.bundle.legs[leg].pattern
        #expect(departs.hasPrefix(pattern), "\(row.id): \(departs)")
        verdict = "held: departs \(pattern)"
        held += 1
      default:
        let found = try #require(check.days(planner), "\(row.id) has no answer")
        (middle, late) = (found.half, found.ninety)
        let allowance = Self.allowance(row)
        // A single figure is a typical one: half a day either way.
        let least = low ?? typical.map { $0 - 0.5 } ?? 0
        let most = high ?? typical.map { $0 + 0.5 } ?? 0
        let isInside = found.half >= least && found.half <= most
        let isLate = found.ninety > most + allowance && !(low == nil && high == nil)
        verdict = isInside && !isLate ? "held" : "MISSED"
        held += isInside && !isLate ? 1 : 0
        #expect(isInside && !isLate, "\(row.id): p50 \(found.half), p90 \(found.ninety)")
      }
      let figures = [low, typical, high].map { Self.number($0).padded(4) }.joined(separator: " ")
      print(
        "\(row.id.padded(4)) \(row.scope.padded(18)) \(figures) | \(Self.number(middle).padded(4)) "
          + "\(Self.number(late).padded(4)) \(verdict)\(Self.notes[row.id].map { " (\($0))" } ?? "")"
      )
    }
    print("\(held) of \(rows.count) rows held")
    #expect(held == 38)
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    count >= width ? String(prefix(width)) : self + String(repeating: " ", count: width - count)
  }
}
