import LogisticsModel
import TransitTimes

/// A replay as tables for people.
enum ReplayText {
  static func text(_ replay: PromiseReplay) -> String {
    var text = ""
    for (rows, title) in [
      (PromiseReplay.Rows.zoned, "orders with a known lane"), (.all, "all orders"),
    ] {
      guard let own = replay.score(PromiseReplay.learned, rows) else { continue }
      text += "\(title): \(own.orders), placed from \(replay.scoreFrom) on, promised at "
      text += "\(Double(replay.level) / 10) %\n"
      text += methods(replay, rows) + "\n"
    }
    text += groups(replay)
    for alarm in replay.alarms {
      let share = fixed(Double(alarm.kept) / Double(alarm.orders) * 100, 1)
      let place = alarm.week.map { "week of \($0)" } ?? alarm.group?.word ?? "all"
      text += "alarm: \(place): \(share) % of \(alarm.orders) kept\n"
    }
    for reason in Quarantine.Reason.allCases {
      guard let count = replay.quarantine.counts[reason] else { continue }
      text += "held back, \(reason.word): \(count)"
      text +=
        replay.quarantine.examples[reason].map { " (\(ShipmentText.printable($0)))\n" } ?? "\n"
    }
    return text
  }

  private static func methods(_ replay: PromiseReplay, _ rows: PromiseReplay.Rows) -> String {
    var table = TextTable(
      [
        "METHOD", "PINBALL .90", ".95", "LOSES AT .95", "ON TIME", "DAYS", "DAYS@PLATFORM",
        "ON TIME@PLATFORM", "WEEKLY GAP", "WORST WEEK", "WORST MONTH",
      ], [.left] + Array(repeating: .right, count: 10))
    let platform = replay.score(PromiseReplay.platform, rows)
    for method in replay.methods {
      guard let score = replay.score(method, rows) else { continue }
      let frontier = replay.frontier(method, rows)
      let isPlatform = method == PromiseReplay.platform
      let gain = method == PromiseReplay.learned ? nil : replay.gain(over: method, rows)
      table.append([
        method, fixed(score.pinball90, 3), fixed(score.pinball95, 3),
        gain.map { "\(fixed($0.mean, 3)) (\(fixed($0.low, 3)) to \(fixed($0.high, 3)))" } ?? "",
        share(score.onTime), fixed(score.meanDays, 2),
        isPlatform
          ? "" : platform.flatMap { frontier.days(onTime: $0.onTime) }.map { fixed($0, 2) } ?? "",
        isPlatform ? "" : platform.flatMap { frontier.onTime(days: $0.meanDays) }.map(share) ?? "",
        fixed(score.weeklyGap, 3), score.worstWeek.map { share($0.onTime) } ?? "",
        score.worstMonth.map { share($0.onTime) } ?? "",
      ])
    }
    return table.text
  }

  private static func groups(_ replay: PromiseReplay) -> String {
    var table = TextTable(
      ["GROUP", "ORDERS", "ON TIME", "DAYS", "PINBALL .95", "WEEKLY GAP"],
      [.left] + Array(repeating: .right, count: 5))
    for (group, _) in replay.groups {
      guard let score = replay.score(PromiseReplay.learned, .group(group)) else { continue }
      table.append([
        group.word, "\(score.orders)", share(score.onTime), fixed(score.meanDays, 2),
        fixed(score.pinball95, 3), fixed(score.weeklyGap, 3),
      ])
    }
    return table.text
  }

  private static func share(_ value: Double) -> String { fixed(value * 100, 1) + " %" }

  private static func fixed(_ value: Double, _ decimals: Int) -> String {
    HTMLText.fixed(value, decimals)
  }
}
