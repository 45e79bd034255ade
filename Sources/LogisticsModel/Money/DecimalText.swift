/// A decimal number exactly as written: its digits as one whole number, and how many stand behind the point.
///
/// `0.480` is (480, 3). Accepts an optional sign, digits, and at most one point with digits on both sides.
/// Refuses exponents, group separators, a decimal comma, blanks and digits of other scripts: `1,250` means two
/// different things in two countries, so it means nothing here. Never looks at the locale.
public struct DecimalText: Hashable, Sendable {
  /// Why a text is no decimal number.
  public enum Fault: Error, Hashable, Sendable {
    /// Nothing there.
    case empty
    /// A comma; a decimal point was meant, or digits were grouped.
    case comma
    /// Any other character that does not belong.
    case unexpected(Character)
    /// A point without digits on both sides.
    case pointWithoutDigits
    /// More than ``greatestDigits`` digits, or more than 64 bits hold.
    case tooLong
  }

  /// As many digits as are read, so that arithmetic on the result fits 128 bits.
  public static let greatestDigits = 19

  /// The digits as one signed number.
  public let digits: Int64
  /// How many of the digits stand behind the point.
  public let scale: Int

  /// Reads a number.
  public init(_ text: some StringProtocol) throws(Fault) {
    var value: Int64 = 0
    var count = 0
    var behind = 0
    var sawPoint = false
    var negative = false
    var isFirst = true
    for byte in text.utf8 {
      defer { isFirst = false }
      switch byte {
      case UInt8(ascii: "-") where isFirst: negative = true
      case UInt8(ascii: "+") where isFirst: break
      case UInt8(ascii: "."):
        guard !sawPoint, count > 0 else { throw .pointWithoutDigits }
        sawPoint = true
      case UInt8(ascii: ","): throw .comma
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard count < DecimalText.greatestDigits else { throw .tooLong }
        // Counted downwards, because the least number has no positive twin.
        let (tenfold, tooLong) = value.multipliedReportingOverflow(by: 10)
        let (next, tooLongSum) = tenfold.subtractingReportingOverflow(
          Int64(byte - UInt8(ascii: "0")))
        guard !tooLong, !tooLongSum else { throw .tooLong }
        value = next
        count += 1
        if sawPoint { behind += 1 }
      default: throw .unexpected(DecimalText.firstStranger(text))
      }
    }
    guard count > 0 else { throw .empty }
    guard !sawPoint || behind > 0 else { throw .pointWithoutDigits }
    guard negative || value > .min else { throw .tooLong }
    digits = negative ? value : -value
    scale = behind
  }

  /// The first character, as people see it, that has no place in a number.
  private static func firstStranger(_ text: some StringProtocol) -> Character {
    for (index, character) in text.enumerated() {
      let isSign = index == 0 && (character == "-" || character == "+")
      guard let ascii = character.asciiValue else { return character }
      if !isSign, ascii != UInt8(ascii: "."), !(48...57).contains(ascii) { return character }
    }
    return " "
  }

  /// The value in units of 10^-`places`, or nil when it has more digits than that or does not fit.
  public func value(places: Int) -> Int64? {
    var digits = self.digits
    var scale = self.scale
    while scale > places {
      guard digits % 10 == 0 else { return nil }
      digits /= 10
      scale -= 1
    }
    while scale < places {
      let (next, overflow) = digits.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      digits = next
      scale += 1
    }
    return digits
  }

  /// Writes a whole number of 10^-`places` with exactly that many decimals: (360, 2) is `3.60`.
  public static func text(_ value: Int64, places: Int) -> String {
    let digits = String(value.magnitude)
    let sign = value < 0 ? "-" : ""
    guard places > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return sign + padded.dropLast(places) + "." + padded.suffix(places)
  }
}
