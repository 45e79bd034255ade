/// A rate, fee or percentage held exactly, in whole millionths: what a tariff is written in.
///
/// A fee of 0.0255 CNY per gram is 25,500 millionths. Rates are multiplied and added as they are, and
/// rounded to a minor unit once, at the end, by ``money(_:in:)``.
public struct Decimal6: Hashable, Comparable, Sendable {
  /// Why a text is no rate.
  public enum Fault: Error, Hashable, Sendable {
    /// The text is no decimal number.
    case malformed(DecimalText.Fault)
    /// More than six decimals.
    case tooManyDecimals
    /// More than 64 bits hold.
    case overflow
  }

  /// Millionths.
  public let micros: Int64

  /// Millionths in one.
  public static let scale: Int64 = 1_000_000

  /// Nothing.
  public static let zero = Decimal6(micros: 0)

  /// Wraps a number of millionths.
  @inlinable public init(micros: Int64) { self.micros = micros }

  /// Reads a number with up to six decimals.
  public init(_ text: some StringProtocol) throws(Fault) {
    let number: DecimalText
    do { number = try DecimalText(text) } catch { throw .malformed(error) }
    guard number.scale <= 6 else { throw .tooManyDecimals }
    guard let micros = number.value(places: 6) else { throw .overflow }
    self.micros = micros
  }

  /// Orders by value.
  @inlinable public static func < (left: Decimal6, right: Decimal6) -> Bool {
    left.micros < right.micros
  }

  /// Millionths of a currency as money, rounded half up to the minor unit; nil when it does not fit.
  ///
  /// The one place where a tariff's fractions end.
  public static func money(_ micros: Int128, in currency: Currency) -> Money? {
    let microsPerMinor = Int128(scale / currency.minorPerUnit)
    guard let units = Int64(exactly: Rounding.halfUp(micros, over: microsPerMinor)) else {
      return nil
    }
    return Money(minorUnits: units, currency)
  }
}

extension Decimal6: CustomStringConvertible {
  /// The number without needless zeros: `0.0255`, `12`.
  public var description: String {
    var text = DecimalText.text(micros, places: 6)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
