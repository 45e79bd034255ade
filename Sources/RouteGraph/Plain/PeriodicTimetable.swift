public import LogisticsModel

/// A week that repeats for ever, with absolute exceptions: the timetable of the plain network.
///
/// Minute 0 is Monday 00:00 UTC of week 0. Unlike a dated bundle nothing is materialised: a question is
/// answered by binary search in the week and a walk over the exceptions that cover the minute found.
public struct PeriodicTimetable: Timetable {
  /// Minutes of a week.
  public static let week: Int64 = 10080
  /// Covered minutes found in a row before a leg counts as never boarded.
  static let greatestCoveredFinds = 64

  /// A weekly departure, or an open window of a continuous leg.
  struct Slot: Sendable, Hashable {
    /// Minute of the week of the departure, or at which the window opens.
    let minute: Int64
    /// Window only: minute of the week at which it closes.
    let closes: Int64
    let duration: Int32
    let law: LawID
  }

  /// What one leg runs by.
  struct Line: Sendable {
    var isScheduled: Bool
    /// Ascending by minute, one per minute.
    var slots: ArraySlice<Slot>
    /// Ascending by `from`.
    var exceptions: ArraySlice<Range<Int64>>
  }

  let lines: [Line]

  init(lines: [Line]) { self.lines = lines }

  /// The first uncovered departure or open minute at or after `minute`.
  public func boarding(_ leg: LegID, atOrAfter minute: Int64) -> Boarding? {
    let line = lines[leg.position]
    var from = minute
    for _ in 0..<PeriodicTimetable.greatestCoveredFinds {
      guard let found = PeriodicTimetable.first(in: line, atOrAfter: from) else { return nil }
      var reopened: Int64?
      for exception in line.exceptions where exception.contains(found.minute) {
        reopened = max(reopened ?? .min, exception.upperBound)
      }
      guard let reopened else { return found }
      from = reopened
    }
    return nil
  }

  private static func first(in line: Line, atOrAfter minute: Int64) -> Boarding? {
    guard let firstSlot = line.slots.first else { return nil }
    var weekStart = minute - minute.remainder(ofWeek: week)
    let ofWeek = minute - weekStart
    // First slot that opens after the minute (windows) or departs at or after it (departures).
    var low = line.slots.startIndex
    var high = line.slots.endIndex
    while low < high {
      let middle = (low + high) / 2
      let isBefore =
        line.isScheduled ? line.slots[middle].minute < ofWeek : line.slots[middle].minute <= ofWeek
      if isBefore { low = middle + 1 } else { high = middle }
    }
    if !line.isScheduled, low > line.slots.startIndex {
      let current = line.slots[low - 1]
      if ofWeek < current.closes {
        return Boarding(minute: minute, duration: current.duration, law: current.law)
      }
    }
    var slot = firstSlot
    if low < line.slots.endIndex { slot = line.slots[low] } else { weekStart += week }
    return Boarding(minute: weekStart + slot.minute, duration: slot.duration, law: slot.law)
  }

  /// Plain addition.
  public func arrival(_ leg: LegID, start: Int64, after minutes: Int64) -> Int64 { start + minutes }

  /// Always.
  public func runsInElapsedTime(_ leg: LegID) -> Bool { true }
}

extension Int64 {
  /// The non-negative remainder, also for minutes before week 0.
  func remainder(ofWeek week: Int64) -> Int64 {
    let remainder = self % week
    return remainder < 0 ? remainder + week : remainder
  }
}
