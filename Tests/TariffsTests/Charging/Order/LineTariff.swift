import LogisticsModel
import Tariffs
import TestSupport

/// Random tariffs most of whose cards charge along one line of the chargeable weight, often the same line a little higher.
struct LineTariff {
  var random: SeededGenerator
  let tariff: Tariff
  let classes: PriceClassTable

  static let services = ["fast", "slow"]
  /// First and last ready date; a rate changes and rules begin and end between them.
  static let dates: [CivilDate] = ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"]

  init(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var fixture = TariffFixture()
    let cardCount = 9
    fixture.cards =
      "card,variant,currency,valid_from,goods,min_value,max_value,value_currency,max_edge_cm,"
      + "divisor_cm3_per_kg,divisor_sum_over_cm,max_chargeable_g,round_g,min_chargeable_g\n"
    var base: Int64 = 200
    var slope: Int64 = 3
    for card in 0..<cardCount {
      let isRelative = random.chance(percent: 60)
      if !isRelative {
        base = random.integer(0...900)
        slope = random.integer(0...40)
      } else {
        base += random.integer(-20...200)
        slope += random.integer(-1...6)
        base = max(base, 0)
        slope = max(slope, 0)
      }
      let isSplit = random.chance(percent: 15)
      let divisor = random.pick(["", "", "5000", "6000", "8000"])
      let rest = random.pick([
        ",,,,", ",,,,", ",,,,", "60,\(divisor),,,", ",\(divisor),,,", ",\(divisor),,,",
        ",6000,60,,", ",,,5000,", ",,,,50", ",\(divisor),,,",
      ])
      let from = random.pick(["", "", "", "", "2026-03-03"])
      let currency = random.pick(["CNY", "CNY", "EUR", "JPY"])
      for part in 0..<(isSplit ? 2 : 1) {
        let goods =
          isSplit ? ["battery", "general+textile"][part] : random.pick(["", "", "general"])
        let value = !isSplit && random.chance(percent: 10) ? "0,60,EUR" : ",,"
        fixture.cards +=
          "c\(card),v\(card)\(part),\(currency),\(from),\(goods),\(value),\(rest),\(random.pick(["0", "0", "0", "100"]))\n"
        let line = "\(base / 100).\(base % 100 / 10)\(base % 10)"
        let isOpen = random.chance(percent: 85)
        fixture.bands += "v\(card)\(part),0,\(isOpen ? "" : "2000"),\(line),0,1,0.0\(slope + 10)\n"
        if !isOpen && random.chance(percent: 70) {
          fixture.bands +=
            "v\(card)\(part),2000,,\(base / 100 + random.integer(-1...60)),\(random.pick([0, 2000])),\(random.pick([1, 500])),0.\(random.integer(10...60))\n"
        }
      }
    }
    fixture.surcharges =
      "surcharge,kind,scope,key,goods,min_weight_g,max_weight_g,min_edge_cm,valid_from,valid_to,unit,amount,currency\n"
    for number in 0..<random.int(0...4) {
      let scope = random.pick(["all,", "service,fast", "card,c\(random.int(0...cardCount - 1))"])
      let conditions = random.pick([
        ",,,,,", ",,,,,", "battery,,,,,", ",500,,,,", ",,1000,,,", ",,,30,,", ",,,,2026-03-02,",
        ",,,,,2026-03-02",
      ])
      let amount = random.pick([
        "percent,7.25,", "kg,1.3,EUR", "parcel,2.5,CNY", "parcel,0.35,USD", "percent,0.333333,",
      ])
      fixture.surcharges? += "s\(number),k,\(scope),\(conditions),\(amount)\n"
    }
    fixture.restrictions =
      "restriction,scope,key,goods,battery,max_weight_g,max_edge_cm,from,to\n"
    for number in 0..<random.int(0...3) {
      let scope = random.pick(["service,slow", "card,c\(random.int(0...cardCount - 1))", "all,"])
      let rest = random.pick([
        "battery,alone+unknown,,,,", "battery,,,,,", ",,3000,,,", ",,,40,,",
        ",,,,2026-03-02,2026-03-03",
        "liquid,,,,2026-01-01,",
      ])
      fixture.restrictions? += "r\(number),\(scope),\(rest)\n"
    }
    fixture.rates +=
      "2026-02-01,EUR,CNY,8.213\n2026-03-03,EUR,CNY,8.4127\n,EUR,USD,1.07\n2026-01-01,USD,JPY,154.3\n"
    let (tariff, findings) = try fixture.read(currency: .eur)
    if let fault = findings.first(where: { $0.severity == .error }) { throw Refused(fault: fault) }
    self.tariff = tariff
    let legs = (0...cardCount).flatMap { card in LineTariff.services.indices.map { (card, $0) } }
    classes = PriceClassTable(
      tariff, legCount: legs.count,
      names: LegKeyNames(
        cards: (0..<cardCount).map { "c\($0)" }, services: LineTariff.services, modes: ["air"],
        stages: ["linehaul"]), nodePosition: { _ in nil }
    ) { leg in
      LegKey(
        card: legs[leg].0 == cardCount ? -1 : Int32(legs[leg].0), service: Int32(legs[leg].1),
        mode: 0, stage: 0, node: 0)
    }
    self.random = random
  }

  struct Refused: Error { let fault: Finding }

  /// Light, bulky, at the ends of bands, with and without size and value.
  mutating func parcel() -> Parcel {
    let weight = random.pick([
      1, 2, 49, 50, 51, 100, 101, 499, 500, 1000, 1999, 2000, 2001, 3000, 3001, 5000, 19_999,
      20_000, random.integer(1...20_000),
    ])
    let longest = random.pick([1, 10, 299, 300, 301, 400, 401, 600, 601, random.integer(1...1500)])
    let other = random.pick([1, 5, random.integer(1...600)])
    return Parcel(
      weight: Grams(weight),
      dimensions: random.chance(percent: 75)
        ? Dimensions(millimetres: Int32(longest), Int32(other), Int32(random.pick([1, other])))
        : nil,
      goods: random.pick(GoodsClass.allCases),
      declaredValue: random.chance(percent: 70)
        ? Money(
          minorUnits: random.pick([0, 5999, 6000, 6001, 100, 9000]), random.pick([.eur, .cny]))
        : nil,
      battery: random.pick([nil, .alone, .withEquipment, .inEquipment]))
  }

  /// A list of classes, and another that is often it with some taken out or others put in.
  mutating func lists() -> (cheap: [Int32], dear: [Int32]) {
    let all = Array(0..<Int32(classes.count))
    let dear = (0..<random.int(0...4)).map { _ in random.pick(all) }
    var cheap = dear
    if random.chance(percent: 30) { cheap = (0..<random.int(0...3)).map { _ in random.pick(all) } }
    for place in cheap.indices where random.chance(percent: 60) { cheap[place] = random.pick(all) }
    if !cheap.isEmpty, random.chance(percent: 35) { cheap.removeLast() }
    if random.chance(percent: 15) { cheap.append(random.pick(all)) }
    return (cheap.shuffled(using: &random), dear)
  }
}
