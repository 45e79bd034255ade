import LogisticsModel
import RouteGraph

/// What a look-up reads of a destination, together, since it is met by chance.
struct DestinationTerms: BitwiseCopyable {
  /// First minute past the bundle's days.
  var end: Int64
  /// Position of its first last leg.
  var firstLeg: Int32
  /// Its block class; negative: none.
  var blockClass: Int32
}

/// What a look-up reads of a last leg.
struct LastLegTerms: BitwiseCopyable {
  /// Milligrams of CO2e per gram.
  var emission: Int64
  /// Its charge class plus one; 0: no charge.
  var charge: UInt16
}

/// What a look-up reads of a charge class.
struct ChargeTerms: BitwiseCopyable {
  /// Heaviest parcel taken, in grams.
  var greatestWeight: Int64
  /// Class of the price.
  var price: Int32
  /// Goods classes taken, one bit each.
  var goods: UInt32

  init(_ charge: BundleChargeScope.ChargeClass) {
    greatestWeight = charge.greatestWeight
    price = charge.price
    goods = UInt32(truncatingIfNeeded: charge.goods)
  }

  /// Whether a parcel of some goods, as one bit, and a weight is taken.
  @inline(__always)
  func takes(_ goods: UInt32, _ weight: Int64) -> Bool {
    self.goods & goods != 0 && weight <= greatestWeight
  }
}

extension EngineFrame {
  /// By node: what a look-up reads of it.
  var destinationTerms: [DestinationTerms] {
    let bundle = network.bundle
    return bundle.nodes.ids.map { node in
      let blockClass = destinations.classOfNode[node.position]
      let last = blockClass >= 0 ? bundle.manifest.validTo : nil
      return DestinationTerms(
        end: last.map { network.end(of: $0, at: node) } ?? Int64.max,
        firstLeg: bundle.topology.incoming.starts[node.position], blockClass: blockClass)
    }
  }
}
