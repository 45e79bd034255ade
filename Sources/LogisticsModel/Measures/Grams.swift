/// A weight in whole grams.
///
///     try Grams("0.48kg").value  // 480
///     try Grams("1lb").value     // 454: 453.59237 g, rounded up to the whole gram
///
/// Text needs a unit (`kg`, `g`, `lb`, `oz`, any case): a bare 480 has sunk ships. Zero, negative and more than
/// 100 t are refused. The conversion is exact integer arithmetic.
public struct Grams: Hashable, Comparable, Sendable {
  /// Number of grams.
  public let value: Int64

  /// Greatest weight text may name: 100 t.
  public static let greatest = Grams(100_000_000)

  /// Wraps a number of grams; nothing is checked.
  @inlinable public init(_ value: Int64) { self.value = value }

  /// Reads a weight with its unit, rounding up to the whole gram.
  public init(_ text: some StringProtocol) throws(MeasureFault) {
    let (number, unit) = try Grams.reader.split(text)
    value = try Grams.reader.value(number, unit, in: text)
  }

  private static let reader = UnitText(
    subject: "weight", example: "0.48kg",
    units: [
      MeasureUnit("kg", "kgs", numerator: 1000),
      MeasureUnit("g", "gr", numerator: 1),
      MeasureUnit("lb", "lbs", numerator: 45_359_237, denominator: 100_000),
      MeasureUnit("oz", numerator: 28_349_523_125, denominator: 1_000_000_000),
    ],
    greatest: greatest.value, greatestText: "100 t (100000kg)")

  /// Orders by weight.
  @inlinable public static func < (left: Grams, right: Grams) -> Bool { left.value < right.value }
}

extension Grams: CustomStringConvertible {
  /// Grams below a kilogram, kilograms from there, exactly: `480 g`, `2.5 kg`.
  public var description: String {
    guard value.magnitude >= 1000 else { return "\(value) g" }
    var text = DecimalText.text(value, places: 3)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text + " kg"
  }
}
