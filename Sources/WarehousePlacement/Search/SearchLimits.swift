/// How a search is run: what it may take, whom it tells, and what it starts from.
public struct SearchLimits: Sendable {
  /// A report on the way: the least cost found and what no plan can cost less than, both in units.
  public struct Progress: Sendable {
    /// Cost of the best plan so far; nil while there is none.
    public let cost: Int64?
    /// No plan costs less.
    public let bound: Int64
    /// Nodes of the search tree that are done, and those that wait.
    public let nodes: (done: Int, waiting: Int)
  }

  /// True once the time is up; asked between steps of some milliseconds.
  public var isOver: @Sendable () -> Bool
  /// Told of every better plan or bound.
  public var progress: @Sendable (Progress) -> Void
  /// How work is shared out.
  public var spread: Spread
  /// Fixes every random choice.
  public var seed: UInt64
  /// A cost that is good enough: the search ends with a plan that costs no more, or a bound above it.
  public var enough: Int64?
  /// Open sites to start from.
  public var warmStart: [Int]?
  /// What makes the search quicker.
  public var shortcuts = SearchShortcuts()

  /// No limits, on one core.
  public init(
    spread: Spread = .inOrder, seed: UInt64 = 1, warmStart: [Int]? = nil,
    isOver: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.spread = spread
    self.seed = seed
    self.warmStart = warmStart
    self.isOver = isOver
    self.progress = progress
  }
}
