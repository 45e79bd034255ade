import LogisticsModel

/// A price class as plain parcels find it: those that meet no condition of any rule.
///
/// Their charge is a straight line in each stretch of chargeable weight. All that every parcel pays (percentages, fees per
/// kilogram and per parcel) is folded into the line, and both its divisions, to the minor unit and by the exchange rate, are
/// multiplications. A parcel outside ``limits`` or ``kinds`` is priced by the rules instead.
struct FreightRow: BitwiseCopyable, Sendable {
  /// Greatest longest edge, second edge, sum of edges and girth of a plain parcel, in millimetres.
  var limits = SIMD4<Int32>(repeating: .max)
  var volume = Reciprocal.none
  /// The divisor applies only above this sum of edges.
  var divisorSumOver: Int32 = -1
  /// From 10^-14 units, divided by what all figures of the row share, to minor units.
  var minor = Reciprocal(1)
  /// The divisor applies only from this longest edge on.
  var divisorEdgeFrom: Int32 = 0
  var quote = Reciprocal(1)
  /// The variant whose value band is asked; negative: none.
  var valued: Int32 = -1
  /// Twice the divisor less one: rounds up.
  var doubledRoundUp: UInt64 = 0
  /// Twice the numerator of the exchange rate.
  var doubledNumerator: UInt64 = 2
  /// Twice the half that rounds the conversion.
  var doubledHalf: UInt64 = 0
  /// Minor units of the quote's currency that every parcel pays in other currencies than the card's.
  var added: Int64 = 0
  var kinds = ParcelKinds.all
  var firstPiece: Int32 = 0
  var leastChargeable: UInt32 = 0
  /// Greatest actual weight of a plain parcel, in grams.
  var weight: Int32 = .max
}

/// A stretch of chargeable weights under one line.
struct FreightPiece: BitwiseCopyable, Sendable, Hashable {
  /// What becomes of a parcel here, joined bit by bit to its price.
  enum Outcome {
    static let sold: Int64 = 0
    static let refused: Int64 = -1
    /// Neither: the figures need more than 64 bits, or steps, so the rules are asked.
    static let byRules = Int64.min
  }

  /// The last weight of the stretch in grams.
  var upto: UInt64
  /// Twice the fee of no weight at all, with the half that rounds it.
  ///
  /// Negative where a fee starts late, so it wraps; no sum does.
  var doubledBase: UInt64 = 0
  /// Twice the fee of a gram.
  var doubledPerGram: UInt64 = 0
  var outcome = Outcome.sold
}
