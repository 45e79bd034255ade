import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

/// Why a question has no itinerary: the first demand that cuts origin from destination.
///
/// Demands are added one after the other (a connection at all, the goods class, the weight, a price); the one
/// that empties the reachable set is the reason. What passes all of them and still has no itinerary fails on
/// time: it ends after the last day the bundle's data are meant for, or some possible delay leaves no departure
/// within the horizon. A ready time outside the data's days needs no further reason.
struct RefusalAnalysis {
  /// Stable word for the reason.
  let code: String
  /// The rule or leg that refuses.
  let rule: String
  /// For people.
  let message: String
  /// Whether a declared value could open a card.
  let asksForValue: Bool

  init(_ question: NetworkPlanner.Question, on network: NetworkPlanner) {
    if let reason = BundleValidity(network).reason(readyOf: question) {
      self.init(reason)
      return
    }
    let topology = network.bundle.topology
    var list = network.priceList(question)
    let price = list.column()
    let weight = question.parcel.weight.value
    let goods = UInt64(question.parcel.goods.rawValue)
    func runs(_ leg: Int) -> Bool { topology.leastDuration[leg] >= 0 }
    func takes(_ leg: Int) -> Bool { runs(leg) && topology.goods[leg] >> goods & 1 == 1 }
    func carries(_ leg: Int) -> Bool { takes(leg) && weight <= topology.greatestWeight[leg] }
    let reach = Reach(topology, question)
    let from = network.bundle.nodes.name(of: question.origin)
    let to = network.bundle.nodes.name(of: question.destination)
    guard reach.connects(runs) else {
      self.init(
        "no_connection", "legs:\(question.greatestLegs)",
        "no chain of at most \(question.greatestLegs) legs leads from \(from) to \(to)")
      return
    }
    guard reach.connects(takes) else {
      self.init(
        "goods_not_carried", "goods:\(question.parcel.goods.word)",
        "no chain of legs takes \(question.parcel.goods.word) goods from \(from) to \(to)")
      return
    }
    guard reach.connects(carries) else {
      self.init(
        "too_heavy", "max_weight_g", "no chain of legs takes \(weight) g from \(from) to \(to)")
      return
    }
    guard reach.connects({ carries($0) && price[$0] >= 0 }) else {
      // The tariff refusals on legs between origin and destination, the most frequent first.
      var counts: [Refusal: Int] = [:]
      for leg in reach.legsBetween(carries) where price[leg] < 0 {
        if case .refused(let refusal) = list.entry(leg: LegID(Int32(leg))) {
          counts[refusal, default: 0] += 1
        }
      }
      let ranked = counts.sorted {
        ($1.value, $0.key.code.rawValue, $0.key.rule) < (
          $0.value, $1.key.code.rawValue, $1.key.rule
        )
      }
      let first = ranked.first?.key
      self.init(
        first?.code.word ?? "not_priced", first?.rule ?? "",
        "no chain of legs has a price: "
          + ranked.prefix(3).map { "\($0.key)" }.joined(separator: "; "),
        asksForValue: ranked.contains { $0.key.code == .valueUnknown })
      return
    }
    var planner = ExactPlanner<DatedTimetable>()
    if let end = BundleValidity(network).to,
      let front = try? network.front(question, with: &planner),
      !front.isEmpty
    {
      self.init(.expired(end))
      return
    }
    self.init(
      "no_departure_in_time", "horizon:9 weeks",
      "every chain of legs has a possible delay after which nothing departs within nine weeks of ready"
    )
  }

  private init(_ reason: BundleValidity.Reason) {
    self.init(reason.code, reason.rule, reason.message)
  }

  private init(_ code: String, _ rule: String, _ message: String, asksForValue: Bool = false) {
    self.code = code
    self.rule = rule
    self.message = message
    self.asksForValue = asksForValue
  }
}
