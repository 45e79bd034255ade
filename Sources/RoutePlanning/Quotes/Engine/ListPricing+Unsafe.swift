import Tariffs

/// Working memory for the candidates of one list, whose charges are priced together.
///
/// Three loops in place of one: what the candidates are charged is collected, each class once; all of it is priced; the
/// prices are added up. None asks on its way whether a class has been priced already, which is as good as a coin tossed
/// for every charge, and prices do not wait for each other.
///
/// Bounds relied on: no more candidates than ``capacity``; charge classes are below the number of the tables, being checked
/// with the segment, and the class counted last has a place behind all others.
struct ListPricing: BitwiseCopyable, @unchecked Sendable {
  /// Candidates that are priced together.
  static let capacity = 128

  /// A candidate of the list.
  struct Entry: BitwiseCopyable {
    var position: Int
    var promise: Int64
    /// Charge classes of its path, and of its last leg.
    var signature: UnsafePointer<UInt16>
    var last: UInt16
    /// All charges, once they are added up.
    var price: Int64 = 0
  }

  let entries: UnsafeMutablePointer<Entry>
  let wanted: UnsafeMutablePointer<UInt16>
  private let classes: UnsafeMutablePointer<Int32>
  private let prices: UnsafeMutablePointer<Int64>

  init(chargeCount: Int) {
    entries = .allocate(capacity: ListPricing.capacity)
    wanted = .allocate(capacity: chargeCount + 1)
    classes = .allocate(capacity: chargeCount + 1)
    prices = .allocate(capacity: chargeCount + 1)
  }

  /// Every element is trivial.
  func free() {
    entries.deallocate()
    wanted.deallocate()
    classes.deallocate()
    prices.deallocate()
  }

  /// Prices the classes collected.
  @inline(__always)
  func price(_ count: Int, _ charges: borrowing ChargeReader) {
    for place in 0..<count { classes[place] = charges.terms[Int(wanted[place]) &- 1].price }
    let own = charges.parcel
    charges.sheet._withUnsafeGuaranteedRef {
      $0.prices(
        of: own, classes: UnsafeBufferPointer(start: classes, count: count), into: prices)
    }
    for place in 0..<count {
      let isTaken = charges.terms[Int(wanted[place]) &- 1].takes(charges.goods, charges.weight)
      let price = prices[place]
      charges.scratch.set(
        wanted[place], price: isTaken && price >= 0 ? price : ChargeReader.refused)
    }
  }
}
