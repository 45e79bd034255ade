public import LogisticsModel

/// How much of a working day each civil day counts for, where parcels are handled and delivered.
///
/// Parcels move little on Sundays and holidays. Ages are therefore counted in *work*: minutes weighed by the
/// day's share, in 1024ths of a minute. A share of nought would make two different minutes the same age, so
/// the least is 1.
public struct WorkingPace: Hashable, Sendable {
  /// 1024ths of a working day, Monday first.
  public let week: [Int32]
  /// Days that count as a Sunday.
  public let closed: Set<CivilDate>

  /// What a working day counts for.
  public static let fullDay: Int32 = 1024
  /// Work of a whole working day.
  public static let dayOfWork = Int64(fullDay) * 1440

  /// Takes seven shares, Monday first; nil unless each is within 1...1024 and one is 1024.
  public init?(week: [Int32], closed: Set<CivilDate> = []) {
    guard week.count == 7, week.allSatisfy({ (1...WorkingPace.fullDay).contains($0) }),
      week.contains(WorkingPace.fullDay)
    else { return nil }
    self.init(unchecked: week, closed)
  }

  private init(unchecked week: [Int32], _ closed: Set<CivilDate>) {
    self.week = week
    self.closed = closed
  }

  /// Five full days, three tenths of a Saturday, a twelfth of a Sunday: parcels delivered by weekday where
  /// doors are served on some Saturdays.
  public static let parcels = WorkingPace(
    unchecked: [1024, 1024, 1024, 1024, 1024, 307, 82], [])

  /// Every day alike.
  public static let everyDay = WorkingPace(unchecked: Array(repeating: 1024, count: 7), [])

  /// The share of one day in 1024ths.
  public func share(of date: CivilDate) -> Int32 {
    week[closed.contains(date) ? 6 : date.weekday.rawValue]
  }
}

/// Work counted from a fixed first day on: what turns local times into ages and ages into days.
///
/// - Complexity: reading is O(1) within the days laid out, `firstDay(reaching:)` O(log days).
struct WorkClock: Sendable {
  let pace: WorkingPace
  /// The day counted from, as days since 1970-01-01.
  let origin: Int
  /// Work done before each day from the origin on; one more entry than days laid out.
  private(set) var before: [Int64] = [0]

  init(pace: WorkingPace, origin: Int) {
    self.pace = pace
    self.origin = origin
  }

  /// Lays out days up to and including one; asked before a day is read.
  mutating func layOut(through day: Int) {
    while origin + before.count - 1 <= day {
      let date = CivilDate(days: origin + before.count - 1)
      before.append(before[before.count - 1] + Int64(pace.share(of: date)) * 1440)
    }
  }

  /// Work done before the midnight that begins a day.
  func work(before day: Int) -> Int64 { before[day - origin] }

  /// Work done before a minute since 1970-01-01T00:00.
  func work(at minute: Int64) -> Int64 {
    let day = Int(minute.dividedDown(by: 1440))
    let index = day - origin
    let share = (before[index + 1] - before[index]) / 1440
    return before[index] + share * (minute - Int64(day) * 1440)
  }

  /// The first day at whose end at least so much work has been done; nil past the days laid out.
  func firstDay(reaching work: Int64) -> Int? {
    var low = 0
    var high = before.count - 1
    guard before[high] >= work else { return nil }
    while low < high {
      let middle = (low + high) / 2
      if before[middle + 1] >= work { high = middle } else { low = middle + 1 }
    }
    return origin + low
  }
}

extension Int64 {
  /// Quotient rounded towards minus infinity.
  func dividedDown(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return quotient * divisor > self ? quotient - 1 : quotient
  }
}
