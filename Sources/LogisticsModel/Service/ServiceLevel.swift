/// How sure a promise must be: the least probability of arriving in time, in 1024ths.
///
///     try ServiceLevel("0.95").q1024  // 973: the nearest 1024th
///     try ServiceLevel("80%").q1024   // 819
///
/// 1024ths because delay laws are written in them: a promise is then exact. `1024` means under every delay the
/// laws know, `0` the earliest possible minute.
public struct ServiceLevel: Hashable, Comparable, Sendable {
  /// 0...1024.
  public let q1024: Int32

  /// 95 %: 973 of 1024.
  public static let standard = ServiceLevel(clamping: 973)

  /// Takes 1024ths; nil outside 0...1024.
  public init?(q1024: Int32) {
    guard (0...1024).contains(q1024) else { return nil }
    self.q1024 = q1024
  }

  private init(clamping value: Int32) { q1024 = min(max(value, 0), 1024) }

  /// Reads a fraction (`0.95`) or a percentage (`95%`) and takes the nearest 1024th, halves up.
  ///
  /// A bare number above 1 is refused, not guessed at: write `95%`.
  public init(_ text: some StringProtocol) throws(MeasureFault) {
    let isPercentage = text.hasSuffix("%")
    var number = text[...]
    if isPercentage { number = number.dropLast() }
    while number.last == " " { number = number.dropLast() }
    let decimal: DecimalText
    do {
      decimal = try DecimalText(number)
    } catch {
      throw MeasureFault(
        code: MeasureFault.Code.malformed, subject: "service level", value: text,
        reason: "is not a probability", advice: "write for example 0.95 or 95%")
    }
    var denominator: Int128 = isPercentage ? 100 : 1
    for _ in 0..<decimal.scale { denominator *= 10 }
    guard decimal.digits >= 0, Int128(decimal.digits) <= denominator else {
      throw MeasureFault(
        code: MeasureFault.Code.levelOutOfRange, subject: "service level", value: text,
        reason: "is not within 0...1",
        advice: isPercentage ? "write 0% to 100%" : "write a fraction such as 0.95, or 95%")
    }
    let level = Rounding.halfUp(Int128(decimal.digits) * 1024, over: denominator)
    self.init(clamping: Int32(level))
  }

  /// Orders by probability.
  public static func < (left: ServiceLevel, right: ServiceLevel) -> Bool {
    left.q1024 < right.q1024
  }
}
