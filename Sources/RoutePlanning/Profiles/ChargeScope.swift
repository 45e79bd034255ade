/// The parcels a profile is built for, in cells, and what legs charge them.
///
/// A cell holds parcels that every leg either takes or refuses alike: one weight of one goods class, or a band of
/// weights. At most 64 cells, so that a set of them is one word. Charges are told by *class*: two legs of one
/// class charge any parcel the same.
protocol ChargeScope: Sendable {
  /// Number of cells, 1 to 64.
  var cellCount: Int { get }

  /// The cells whose parcels a leg takes.
  func cells(takenBy leg: Int) -> UInt64

  /// The charge class of a leg; negative: it charges nobody.
  func chargeClass(of leg: Int) -> Int32

  /// CO2e of a leg per gram of the parcel.
  func emission(of leg: Int) -> Int64

  /// How the charges of some classes compare with those of others, in cells that both take.
  ///
  /// Errs to "not known": a cell is named only where the statement holds for every parcel in it.
  func comparison(_ cheap: [Int32], with dear: [Int32]) -> ChargeComparison
}

/// In which cells one set of charges is sure not to exceed another.
struct ChargeComparison: Hashable, Sendable {
  /// Cells in which no parcel pays more.
  var noDearer: UInt64
  /// Cells in which every parcel pays less, by a minor unit at least.
  var cheaper: UInt64

  /// Equal charges.
  static let same = ChargeComparison(noDearer: .max, cheaper: 0)
}
