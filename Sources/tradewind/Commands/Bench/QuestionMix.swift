import LogisticsModel
import RouteGraph
import RoutePlanning
import TransitTimes

/// Seeded questions to the pairs of a hot set, all of them within what blocks answer.
struct QuestionMix {
  /// How origins and destinations are chosen.
  enum Keys: String, CaseIterable {
    /// Every pair of an origin and a destination alike.
    case uniform
    /// The pair of rank r with weight 1/r, ranks being dealt at random (G. K. Zipf, 1949).
    case zipf
  }

  /// So many that the blocks they read stay in no cache.
  static let count = 1 << 18

  private let network: NetworkPlanner
  private let scope: EngineScope
  private let origins: [NodeID]
  private let destinations: [[NodeID]]
  private var random: SeededDraws

  /// Prepares questions; origins without a destination are left out.
  init(
    _ builder: EngineBuilder, _ hot: HotSet, on network: NetworkPlanner, scope: EngineScope,
    seed: UInt64
  ) {
    self.network = network
    self.scope = scope
    let pairs = zip(builder.origins, builder.destinations(hot)).filter { !$0.1.isEmpty }
    origins = pairs.map(\.0)
    destinations = pairs.map(\.1)
    random = SeededDraws(seed: seed)
  }

  /// Questions by one choice of keys; none where nothing is hot.
  mutating func questions(_ keys: Keys) -> [NetworkPlanner.Question] {
    guard !origins.isEmpty else { return [] }
    switch keys {
    case .uniform:
      let ends = destinations.reduce(into: [Int]()) { $0.append(($0.last ?? 0) + $1.count) }
      return (0..<QuestionMix.count).map { _ in
        let drawn = random.draw(below: ends.last ?? 1)
        let origin = QuestionMix.place(of: drawn, in: ends)
        return question(origin, ends[origin] - 1 - drawn)
      }
    case .zipf:
      var ranked = origins.indices.flatMap { origin in
        destinations[origin].indices.map { (origin, $0) }
      }
      for place in ranked.indices.reversed() {
        ranked.swapAt(place, random.draw(below: place + 1))
      }
      // Whole numbers: 2^40 / rank, so that the draws are the same everywhere.
      var sums: [Int] = []
      var sum = 0
      for rank in 1...ranked.count {
        sum += (1 << 40) / rank
        sums.append(sum)
      }
      return (0..<QuestionMix.count).map { _ in
        let chosen = ranked[QuestionMix.place(of: random.draw(below: sum), in: sums)]
        return question(chosen.0, chosen.1)
      }
    }
  }

  /// The first place whose running sum is above a number drawn below the last of them.
  private static func place(of drawn: Int, in sums: [Int]) -> Int {
    var low = 0
    var high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > drawn { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private mutating func question(_ origin: Int, _ destination: Int) -> NetworkPlanner.Question {
    // As RequestGenerator draws parcels: log-uniform from 50 g to 20 kg.
    let base = Int64(50) << Int64(random.draw(below: 9))
    let weight = min(base + Int64(random.draw(below: Int(base))), scope.greatestWeight)
    let goods: [GoodsClass] = [.general, .general, .general, .battery, .liquid, .textile]
    let levels: [Int32] = [819, 922, 973, 973, 1014]
    return NetworkPlanner.Question(
      origin: origins[origin], destination: destinations[origin][destination],
      parcel: Parcel(weight: Grams(weight), goods: goods[random.draw(below: goods.count)]),
      ready: Instant(minutes: scope.start + Int64(random.draw(below: scope.days * 1440))),
      level: ServiceLevel(q1024: levels[random.draw(below: levels.count)]) ?? .standard,
      currency: scope.currency, greatestLegs: scope.greatestLegs)
  }
}
