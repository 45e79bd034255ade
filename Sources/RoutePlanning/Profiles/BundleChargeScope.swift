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
  private(set) var classes: [ChargeClass]
  private var classOfLeg: [Int32]
  private var topology: Topology
  private let order: ChargeOrder
  private let sheet: FreightSheet
  private let greatestWeight: Int64
  private var probes: [SIMD4<Int32>]

  /// Weights of the probes, in grams, of general goods without size.
  private static let probeWeights: [Int64] = [120, 900, 4_500, 18_000]
  /// Beyond what any probe is charged, and ten times it still fits.
  private static let notTaken: Int32 = 100_000_000

  /// Classifies the legs of a network for parcels up to a weight; `sheet` is of one of the order's dates.
  ///
  /// - Complexity: O(legs)
  init(
    _ network: NetworkPlanner, order: ChargeOrder, sheet: FreightSheet, greatestWeight: Int64
  ) {
    topology = network.bundle.topology
    self.order = order
    self.sheet = sheet
    self.greatestWeight = greatestWeight
    classes = []
    probes = []
    classOfLeg = []
    var known: [ChargeClass: Int32] = [:]
    classOfLeg = (0..<topology.legCount).map { classified($0, network.classes, &known) }
  }

  /// The same for a network some of whose legs take other parcels; classes known keep their numbers.
  func following(_ network: NetworkPlanner, changed legs: some Sequence<LegID>) -> BundleChargeScope
  {
    var next = self
    next.topology = network.bundle.topology
    var known: [ChargeClass: Int32] = [:]
    for (position, own) in classes.enumerated() { known[own] = Int32(position) }
    for leg in legs {
      next.classOfLeg[leg.position] = next.classified(leg.position, network.classes, &known)
    }
    return next
  }

  private mutating func classified(
    _ leg: Int, _ prices: PriceClassTable, _ known: inout [ChargeClass: Int32]
  ) -> Int32 {
    let own = ChargeClass(
      price: prices.classOfLeg[leg], goods: topology.goods[leg] & ChargeOrder.allGoods,
      greatestWeight: min(topology.greatestWeight[leg], greatestWeight))
    if own.goods == ChargeOrder.allGoods, own.greatestWeight == greatestWeight,
      prices.isFree(own.price)
    {
      return -1
    }
    if let found = known[own] { return found }
    known[own] = Int32(classes.count)
    classes.append(own)
    probes.append(probe(of: own))
    return Int32(classes.count - 1)
  }

  private func probe(of own: ChargeClass) -> SIMD4<Int32> {
    var probe = SIMD4<Int32>()
    for (lane, weight) in BundleChargeScope.probeWeights.enumerated() {
      let parcel = sheet.prepare(Parcel(weight: Grams(weight)))
      let price =
        own.goods & 1 << UInt64(GoodsClass.general.rawValue) != 0 && weight <= own.greatestWeight
        ? sheet.price(own.price, of: parcel) : -1
      probe[lane] =
        price < 0
        ? BundleChargeScope.notTaken
        : Int32(clamping: min(price, Int64(BundleChargeScope.notTaken)))
    }
    return probe
  }

  func probe(of chargeClass: Int32) -> SIMD4<Int32> { probes[Int(chargeClass)] }

  var cellCount: Int { GoodsClass.allCases.count }

  func cells(takenBy leg: Int) -> UInt64 {
    let position = classOfLeg[leg]
    guard position >= 0 else { return ChargeOrder.allGoods }
    let own = classes[Int(position)]
    return own.greatestWeight > 0 ? own.goods & order.goods(takenBy: own.price) : 0
  }

  func chargeClass(of leg: Int) -> Int32 { classOfLeg[leg] }

  /// The charge classes that some legs meet, ascending.
  func charges(of legs: [Int32]) -> [Int32] {
    legs.map { classOfLeg[Int($0)] }.filter { $0 >= 0 }.sorted()
  }

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
        where: cheap.map { classes[Int($0)].price },
        areNoDearerThan: dear.map { classes[Int($0)].price })
  }

  private func takenByAll(_ positions: [Int32]) -> UInt64 {
    positions.reduce(ChargeOrder.allGoods) { $0 & classes[Int($1)].goods }
  }
}
