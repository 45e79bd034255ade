import LogisticsModel

/// Several parcels as one: their joint weight, size, class and lines.
enum PoolParcel {
  /// The greatest number of orders in one plan.
  static let greatestCount = 50

  /// The goods class of a parcel that holds parcels of these classes; nil: batteries and liquids together.
  static func goods(_ classes: [GoodsClass]) -> GoodsClass? {
    let decisive = Set(classes.filter { $0 == .battery || $0 == .liquid })
    if decisive.count > 1 { return nil }
    if let goods = decisive.first { return goods }
    return classes.allSatisfy { $0 == .textile } ? .textile : .general
  }

  /// A box that holds all boxes laid on their largest faces one on top of another: as long as the longest, as wide as the
  /// widest, as high as all of them together.
  ///
  /// - Returns: nil inside where some size is unknown; nil where the stack is higher than any size there is.
  static func dimensions(_ sizes: [Dimensions?]) -> Dimensions?? {
    let known = sizes.compactMap(\.self)
    guard known.count == sizes.count, let first = known.first else { return .some(nil) }
    let height = known.reduce(Int64(0)) { $0 + Int64($1.shortest) }
    guard let height = Int32(exactly: height), height <= Dimensions.greatestEdge else { return nil }
    let longest = known.reduce(first.longest) { max($0, $1.longest) }
    let second = known.reduce(first.second) { max($0, $1.second) }
    return .some(Dimensions(millimetres: longest, second, height))
  }

  /// The lines of all orders; a line that names no origin keeps that of the country its own parcel leaves.
  static func lines(_ orders: [(lines: [OrderLine], dispatch: Country?)]) -> [OrderLine] {
    orders.flatMap { order in
      order.lines.map { line in
        guard line.origin == nil, let dispatch = order.dispatch else { return line }
        // The line was checked when it was made; with an origin it is no less sound.
        return
          (try? OrderLine(
            code: line.code, quantity: line.quantity, unitValue: line.unitValue, origin: dispatch,
            goods: line.goods, battery: line.battery, eprCategory: line.eprCategory)) ?? line
      }
    }
  }
}
