/// A unit of measure as an exact fraction of the base unit: a pound is 45,359,237 / 100,000 g.
struct MeasureUnit: Sendable {
  let names: [String]
  let numerator: Int128
  let denominator: Int128

  init(_ names: String..., numerator: Int128, denominator: Int128 = 1) {
    self.names = names
    self.numerator = numerator
    self.denominator = denominator
  }
}

/// Splits `0.48 kg` into its number and its unit, and converts exactly, rounding up to the whole base unit.
///
/// Rounding up, because a carrier's scale does: 1 oz is 28.349523125 g and charged as 29 g.
struct UnitText {
  let subject: String
  let example: String
  let units: [MeasureUnit]
  /// Greatest value in base units, and how to say it.
  let greatest: Int64
  let greatestText: String

  private var unitNames: String {
    let names = units.compactMap(\.names.first)
    return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
  }

  /// Cuts the text where its letters begin; blanks between number and unit are ignored.
  func split(_ text: some StringProtocol) throws(MeasureFault) -> (
    number: Substring, unit: MeasureUnit
  ) {
    let whole = Substring(text.lowercased())
    let trimmed = whole.drop { $0 == " " }
    let number = trimmed.prefix { !$0.isLetter && $0 != "\"" }
    let name = trimmed.dropFirst(number.count).reversed().drop { $0 == " " }.reversed()
    let digits = Substring(String(number.reversed().drop { $0 == " " }.reversed()))
    guard !name.isEmpty else {
      if digits.isEmpty {
        throw fault(MeasureFault.Code.malformed, text, "is empty", "write for example \(example)")
      }
      throw fault(
        MeasureFault.Code.unitMissing, text, "has no unit",
        "write it with \(unitNames), for example \(example)")
    }
    guard let unit = units.first(where: { $0.names.contains(String(name)) }) else {
      throw fault(
        MeasureFault.Code.unitUnknown, text, "has the unknown unit \"\(String(name).prefix(12))\"",
        "write it with \(unitNames), for example \(example)")
    }
    return (digits, unit)
  }

  /// The number of base units, rounded up.
  func value(
    _ number: some StringProtocol, _ unit: MeasureUnit, in text: some StringProtocol
  ) throws(MeasureFault) -> Int64 {
    let decimal: DecimalText
    do {
      decimal = try DecimalText(number)
    } catch {
      switch error {
      case .comma:
        throw fault(
          MeasureFault.Code.malformed, text, "has a comma",
          "use a point for decimals and no separator for thousands, for example \(example)")
      case .tooLong:
        throw fault(
          MeasureFault.Code.tooLarge, text, "has too many digits",
          "give at most \(DecimalText.greatestDigits) digits and at most \(greatestText)")
      case .empty, .pointWithoutDigits, .unexpected:
        throw fault(
          MeasureFault.Code.malformed, text, "is not a number with a unit",
          "write for example \(example)")
      }
    }
    guard decimal.digits > 0 else {
      throw fault(
        MeasureFault.Code.notPositive, text, "is not more than zero", "write for example \(example)"
      )
    }
    var denominator = unit.denominator
    for _ in 0..<decimal.scale { denominator *= 10 }
    let value = Rounding.up(Int128(decimal.digits) * unit.numerator, over: denominator)
    guard value <= Int128(greatest) else {
      throw fault(
        MeasureFault.Code.tooLarge, text, "is more than \(greatestText)",
        "check the unit, or split the shipment")
    }
    return Int64(value)
  }

  func fault(
    _ code: String, _ text: some StringProtocol, _ reason: String, _ advice: String
  ) -> MeasureFault {
    MeasureFault(code: code, subject: subject, value: text, reason: reason, advice: advice)
  }
}
