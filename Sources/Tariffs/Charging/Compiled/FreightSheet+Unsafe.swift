extension FreightSheet {
  /// The prices of many classes, as ``price(_:of:)`` gives them.
  ///
  /// - Precondition: every class is within 0..<``count``, and `prices` has room for as many as there are classes.
  public func prices(
    of parcel: FreightParcel, classes: UnsafeBufferPointer<Int32>,
    into prices: UnsafeMutablePointer<Int64>
  ) {
    let tables = self.tables
    let end = UInt32(truncatingIfNeeded: tables.rows.count)
    for place in 0..<classes.count {
      let priceClass = classes[place]
      // A negative number is a large one without its sign.
      precondition(UInt32(bitPattern: priceClass) < end, "a price class the sheet lacks")
      prices[place] = tables.price(priceClass, of: parcel)
    }
  }
}
