import TestSupport

/// The files of a random tariff.
///
/// Everything that a rule can ask occurs, also what a loader would report: holes and overlaps of bands, variants that both apply,
/// and, where asked for, amounts that no money holds.
extension RandomTariff {
  static func cardTexts(
    _ hasHugeFigures: Bool, _ random: inout SeededGenerator
  ) -> (cards: String, bands: String) {
    var cards =
      "card,variant,currency,valid_from,goods,min_value,max_value,value_currency,max_sum_cm,"
      + "max_edge_cm,max_girth_cm,divisor_cm3_per_kg,divisor_sum_over_cm,divisor_edge_from_cm,"
      + "max_chargeable_g,round_g,min_chargeable_g\n"
    var bands = "variant,over_g,upto_g,base,from_g,step_g,per_step\n"
    for card in 0..<6 {
      let variants = random.pick([1, 2, 2])
      for variant in 0..<variants {
        let currency = random.pick(["CNY", "EUR", "JPY", "KWD"])
        // Seven currencies of value bands: more than a prepared parcel keeps.
        let valued = random.pick(["EUR", "USD", "JPY", "CNY", "KWD", "RUB", "GBP"])
        let least = valued == "JPY" ? "\(variant * 100)" : "\(variant * 100).\(random.int(0...9))"
        let value =
          random.chance(percent: 30) ? "\(least),\(variant * 100 + 99),\(valued)" : ",,"
        let first = random.pick(["general+textile", "", "general+battery"])
        let goods = variant == 0 ? first : random.pick(["battery", "general", "textile+liquid"])
        let divisor = random.pick(["5000", "6000", "1", ""])
        let conditions =
          divisor.isEmpty
          ? "," : "\(random.pick(["", "\(random.int(0...60))"])),\(random.pick(["", "", "30"]))"
        cards +=
          "card\(card),v\(card)-\(variant),\(currency),\(random.pick(["", "", "2026-03-01"])),"
          + "\(goods),\(value),\(random.pick(["", "", "90"])),\(random.pick(["", "60"])),"
          + "\(random.pick(["", "", "150"])),\(divisor),\(conditions),"
          + "\(random.pick(["", "", "5000"])),\(random.pick(["1", "1", "50"])),"
          + "\(random.pick(["0", "100"]))\n"
        bands += bandText("v\(card)-\(variant)", hasHugeFigures, &random)
      }
    }
    return (cards, bands)
  }

  private static func bandText(
    _ variant: String, _ hasHugeFigures: Bool, _ random: inout SeededGenerator
  ) -> String {
    var text = ""
    var over: Int64 = 0
    let count = random.integer(1...3)
    for number in 1...count {
      let upto = over + random.integer(1...3000)
      let end = number == count && random.chance(percent: 30) ? "" : "\(upto)"
      // Figures of the order of a fee; where huge ones are asked for, one in ten is of all that six decimals hold.
      let base =
        random.chance(percent: hasHugeFigures ? 90 : 100)
        ? "\(random.integer(0...99)).\(random.integer(0...9))"
        : "\(random.integer(0...9_223_372_036_853)).\(random.integer(0...999_999))"
      let perStep =
        random.chance(percent: hasHugeFigures ? 90 : 100)
        ? "0.\(random.integer(0...999))" : "\(random.integer(0...90_000_000)).000001"
      let step = random.pick(["1", "1", "1", "\(random.integer(1...100))"])
      text +=
        "\(variant),\(over),\(end),\(base),\(random.pick([0, over, random.integer(0...500)])),"
        + "\(step),\(random.chance(percent: 80) ? perStep : "0")\n"
      over = random.chance(percent: 85) ? upto : max(0, upto + random.integer(-50...50))
    }
    return text
  }

  static func surchargeText(
    _ hasHugeFigures: Bool, _ random: inout SeededGenerator
  ) -> String {
    var text =
      "surcharge,kind,scope,key,goods,min_weight_g,max_weight_g,min_edge_cm,max_edge_cm,"
      + "min_second_edge_cm,min_girth_cm,valid_from,valid_to,unit,amount,currency\n"
    for number in 0..<8 {
      let unit = random.pick(["parcel", "kg", "percent"])
      let currency = unit == "percent" ? "" : random.pick(["CNY", "EUR", "USD", "KWD"])
      let isHuge = random.chance(percent: hasHugeFigures ? 5 : 0)
      let amount = isHuge ? random.integer(0...9_223_372_036_853) : random.integer(0...9)
      // Half of them have no condition.
      let conditions =
        random.chance(percent: 50)
        ? ",,,,,,"
        : "\(random.pick(["", "general", "battery"])),\(random.pick(["", "500"])),"
          + "\(random.pick(["", "", "4000"])),\(random.pick(["", "", "0", "30"])),"
          + "\(random.pick(["", "", "50"])),\(random.pick(["", "", "20"])),"
          + "\(random.pick(["", "", "120"]))"
      text +=
        "s\(number),k,\(scope(&random)),\(conditions),\(random.pick(["", "", "2026-03-01"])),"
        + "\(random.pick(["", "2026-06-30"])),\(unit),\(amount).\(random.integer(0...9999)),"
        + "\(currency)\n"
    }
    return text
  }

  static func restrictionText(_ random: inout SeededGenerator) -> String {
    var text = "restriction,scope,key,goods,battery,max_weight_g,max_edge_cm,max_sum_cm,to\n"
    for number in 0..<4 {
      text +=
        "r\(number),\(scope(&random)),\(random.pick(["battery", "general", ""])),"
        + "\(random.pick(["", "", "alone+unknown", "in_equipment"])),"
        + "\(random.pick(["900", "2500", ""])),\(random.pick(["", "", "40"])),"
        + "\(random.pick(["", "", "80"])),\(random.pick(["", "2026-05-31"]))\n"
    }
    return text
  }

  private static func scope(_ random: inout SeededGenerator) -> String {
    let cards = cards.dropLast().map { "card,\($0)" }
    let names =
      services.map { "service,\($0)" } + modes.map { "mode,\($0)" }
      + stages.map { "stage,\($0)" }
    return random.pick(cards + cards + names + ["all,", "node,N1", "node,N5", "node,unknown"])
  }
}
