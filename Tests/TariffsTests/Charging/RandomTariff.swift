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
  /// A currency without any rate.
  static let pound = Currency(code: "GBP") ?? .eur

  /// `hasHugeFigures`: some amounts are of a size that no money holds.
  init(seed: UInt64, hasHugeFigures: Bool = false) throws {
    var random = SeededGenerator(seed: seed)
    var fixture = TariffFixture()
    (fixture.cards, fixture.bands) = Self.cardTexts(hasHugeFigures, &random)
    fixture.surcharges = Self.surchargeText(hasHugeFigures, &random)
    fixture.restrictions = Self.restrictionText(&random)
    fixture.rates += "2026-02-01,EUR,CNY,8.213\n,EUR,USD,1.07\n2026-01-01,USD,JPY,154.3\n"
    // No dinar before February: some charges have no rate. Pounds never have one.
    fixture.rates += "2026-02-15,USD,KWD,0.307\n2026-01-01,EUR,RUB,91.2345678901\n"
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
    let currency: Currency = random.pick([.eur, .eur, .eur, .usd, .cny, Self.pound])
    let value =
      random.chance(percent: 70) ? Money(minorUnits: random.integer(-9...25_000), currency) : nil
    // One in fifty weighs more than 32 bits hold.
    let weight =
      random.chance(percent: 2) ? random.integer(1...900_000_000_000) : random.integer(1...6000)
    return Parcel(
      weight: Grams(weight), dimensions: size,
      goods: random.pick([.general, .general, .battery, .textile, .liquid]), declaredValue: value,
      battery: random.pick([nil, .alone, .withEquipment, .inEquipment]))
  }

  mutating func date() -> CivilDate {
    CivilDate(year: 2026, month: 1, day: 1)?.adding(days: Int(random.integer(0...300))) ?? .first
  }
}
