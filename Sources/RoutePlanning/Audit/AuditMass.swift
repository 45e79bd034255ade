/// A natural number of any size: what the auditor counts probability in.
///
/// Deliberately plain and slow, and no relative of the search's fixed-width masses: it has no width to overflow
/// and shifts nothing away.
struct AuditMass: Hashable, Comparable {
  /// Base 2^32, least significant first, no leading zero; empty is zero.
  private var limbs: [UInt32]

  static let zero = AuditMass(limbs: [])
  static let one = AuditMass(limbs: [1])

  private init(limbs: [UInt32]) { self.limbs = limbs }

  static func + (left: AuditMass, right: AuditMass) -> AuditMass {
    var sum: [UInt32] = []
    var carry: UInt64 = 0
    for place in 0..<max(left.limbs.count, right.limbs.count) {
      let first = place < left.limbs.count ? UInt64(left.limbs[place]) : 0
      let second = place < right.limbs.count ? UInt64(right.limbs[place]) : 0
      let total = first + second + carry
      sum.append(UInt32(truncatingIfNeeded: total))
      carry = total >> 32
    }
    if carry > 0 { sum.append(UInt32(carry)) }
    return AuditMass(limbs: sum)
  }

  static func * (left: AuditMass, right: UInt32) -> AuditMass {
    guard right > 0 else { return .zero }
    var product: [UInt32] = []
    var carry: UInt64 = 0
    for limb in left.limbs {
      let total = UInt64(limb) * UInt64(right) + carry
      product.append(UInt32(truncatingIfNeeded: total))
      carry = total >> 32
    }
    if carry > 0 { product.append(UInt32(carry)) }
    return AuditMass(limbs: product)
  }

  static func < (left: AuditMass, right: AuditMass) -> Bool {
    guard left.limbs.count == right.limbs.count else { return left.limbs.count < right.limbs.count }
    for place in left.limbs.indices.reversed() where left.limbs[place] != right.limbs[place] {
      return left.limbs[place] < right.limbs[place]
    }
    return false
  }
}
