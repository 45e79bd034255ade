import LogisticsModel

/// A parcel made ready once for many prices of the ``FreightSheet`` that made it.
public struct FreightParcel: BitwiseCopyable, Sendable {
  /// Currencies of value bands in which the declared value is kept; it is converted on demand into any further one.
  typealias Values = InlineArray<4, Int64>
  /// Stands for a declared value that is unknown, or known in no currency of a band: lies in no band.
  static let noValue = Int64.min

  /// Actual weight in grams.
  let weight: Int64
  /// Edges, their sum, and girth in millimetres; zero where the size is unknown.
  let longest: Int64
  let second: Int64
  let sum: Int64
  let girth: Int64
  /// Twice the volume in cubic millimetres, see ``Reciprocal``.
  let doubledVolume: UInt64
  let kind: ParcelKinds
  let hasSize: Bool
  /// The kind again, none of all where the weight needs more than 32 bits: such a parcel is no plain one.
  let plainKind: ParcelKinds
  /// What the limits of a ``FreightRow`` are held against.
  let extent: SIMD4<Int32>
  let shortWeight: Int32
  let shortLongest: Int32
  let shortSum: Int32
  /// Declared value in minor units, and its currency's position among those with rates; negative: there is none.
  let declared: Int64
  let declaredCurrency: Int32
  let values: Values

  /// Without the declared value, and so for any sheet.
  init(undeclared parcel: Parcel) {
    self.init(
      parcel, declaredCurrency: -1, values: Values(repeating: FreightParcel.noValue))
  }

  init(
    _ parcel: Parcel, declaredCurrency: Int32, values: Values
  ) {
    weight = parcel.weight.value
    kind = ParcelKinds(parcel.goods, parcel.battery)
    let size = parcel.dimensions
    hasSize = size != nil
    let (longest, second, shortest) =
      size.map { ($0.longest, $0.second, $0.shortest) } ?? (0, 0, 0)
    // Edges are at most 20 m, so neither 32 nor, for the volume, 64 bits are ever full.
    let sum = longest &+ second &+ shortest
    let girth = longest &+ 2 &* (second &+ shortest)
    self.longest = Int64(longest)
    self.second = Int64(second)
    self.sum = Int64(sum)
    self.girth = Int64(girth)
    doubledVolume = UInt64(
      truncatingIfNeeded: 2 &* (Int64(longest) &* Int64(second)) &* Int64(shortest))
    let short = Int32(exactly: weight)
    plainKind = short == nil ? .none : kind
    extent = SIMD4(longest, second, sum, girth)
    shortWeight = short ?? .max
    shortLongest = longest
    shortSum = sum
    declared = parcel.declaredValue?.minorUnits ?? 0
    self.declaredCurrency = declaredCurrency
    self.values = values
  }
}
