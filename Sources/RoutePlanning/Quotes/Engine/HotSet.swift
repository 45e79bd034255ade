/// The pairs of origin and destination class that blocks are built for: for each origin its classes, ascending.
///
/// A block serves all destinations that are reached alike. As a pair counts what a parcel can tell apart: destinations
/// whose last legs emit alike too. So a block may stand for several pairs.
public struct HotSet: Sendable {
  /// Destination classes by origin position; empty: none.
  let classes: [[Int]]
  /// By destination class: the pairs that a block of it stands for.
  private let pairsOfBlock: [Int]

  private init(classes: [[Int]], pairsOfBlock: [Int]) {
    self.classes = classes
    self.pairsOfBlock = pairsOfBlock
  }

  /// Number of pairs.
  public var pairs: Int {
    classes.reduce(0) { $1.reduce($0) { $0 + pairsOfBlock[$1] } }
  }

  /// Number of blocks.
  public var blocks: Int { classes.reduce(0) { $0 + $1.count } }

  /// Some classes, from every origin; a builder counts ``EngineBuilder/blockClassCount``, others are left out.
  public init(destinationClasses wanted: [Int], of builder: EngineBuilder) {
    let all = 0..<builder.frame.destinations.count
    let own = Set(wanted.filter { all.contains($0) }).sorted()
    self.init(
      classes: builder.frame.origins.map { _ in own },
      pairsOfBlock: builder.frame.destinations.emissionClasses)
  }

  /// The pairs of the first so many origins that have any.
  public func limited(toOrigins count: Int) -> HotSet {
    var left = count
    return HotSet(
      classes: classes.map { own in
        if own.isEmpty || left <= 0 { return [] }
        left -= 1
        return own
      }, pairsOfBlock: pairsOfBlock)
  }

  /// Number of origins that have a pair.
  public var originCount: Int { classes.count { !$0.isEmpty } }

  /// Everything.
  init(allOf frame: EngineFrame) {
    self.init(
      classes: frame.origins.map { _ in Array(0..<frame.destinations.count) },
      pairsOfBlock: frame.destinations.emissionClasses)
  }

  /// The blocks that weigh most, as many of them as it takes to have so many pairs.
  ///
  /// Ties go to the origin, then the class, that stands first in the network.
  /// - Complexity: O(pairs log pairs)
  init(_ count: Int, of frame: EngineFrame, by demand: DemandWeights) {
    let weights = demand.weights(frame)
    let width = frame.destinations.count
    let pairsOfBlock = frame.destinations.emissionClasses
    guard count < weights.origins.count * pairsOfBlock.reduce(0, +) else {
      self.init(allOf: frame)
      return
    }
    func weight(_ block: Int) -> Int128 {
      Int128(weights.origins[block / width]) * Int128(weights.classes[block % width])
    }
    let ranked = (0..<(weights.origins.count * width)).map { (block: $0, weight: weight($0)) }
      .sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.block < $1.block }
    var classes = [[Int]](repeating: [], count: weights.origins.count)
    var pairs = 0
    for item in ranked {
      if pairs >= count { break }
      classes[item.block / width].append(item.block % width)
      pairs += pairsOfBlock[item.block % width]
    }
    self.init(classes: classes.map { $0.sorted() }, pairsOfBlock: pairsOfBlock)
  }
}
