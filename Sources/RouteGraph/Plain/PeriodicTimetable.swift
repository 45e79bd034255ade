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
  /// So few slots are walked rather than halved.
  private static let shortSeries = 8

  /// A weekly departure, or an open window of a continuous leg.
  struct Slot: Sendable, Hashable {
    /// Minute of the week of the departure, or at which the window opens.
    let minute: Int32
    /// Window only: minute of the week at which it closes.
    let closes: Int32
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

  /// Where the slots and exceptions of one leg lie: one record, since a search jumps from leg to leg.
  private struct Extent: Sendable {
    var slots: Range<Int32>
    var exceptions: Range<Int32>
    var isScheduled: Bool
  }

  /// Slots of all legs, leg by leg.
  private let slots: [Slot]
  private let exceptions: [Range<Int64>]
  private let extents: [Extent]

  init(lines: [Line]) {
    var slots: [Slot] = []
    var exceptions: [Range<Int64>] = []
    var extents: [Extent] = []
    for line in lines {
      let first = Int32(slots.count)
      let firstException = Int32(exceptions.count)
      slots += line.slots
      exceptions += line.exceptions
      extents.append(
        Extent(
          slots: first..<Int32(slots.count), exceptions: firstException..<Int32(exceptions.count),
          isScheduled: line.isScheduled))
    }
    self.slots = slots
    self.exceptions = exceptions
    self.extents = extents
  }

  /// Whether a later arrival never boards where an earlier one cannot.
  ///
  /// False only where so many exceptions follow each other on one leg that the format's limit of covered
  /// finds is reached: then a parcel may gain by arriving later, and dominance among partial itineraries is
  /// not sound.
  public var isMonotone: Bool {
    extents.indices.allSatisfy { chain(of: LegID(Int32($0))) < Self.greatestCoveredFinds }
  }

  /// The most covered finds in a row that some minute meets on a leg.
  ///
  /// After the first find every further look starts from the end of an exception, so it is enough to follow
  /// the chains from those.
  private func chain(of leg: LegID) -> Int {
    let found = extents[leg.position].exceptions
    let range = Int(found.lowerBound)..<Int(found.upperBound)
    guard range.count >= Self.greatestCoveredFinds - 1 else { return 0 }
    let ends = Set(exceptions[range].map(\.upperBound)).sorted(by: >)
    // Later ends first: what an end leads to is always later than itself.
    var lengths: [Int64: Int] = [:]
    for end in ends {
      guard let found = first(extents[leg.position], atOrAfter: end) else { return 0 }
      let covering = exceptions[range].filter { $0.contains(found.minute) }
      lengths[end] = covering.map(\.upperBound).max().map { 1 + (lengths[$0] ?? 0) } ?? 0
    }
    return 1 + (lengths.values.max() ?? 0)
  }

  /// The first uncovered departure or open minute at or after `minute`.
  public func boarding(_ leg: LegID, atOrAfter minute: Int64) -> Boarding? {
    let extent = extents[leg.position]
    guard var found = first(extent, atOrAfter: minute) else { return nil }
    let covering = extent.exceptions
    if covering.isEmpty { return found }
    for _ in 0..<PeriodicTimetable.greatestCoveredFinds {
      var reopened: Int64?
      for slot in covering where exceptions[Int(slot)].contains(found.minute) {
        reopened = max(reopened ?? .min, exceptions[Int(slot)].upperBound)
      }
      guard let reopened else { return found }
      guard let next = first(extent, atOrAfter: reopened) else { return nil }
      found = next
    }
    return nil
  }

  @inline(__always)
  private func first(_ extent: Extent, atOrAfter minute: Int64) -> Boarding? {
    guard !extent.slots.isEmpty else { return nil }
    let start = Int(extent.slots.lowerBound)
    let end = Int(extent.slots.upperBound)
    let scheduled = extent.isScheduled
    let ofWeek = minute.remainder(ofWeek: PeriodicTimetable.week)
    var weekStart = minute - ofWeek
    // First slot that opens after the minute (windows) or departs at or after it (departures).
    let bound = Int32(truncatingIfNeeded: scheduled ? ofWeek : ofWeek + 1)
    var low = start
    var high = end
    while high - low > PeriodicTimetable.shortSeries {
      let middle = (low + high) / 2
      if slots[middle].minute < bound { low = middle + 1 } else { high = middle }
    }
    // A handful lies in one cache line: walking it misses no branch but the last.
    while low < high && slots[low].minute < bound { low += 1 }
    if !scheduled, low > start {
      let current = slots[low - 1]
      if ofWeek < Int64(current.closes) {
        return Boarding(minute: minute, duration: current.duration, law: current.law)
      }
    }
    if low == end {
      low = start
      weekStart += PeriodicTimetable.week
    }
    let slot = slots[low]
    return Boarding(minute: weekStart + Int64(slot.minute), duration: slot.duration, law: slot.law)
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
