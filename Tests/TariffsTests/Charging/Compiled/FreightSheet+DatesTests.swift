import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

@Suite struct FreightSheetDatesTests {
  @Test("a sheet shared by some dates prices every parcel as the date's own")
  func shared() throws {
    var (shared, apart, different, sold) = (0, 0, 0, 0)
    for seed in UInt64(1)...120 {
      var world = try RandomTariff(seed: seed)
      let classes = world.classes()
      let first = world.date()
      let dates = (-2..<30).map { first.adding(days: $0) }
      let sheets = FreightSheet.sheets(world.tariff, classes, on: dates, in: .eur)
      let own = FreightSheet.sheets(world.tariff, classes, on: dates, in: .eur, sharing: false)
      shared += dates.count - Set(sheets.map { ObjectIdentifier($0) }).count
      apart += Set(own.map { ObjectIdentifier($0) }).count
      let parcels = (0..<6).map { _ in world.parcel() }
      for (place, date) in dates.enumerated() {
        for parcel in parcels {
          let prepared = (sheets[place].prepare(parcel), own[place].prepare(parcel))
          for priceClass in 0..<Int32(classes.count) {
            let price = own[place].price(priceClass, of: prepared.1)
            if sheets[place].price(priceClass, of: prepared.0) != price { different += 1 }
            if price > 0 { sold += 1 }
          }
        }
        #expect(own[place].date == date && sheets[place].date <= date)
      }
    }
    #expect(different == 0 && sold > 10_000, "\(different) of \(sold)")
    #expect(apart == 120 * 32 && shared > 120 && shared < 120 * 31, "\(shared) of \(apart)")
  }
}
