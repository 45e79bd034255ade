/// The pairs of origin and destination class that blocks are built for: for each origin its classes, ascending.
public struct HotSet: Sendable {
  /// Destination classes by origin position; empty: none.
  let classes: [[Int]]

  private init(classes: [[Int]]) { self.classes = classes }

  /// Number of pairs.
  var pairs: Int { classes.reduce(0) { $0 + $1.count } }

  /// Everything.
  init(allOf frame: EngineFrame) {
    self.init(classes: frame.origins.map { _ in Array(0..<frame.destinations.count) })
  }

  /// The pairs that weigh most, so many of them.
  ///
  /// Ties go to the origin, then the class, that stands first in the network.
  /// - Complexity: O(pairs log pairs)
  init(_ count: Int, of frame: EngineFrame, by demand: DemandWeights) {
    let weights = demand.weights(frame)
    let width = frame.destinations.count
    guard count < weights.origins.count * width else {
      self.init(allOf: frame)
      return
    }
    func weight(_ pair: Int) -> Int128 {
      Int128(weights.origins[pair / width]) * Int128(weights.classes[pair % width])
    }
    let ranked = (0..<(weights.origins.count * width)).map { (pair: $0, weight: weight($0)) }
      .sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.pair < $1.pair }
    var classes = [[Int]](repeating: [], count: weights.origins.count)
    for item in ranked.prefix(max(count, 0)) {
      classes[item.pair / width].append(item.pair % width)
    }
    self.init(classes: classes.map { $0.sorted() })
  }
}
