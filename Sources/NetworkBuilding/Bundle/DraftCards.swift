import CSVTables
import LogisticsModel

/// One band of a card: weights above `over` up to `upto` grams.
struct DraftBand: Hashable {
  var over: Int
  var upto: Int?
  var base: Decimal6
  var from = 0
  var step = 1
  var perStep = Decimal6(micros: 0)
}

/// One variant of a rate-card family.
struct DraftVariant: Hashable {
  var family: String
  var id: String
  var currency: String
  var validFrom = ""
  var validTo = ""
  var goods: GoodsMask?
  /// Declared-value band in whole hundredths of the value currency's unit, both ends included.
  var minValue = ""
  var maxValue = ""
  var valueCurrency = ""
  var maxSum: Int?
  var maxEdge: Int?
  var maxGirth: Int?
  var divisor: Int?
  var divisorSumOver: Int?
  var divisorEdgeFrom: Int?
  var maxChargeable: Int?
  var round: Int?
  var minChargeable: Int?
  var basis: Basis
  var source: String
  var bands: [DraftBand]
}

/// The rate cards of a bundle being made.
struct DraftCards {
  private var variants: [String: DraftVariant] = [:]
  private var families: Set<String> = []

  /// Adds a variant; the same id with the same content is no fault.
  mutating func add(_ variant: DraftVariant, ledger: FindingLedger) {
    if let there = variants[variant.id], there != variant {
      ledger.report(
        SourceCode.idTwice, file: "rate_cards.csv", "variant \(variant.id) is made twice")
      return
    }
    variants[variant.id] = variant
    families.insert(variant.family)
  }

  func contains(family: String) -> Bool { families.contains(family) }

  /// An assumed card: a fixed fee and a price per kilogram (charged by the gram).
  mutating func addLinear(
    _ family: String, currency: String, fixed: Decimal6, perKilogram: Decimal6, divisor: Int?,
    minChargeable: Int? = nil, source: String, ledger: FindingLedger
  ) {
    guard !contains(family: family) else { return }
    // A thousandth of the price per kilogram, rounded half up to the millionth.
    let perGram = Decimal6(micros: (perKilogram.micros + 500) / 1000)
    add(
      DraftVariant(
        family: family, id: family, currency: currency, divisor: divisor,
        minChargeable: minChargeable, basis: .assumed, source: source,
        bands: [DraftBand(over: 0, base: fixed, perStep: perGram)]),
      ledger: ledger)
  }

  /// The files, with the families that some leg names.
  func files(used: Set<String>) -> [String: String] {
    var cards = CSVWriter([
      "card", "variant", "currency", "valid_from", "valid_to", "goods", "min_value", "max_value",
      "value_currency", "max_sum_cm", "max_edge_cm", "max_girth_cm", "divisor_cm3_per_kg",
      "divisor_sum_over_cm", "divisor_edge_from_cm", "max_chargeable_g", "round_g",
      "min_chargeable_g", "basis", "source",
    ])
    var bands = CSVWriter([
      "variant", "over_g", "upto_g", "base", "from_g", "step_g", "per_step",
    ])
    func text(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }
    let ordered = variants.values.filter { used.contains($0.family) }.sorted {
      ($0.family, $0.id) < ($1.family, $1.id)
    }
    for variant in ordered {
      let goods = variant.goods.map { mask in
        GoodsClass.allCases.filter { mask.contains($0) }.map(\.word).joined(separator: "+")
      }
      cards.append([
        variant.family, variant.id, variant.currency, variant.validFrom, variant.validTo,
        goods ?? "", variant.minValue, variant.maxValue, variant.valueCurrency,
        text(variant.maxSum), text(variant.maxEdge), text(variant.maxGirth), text(variant.divisor),
        text(variant.divisorSumOver), text(variant.divisorEdgeFrom), text(variant.maxChargeable),
        text(variant.round), text(variant.minChargeable), variant.basis.word, variant.source,
      ])
      for band in variant.bands.sorted(by: { $0.over < $1.over }) {
        bands.append([
          variant.id, "\(band.over)", text(band.upto), band.base.description, "\(band.from)",
          "\(band.step)", band.perStep.description,
        ])
      }
    }
    return ["rate_cards.csv": cards.text, "rate_bands.csv": bands.text]
  }
}
