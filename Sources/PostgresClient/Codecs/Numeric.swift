/// An exact decimal, as `numeric` holds it: digits to the base 10,000, of any length.
public struct Numeric: PostgresArrayElement, Hashable, Sendable, LosslessStringConvertible {
  enum Kind: UInt16 {
    case positive = 0x0000
    case negative = 0x4000
    case notANumber = 0xC000
    case infinity = 0xD000
    case negativeInfinity = 0xF000
  }

  let kind: Kind
  /// Groups of four decimal digits, the most significant first, without leading or trailing zeros.
  let groups: [Int16]
  /// The power of 10,000 of the first group.
  let weight: Int
  /// Decimal digits shown behind the point.
  let scale: Int

  /// Not a number.
  public static let nan = Numeric(kind: .notANumber)
  /// More than any number.
  public static let infinity = Numeric(kind: .infinity)
  /// Less than any number.
  public static let negativeInfinity = Numeric(kind: .negativeInfinity)

  private init(kind: Kind, groups: [Int16] = [], weight: Int = 0, scale: Int = 0) {
    self.kind = kind
    self.groups = groups
    self.weight = weight
    self.scale = scale
  }

  /// A whole number.
  public init(_ value: Int64) {
    self = Numeric(unscaled: value, scale: 0)
  }

  /// `unscaled` units of 10^-`scale`: 569 with scale 2 is 5.69.
  ///
  /// - Precondition: `scale` is 0 to 1,000.
  public init(unscaled: Int64, scale: Int) {
    precondition((0...1000).contains(scale), "a scale of \(scale) is not supported")
    var digits = String(unscaled.magnitude)
    if digits.utf8.count <= scale {
      digits = String(repeating: "0", count: scale + 1 - digits.utf8.count) + digits
    }
    let all = Array(digits.utf8)
    self.init(
      isNegative: unscaled < 0, whole: all[..<(all.count - scale)],
      fraction: all[(all.count - scale)...])
  }

  /// Reads what the server prints: an optional sign, digits, an optional point with digits; `NaN`, `Infinity`, `-Infinity`.
  public init?(_ text: String) {
    switch text {
    case "NaN": self = .nan
    case "Infinity": self = .infinity
    case "-Infinity": self = .negativeInfinity
    default:
      var bytes = Array(text.utf8)[...]
      let isNegative = bytes.first == UInt8(ascii: "-")
      if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
      let parts = bytes.split(
        separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
      guard let whole = parts.first, !whole.isEmpty else { return nil }
      let fraction = parts.count > 1 ? parts[1] : []
      guard parts.count == 1 || !fraction.isEmpty, whole.count <= 131_072,
        fraction.count <= 16_383,
        whole.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        fraction.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
      else { return nil }
      self.init(isNegative: isNegative, whole: whole, fraction: fraction)
    }
  }

  /// From ASCII digits on both sides of the point, cut into groups of four from the point outwards.
  private init(isNegative: Bool, whole: ArraySlice<UInt8>, fraction: ArraySlice<UInt8>) {
    let zero = UInt8(ascii: "0")
    let padded =
      [UInt8](repeating: zero, count: (4 - whole.count % 4) % 4) + whole + fraction
      + [UInt8](repeating: zero, count: (4 - fraction.count % 4) % 4)
    var groups = stride(from: 0, to: padded.count, by: 4).map { start in
      padded[start..<(start + 4)].reduce(Int16(0)) { $0 * 10 + Int16($1 - zero) }
    }
    var weight = (whole.count + 3) / 4 - 1
    let leading = groups.prefix { $0 == 0 }.count
    groups.removeFirst(leading)
    weight -= leading
    while groups.last == 0 { groups.removeLast() }
    kind = isNegative && !groups.isEmpty ? .negative : .positive
    self.weight = groups.isEmpty ? 0 : weight
    self.groups = groups
    scale = fraction.count
  }

  private func group(of power: Int) -> Int16 {
    let index = weight - power
    return groups.indices.contains(index) ? groups[index] : 0
  }

  /// As the server prints it.
  public var description: String {
    switch kind {
    case .notANumber: return "NaN"
    case .infinity: return "Infinity"
    case .negativeInfinity: return "-Infinity"
    case .positive, .negative: break
    }
    func padded(_ group: Int16) -> String { String(String(10_000 + Int(group)).dropFirst()) }
    var text = kind == .negative ? "-" : ""
    if weight <= 0 {
      text += String(group(of: 0))
    } else {
      text += String(group(of: weight))
      for power in stride(from: weight - 1, through: 0, by: -1) { text += padded(group(of: power)) }
    }
    guard scale > 0 else { return text }
    var fraction = ""
    for power in 1...((scale + 3) / 4) { fraction += padded(group(of: -power)) }
    return text + "." + fraction.prefix(scale)
  }

  /// How many units of 10^-`scale` this is; nil if that is not whole, or beyond 64 bits.
  public func unscaled(scale: Int) -> Int64? {
    guard kind == .positive || kind == .negative, scale >= 0 else { return nil }
    let parts = description.split(separator: "-").last?.split(separator: ".") ?? []
    guard let whole = parts.first else { return nil }
    let fraction = parts.count > 1 ? parts[1] : ""
    guard fraction.dropFirst(scale).allSatisfy({ $0 == "0" }) else { return nil }
    let kept = fraction.prefix(scale)
    return Int64(
      (kind == .negative ? "-" : "") + whole + kept
        + String(repeating: "0", count: scale - kept.count))
  }

  /// `numeric`.
  public static var postgresType: PostgresType { .numeric }
  /// `numeric[]`.
  public static var postgresArrayType: PostgresType { .numericArray }
  /// Only `numeric`.
  public static func accepts(_ type: PostgresType) -> Bool { type == .numeric }

  /// Count of groups, weight, sign, scale, groups: two bytes each.
  public func encode(into buffer: inout WireBuffer) {
    buffer.append(UInt16(groups.count))
    buffer.append(Int16(weight))
    buffer.append(kind.rawValue)
    buffer.append(UInt16(scale))
    for group in groups { buffer.append(group) }
  }

  /// Count of groups, weight, sign, scale, groups: two bytes each.
  public init(binary bytes: RawSpan, type: PostgresType) throws(CodecFault) {
    let count = Int(try bytes.integer(at: 0, as: UInt16.self))
    guard bytes.byteCount == 8 + 2 * count else {
      throw .badLength(expected: 8 + 2 * count, found: bytes.byteCount)
    }
    let sign = try bytes.integer(at: 4, as: UInt16.self)
    guard let kind = Kind(rawValue: sign) else { throw .unsupported("numeric of sign \(sign)") }
    guard kind == .positive || kind == .negative else {
      self.init(kind: kind)
      return
    }
    var groups: [Int16] = []
    groups.reserveCapacity(count)
    for index in 0..<count {
      let group = try bytes.integer(at: 8 + 2 * index, as: Int16.self)
      guard (0..<10_000).contains(group) else { throw .outOfRange }
      groups.append(group)
    }
    self.init(
      kind: groups.isEmpty ? .positive : kind, groups: groups,
      weight: Int(try bytes.integer(at: 2, as: Int16.self)),
      scale: Int(try bytes.integer(at: 6, as: UInt16.self) & 0x3FFF))
  }
}
