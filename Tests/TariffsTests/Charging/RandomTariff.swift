import LogisticsModel
import Tariffs
import TestSupport

/// Random tariffs, legs and parcels for property tests.
///
/// Everything follows from the seed.
struct RandomTariff {
  var random: SeededGenerator
  let tariff: Tariff
  let legs: [NamedLeg]

  static let cards = (0..<6).map { "card\($0)" } + ["missing"]
  static let services = ["fast", "slow"]
  static let modes = ["air", "sea"]
  static let stages = ["pickup", "linehaul"]
  static let nodes = (0..<8).map { "N\($0)" }

  init(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var fixture = TariffFixture()
    fixture.cards =
      "card,variant,currency,valid_from,goods,min_value,max_value,value_currency,max_edge_cm,"
      + "divisor_cm3_per_kg,divisor_sum_over_cm,round_g,min_chargeable_g\n"
    for card in 0..<6 {
      for variant in 0..<2 {
        let currency = random.pick(["CNY", "EUR", "JPY", "KWD"])
        let value = random.chance(percent: 30) ? "\(variant * 100),\(variant * 100 + 99),EUR" : ",,"
        let goods = variant == 0 ? "general+textile" : random.pick(["battery", "general"])
        let divisor = random.chance(percent: 50) ? "6000,\(random.integer(0...60))" : ","
        fixture.cards +=
          "card\(card),v\(card)-\(variant),\(currency),\(random.pick(["", "2026-03-01"])),\(goods),"
          + "\(value),\(random.pick(["", "60"])),\(divisor),\(random.pick(["1", "50"])),"
          + "\(random.pick(["0", "100"]))\n"
        var over: Int64 = 0
        for _ in 0..<random.integer(1...3) {
          let upto = over + random.integer(1...3000)
          fixture.bands +=
            "v\(card)-\(variant),\(over),\(upto),\(random.integer(0...99)).\(random.integer(0...9)),"
            + "\(random.integer(0...500)),\(random.integer(1...100)),0.\(random.integer(0...999))\n"
          over = upto
        }
      }
    }
    var surcharges =
      "surcharge,kind,scope,key,goods,min_weight_g,min_edge_cm,valid_to,unit,amount,currency\n"
    var restrictions = "restriction,scope,key,goods,max_weight_g\n"
    func scope(_ random: inout SeededGenerator) -> String {
      random.pick(
        ["all,"] + Self.cards.dropLast().map { "card,\($0)" }
          + Self.services.map { "service,\($0)" }
          + Self.modes.map { "mode,\($0)" } + Self.stages.map { "stage,\($0)" }
          + ["node,N1", "node,N5", "node,unknown"])
    }
    for number in 0..<8 {
      let unit = random.pick(["parcel", "kg", "percent"])
      let currency = unit == "percent" ? "" : random.pick(["CNY", "EUR", "USD"])
      surcharges +=
        "s\(number),k,\(scope(&random)),\(random.pick(["", "general", "battery"])),"
        + "\(random.pick(["", "500"])),\(random.pick(["", "30"])),\(random.pick(["", "2026-06-30"])),"
        + "\(unit),\(random.integer(0...9)).\(random.integer(0...9999)),\(currency)\n"
    }
    for number in 0..<3 {
      restrictions +=
        "r\(number),\(scope(&random)),\(random.pick(["battery", "general"])),"
        + "\(random.pick(["900", "2500"]))\n"
    }
    fixture.surcharges = surcharges
    fixture.restrictions = restrictions
    fixture.rates += "2026-02-01,EUR,CNY,8.213\n,EUR,USD,1.07\n2026-01-01,USD,JPY,154.3\n"
    // No dinar before February: some charges have no rate.
    fixture.rates += "2026-02-15,USD,KWD,0.307\n"
    tariff = try fixture.read(currency: .eur).tariff
    var legs: [NamedLeg] = []
    for _ in 0..<60 {
      legs.append(
        NamedLeg(
          card: random.chance(percent: 15) ? nil : random.pick(Self.cards),
          service: random.pick(Self.services), mode: random.pick(Self.modes),
          stage: random.pick(Self.stages), node: random.pick(Self.nodes)))
    }
    self.legs = legs
    self.random = random
  }

  func classes() -> PriceClassTable {
    func position(_ name: String, _ names: [String]) -> Int32 {
      Int32(names.firstIndex(of: name) ?? -1)
    }
    let names = LegKeyNames(
      cards: Self.cards, services: Self.services, modes: Self.modes, stages: Self.stages)
    return PriceClassTable(
      tariff, legCount: legs.count, names: names,
      nodePosition: { Self.nodes.firstIndex(of: $0).map { Int32($0) } },
      key: { leg in
        LegKey(
          card: self.legs[leg].card.map { position($0, Self.cards) } ?? -1,
          service: position(self.legs[leg].service, Self.services),
          mode: position(self.legs[leg].mode, Self.modes),
          stage: position(self.legs[leg].stage, Self.stages),
          node: position(self.legs[leg].node, Self.nodes))
      })
  }

  mutating func parcel() -> Parcel {
    let size =
      random.chance(percent: 60)
      ? Dimensions(
        millimetres: Int32(random.integer(1...700)), Int32(random.integer(1...400)),
        Int32(random.integer(1...300))) : nil
    let value =
      random.chance(percent: 70) ? Money(minorUnits: random.integer(0...25_000), .eur) : nil
    return Parcel(
      weight: Grams(random.integer(1...6000)), dimensions: size,
      goods: random.pick([.general, .battery, .textile, .liquid]), declaredValue: value)
  }

  mutating func date() -> CivilDate {
    CivilDate(year: 2026, month: 1, day: 1)?.adding(days: Int(random.integer(0...300))) ?? .first
  }
}
