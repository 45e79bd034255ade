import LogisticsModel
import Tariffs
import TestSupport
import Testing

@Suite struct PriceListTests {
  @Test(arguments: UInt64(1)...60)
  func agreesWithTheEvaluationOfOneLegFromScratch(seed: UInt64) throws {
    var world = try RandomTariff(seed: seed)
    let classes = world.classes()
    #expect(classes.count < world.legs.count)
    var sold = 0
    for _ in 0..<40 {
      let parcel = world.parcel()
      let date = world.date()
      let currency: Currency = world.random.pick([.eur, .cny])
      var list = PriceList(world.tariff, classes, parcel: parcel, on: date, in: currency)
      var column = list
      let prices = column.column()
      for (position, leg) in world.legs.enumerated() {
        let id = LegID(Int32(position))
        let naive = world.tariff.outcome(for: leg, parcel: parcel, on: date, in: currency)
        switch naive {
        case .included: #expect(list.entry(leg: id) == .sold(0))
        case .sold(let charge):
          #expect(list.entry(leg: id) == .sold(charge.total.minorUnits))
          sold += 1
        case .refused(let refusal): #expect(list.entry(leg: id) == .refused(refusal))
        }
        #expect(prices[position] == list.price(leg: id) ?? -1)
      }
    }
    // A test in which nothing is sold compares nothing.
    #expect(sold > 30)
  }

  @Test(arguments: UInt64(100)...120)
  func linesOfEachCurrencyAddUpToItsAmountAndConvertedAmountsToTheTotal(seed: UInt64) throws {
    var world = try RandomTariff(seed: seed)
    var checked = 0
    for _ in 0..<100 {
      let (parcel, date) = (world.parcel(), world.date())
      for leg in world.legs {
        guard
          case .sold(let charge) = world.tariff.outcome(
            for: leg, parcel: parcel, on: date, in: .eur)
        else { continue }
        for amount in charge.amounts {
          let lines = charge.lines.filter { $0.money.currency == amount.currency }
          #expect(lines.reduce(0) { $0 + $1.money.minorUnits } == amount.minorUnits)
        }
        let converted = zip(charge.amounts, charge.rates).map {
          $1.convert(minorUnits: $0.minorUnits) ?? 0
        }
        #expect(converted.reduce(0, +) == charge.total.minorUnits)
        #expect(charge.total.minorUnits >= 0)
        checked += 1
      }
    }
    #expect(checked > 100)
  }

  @Test func theUnitAndTheOrderOfInputChangeNothing() throws {
    var world = try RandomTariff(seed: 7)
    let date = try day("2026-05-01")
    for _ in 0..<300 {
      let grams = world.random.integer(1...6000)
      let edges = (0..<3).map { _ in world.random.integer(1...500) }
      let millimetres = edges.map(String.init).joined(separator: "x") + "mm"
      let centimetres =
        edges.reversed().map { DecimalText.text($0, places: 1) }.joined(separator: "x") + "cm"
      let one = Parcel(weight: try Grams("\(grams)g"), dimensions: try Dimensions(millimetres))
      let other = Parcel(
        weight: try Grams(DecimalText.text(grams, places: 3) + "kg"),
        dimensions: try Dimensions(centimetres))
      for leg in world.legs {
        #expect(
          world.tariff.outcome(for: leg, parcel: one, on: date, in: .eur)
            == world.tariff.outcome(for: leg, parcel: other, on: date, in: .eur))
      }
    }
  }

  @Test func legsThatNoRuleTellsApartShareAClass() throws {
    var fixture = TariffFixture(
      cards: "card,variant,currency\nc,v,CNY\n", bands: "variant,over_g,upto_g,base\nv,0,,1\n")
    fixture.surcharges =
      "surcharge,kind,scope,key,unit,amount,currency\ns,remote,node,N2,parcel,1,CNY\n"
    let tariff = try fixture.clean()
    let names = LegKeyNames(cards: ["c"], services: [""], modes: [""], stages: [""])
    let classes = PriceClassTable(
      tariff, legCount: 4, names: names, nodePosition: { $0 == "N2" ? 2 : nil },
      key: { LegKey(card: 0, service: 0, mode: 0, stage: 0, node: Int32($0)) })
    #expect(classes.classOfLeg == [0, 0, 1, 0])
    var list = PriceList(
      tariff, classes, parcel: Parcel(weight: Grams(1)), on: try day("2026-01-01"), in: .cny)
    #expect(list.column() == [100, 100, 200, 100])
  }
}
