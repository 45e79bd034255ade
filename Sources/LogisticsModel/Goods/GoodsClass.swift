/// What kind of goods a parcel holds, as far as carriers distinguish it.
public enum GoodsClass: Int, CaseIterable, Sendable {
  /// Goods with no special rule.
  case general = 0
  /// Goods that are, hold or come with lithium batteries.
  case battery = 1
  /// Liquids and powders.
  case liquid = 2
  /// Clothing and shoes: general goods that some carriers sell a line of their own for.
  case textile = 3

  /// The word in CSV, JSON and on the command line.
  public var word: String {
    switch self {
    case .general: "general"
    case .battery: "battery"
    case .liquid: "liquid"
    case .textile: "textile"
    }
  }

  /// Reads the word, or nil.
  public init?(word: some StringProtocol) {
    guard let found = GoodsClass.allCases.first(where: { $0.word == word }) else { return nil }
    self = found
  }
}

/// A set of goods classes, one bit each (bit number = `GoodsClass.rawValue`).
///
/// The plain network of the conformance command numbers its classes freely, so all 64 bits are legal.
public struct GoodsMask: Hashable, Sendable {
  /// The bits.
  public let bits: UInt64

  /// Wraps bits.
  @inlinable public init(bits: UInt64) { self.bits = bits }

  /// The set of the classes given.
  public init(_ classes: some Sequence<GoodsClass>) {
    bits = classes.reduce(0) { $0 | (1 << UInt64($1.rawValue)) }
  }

  /// Every class.
  public static let all = GoodsMask(GoodsClass.allCases)

  /// Whether the class with this bit number is in the set; false for numbers outside 0...63.
  @inlinable public func contains(bit: Int) -> Bool {
    bit >= 0 && bit < 64 && (bits >> UInt64(bit)) & 1 == 1
  }

  /// Whether the class is in the set.
  @inlinable public func contains(_ goods: GoodsClass) -> Bool { contains(bit: goods.rawValue) }
}
