import LogisticsModel

/// Orders as the methods to compare with see them: continuous days since 1970-01-01.
///
/// These methods are written as plainly as their formulas, apart from the learner, whose code they share nothing with.
struct BaselineOrders: Sendable {
  /// Day of placing.
  let day: [Int]
  /// Moment of placing.
  let placed: [Double]
  /// Moment of delivery; infinite: not delivered.
  let delivered: [Double]
  /// Days from midnight of the day of placing to delivery.
  let duration: [Double]
  /// Number of the destination and of the lane; -1: not known.
  let destination: [Int]
  let lane: [Int]
  /// Destination of each lane.
  let destinationOfLane: [Int]

  init(_ orders: [HistoryOrder]) {
    var destinations: [String: Int] = [:]
    var lanes: [[String]: Int] = [:]
    var ends: [Int] = []
    day = orders.map { Int($0.placed.date.days) }
    placed = orders.map { Double($0.placed.minutes) / 1440 }
    delivered = orders.map { $0.delivered.map { Double($0.minutes) / 1440 } ?? .infinity }
    destination = orders.map { order in
      guard let name = order.traits.destination else { return -1 }
      let number = destinations[name] ?? destinations.count
      destinations[name] = number
      return number
    }
    lane = orders.map { order in
      guard let from = order.traits.origin, let to = order.traits.destination else { return -1 }
      if let there = lanes[[from, to]] { return there }
      lanes[[from, to]] = lanes.count
      ends.append(destinations[to] ?? -1)
      return lanes.count - 1
    }
    destinationOfLane = ends
    duration = zip(delivered, day).map { $0 - Double($1) }
  }

  /// Orders that were delivered before a cut and placed at least 30 days before it: a fit sees no other.
  func ripe(before cut: Int) -> [Int] {
    day.indices.filter { delivered[$0] < Double(cut) && placed[$0] < Double(cut - 30) }
  }
}

/// Order statistics.
enum Quantile {
  /// The quantile of ascending values, straight between neighbours; nil of none.
  static func of(_ sorted: [Double], _ level: Double) -> Double? {
    guard let last = sorted.last else { return nil }
    let place = level * Double(sorted.count - 1)
    let index = Int(place)
    guard index + 1 < sorted.count else { return last }
    return sorted[index] + (sorted[index + 1] - sorted[index]) * (place - Double(index))
  }
}

/// The quantile of each lane, shrunk to its destination's, shrunk to that of all: weight n/(n + 40).
struct LaneQuantiles: Sendable {
  private let all: [Double]
  private let byDestination: [[Double]]
  private let byLane: [[Double]]

  static let strength = 40.0

  init(_ orders: BaselineOrders, cut: Int) {
    let ripe = orders.ripe(before: cut)
    var destinations = [[Double]](
      repeating: [], count: (orders.destination.max() ?? -1) + 1)
    var lanes = [[Double]](repeating: [], count: orders.destinationOfLane.count)
    for order in ripe {
      let duration = orders.duration[order]
      if orders.destination[order] >= 0 { destinations[orders.destination[order]].append(duration) }
      if orders.lane[order] >= 0 { lanes[orders.lane[order]].append(duration) }
    }
    all = ripe.map { orders.duration[$0] }.sorted()
    byDestination = destinations.map { $0.sorted() }
    byLane = lanes.map { $0.sorted() }
  }

  /// The quantile of all; a fortnight before anything is known.
  func global(_ level: Double) -> Double { Quantile.of(all, level) ?? 14 }

  /// The shrunk quantile by destination and by lane.
  func tables(_ level: Double) -> (destinations: [Double], lanes: (BaselineOrders) -> [Double]) {
    let global = global(level)
    let destinations = byDestination.map { LaneQuantiles.shrunk($0, level, towards: global) }
    return (
      destinations,
      { orders in
        zip(byLane, orders.destinationOfLane).map {
          LaneQuantiles.shrunk($0, level, towards: $1 < 0 ? global : destinations[$1])
        }
      }
    )
  }

  private static func shrunk(
    _ sorted: [Double], _ level: Double, towards above: Double
  ) -> Double {
    guard let own = Quantile.of(sorted, level) else { return above }
    let weight = Double(sorted.count) / (Double(sorted.count) + strength)
    return weight * own + (1 - weight) * above
  }

  /// The base of every order at a level.
  func bases(_ orders: BaselineOrders, _ level: Double) -> [Double] {
    let global = global(level)
    let (destinations, laneTable) = tables(level)
    let lanes = laneTable(orders)
    return orders.day.indices.map { order in
      if orders.lane[order] >= 0 { return lanes[orders.lane[order]] }
      if orders.destination[order] >= 0 { return destinations[orders.destination[order]] }
      return global
    }
  }
}
