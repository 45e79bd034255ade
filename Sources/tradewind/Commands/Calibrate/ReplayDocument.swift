import LogisticsModel
import TransitTimes

/// A replay as JSON; the keys are stable.
struct ReplayDocument: Encodable {
  struct Pinball: Encodable {
    let at90: Double
    let at95: Double

    enum CodingKeys: String, CodingKey {
      case at90 = "0.90"
      case at95 = "0.95"
    }
  }

  struct Week: Encodable {
    let week: String
    let on_time: Double
    let orders: Int
    let mean_promised_days: Double
  }

  struct Month: Encodable {
    let month: String
    let on_time: Double
    let orders: Int
  }

  struct Interval: Encodable {
    let mean: Double
    let low: Double
    let high: Double

    init?(_ found: WeekBootstrap.Interval?) {
      guard let found else { return nil }
      mean = ReplayDocument.rounded(found.mean)
      low = ReplayDocument.rounded(found.low)
      high = ReplayDocument.rounded(found.high)
    }
  }

  struct Score: Encodable {
    let orders: Int
    let on_time: Double
    let mean_promised_days: Double
    let pinball: Pinball
    let weekly_gap: Double
    let worst_week: Week?
    let worst_month: Month?
    let days_at_platform: Double?
    let on_time_at_platform: Double?
    /// What the method loses to the learner at .95, drawn anew by whole weeks: the middle nine tenths.
    let loses_at_95: Interval?
    let pinball_95_interval: Interval?
  }

  struct Group: Encodable {
    let group: String
    let orders: Int
    let on_time: Double
    let mean_promised_days: Double
    let pinball: Pinball
    let weekly_gap: Double
    let platform_on_time: Double?
  }

  struct Alarm: Encodable {
    let week: String?
    let group: String?
    let orders: Int
    let on_time: Double
  }

  let orders: Int
  let service_level: Double
  let score_from: String
  let on_time: Double
  let mean_promised_days: Double
  let pinball: Pinball
  let weekly_gap: Double
  let worst_week: Week?
  let worst_month: Month?
  let platform: Score?
  let groups: [Group]
  let weeks: [Week]
  /// By method, all orders.
  let methods: [String: Score]
  /// By method, orders whose two ends are known.
  let zoned: [String: Score]
  let alarms: [Alarm]
  let levels_used: [String: Int]
  let quarantine: [String: Int]
  let lost_share: Double
  let carriage_speed: Double

  static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }

  private static func week(_ span: PromiseScore.Span) -> Week {
    Week(
      week: span.first.description, on_time: rounded(span.onTime), orders: span.orders,
      mean_promised_days: rounded(span.meanDays))
  }

  private static func pinball(_ score: PromiseScore) -> Pinball {
    Pinball(at90: rounded(score.pinball90), at95: rounded(score.pinball95))
  }

  private static func score(
    _ replay: PromiseReplay, _ method: String, _ rows: PromiseReplay.Rows
  ) -> Score? {
    guard let score = replay.score(method, rows) else { return nil }
    let platform = replay.score(PromiseReplay.platform, rows)
    let frontier = replay.frontier(method, rows)
    let isPlatform = method == PromiseReplay.platform
    return Score(
      orders: score.orders, on_time: rounded(score.onTime),
      mean_promised_days: rounded(score.meanDays), pinball: pinball(score),
      weekly_gap: rounded(score.weeklyGap), worst_week: score.worstWeek.map(week),
      worst_month: score.worstMonth.map(month),
      days_at_platform: isPlatform
        ? nil : platform.flatMap { frontier.days(onTime: $0.onTime) }.map(rounded),
      on_time_at_platform: isPlatform
        ? nil : platform.flatMap { frontier.onTime(days: $0.meanDays) }.map(rounded),
      loses_at_95: method == PromiseReplay.learned
        ? nil : Interval(replay.gain(over: method, rows)),
      pinball_95_interval: Interval(replay.lossInterval(method, rows)))
  }

  private static func month(_ span: PromiseScore.Span) -> Month {
    Month(
      month: String(span.first.description.prefix(7)), on_time: rounded(span.onTime),
      orders: span.orders)
  }

  init?(_ replay: PromiseReplay) {
    guard let own = replay.score(PromiseReplay.learned, .all) else { return nil }
    orders = own.orders
    service_level = Double(replay.level) / 1000
    score_from = replay.scoreFrom.description
    on_time = ReplayDocument.rounded(own.onTime)
    mean_promised_days = ReplayDocument.rounded(own.meanDays)
    pinball = ReplayDocument.pinball(own)
    weekly_gap = ReplayDocument.rounded(own.weeklyGap)
    worst_week = own.worstWeek.map(ReplayDocument.week)
    worst_month = own.worstMonth.map(ReplayDocument.month)
    weeks = own.weeks.map(ReplayDocument.week)
    platform = ReplayDocument.score(replay, PromiseReplay.platform, .all)
    groups = replay.groups.compactMap { group, _ in
      guard let found = replay.score(PromiseReplay.learned, .group(group)) else { return nil }
      return Group(
        group: group.word, orders: found.orders, on_time: ReplayDocument.rounded(found.onTime),
        mean_promised_days: ReplayDocument.rounded(found.meanDays),
        pinball: ReplayDocument.pinball(found),
        weekly_gap: ReplayDocument.rounded(found.weeklyGap),
        platform_on_time: replay.score(PromiseReplay.platform, .group(group))
          .map { ReplayDocument.rounded($0.onTime) })
    }
    func scores(_ rows: PromiseReplay.Rows) -> [String: Score] {
      var found: [String: Score] = [:]
      for method in replay.methods { found[method] = ReplayDocument.score(replay, method, rows) }
      return found
    }
    methods = scores(.all)
    zoned = scores(.zoned)
    alarms = replay.alarms.map {
      Alarm(
        week: $0.week?.description, group: $0.group?.word, orders: $0.orders,
        on_time: ReplayDocument.rounded(Double($0.kept) / Double($0.orders)))
    }
    levels_used = Dictionary(
      uniqueKeysWithValues: replay.levelsUsed.map { ($0.key.word, $0.value) })
    quarantine = Dictionary(
      uniqueKeysWithValues: replay.quarantine.counts.map { ($0.key.word, $0.value) })
    lost_share = ReplayDocument.rounded(replay.learner.lostShare)
    carriage_speed = ReplayDocument.rounded(replay.learner.carriageSpeed)
  }
}
