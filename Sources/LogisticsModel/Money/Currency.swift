/// An ISO 4217 currency that has a minor unit: its code and how many decimals its amounts carry.
///
/// Codes without a minor unit (gold, special drawing rights, test codes) are no currency here: nothing can be
/// priced in them exactly, so `Currency(code:)` is nil and a loader reports "currency without exponent".
public struct Currency: BitwiseCopyable, Hashable, Comparable, Sendable {
  /// Three upper-case letters, packed: a currency is compared a billion times and printed once.
  private let letters: UInt32
  /// Decimals of an amount: JPY 0, EUR 2, KWD 3.
  public let exponent: Int

  /// Looks the code up; nil when ISO 4217 has no such currency, or none with a minor unit.
  ///
  /// - Complexity: O(log codes)
  public init?(code: some StringProtocol) {
    guard let letters = Currency.pack(code.utf8) else { return nil }
    let table = CurrencyTable.exponents
    var low = 0
    var high = table.count
    while low < high {
      let middle = (low + high) / 2
      if table[middle].letters < letters { low = middle + 1 } else { high = middle }
    }
    guard low < table.count, table[low].letters == letters else { return nil }
    self.letters = letters
    exponent = table[low].exponent
  }

  private init(known code: StaticString, exponent: Int) {
    letters = code.withUTF8Buffer { Currency.pack($0) } ?? 0
    self.exponent = exponent
  }

  /// The euro.
  public static let eur = Currency(known: "EUR", exponent: 2)
  /// The US dollar.
  public static let usd = Currency(known: "USD", exponent: 2)
  /// The renminbi.
  public static let cny = Currency(known: "CNY", exponent: 2)

  /// The three letters.
  public var code: String {
    String(
      decoding: [letters >> 16, letters >> 8, letters].map { UInt8(truncatingIfNeeded: $0) },
      as: UTF8.self)
  }

  /// Minor units in one unit of the currency.
  public var minorPerUnit: Int64 { Currency.powersOfTen[exponent] }

  private static let powersOfTen: [Int64] = [1, 10, 100, 1000, 10_000]

  /// Orders by code.
  public static func < (left: Currency, right: Currency) -> Bool { left.letters < right.letters }

  static func pack(_ code: some Sequence<UInt8>) -> UInt32? {
    var letters: UInt32 = 0
    var count = 0
    for byte in code {
      guard byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z"), count < 3 else { return nil }
      letters = letters << 8 | UInt32(byte)
      count += 1
    }
    return count == 3 ? letters : nil
  }
}

extension Currency: CustomStringConvertible {
  /// The code.
  public var description: String { code }
}
