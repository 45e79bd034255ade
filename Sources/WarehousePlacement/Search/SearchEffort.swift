/// How much work goes into a node before it is split: chosen once for all classes of instances.
enum SearchEffort {
  /// The first climb at the root; each further one begins with a shorter stride.
  static let root = Effort(steps: 120, stride: 1.5, patience: 15, shrink: 0.8, least: 1e-4)
  /// What is left of the stride from one climb to the next.
  static let rootDecay = 0.9
  /// Climbs at the root at most.
  static let rootRounds = 60
  /// A climb that gains less than this part of what is missing is the last at the root.
  static let creeping = 0.0005
  /// Plans tried from the best one while the root climbs once.
  static let plansPerRound = 4
  /// As many at most, while the climb takes no less work.
  static let mostPlansPerRound = 100
  /// At every other node.
  static let node = Effort(steps: 60, stride: 0.6, patience: 6, shrink: 0.75, least: 1e-3)
  /// One node in so many is also looked at for a plan.
  static let nodesForAPlan = 8

  /// A first look at a case, to know whether it matters.
  static let probe = Effort(
    steps: 14, stride: 0.6, patience: 4, shrink: 0.75, least: 1e-3, isGlance: true)
  /// Sites looked at from the root.
  static let probesAtRoot = 400
  /// Sites looked at from any other node.
  static let probesAtNode = 3
  /// Looks after which what a site gains is believed.
  static let looksBelieved = 4

  struct Effort: Sendable {
    /// Steps at most.
    var steps: Int
    /// The step's first length, as a part of what is missing to the incumbent.
    var stride: Double
    /// Steps without progress after which the length shrinks.
    var patience: Int
    /// By how much.
    var shrink: Double
    /// Below which length nothing more is expected.
    var least: Double
    /// Whether nothing is decided by what is found.
    var isGlance = false
  }
}
