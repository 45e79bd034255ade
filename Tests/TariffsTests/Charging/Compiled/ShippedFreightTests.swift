import CSVTables
import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

/// Every price class of the shipped networks, compiled and as the rules stand.
@Suite struct ShippedFreightTests {
  /// A tariff of `config/networks`, its price classes and a leg of each.
  private struct Shipped {
    let tariff: Tariff
    let classes: PriceClassTable
    let legs: [NamedLeg]

    init(_ name: String) throws {
      let folder = ImportRulesFixture.root + "/config/networks/\(name)/"
      var findings: [Finding] = []
      func table(_ file: String) throws -> CSVTable {
        let bytes = Array(try Fixtures.text(folder + file).utf8)
        return try #require(CSVTable.parse(bytes, file: file, findings: &findings))
      }
      let tables = try TariffTables(
        rateCards: table("rate_cards.csv"), rateBands: table("rate_bands.csv"),
        surcharges: table("surcharges.csv"), restrictions: table("restrictions.csv"),
        rates: table("fx.csv"))
      let tariff = Tariff.read(tables, currency: .eur, today: nil, findings: &findings)
      let rows = try table("legs.csv")
      let columns = try ["card", "service", "mode", "stage", "to"].map {
        try #require(rows.column($0))
      }
      // Positions of the words of each column, in the order of first appearance.
      var words = [[String]](repeating: [], count: columns.count)
      var places = [[String: Int32]](repeating: [:], count: columns.count)
      var keys: [[Int32]] = []
      for row in 0..<rows.rowCount {
        keys.append(
          columns.indices.map { at in
            let word = rows.text(row, columns[at])
            if word.isEmpty, at == 0 { return -1 }
            if let known = places[at][word] { return known }
            let next = Int32(words[at].count)
            places[at][word] = next
            words[at].append(word)
            return next
          })
      }
      let names = LegKeyNames(
        cards: words[0], services: words[1], modes: words[2], stages: words[3])
      let classes = PriceClassTable(
        tariff, legCount: keys.count, names: names, nodePosition: { places[4][$0] },
        key: { leg in
          LegKey(
            card: keys[leg][0], service: keys[leg][1], mode: keys[leg][2], stage: keys[leg][3],
            node: keys[leg][4])
        })
      self.tariff = tariff
      self.classes = classes
      legs = (0..<Int32(classes.count)).map { priceClass in
        let key = keys[classes.classOfLeg.firstIndex(of: priceClass) ?? 0]
        return NamedLeg(
          card: key[0] < 0 ? nil : words[0][Int(key[0])], service: words[1][Int(key[1])],
          mode: words[2][Int(key[2])], stage: words[3][Int(key[3])], node: words[4][Int(key[4])])
      }
    }
  }

  private func parcel(_ random: inout SeededGenerator) -> Parcel {
    let reach = random.pick([Int64(300), 700, 1500, 3000])
    let size =
      random.chance(percent: 60)
      ? Dimensions(
        millimetres: Int32(random.integer(1...reach)), Int32(random.integer(1...reach / 2)),
        Int32(random.integer(1...reach / 3))) : nil
    let goods = random.pick([GoodsClass.general, .general, .general, .battery, .liquid, .textile])
    let value =
      random.chance(percent: 70)
      ? Money(
        minorUnits: random.integer(0...random.pick([2000, 40_000])),
        random.pick([.eur, .usd, .cny, Currency(code: "RUB") ?? .eur])) : nil
    let battery: BatteryKind? =
      goods == .battery ? random.pick([nil, .alone, .withEquipment, .inEquipment]) : nil
    return Parcel(
      weight: Grams(random.integer(1...random.pick([500, 2500, 35_000]))), dimensions: size,
      goods: goods, declaredValue: value, battery: battery)
  }

  @Test(arguments: ["demo", "world"])
  func agreesWithThePriceListOnEveryClass(name: String) throws {
    let shipped = try Shipped(name)
    var random = SeededGenerator(seed: 11)
    var dates = try ["2026-07-23", "2026-11-20", "2026-12-24", "2027-02-01"].map { try day($0) }
    // The first and the last day of every surcharge, and the days beside them.
    for validity in shipped.tariff.surcharges.map(\.validity) where validity != .always {
      for edge in [validity.from, validity.to] where edge > .first && edge < .last {
        dates += [-1, 0, 1].map { edge.adding(days: $0) }
      }
    }
    let currencies = try ["EUR", "USD", "JPY", "KWD", "CNY"].map {
      try #require(Currency(code: $0))
    }
    var sold = 0
    var refused = 0
    var byRules = 0
    for date in Set(dates).sorted() {
      for currency in currencies {
        let sheet = FreightSheet(shipped.tariff, shipped.classes, on: date, in: currency)
        #expect(sheet.memory < 2 << 20)
        for _ in 0..<40 {
          let parcel = parcel(&random)
          let prepared = sheet.prepare(parcel)
          var list = PriceList(
            shipped.tariff, shipped.classes, parcel: parcel, on: date, in: currency)
          var prices = [Int64](repeating: -1, count: shipped.classes.count)
          for (leg, price) in zip(shipped.classes.classOfLeg, list.column()) {
            prices[Int(leg)] = price
          }
          for (position, price) in prices.enumerated() {
            let asked = sheet.price(Int32(position), of: prepared)
            if asked != price {
              Issue.record(
                "\(shipped.legs[position]) \(parcel) on \(date) in \(currency): \(asked), not \(price)"
              )
              return
            }
            if price >= 0 { sold += 1 } else { refused += 1 }
            let tables = sheet.tables
            if tables.plainPrice(tables.rows.start + position, prepared) < -1 { byRules += 1 }
          }
          // One class in each round from scratch.
          let position = random.int(0...shipped.classes.count - 1)
          let outcome = shipped.tariff.outcome(
            for: shipped.legs[position], parcel: parcel, on: date, in: currency)
          switch outcome {
          case .included: #expect(prices[position] == 0)
          case .sold(let charge): #expect(prices[position] == charge.total.minorUnits)
          case .refused: #expect(prices[position] == -1)
          }
        }
      }
    }
    #expect(sold > 1000)
    #expect(refused > 100)
    // Nearly all is plain, or the sheet is not worth its memory.
    #expect(byRules * 2 < sold + refused)
  }
}
