public import LogisticsModel

/// One possible start of a leg.
public struct Boarding: Hashable, Sendable {
  /// Minute the leg departs or starts (since the epoch in a bundle, since week 0 in the plain network).
  public let minute: Int64
  /// Minutes under way before any delay; open minutes for a leg counted in working time.
  public let duration: Int32
  /// Law of the delay added to `duration`.
  public let law: LawID

  /// Makes a boarding.
  @inlinable public init(minute: Int64, duration: Int32, law: LawID) {
    self.minute = minute
    self.duration = duration
    self.law = law
  }
}

/// When legs can be boarded: the only thing that differs between a dated bundle and the periodic plain week.
///
/// Boarding and arrival are monotone in time (first in, first out), which the search's dominance rule relies on.
public protocol Timetable: Sendable {
  /// The first departure, or open start minute, at or after `minute`; nil when there is none.
  func boarding(_ leg: LegID, atOrAfter minute: Int64) -> Boarding?

  /// When a parcel that boarded at `start` has been under way for `minutes` (duration plus delay).
  ///
  /// Plain addition, except where only open minutes of the leg's calendar count.
  func arrival(_ leg: LegID, start: Int64, after minutes: Int64) -> Int64

  /// Whether ``arrival(_:start:after:)`` is plain addition for this leg.
  func runsInElapsedTime(_ leg: LegID) -> Bool

  /// A start on a leg of which several arrivals will be asked.
  func workStart(_ leg: LegID, at start: Int64) -> WorkStart

  /// ``arrival(_:start:after:)`` from such a start: cheap where the minutes asked ascend, for it looks on from the last.
  func arrival(_ leg: LegID, _ start: inout WorkStart, after minutes: Int64) -> Int64
}

/// A start on a leg, and where the last arrival asked of it lay.
public struct WorkStart: Sendable {
  /// The minute.
  public let minute: Int64
  /// Open minutes of the leg's calendar up to it.
  let done: Int64
  /// A window near which the next arrival is looked for.
  var window: Int

  /// A start on a leg on which every minute counts.
  public init(minute: Int64) { self.init(minute: minute, done: 0, window: 0) }

  init(minute: Int64, done: Int64, window: Int) {
    self.minute = minute
    self.done = done
    self.window = window
  }
}

extension Timetable {
  /// Of a leg whose arrivals need no calendar.
  public func workStart(_ leg: LegID, at start: Int64) -> WorkStart { WorkStart(minute: start) }

  /// Looks each arrival up anew.
  public func arrival(_ leg: LegID, _ start: inout WorkStart, after minutes: Int64) -> Int64 {
    arrival(leg, start: start.minute, after: minutes)
  }
}
