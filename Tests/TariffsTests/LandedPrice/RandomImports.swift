import LogisticsModel
import TestSupport

@testable import Tariffs

/// Seeded random orders, with values near the bounds of the rules and every oddity an order may have.
struct RandomImports {
  var random: SeededGenerator
  let destinations: [Country]
  let programmes: [String]

  static let quotes: [Currency] = ["EUR", "USD", "JPY", "CNY"].compactMap { Currency(code: $0) }
  private static let shops: [Currency] = ["EUR", "EUR", "USD", "CNY", "GBP", "JPY", "KWD"]
    .compactMap { Currency(code: $0) }
  private static let origins = ["CN", "CN", "CN", "HK", "VN", "DE", "US", "MX", "XA"]
    .compactMap { Country(code: $0) }
  private static let subdivisions = ["TX", "OR", "ON", "AB", "CN", "20", "ZZ", ""]
  private static let codes = [
    "851830", "851830", "8518300090", "610910", "61091000", "950300", "330499", "420212",
  ]
  /// Bounds in the rules, in minor units of currencies with two decimals.
  private static let bounds: [Int64] = [
    2000, 5000, 13500, 15000, 20000, 80000, 100_000, 150_000, 250_000, 300_000,
  ]

  init(seed: UInt64, destinations: [Country], programmes: [String]) {
    random = SeededGenerator(seed: seed)
    self.destinations = destinations
    self.programmes = programmes
  }

  struct Case {
    var order: ImportOrder
    var freight: Money
    var date: CivilDate
    var quote: Currency
  }

  mutating func next() throws -> Case {
    let quote = random.pick(RandomImports.quotes)
    let shop = random.pick(RandomImports.shops)
    var lines: [OrderLine] = []
    let count = random.chance(percent: 3) ? random.int(7...60) : random.int(1...5)
    let bound = random.pick(RandomImports.bounds)
    for position in 0..<count {
      let quantity = random.integer(1...(random.chance(oneIn: 4) ? 9 : 1))
      var value = random.integer(0...(2 * bound / Int64(count)))
      if position == count - 1, random.chance(oneIn: 3) {
        // Just below, on, or just above a bound.
        let sum = lines.reduce(0) { $0 + $1.total.minorUnits }
        value = max(0, bound - sum + random.integer(-1...1))
      }
      if random.chance(percent: 1) { value = random.integer(0...1_000_000_000) }
      lines.append(
        try OrderLine(
          code: random.chance(oneIn: 12) ? nil : try HSCode(random.pick(RandomImports.codes)),
          quantity: value > 100 * bound ? 1 : quantity,
          unitValue: Money(
            minorUnits: value, random.chance(oneIn: 40) ? random.pick(RandomImports.shops) : shop),
          origin: random.chance(oneIn: 3) ? random.pick(RandomImports.origins) : nil))
    }
    let order = try ImportOrder(
      destination: random.pick(destinations),
      subdivision: random.chance(oneIn: 3) ? nil : random.pick(RandomImports.subdivisions),
      entry: random.chance(oneIn: 4) ? random.pick(destinations) : nil,
      dispatch: random.chance(oneIn: 10)
        ? random.pick(RandomImports.origins) : RandomImports.origins[0],
      channel: random.pick(ImportChannel.allCases),
      programmes: Set(programmes.filter { _ in random.chance(oneIn: 2) }), lines: lines,
      weight: Grams(
        random.chance(oneIn: 10) ? random.integer(30_990...31_010) : random.integer(1...30_000)),
      parcels: random.chance(oneIn: 5) ? random.int(2...4) : 1)
    return Case(
      order: order,
      freight: Money(minorUnits: random.integer(0...(random.chance(oneIn: 2) ? 600 : 9000)), quote),
      date: CivilDate("2023-06-01").adding(days: random.int(0...2400)), quote: quote)
  }
}
