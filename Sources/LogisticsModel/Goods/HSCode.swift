/// A code of the Harmonized System: what customs take a good to be.
///
///     try HSCode("8518.30").heading.description  // "851830"
///     try HSCode("8518300090").heading           // the same: the first six digits are alike all over the world
///
/// Six digits are international (HS6), eight and ten add a country's own subdivisions. Points may stand anywhere
/// between digits; blanks, letters and other lengths are refused, as are chapter 00 and the reserved chapter 77. Whether
/// the code is one of the nomenclature's is not checked: no table of it is at hand.
public struct HSCode: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The digits as one number.
  private let number: UInt64
  /// How many digits: 6, 8 or 10.
  public let digitCount: Int

  private init(number: UInt64, digitCount: Int) {
    self.number = number
    self.digitCount = digitCount
  }

  /// Reads a code.
  public init(_ text: some StringProtocol) throws(MeasureFault) {
    func fault(_ reason: String) -> MeasureFault {
      MeasureFault(
        code: MeasureFault.Code.hsCodeMalformed, subject: "HS code", value: text, reason: reason,
        advice: "write six, eight or ten digits, for example 851830 or 8518.30")
    }
    var number: UInt64 = 0
    var count = 0
    var last: UInt8 = UInt8(ascii: ".")
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard count < 10 else { throw fault("has more than ten digits") }
        number = number * 10 + UInt64(byte - UInt8(ascii: "0"))
        count += 1
      case UInt8(ascii: ".") where last != UInt8(ascii: "."): break
      default: throw fault("is not digits and points")
      }
      last = byte
    }
    guard count == 6 || count == 8 || count == 10, last != UInt8(ascii: ".") else {
      throw fault(count == 0 ? "is empty" : "has \(count) digits")
    }
    self.init(number: number, digitCount: count)
    guard chapter != 0, chapter != 77 else { throw fault("names no chapter of the nomenclature") }
  }

  /// The first six digits, by which flat duties are counted.
  public var heading: HSCode {
    HSCode(number: UInt64(headingNumber), digitCount: 6)
  }

  /// The first six digits as a number below a million.
  public var headingNumber: UInt32 {
    switch digitCount {
    case 10: UInt32(number / 10_000)
    case 8: UInt32(number / 100)
    default: UInt32(number)
    }
  }

  /// The first two digits.
  public var chapter: Int { Int(headingNumber / 10_000) }

  /// Whether the code begins with these digits (two to ten of them, as tariff tables name groups of goods).
  public func begins(with prefix: some StringProtocol) -> Bool { description.hasPrefix(prefix) }

  /// Orders by digits: a group comes before its members.
  public static func < (left: HSCode, right: HSCode) -> Bool {
    (left.tenDigits, left.digitCount) < (right.tenDigits, right.digitCount)
  }

  /// The digits as one number, filled up with zeros to ten.
  public var tenDigits: UInt64 {
    switch digitCount {
    case 10: number
    case 8: number * 100
    default: number * 10_000
    }
  }

  /// The digits alone: `851830`.
  public var description: String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, digitCount - digits.count)) + digits
  }
}
