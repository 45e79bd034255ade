/// The pairs of origin and destination class that blocks are built for: for each origin its classes, ascending.
public struct HotSet: Sendable {
  /// Destination classes by origin position; empty: none.
  let classes: [[Int]]

  private init(classes: [[Int]]) { self.classes = classes }

  /// Number of pairs.
  public var pairs: Int { classes.reduce(0) { $0 + $1.count } }

  /// Some classes, from every origin; a builder counts ``EngineBuilder/blockClassCount``, others are left out.
  public init(destinationClasses wanted: [Int], of builder: EngineBuilder) {
    let all = 0..<builder.frame.destinations.count
    let own = Set(wanted.filter { all.contains($0) }).sorted()
    self.init(classes: builder.frame.origins.map { _ in own })
  }

  /// The pairs of the first so many origins that have any.
  public func limited(toOrigins count: Int) -> HotSet {
    var left = count
    return HotSet(
      classes: classes.map { own in
        if own.isEmpty || left <= 0 { return [] }
        left -= 1
        return own
      })
  }

  /// Number of origins that have a pair.
  public var originCount: Int { classes.count { !$0.isEmpty } }

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
