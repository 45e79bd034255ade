/// How many connections a pool holds, and for how long.
public struct PoolSettings: Hashable, Sendable {
  /// Kept open even if nobody needs them.
  public var minimum: Int
  /// Never more than these.
  public var maximum: Int
  /// How long a task waits for a connection unless it says otherwise.
  public var deadline: Duration
  /// A connection is closed at this age, give or take a tenth so that not all close at once.
  public var maximumLifetime: Duration
  /// A connection above the minimum is closed when it was not needed for so long.
  public var maximumIdle: Duration
  /// A connection that was idle for longer is asked whether it still stands before it is lent.
  public var checkAfterIdle: Duration
  /// How long it may take to answer that.
  public var checkPatience: Duration

  /// Settings for a process of moderate size.
  ///
  /// - Precondition: 0 <= minimum <= maximum, and maximum is at least 1.
  public init(
    minimum: Int = 0, maximum: Int = 8, deadline: Duration = .seconds(30),
    maximumLifetime: Duration = .seconds(3600), maximumIdle: Duration = .seconds(600),
    checkAfterIdle: Duration = .seconds(1), checkPatience: Duration = .seconds(2)
  ) {
    precondition(minimum >= 0 && maximum >= 1 && minimum <= maximum, "0 <= minimum <= maximum")
    self.minimum = minimum
    self.maximum = maximum
    self.deadline = deadline
    self.maximumLifetime = maximumLifetime
    self.maximumIdle = maximumIdle
    self.checkAfterIdle = checkAfterIdle
    self.checkPatience = checkPatience
  }
}
