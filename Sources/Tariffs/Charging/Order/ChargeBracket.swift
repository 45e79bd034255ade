/// Two straight lines in the chargeable weight between which a price class charges every parcel it takes.
///
/// In units of 10^-9 of the quote currency's minor unit, so that sums over an itinerary are compared without
/// rounding. The gap between the lines holds what rounding, surcharges with conditions and a change of rates
/// within the days can do.
struct ChargeBracket: Hashable, Sendable {
  /// A straight line in grams.
  struct Line: Hashable, Sendable {
    /// At 0 g.
    var intercept: Int64
    /// Rise per gram.
    var slope: Int64
  }

  /// Parts of a minor unit.
  static let scale: Int64 = 1_000_000_000

  /// Volumetric divisor in cm3 per kg of the chargeable weight; `Int64.max`: the actual weight counts.
  let divisor: Int64
  /// No parcel is charged less.
  let lower: Line
  /// No parcel is charged more; nil where the class does not take every parcel of its goods.
  let upper: Line?
  /// Positions of restrictions by which some parcels are refused all the same.
  let conditions: [Int32]

  /// A class of which nothing is known but that it never pays anybody.
  static func unknown(_ conditions: [Int32]) -> ChargeBracket {
    ChargeBracket(
      divisor: .max, lower: Line(intercept: 0, slope: 0), upper: nil, conditions: conditions)
  }
}
