/// A country by its ISO 3166-1 alpha-2 code, such as `ES`.
public struct Country: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Two capital letters.
  public let code: String

  /// Reads two ASCII letters of either case; nil for anything else.
  ///
  /// Whether ISO has assigned the code is not checked: bundles may use user-assigned ones (`XK`).
  public init?(code: some StringProtocol) {
    let bytes = code.utf8.map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 }
    guard bytes.count == 2, bytes.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
    self.code = String(decoding: bytes, as: UTF8.self)
  }

  /// Orders by code.
  public static func < (left: Country, right: Country) -> Bool { left.code < right.code }

  /// The code.
  public var description: String { code }
}
