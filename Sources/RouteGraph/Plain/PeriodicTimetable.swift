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
    var slots: [Slot]
    /// Ascending by `from`.
    var exceptions: [Range<Int64>]
  }

  /// Slots of all legs, leg by leg; those of leg `l` are `slots[starts[l] ..< starts[l + 1]]`.
  private let slots: [Slot]
  private let starts: [Int32]
  private let isScheduled: [Bool]
  private let exceptions: [Range<Int64>]
  private let exceptionStarts: [Int32]

  init(lines: [Line]) {
    var slots: [Slot] = []
    var starts: [Int32] = [0]
    var exceptions: [Range<Int64>] = []
    var exceptionStarts: [Int32] = [0]
    for line in lines {
      slots += line.slots
      starts.append(Int32(slots.count))
      exceptions += line.exceptions
      exceptionStarts.append(Int32(exceptions.count))
    }
    self.slots = slots
    self.starts = starts
    self.exceptions = exceptions
    self.exceptionStarts = exceptionStarts
    isScheduled = lines.map(\.isScheduled)
  }

  /// Whether a later arrival never boards where an earlier one cannot.
  ///
  /// False only where so many exceptions follow each other on one leg that the format's limit of covered
  /// finds is reached: then a parcel may gain by arriving later, and dominance among partial itineraries is
  /// not sound.
  public var isMonotone: Bool {
    isScheduled.indices.allSatisfy { chain(of: LegID(Int32($0))) < Self.greatestCoveredFinds }
  }

  /// The most covered finds in a row that some minute meets on a leg.
  ///
  /// After the first find every further look starts from the end of an exception, so it is enough to follow
  /// the chains from those.
  private func chain(of leg: LegID) -> Int {
    let range = Int(exceptionStarts[leg.position])..<Int(exceptionStarts[leg.position + 1])
    guard range.count >= Self.greatestCoveredFinds - 1 else { return 0 }
    let ends = Set(exceptions[range].map(\.upperBound)).sorted(by: >)
    // Later ends first: what an end leads to is always later than itself.
    var lengths: [Int64: Int] = [:]
    for end in ends {
      guard let found = first(leg, atOrAfter: end) else { return 0 }
      let covering = exceptions[range].filter { $0.contains(found.minute) }
      lengths[end] = covering.map(\.upperBound).max().map { 1 + (lengths[$0] ?? 0) } ?? 0
    }
    return 1 + (lengths.values.max() ?? 0)
  }

  /// The first uncovered departure or open minute at or after `minute`.
  public func boarding(_ leg: LegID, atOrAfter minute: Int64) -> Boarding? {
    let firstException = Int(exceptionStarts[leg.position])
    let endException = Int(exceptionStarts[leg.position + 1])
    guard var found = first(leg, atOrAfter: minute) else { return nil }
    if firstException == endException { return found }
    for _ in 0..<PeriodicTimetable.greatestCoveredFinds {
      var reopened: Int64?
      for slot in firstException..<endException where exceptions[slot].contains(found.minute) {
        reopened = max(reopened ?? .min, exceptions[slot].upperBound)
      }
      guard let reopened else { return found }
      guard let next = first(leg, atOrAfter: reopened) else { return nil }
      found = next
    }
    return nil
  }

  private func first(_ leg: LegID, atOrAfter minute: Int64) -> Boarding? {
    let start = Int(starts[leg.position])
    let end = Int(starts[leg.position + 1])
    guard start < end else { return nil }
    let scheduled = isScheduled[leg.position]
    let ofWeek = minute.remainder(ofWeek: PeriodicTimetable.week)
    var weekStart = minute - ofWeek
    // First slot that opens after the minute (windows) or departs at or after it (departures).
    let bound = scheduled ? ofWeek : ofWeek + 1
    var low = start
    var high = end
    while low < high {
      let middle = (low + high) / 2
      if slots[middle].minute < bound { low = middle + 1 } else { high = middle }
    }
    if !scheduled, low > start {
      let current = slots[low - 1]
      if ofWeek < current.closes {
        return Boarding(minute: minute, duration: current.duration, law: current.law)
      }
    }
    if low == end {
      low = start
      weekStart += PeriodicTimetable.week
    }
    let slot = slots[low]
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
