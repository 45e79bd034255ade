public import LogisticsModel

/// A set of countries, one bit for each pair of letters, so that asking costs one array read.
///
/// Written as codes joined by `+`; with a leading `!` every country but those; empty means every country.
public struct CountrySet: Hashable, Sendable {
  /// Bits by ``position(of:)``.
  private(set) var words: [UInt64]

  static let wordCount = 11
  /// Pairs of letters: every position of a country is below it.
  public static let pairCount = 26 * 26

  /// Every country.
  public static let all = CountrySet(words: [UInt64](repeating: .max, count: wordCount))

  private init(words: [UInt64]) { self.words = words }

  /// The countries given.
  public init(_ countries: some Sequence<Country>) {
    words = [UInt64](repeating: 0, count: CountrySet.wordCount)
    for country in countries {
      let position = CountrySet.position(of: country)
      words[position / 64] |= 1 << UInt64(position % 64)
    }
  }

  /// Reads capital codes joined by `+`, without making a text of each: rules of the EU name 27 twice; nil when malformed.
  init?(codes text: some StringProtocol) {
    words = [UInt64](repeating: 0, count: CountrySet.wordCount)
    var first: UInt8 = 0
    var count = 0
    for byte in text.utf8 {
      switch count {
      case 0, 1:
        guard (0x41...0x5A).contains(byte) else { return nil }
        if count == 0 {
          first = byte
        } else {
          let position = (Int(first) - 65) * 26 + Int(byte) - 65
          words[position / 64] |= 1 << UInt64(position % 64)
        }
        count += 1
      default:
        guard byte == UInt8(ascii: "+") else { return nil }
        count = 0
      }
    }
    guard count == 2 else { return nil }
  }

  /// Every country but these.
  var complement: CountrySet { CountrySet(words: words.map { ~$0 }) }

  /// Position of a country among all pairs of letters, AA first.
  public static func position(of country: Country) -> Int {
    var bytes = country.code.utf8.makeIterator()
    let first = bytes.next() ?? 0
    let second = bytes.next() ?? 0
    return (Int(first) - 65) * 26 + Int(second) - 65
  }

  /// Whether the country is in the set.
  public func contains(_ country: Country) -> Bool {
    let position = CountrySet.position(of: country)
    return (words[position / 64] >> UInt64(position % 64)) & 1 == 1
  }

  /// Whether some country is in both sets.
  func meets(_ other: CountrySet) -> Bool {
    for position in words.indices where words[position] & other.words[position] != 0 { return true }
    return false
  }

  /// The countries in both sets.
  func intersection(_ other: CountrySet) -> CountrySet {
    CountrySet(words: zip(words, other.words).map { $0 & $1 })
  }

  /// The positions of the members, ascending.
  var positions: [Int] {
    var positions: [Int] = []
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        let position = index * 64 + rest.trailingZeroBitCount
        if position < CountrySet.pairCount { positions.append(position) }
        rest &= rest - 1
      }
    }
    return positions
  }

  /// The members in code order.
  var countries: [Country] {
    positions.compactMap { position in
      let letters = [UInt8(65 + position / 26), UInt8(65 + position % 26)]
      return Country(code: String(decoding: letters, as: UTF8.self))
    }
  }
}
