import LogisticsModel
import RouteGraph
import Tariffs

/// Charges of a bundle for every parcel at once: one cell for each goods class.
///
/// A charge class here is a price class together with what its legs take, so that two itineraries with the same
/// classes both charge and accept every parcel alike. Which of two sums is no dearer is answered for all parcels of
/// a goods class at once (``ChargeOrder``), hence partially: what is not known keeps both.
struct BundleChargeScope: ChargeScope {
  /// What the legs of one charge class ask and take.
  struct ChargeClass: Hashable, Sendable {
    /// Class of the price, by ``PriceClassTable``.
    var price: Int32
    /// Goods classes taken, one bit each.
    var goods: UInt64
    /// Heaviest parcel taken, in grams; never above the scope's own limit.
    var greatestWeight: Int64
  }

  /// All charge classes met.
  let classes: [ChargeClass]
  private let classOfLeg: [Int32]
  private let topology: Topology
  private let order: ChargeOrder
  private let greatestWeight: Int64

  /// Classifies the legs of a network for parcels up to a weight.
  ///
  /// - Complexity: O(legs)
  init(_ network: NetworkPlanner, order: ChargeOrder, greatestWeight: Int64) {
    topology = network.bundle.topology
    self.order = order
    self.greatestWeight = greatestWeight
    var known: [ChargeClass: Int32] = [:]
    var classes: [ChargeClass] = []
    classOfLeg = (0..<topology.legCount).map { [topology] leg in
      let price = network.classes.classOfLeg[leg]
      let own = ChargeClass(
        price: price, goods: topology.goods[leg] & ChargeOrder.allGoods,
        greatestWeight: min(topology.greatestWeight[leg], greatestWeight))
      if own.goods == ChargeOrder.allGoods, own.greatestWeight == greatestWeight,
        network.classes.isFree(price)
      {
        return -1
      }
      if let found = known[own] { return found }
      known[own] = Int32(classes.count)
      classes.append(own)
      return Int32(classes.count - 1)
    }
    self.classes = classes
  }

  var cellCount: Int { GoodsClass.allCases.count }

  func cells(takenBy leg: Int) -> UInt64 {
    let position = classOfLeg[leg]
    guard position >= 0 else { return ChargeOrder.allGoods }
    let own = classes[Int(position)]
    return own.greatestWeight > 0 ? own.goods & order.goods(takenBy: own.price) : 0
  }

  func chargeClass(of leg: Int) -> Int32 { classOfLeg[leg] }

  func emission(of leg: Int) -> Int64 { topology.emission[leg] }

  func cells(where cheap: [Int32], areNoDearerThan dear: [Int32]) -> UInt64 {
    let limit = dear.map { classes[Int($0)].greatestWeight }.min() ?? greatestWeight
    var goods = ChargeOrder.allGoods
    for position in cheap {
      let own = classes[Int(position)]
      guard own.greatestWeight >= limit else { return 0 }
      goods &= own.goods | ~takenByAll(dear)
    }
    guard goods != 0, !cheap.isEmpty else { return goods }
    return goods
      & order.goods(
        where: cheap.map { classes[Int($0)].price }, areNoDearerThan: dear.map { classes[Int($0)].price })
  }

  private func takenByAll(_ positions: [Int32]) -> UInt64 {
    positions.reduce(ChargeOrder.allGoods) { $0 & classes[Int($1)].goods }
  }
}
