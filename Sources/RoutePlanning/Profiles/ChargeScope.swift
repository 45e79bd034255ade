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

  /// The cells in which some classes are sure to charge no parcel more than others do, among cells that both take.
  ///
  /// Errs to leaving a cell out: it is named only where the statement holds for every parcel in it.
  func cells(where cheap: [Int32], areNoDearerThan dear: [Int32]) -> UInt64

  /// What a class charges a few parcels, saturated where it takes them not.
  ///
  /// Whoever charges one of them more is not asked whether he is no dearer: sums of probes are compared a hundred times
  /// faster than charges.
  func probe(of chargeClass: Int32) -> SIMD4<Int32>
}

extension ChargeScope {
  /// Tells nothing.
  func probe(of chargeClass: Int32) -> SIMD4<Int32> { SIMD4() }
}
