public import LogisticsModel

/// A week or a group that kept fewer promises than chance allows.
public struct ReplayAlarm: Hashable, Sendable {
  /// The week's Monday; nil: a group over all weeks.
  public let week: CivilDate?
  /// The group; nil: all orders.
  public let group: OrderTraits.Group?
  /// Its orders.
  public let orders: Int
  /// Of these, kept.
  public let kept: Int

  /// Standard errors below the service level at which a share is an alarm: one such week in a thousand is chance.
  static let errors = 3.0

  static func isAlarming(kept: Int, of orders: Int, level: Double) -> Bool {
    let share = Double(kept) / Double(orders)
    return share < level - errors * (level * (1 - level) / Double(orders)).squareRoot()
  }
}

extension PromiseReplay {
  /// Weeks and groups of the learner's promises that need somebody to look.
  public var alarms: [ReplayAlarm] {
    let target = Double(level) / 1000
    var alarms: [ReplayAlarm] = []
    for week in score(PromiseReplay.learned, .all)?.weeks ?? []
    where ReplayAlarm.isAlarming(kept: week.kept, of: week.orders, level: target) {
      alarms.append(
        ReplayAlarm(week: week.first, group: nil, orders: week.orders, kept: week.kept))
    }
    for (group, _) in groups {
      guard let found = score(PromiseReplay.learned, .group(group)) else { continue }
      let kept = found.weeks.reduce(0) { $0 + $1.kept }
      if ReplayAlarm.isAlarming(kept: kept, of: found.orders, level: target) {
        alarms.append(ReplayAlarm(week: nil, group: group, orders: found.orders, kept: kept))
      }
    }
    return alarms
  }
}
