import LogisticsModel

/// Parcels that every tariff class charges by their goods and actual weight alone: small, dense, and of no special battery.
///
/// No volumetric weight exceeds the actual one, and no limit or surcharge that asks for a size is met. The declared
/// value is not looked at: classes that ask for it are known to ``CompactCharges``.
public struct CompactParcels: BitwiseCopyable, Sendable {
  /// Greatest longest edge, second edge, sum of edges and girth, in millimetres.
  private var limits = SIMD4<Int32>(repeating: .max)
  /// Cubic millimetres that a gram may take up.
  private var leastDivisor = Int64.max
  /// Whether parcels whose size is known are compact at all.
  private var takesSizes = true

  /// The limits of all rules of a tariff, whenever they are valid.
  ///
  /// - Complexity: O(rules)
  public init(_ tariff: Tariff) {
    for variant in tariff.cards.variants {
      keep(edge: variant.greatestEdge, sum: variant.greatestSum, girth: variant.greatestGirth)
      if let rule = variant.volumetric { leastDivisor = min(leastDivisor, rule.divisor) }
    }
    for rule in tariff.restrictions { keep(edge: rule.greatestEdge, sum: rule.greatestSum) }
    for rule in tariff.surcharges {
      // One of its lower ends that is missed is enough; what has only an upper end concerns the smallest.
      if let from = rule.edgeFrom, from > 0 {
        keep(edge: from - 1)
      } else if let from = rule.secondEdgeFrom, from > 0 {
        keep(second: from - 1)
      } else if let from = rule.girthFrom, from > 0 {
        keep(girth: from - 1)
      } else if rule.edgeBelow != nil || rule.edgeFrom != nil || rule.secondEdgeFrom != nil
        || rule.girthFrom != nil
      {
        takesSizes = false
      }
    }
  }

  private mutating func keep(
    edge: Int64? = nil, second: Int64? = nil, sum: Int64? = nil, girth: Int64? = nil
  ) {
    limits = pointwiseMin(
      limits,
      SIMD4(
        Int32(clamping: edge ?? .max), Int32(clamping: second ?? .max),
        Int32(clamping: sum ?? .max), Int32(clamping: girth ?? .max)))
  }

  /// Whether a parcel is one of them.
  public func contains(_ parcel: FreightParcel) -> Bool {
    guard parcel.kind.isUnspecified, parcel.weight > 0, parcel.weight < 1 << 31 else {
      return false
    }
    guard parcel.hasSize else { return true }
    guard takesSizes, all(parcel.extent .<= limits) else { return false }
    let (room, overflow) = parcel.weight.multipliedReportingOverflow(by: leastDivisor)
    return overflow || Int64(truncatingIfNeeded: parcel.doubledVolume / 2) <= room
  }
}
