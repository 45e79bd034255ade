import Tariffs

/// What charge classes charge one parcel, priced when first met and forgotten with the next.
///
/// Bound relied on: as many places as the tables have charge classes, and one more for "no charge"; whoever holds the
/// scratch holds the tables.
struct ChargeScratch: BitwiseCopyable, @unchecked Sendable {
  /// The price of a class, and the quote it was worked out for.
  private struct Place {
    var quote: Int64
    var price: Int64
  }

  private let places: UnsafeMutablePointer<Place>
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
  let goods: UInt64
  let scratch: ChargeScratch
  /// By charge class: its price class, goods and greatest weight.
  let prices: UnsafePointer<Int32>
  let goodsTaken: UnsafePointer<UInt64>
  let weightsTaken: UnsafePointer<Int64>

  @inline(__always)
  func price(_ charge: Int) -> Int64 {
    scratch.price(of: charge) { position in
      guard goodsTaken[position] & goods != 0, weight <= weightsTaken[position] else {
        return ChargeReader.refused
      }
      let price = sheet._withUnsafeGuaranteedRef { $0.price(prices[position], of: parcel) }
      return price < 0 ? ChargeReader.refused : price
    }
  }
}

/// What paths and last legs charge and emit.
struct PathReader: BitwiseCopyable {
  let records: UnsafePointer<UInt64>
  let width: Int
  let lastEmissions: UnsafePointer<Int64>
  let lastCharges: UnsafePointer<UInt16>

  @inline(__always)
  func price(_ candidate: CandidateView, _ charges: borrowing ChargeReader) -> Int64 {
    let record = records + width &* candidate.path
    var price = charges.price(Int(lastCharges[candidate.lastLeg]))
    for word in 1..<max(width, 1) {
      var rest = record[word]
      while rest != 0 {
        price &+= charges.price(Int(rest & 0xFFFF))
        rest &>>= 16
      }
    }
    return price
  }

  @inline(__always)
  func emission(path: Int, lastLeg: Int) -> Int64 {
    Int64(bitPattern: records[width &* path]) &+ lastEmissions[lastLeg]
  }
}
