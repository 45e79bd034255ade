import LogisticsModel
import RouteGraph
import Tariffs
import TestSupport
import Testing

@testable import RoutePlanning

/// What the scope says of sums of charge classes, held against parcels, on the shipped world network.
@Suite struct BundleChargeScopeTests {
  private static let dates: [CivilDate] = ["2026-11-19", "2026-11-24", "2026-11-29"]

  private func parcel(_ random: inout SeededGenerator) -> Parcel {
    let weight = random.pick([
      1, 49, 50, 100, 101, 499, 500, 501, 1000, 1001, 2000, 2001, 5000, 19_999, 20_000,
      random.integer(1...20_000), random.integer(1...3000),
    ])
    let edges = (0..<3).map { _ in
      Int32(random.pick([1, 20, 150, 299, 600, random.integer(1...1200)]))
    }
    return Parcel(
      weight: Grams(weight),
      dimensions: random.chance(percent: 70)
        ? Dimensions(millimetres: edges[0], edges[1], edges[2]) : nil,
      goods: random.pick(GoodsClass.allCases),
      declaredValue: random.chance(percent: 80)
        ? Money(minorUnits: random.integer(1...40_000), random.pick([.eur, .usd, .cny])) : nil,
      battery: random.pick([nil, .alone, .withEquipment, .inEquipment]))
  }

  @Test("no parcel contradicts the order of charges on the world network, and it says yes often")
  func world() throws {
    let planner = try LoadedNetworks.world.get()
    var random = SeededGenerator(seed: 4)
    let currency = Currency.eur
    let dates = BundleChargeScopeTests.dates
    let order = ChargeOrder(planner.tariff, planner.classes, in: currency, on: dates[0]...dates[2])
    let scope = BundleChargeScope(
      planner, order: order,
      sheet: FreightSheet(planner.tariff, planner.classes, on: dates[0], in: currency),
      greatestWeight: 20_000)
    let parcels = (0..<250).map { _ in parcel(&random) }
    // By date and parcel, then by charge class; -1: refused.
    var prices: [(parcel: Parcel, prices: [Int64])] = []
    for date in dates {
      let sheet = FreightSheet(planner.tariff, planner.classes, on: date, in: currency)
      for parcel in parcels {
        let prepared = sheet.prepare(parcel)
        prices.append(
          (
            parcel,
            scope.classes.map { own in
              own.goods >> UInt64(parcel.goods.rawValue) & 1 == 1
                && parcel.weight.value <= own.greatestWeight
                ? sheet.price(own.price, of: prepared) : -1
            }
          ))
      }
    }
    func sum(_ row: [Int64], _ classes: [Int32]) -> Int64? {
      var sum: Int64 = 0
      for position in classes {
        if row[Int(position)] < 0 { return nil }
        sum += row[Int(position)]
      }
      return sum
    }
    let all = Array(0..<Int32(scope.classes.count))
    var (asked, yes, taken) = (0, 0, 0)
    for _ in 0..<30_000 {
      // As the search asks: what two sums have in common has cancelled.
      let cheap = (0..<random.int(1...3)).map { _ in random.pick(all) }
      let dear = (0..<random.int(1...3)).map { _ in random.pick(all) }
      asked += 1
      let goods = scope.cells(where: cheap, areNoDearerThan: dear)
      if goods == 0 { continue }
      yes += 1
      for (parcel, row) in prices where goods >> UInt64(parcel.goods.rawValue) & 1 == 1 {
        guard let most = sum(row, dear) else { continue }
        taken += 1
        let own = sum(row, cheap)
        if own.map({ $0 > most }) ?? true {
          Issue.record("\(cheap) not above \(dear): \(own ?? -1) > \(most), \(parcel)")
          return
        }
      }
    }
    #expect(yes > asked / 50, "\(yes) of \(asked)")
    #expect(taken > 100_000, "\(taken)")
  }
}
