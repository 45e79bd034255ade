import Tariffs

/// What charge classes charge one parcel, priced when first met and forgotten with the next.
///
/// Bound relied on: as many places as the tables have charge classes, and one more for "no charge"; whoever holds the
/// scratch holds the tables.
struct ChargeScratch: BitwiseCopyable, @unchecked Sendable {
  /// The price of a class, and the quote it was worked out for.
  fileprivate struct Place {
    var quote: Int64
    var price: Int64
  }

  fileprivate let places: UnsafeMutablePointer<Place>
  private let count: Int

  init(chargeCount: Int) {
    count = chargeCount + 1
    places = UnsafeMutablePointer<Place>.allocate(capacity: count)
    places.initialize(repeating: Place(quote: 0, price: 0), count: count)
  }

  func free() { places.deallocate() }

  /// Forgets all prices but that of "no charge", whose place counts the quotes.
  @inline(__always)
  func begin() { places[0].quote &+= 1 }

  /// The price of a charge class, numbered from one; 0 charges nothing.
  @inline(__always)
  func price(of charge: Int, _ priced: (Int) -> Int64) -> Int64 {
    if places[charge].quote == places[0].quote { return places[charge].price }
    let price = priced(charge &- 1)
    places[charge] = Place(quote: places[0].quote, price: price)
    return price
  }

  /// Counts a charge class among those to be priced unless it is one of them, or 0.
  ///
  /// Written in any case and counted if need be: whether a class is new nobody foretells.
  @inline(__always)
  func collect(
    _ charge: UInt16, _ mark: Int64, _ wanted: UnsafeMutablePointer<UInt16>, _ count: inout Int
  ) {
    let place = places + Int(charge)
    wanted[count] = charge
    count &+= place.pointee.quote == mark ? 0 : 1
    place.pointee.quote = mark
  }

  /// What marks a class as met by the quote at hand.
  @inline(__always)
  var mark: Int64 { places[0].quote }

  /// Sets the price of a class collected.
  @inline(__always)
  func set(_ charge: UInt16, price: Int64) { places[Int(charge)].price = price }

  /// The price of a class that has been set, 0 for none.
  @inline(__always)
  func priced(_ charge: UInt16) -> Int64 { places[Int(charge)].price }
}

/// Prices charge classes for one parcel.
///
/// Bounds relied on: charge classes are below the number of the tables, being checked with the segment; whoever holds the
/// tables holds the sheet.
struct ChargeReader {
  /// Stands for the price of a class that is not sold; sums of it stay far from overflow.
  static let refused: Int64 = 1 << 54

  /// Not held: a reader that held it would count it twice for every quote.
  let sheet: Unmanaged<FreightSheet>
  let parcel: FreightParcel
  let weight: Int64
  /// The goods class, as one bit.
  let goods: UInt32
  let scratch: ChargeScratch
  /// By charge class.
  let terms: UnsafePointer<ChargeTerms>

  @inline(__always)
  func price(_ charge: Int) -> Int64 {
    scratch.price(of: charge) { position in
      let own = terms[position]
      guard own.takes(goods, weight) else { return ChargeReader.refused }
      let price = sheet._withUnsafeGuaranteedRef { $0.price(own.price, of: parcel) }
      return price < 0 ? ChargeReader.refused : price
    }
  }
}

/// What paths and last legs charge and emit.
struct PathReader: BitwiseCopyable {
  let segment: SegmentView
  /// Those of the destination.
  let lastLegs: UnsafePointer<LastLegTerms>

  @inline(__always)
  func price(_ candidate: CandidateView, _ charges: borrowing ChargeReader) -> Int64 {
    let signature = segment.signature(of: candidate)
    var price = charges.price(Int(lastLegs[candidate.lastLeg].charge))
    for place in 0..<segment.signatureWidth { price &+= charges.price(Int(signature[place])) }
    return price
  }

  @inline(__always)
  func emission(path: Int, lastLeg: Int) -> Int64 {
    segment.emissions[path] &+ lastLegs[lastLeg].emission
  }
}
