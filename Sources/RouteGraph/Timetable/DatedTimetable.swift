public import LogisticsModel

/// The timetable of a bundle, written out in UTC minutes for a window of days.
///
/// Legs that share a schedule and a zone share one sorted series of departures; legs that share a calendar
/// and a zone share one series of open windows. Minutes are kept as 32 bits from the window's start.
///
/// Outside the window:
/// - a boarding asked for *at or after* a minute before the window is refused (nil): departures before the
///   window are not known, so the first known one might be the wrong one;
/// - a boarding *at or before* a minute past the window gives the last one inside it;
/// - a leg counted in working time is boarded only as late as its open minutes, with the greatest delay,
///   still end inside the window: a parcel that boarded always arrives.
///
/// - Complexity: a boarding or an arrival is one binary search, without allocation.
public struct DatedTimetable: Sendable {
  /// How one leg is boarded: plain data, as it lies in a snapshot.
  public struct LegTiming: BitwiseCopyable, Hashable, Sendable {
    /// ``LegKind`` raw value.
    var kind: Int32
    /// First departure or window of its series.
    var start: Int32
    /// Number of departures or windows.
    var count: Int32
    /// Position in the override columns of the series' first departure; -1: the series has none.
    var override: Int32
    /// Minutes under way, unless a departure says otherwise.
    var duration: Int32
    /// Delay law, unless a departure says otherwise.
    var law: Int32
    /// The last minute at which it may be boarded; -1 where there is none, or for a scheduled leg.
    var last: Int32
    /// Not used; zero.
    var spare: Int32 = 0
  }

  /// The days written out.
  public let window: TimetableWindow
  /// One element per leg.
  let timings: FrozenColumn<LegTiming>
  /// Departures, ascending and different within a series.
  let departures: FrozenColumn<Int32>
  /// Duration of a departure that overrides its leg's; -1: the leg's.
  let durations: FrozenColumn<Int32>
  /// Law of a departure that overrides its leg's; -1: the leg's.
  let laws: FrozenColumn<Int32>
  /// First minutes of open windows, ascending within a series.
  let opens: FrozenColumn<Int32>
  /// First minutes after open windows; windows of a series do not touch.
  let closes: FrozenColumn<Int32>
  /// Open minutes of the series before each window.
  let openBefore: FrozenColumn<Int32>

  let fast: TimetablePointers

  init(
    window: TimetableWindow, timings: FrozenColumn<LegTiming>, departures: FrozenColumn<Int32>,
    durations: FrozenColumn<Int32>, laws: FrozenColumn<Int32>, opens: FrozenColumn<Int32>,
    closes: FrozenColumn<Int32>, openBefore: FrozenColumn<Int32>
  ) {
    self.window = window
    self.timings = timings
    self.departures = departures
    self.durations = durations
    self.laws = laws
    self.opens = opens
    self.closes = closes
    self.openBefore = openBefore
    fast = TimetablePointers(
      window: window, timings: timings, departures: departures, durations: durations,
      laws: laws, opens: opens, closes: closes, openBefore: openBefore)
  }

  /// Number of legs.
  public var legCount: Int { timings.count }

  /// Number of departures held, each counted once however many legs share it.
  public var departureCount: Int { departures.count }

  /// How a leg starts and runs.
  public func kind(of leg: LegID) -> LegKind {
    LegKind(rawValue: UInt8(truncatingIfNeeded: timings[leg.position].kind)) ?? .scheduled
  }

  /// How a leg is boarded, as one value: legs with equal ones run alike.
  public func timing(of leg: LegID) -> LegTiming { timings[leg.position] }

  /// Every departure of a scheduled leg in the window, ascending; empty for other legs.
  public func departures(of leg: LegID) -> [Boarding] {
    let timing = timings[leg.position]
    guard timing.kind == Int32(LegKind.scheduled.rawValue) else { return [] }
    return (0..<timing.count).map { position in
      var duration = timing.duration
      var law = timing.law
      if timing.override >= 0 {
        let own = durations[Int(timing.override + position)]
        if own >= 0 { duration = own }
        let ownLaw = laws[Int(timing.override + position)]
        if ownLaw >= 0 { law = ownLaw }
      }
      return Boarding(
        minute: window.start + Int64(departures[Int(timing.start + position)]), duration: duration,
        law: LawID(law))
    }
  }

  /// Every open window of a continuous leg, ascending; empty for scheduled legs.
  public func openWindows(of leg: LegID) -> [OpenWindow] {
    let timing = timings[leg.position]
    guard timing.kind != Int32(LegKind.scheduled.rawValue) else { return [] }
    return (timing.start..<(timing.start + timing.count)).map {
      OpenWindow(
        opens: Instant(minutes: window.start + Int64(opens[Int($0)])),
        closes: Instant(minutes: window.start + Int64(closes[Int($0)])))
    }
  }

  /// Number of departures, or of open windows, of a leg in the window: 0 means it is never boarded.
  public func boardingCount(of leg: LegID) -> Int { Int(timings[leg.position].count) }
}

extension DatedTimetable: Timetable {
  /// The first departure, or open start minute, at or after `minute`; nil when none is known.
  public func boarding(_ leg: LegID, atOrAfter minute: Int64) -> Boarding? {
    fast.boarding(leg, atOrAfter: minute)
  }

  /// The last departure, or open start minute, at or before `minute`; nil when none is known.
  public func boarding(_ leg: LegID, atOrBefore minute: Int64) -> Boarding? {
    fast.boarding(leg, atOrBefore: minute)
  }

  /// When a parcel that boarded at `start` has been under way for `minutes`.
  ///
  /// In working time the minute right after the last counted one: work that ends with the window's last
  /// minute ends when the window closes, not when the next one opens.
  public func arrival(_ leg: LegID, start: Int64, after minutes: Int64) -> Int64 {
    fast.arrival(leg, start: start, after: minutes)
  }

  /// A start on a leg of which several arrivals will be asked.
  public func workStart(_ leg: LegID, at start: Int64) -> WorkStart {
    fast.workStart(leg, at: start)
  }

  /// The same from a start, looked for from where the last arrival lay.
  public func arrival(_ leg: LegID, _ start: inout WorkStart, after minutes: Int64) -> Int64 {
    fast.arrival(leg, &start, after: minutes)
  }

  /// Whether every minute counts on this leg.
  public func runsInElapsedTime(_ leg: LegID) -> Bool { fast.runsInElapsedTime(leg) }
}
