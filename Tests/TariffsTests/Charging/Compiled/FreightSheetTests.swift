import LogisticsModel
import TestSupport
import Testing

@testable import Tariffs

@Suite struct FreightSheetTests {
  /// What the prices compared were like; a comparison in which nothing of a sort came up proves nothing about it.
  private struct Occurrences {
    private(set) var counts: [String: Int] = [:]

    mutating func note(_ sort: String, if occurred: Bool = true) {
      if occurred { counts[sort, default: 0] += 1 }
    }

    mutating func note(_ outcome: LegOutcome, _ parcel: Parcel, _ tariff: Tariff) {
      switch outcome {
      case .included: note("included")
      case .refused(let refusal): note(refusal.code.word)
      case .sold(let charge):
        note("sold")
        note("sold without size", if: parcel.dimensions == nil)
        note("volumetric", if: charge.card.divisor != nil)
        note("beyond 64 bits", if: charge.card.micros > Int128(Int64.max) / 100_000_000)
        note("foreign", if: charge.amounts.count > 1)
        note("two foreign", if: charge.amounts.count > 2)
        let variant = tariff.cards.variants[charge.card.position]
        note("conditional divisor", if: variant.volumetric?.sumOver != nil)
        note("value converted", if: variant.value.map { $0.currency != .eur } ?? false)
        for line in charge.lines.dropFirst() {
          guard let rule = tariff.surcharges.first(where: { $0.id == line.rule }) else { continue }
          note(rule.unit.rawValue)
          let isConditional =
            rule.weightFrom != nil || rule.edgeFrom != nil || rule.secondEdgeFrom != nil
            || rule.girthFrom != nil || rule.goods.bits != .max
          note("\(rule.unit.rawValue), \(isConditional ? "conditional" : "always")")
          note("girth condition", if: rule.girthFrom != nil)
        }
      }
    }
  }

  private func quoteCurrencies() throws -> [Currency] {
    try ["EUR", "CNY", "JPY", "KWD", "USD"].map { try #require(Currency(code: $0)) }
  }

  @Test func agreesWithThePriceListAndTheEvaluationOfOneLegOnRandomTariffs() throws {
    let currencies = try quoteCurrencies()
    var seen = Occurrences()
    for seed in UInt64(1)...1500 {
      var world = try RandomTariff(seed: seed, hasHugeFigures: true)
      let classes = world.classes()
      for _ in 0..<4 {
        let date = world.date()
        let currency = world.random.pick(currencies)
        let sheet = FreightSheet(world.tariff, classes, on: date, in: currency)
        try #require(sheet.count == classes.count)
        for piece in 0..<Int32(sheet.tables.pieces.count) {
          let isByRules = sheet.tables.pieces[piece].outcome == FreightPiece.Outcome.byRules
          seen.note("beyond a line's proof", if: isByRules)
        }
        for _ in 0..<4 {
          let parcel = world.parcel()
          let prepared = sheet.prepare(parcel)
          let asked = (0..<Int32(classes.count)).shuffled(using: &world.random)
          let prices = batch(sheet, prepared, asked)
          var list = PriceList(world.tariff, classes, parcel: parcel, on: date, in: currency)
          let column = list.column()
          for (leg, named) in world.legs.enumerated() {
            let priceClass = classes.classOfLeg[leg]
            let price = sheet.price(priceClass, of: prepared)
            let outcome = world.tariff.outcome(
              for: named, parcel: parcel, on: date, in: currency)
            seen.note(outcome, parcel, world.tariff)
            let agrees =
              price == column[leg] && price == prices[priceClass] && price == minorUnits(outcome)
            if !agrees {
              Issue.record(
                "seed \(seed) leg \(leg) on \(date) in \(currency): \(price), list \(column[leg]), \(outcome), \(parcel)"
              )
              return
            }
            notePath(sheet, priceClass, prepared, price, &seen)
          }
        }
      }
    }
    for sort in [
      "included", "sold", "sold without size", "volumetric", "conditional divisor",
      "beyond 64 bits",
      "foreign", "two foreign", "value converted", "parcel, always", "parcel, conditional",
      "kg, always", "kg, conditional", "percent, always", "percent, conditional",
      "girth condition", "plain", "plain refused", "by rules", "value_unknown", "no_rate",
      "value_outside_bands",
      "size_over_limit", "edge_over_limit", "girth_over_limit", "weight_over_limit",
      "weight_not_priced", "variants_ambiguous", "amount_overflow", "restricted", "card_unknown",
      "card_not_valid", "class_not_accepted", "beyond a line's proof",
    ] {
      #expect(seen.counts[sort, default: 0] >= 100, "\(sort): \(seen.counts[sort, default: 0])")
    }
  }

  /// A line ends where a band does, or where 64 bits do: both sides of every end.
  @Test func agreesOnBothSidesOfTheEndOfEveryPiece() throws {
    var compared = 0
    for seed in UInt64(2000)...2300 {
      let world = try RandomTariff(seed: seed, hasHugeFigures: true)
      let classes = world.classes()
      let date = try day("2026-07-15")
      let currency = try quoteCurrencies()[Int(seed % 5)]
      let sheet = FreightSheet(world.tariff, classes, on: date, in: currency)
      let ends = (0..<Int32(sheet.tables.pieces.count)).map { sheet.tables.pieces[$0].upto }
      // Weights beyond what 32 bits hold are no plain ones; divisor 1 of the generator makes them from a size.
      let weights = Set(
        ends.filter { $0 < Int32.max }.flatMap { [Int64($0) - 1, Int64($0), Int64($0) + 1] })
      for weight in weights where weight > 0 {
        let parcel = Parcel(weight: Grams(weight))
        let prepared = sheet.prepare(parcel)
        var list = PriceList(world.tariff, classes, parcel: parcel, on: date, in: currency)
        let column = list.column()
        for (leg, price) in column.enumerated() {
          #expect(sheet.price(classes.classOfLeg[leg], of: prepared) == price)
          compared += price > 0 ? 1 : 0
        }
      }
    }
    #expect(compared > 20_000)
  }

  /// How the price was found; and that the rules give a plain parcel the same price.
  private func notePath(
    _ sheet: FreightSheet, _ priceClass: Int32, _ parcel: FreightParcel, _ price: Int64,
    _ seen: inout Occurrences
  ) {
    let tables = sheet.tables
    let plain = tables.plainPrice(tables.rows.start + Int(priceClass), parcel)
    if plain >= -1 {
      seen.note(plain >= 0 ? "plain" : "plain refused")
      let byRules = tables.priceByRules(tables.entries[priceClass], parcel)
      #expect(byRules == price)
    } else {
      seen.note("by rules")
    }
  }

  private func batch(
    _ sheet: FreightSheet, _ parcel: FreightParcel, _ classes: [Int32]
  ) -> [Int32: Int64] {
    var prices = [Int64](repeating: .min, count: classes.count)
    classes.withUnsafeBufferPointer { asked in
      prices.withUnsafeMutableBufferPointer { room in
        if let start = room.baseAddress { sheet.prices(of: parcel, classes: asked, into: start) }
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(classes, prices))
  }

  private func minorUnits(_ outcome: LegOutcome) -> Int64 {
    switch outcome {
    case .included: 0
    case .sold(let charge): charge.total.minorUnits
    case .refused: -1
    }
  }
}
