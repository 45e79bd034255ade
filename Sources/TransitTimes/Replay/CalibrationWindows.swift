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
  /// Mean promised days: so long before an event orders are placed that meet it.
  public let promisedDays: Int

  /// The greatest distance from the service level that is calibrated.
  public static let tolerance = 0.01

  init(_ score: PromiseScore, level: Double) {
    self.level = level
    promisedDays = Int(score.meanDays.rounded(.up))
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

  /// What chance alone moves the share kept of a window by: of n orders, the root of level x (1 - level) / n.
  ///
  /// The smallest window is taken; nought without windows.
  public var standardError: Double {
    let least = windows.map(\.orders).min() ?? 0
    return least > 0 ? (level * (1 - level) / Double(least)).squareRoot() : 0
  }

  /// Orders in a window whose share kept is known to half the tolerance.
  public var ordersNeeded: Int {
    let half = CalibrationWindows.tolerance / 2
    // Less a millionth, lest what floating point adds to a whole number count as an order.
    return Int((level * (1 - level) / (half * half) - 1e-6).rounded(.up))
  }

  /// Days from an event to the first Monday from which four windows running hold, up to a later event; nil: none does.
  public func recovery(after event: CivilDate, before next: CivilDate? = nil) -> Int? {
    let concerned = concerned(from: event, before: next)
    let start = concerned.indices.first { start in
      concerned[start...].prefix(CalibrationWindows.running).allSatisfy { isCalibrated($0) }
    }
    return start.map { Int(concerned[$0].first.days(since: event)) }
  }

  /// The windows after the recovery from every event, and before orders meet the next: those a promise can be held to.
  ///
  /// - Parameter events: ascending; windows before the first are settled too.
  /// - Returns: the windows, by their Mondays.
  public func settled(around events: [CivilDate]) -> [Window] {
    var found = concerned(from: .first, before: events.first)
    for (index, event) in events.enumerated() {
      let next = index + 1 < events.count ? events[index + 1] : nil
      guard let recovery = recovery(after: event, before: next) else { continue }
      found += concerned(from: event.adding(days: recovery), before: next)
    }
    return found
  }

  /// Windows that running hold before a recovery is believed.
  static let running = 4

  private func concerned(from event: CivilDate, before next: CivilDate?) -> [Window] {
    windows.filter {
      $0.first >= event
        && $0.first.adding(days: 28 + promisedDays) <= next ?? .last
    }
  }
}

extension PromiseReplay {
  /// Four weeks at a time, of one method over all orders; nil without orders.
  public func windows(of method: String) -> CalibrationWindows? {
    score(method, .all).map { CalibrationWindows($0, level: Double(level) / 1000) }
  }
}
