import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

/// A compact parcel costs what its goods and weight cost, whatever its size.
@Suite struct CompactParcelsTests {
  @Test("every class charges a compact parcel as one of unknown size, on random tariffs")
  func sizesDoNotMatter() throws {
    var (compact, sized, bulky) = (0, 0, 0)
    for seed in UInt64(1)...250 {
      var world = try LineTariff(seed: seed)
      let limits = CompactParcels(world.tariff)
      for date in LineTariff.dates {
        let sheet = FreightSheet(world.tariff, world.classes, on: date, in: .eur)
        for _ in 0..<60 {
          var parcel = world.parcel()
          if world.random.chance(percent: 50) {
            // A small one: those of the fixture are mostly large.
            parcel = Parcel(
              weight: parcel.weight,
              dimensions: Dimensions(
                millimetres: Int32(world.random.integer(1...450)),
                Int32(world.random.integer(1...200)), Int32(world.random.integer(1...90))),
              goods: parcel.goods, declaredValue: parcel.declaredValue)
          }
          guard limits.contains(sheet.prepare(parcel)) else {
            bulky += 1
            continue
          }
          compact += 1
          if parcel.dimensions != nil { sized += 1 }
          let bare = Parcel(
            weight: parcel.weight, goods: parcel.goods, declaredValue: parcel.declaredValue)
          let (own, other) = (sheet.prepare(parcel), sheet.prepare(bare))
          for position in 0..<Int32(world.classes.count) {
            #expect(
              sheet.price(position, of: own) == sheet.price(position, of: other),
              "seed \(seed), class \(position), \(parcel)")
          }
        }
      }
    }
    #expect(compact > 10_000 && sized > 5000 && bulky > 5000, "\(compact) \(sized) \(bulky)")
  }

  /// 6,000 cm3 to the kilogram are 6,000 mm3 to the gram: 100 x 60 x 10 mm weigh 10 g by volume.
  @Test("volume, size, battery and rules with an upper end only decide")
  func edges() throws {
    func limits(_ surcharges: String = "") throws -> (CompactParcels, FreightSheet) {
      var fixture = TariffFixture()
      fixture.cards =
        "card,variant,currency,max_edge_cm,divisor_cm3_per_kg\nc,v,EUR,30,6000\nd,w,EUR,,8000\n"
      fixture.bands += "v,0,,1,0,1,0.01\nw,0,,1,0,1,0.01\n"
      fixture.surcharges =
        "surcharge,kind,scope,key,min_edge_cm,max_edge_cm,unit,amount,currency\n" + surcharges
      let tariff = try fixture.read(currency: .eur).tariff
      let classes = PriceClassTable(
        tariff, legCount: 1,
        names: LegKeyNames(cards: ["c"], services: ["s"], modes: ["air"], stages: ["linehaul"]),
        nodePosition: { _ in nil }
      ) { _ in LegKey(card: 0, service: 0, mode: 0, stage: 0, node: 0) }
      return (
        CompactParcels(tariff), FreightSheet(tariff, classes, on: "2026-03-01", in: .eur)
      )
    }
    let (plain, sheet) = try limits()
    func holds(
      _ grams: Int64, _ size: (Int32, Int32, Int32)?, _ battery: BatteryKind? = nil,
      _ limits: CompactParcels? = nil
    ) -> Bool {
      let parcel = Parcel(
        weight: Grams(grams), dimensions: size.map { Dimensions(millimetres: $0.0, $0.1, $0.2) },
        goods: battery == nil ? .general : .battery, battery: battery)
      return (limits ?? plain).contains(sheet.prepare(parcel))
    }
    #expect(holds(10, (100, 60, 10)))
    #expect(!holds(9, (100, 60, 10)))
    #expect(holds(9, nil))
    #expect(holds(5000, (300, 10, 10)))
    #expect(!holds(5000, (301, 10, 10)))
    #expect(!holds(5000, nil, .withEquipment))
    // From 25 cm on: one below is compact.
    let (from, _) = try limits("s,k,all,,25,,parcel,1,EUR\n")
    #expect(holds(5000, (249, 10, 10), nil, from))
    #expect(!holds(5000, (250, 10, 10), nil, from))
    // Below 25 cm: whatever has a size may pay it.
    let (below, _) = try limits("s,k,all,,,25,parcel,1,EUR\n")
    #expect(!holds(5000, (249, 10, 10), nil, below))
    #expect(!holds(5000, (251, 10, 10), nil, below))
    #expect(holds(5000, nil, nil, below))
  }
}
