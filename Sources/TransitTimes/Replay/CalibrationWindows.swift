public import LogisticsModel

/// Four weeks of promises at a time, and how long after a shock they hold again.
public struct CalibrationWindows: Sendable {
  /// Four weeks of orders.
  public struct Window: Sendable {
    /// Its first Monday.
    public let first: CivilDate
    /// Orders placed in it.
    public let orders: Int
    /// Of these, kept.
    public let kept: Int

    /// Share kept.
    public var onTime: Double { Double(kept) / Double(orders) }
  }

  /// Windows by their first Monday, each begun a week after the last.
  public let windows: [Window]
  /// The service level.
  public let level: Double

  /// The greatest distance from the service level that is calibrated.
  public static let tolerance = 0.01

  init(_ score: PromiseScore, level: Double) {
    self.level = level
    let weeks = score.weeks
    windows = weeks.indices.dropLast(3).map { start in
      let four = weeks[start..<start + 4]
      return Window(
        first: weeks[start].first, orders: four.reduce(0) { $0 + $1.orders },
        kept: four.reduce(0) { $0 + $1.kept })
    }
  }

  /// Whether a window is within a point of the service level.
  public func isCalibrated(_ window: Window) -> Bool {
    abs(window.onTime - level) <= CalibrationWindows.tolerance
  }

  /// Days from an event to the first Monday from which every window holds, up to a later event; nil: none does.
  public func recovery(after event: CivilDate, before next: CivilDate? = nil) -> Int? {
    let end = next ?? .last
    let concerned = windows.filter { $0.first >= event && $0.first.adding(days: 28) <= end }
    guard let final = concerned.last, isCalibrated(final) else { return nil }
    let bad = concerned.last { !isCalibrated($0) }
    let start =
      bad.flatMap { worst in concerned.first { $0.first > worst.first } } ?? concerned.first
    return start.map { max(0, $0.first.days(since: event)) }
  }
}

extension PromiseReplay {
  /// Four weeks at a time, of one method over all orders; nil without orders.
  public func windows(of method: String) -> CalibrationWindows? {
    score(method, .all).map { CalibrationWindows($0, level: Double(level) / 1000) }
  }
}
