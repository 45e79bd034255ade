/// An exact decimal in millionths: prices and rates never pass through binary fractions.
struct Micro: Hashable, Comparable, Sendable {
  static let scale: Int64 = 1_000_000

  let millionths: Int64

  init(_ millionths: Int64) { self.millionths = millionths }

  /// Reads `12`, `12.5`, `-0.0255`; nil beyond six places or for anything else.
  init?(text: String) {
    var sign: Int64 = 1
    var rest = text[...]
    if rest.first == "-" {
      sign = -1
      rest = rest.dropFirst()
    }
    let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = Int64(parts[0]), whole >= 0 else { return nil }
    var fraction: Int64 = 0
    if parts.count == 2 {
      guard parts[1].count <= 6, let digits = Int64(parts[1]), digits >= 0 else { return nil }
      fraction = digits
      for _ in parts[1].count..<6 { fraction *= 10 }
    }
    millionths = sign * (whole * Micro.scale + fraction)
  }

  static func < (left: Micro, right: Micro) -> Bool { left.millionths < right.millionths }

  static func + (left: Micro, right: Micro) -> Micro { Micro(left.millionths + right.millionths) }

  /// The product with a whole number.
  func times(_ count: Int) -> Micro { Micro(millionths * Int64(count)) }

  /// The product with a percentage, rounded half up to the millionth.
  func percent(_ percent: Int) -> Micro { Micro((millionths * Int64(percent) + 50) / 100) }

  /// Rounded up to a multiple of `step` millionths.
  func roundedUp(to step: Int64) -> Micro { Micro((millionths + step - 1) / step * step) }

  /// The shortest decimal text.
  var text: String {
    let magnitude = millionths.magnitude
    let whole = magnitude / UInt64(Micro.scale)
    var fraction = String(magnitude % UInt64(Micro.scale))
    fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
    while fraction.last == "0" { fraction.removeLast() }
    let sign = millionths < 0 ? "-" : ""
    return fraction.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(fraction)"
  }
}
