/// A place as a person writes it in a request; what it stands for only a network knows.
///
/// `CNYIU` is a UN/LOCODE or a node id, `ES:28013` a postal code, `JP:Tokyo` a city, anything else without a
/// colon a node id.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  /// The forms a place can take.
  public enum Form: Hashable, Sendable {
    /// Five characters of the form of a UN/LOCODE, in capitals; may also be a node id.
    case code(String)
    /// A node id.
    case node(String)
    /// A postal code, normalised.
    case postal(Country, code: String)
    /// A city by name, as written.
    case city(Country, name: String)
  }

  /// Why a text names no place.
  public enum Fault: Error, Hashable, Sendable {
    /// Nothing there.
    case empty
    /// Longer than ``Place/greatestLength`` bytes.
    case tooLong(Int)
    /// A control character inside.
    case controlCharacter
    /// The part before the colon is no two-letter country code.
    case countryMalformed(String)
    /// Nothing usable after the colon.
    case nameMissing(Country)
  }

  /// Greatest length of a text in bytes.
  public static let greatestLength = 200

  /// The text as given, blanks around it cut off.
  public let text: String
  /// What it is.
  public let form: Form

  /// Reads a place.
  public init(parsing text: some StringProtocol) throws(Fault) {
    let bytes = Place.trimmed(Array(text.utf8)[...])
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= Place.greatestLength else { throw .tooLong(bytes.count) }
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw .controlCharacter }
    self.text = String(decoding: bytes, as: UTF8.self)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
      form = Place.isCodeShaped(bytes) ? .code(Place.upperCased(bytes)) : .node(self.text)
      return
    }
    let before = String(decoding: bytes[..<colon], as: UTF8.self)
    guard let country = Country(code: before) else {
      throw .countryMalformed(String(before.prefix(40)))
    }
    let after = Place.trimmed(bytes[(colon + 1)...])
    guard !after.isEmpty else { throw .nameMissing(country) }
    let name = String(decoding: after, as: UTF8.self)
    if after.contains(where: { (0x30...0x39).contains($0) }) {
      form = .postal(country, code: Place.normalisedPostalCode(name))
    } else {
      form = .city(country, name: name)
    }
  }

  /// A postal code as zone tables spell it: capitals, no blanks, no dashes.
  ///
  /// `sw1a 1aa` is `SW1A1AA`.
  public static func normalisedPostalCode(_ text: some StringProtocol) -> String {
    upperCased(Array(text.utf8.filter { $0 != 0x20 && $0 != UInt8(ascii: "-") })[...])
  }

  /// Two letters, then three letters or digits 2 to 9 (UN/ECE Recommendation 16).
  private static func isCodeShaped(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count == 5 && bytes.prefix(2).allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
      && bytes.dropFirst(2).allSatisfy {
        (0x61...0x7A).contains($0 | 0x20) || (0x32...0x39).contains($0)
      }
  }

  private static func upperCased(_ bytes: ArraySlice<UInt8>) -> String {
    String(
      decoding: bytes.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }, as: UTF8.self)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let front = bytes.drop { $0 == 0x20 || $0 == 0x09 }
    let back = front.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
    return front.dropLast(back)
  }

  /// The text.
  public var description: String { text }
}
