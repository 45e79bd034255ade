public import LogisticsModel

/// Which series of departures or open windows a leg boards, and how long it then takes.
///
/// Two legs of one timetable with equal series are boarded and arrive alike, minute for minute. Series of two timetables
/// cannot be compared: they are places in its columns.
public struct LegSeries: Hashable, Sendable {
  private let kind: Int32
  private let start: Int32
  private let count: Int32
  private let override: Int32
  private let duration: Int32
  private let law: Int32
  private let last: Int32

  init(_ timing: DatedTimetable.LegTiming) {
    kind = timing.kind
    start = timing.start
    count = timing.count
    override = timing.override
    duration = timing.duration
    law = timing.law
    last = timing.last
  }
}

/// Other departures, or other open windows, for legs that have one series.
public struct SeriesEdit: Sendable {
  /// What the legs board instead.
  public enum Starts: Sendable {
    /// Of scheduled legs: ascending, different minutes, all inside the timetable's window.
    case departures([Boarding])
    /// Of the others: ascending windows that do not touch, all inside the timetable's window.
    case windows([OpenWindow])
  }

  /// Legs of equal ``LegSeries``.
  public let legs: [LegID]
  /// What they board.
  public let starts: Starts

  /// Makes an edit.
  public init(legs: [LegID], starts: Starts) {
    self.legs = legs
    self.starts = starts
  }
}

extension DatedTimetable {
  /// The series a leg boards.
  public func series(of leg: LegID) -> LegSeries { LegSeries(timings[leg.position]) }

  /// The same timetable in which some legs board other departures or windows.
  ///
  /// New series are written behind the old ones; columns that do not change are shared with this timetable.
  /// - Complexity: O(legs + departures) bytes copied, plus the edits.
  func replacing(_ edits: [SeriesEdit], laws delayLaws: [DelayLaw]) -> DatedTimetable {
    guard !edits.isEmpty else { return self }
    var added = Added()
    var changed: [(leg: LegID, timing: LegTiming)] = []
    for edit in edits {
      guard let first = edit.legs.first else { continue }
      let shared = timing(timings[first.position], edit.starts, &added, delayLaws)
      for leg in edit.legs { changed.append((leg, shared)) }
    }
    func joined(_ column: FrozenColumn<Int32>, _ more: [Int32]) -> FrozenColumn<Int32> {
      more.isEmpty ? column : FrozenColumn(copying: column, appending: more)
    }
    return DatedTimetable(
      window: window,
      timings: FrozenColumn(copying: timings) { elements in
        for (leg, timing) in changed { elements[leg.position] = timing }
      },
      departures: joined(departures, added.departures),
      durations: joined(durations, added.durations), laws: joined(laws, added.laws),
      opens: joined(opens, added.opens), closes: joined(closes, added.closes),
      openBefore: joined(openBefore, added.openBefore))
  }

  /// Elements to write behind the columns.
  private struct Added {
    var departures: [Int32] = []
    var durations: [Int32] = []
    var laws: [Int32] = []
    var opens: [Int32] = []
    var closes: [Int32] = []
    var openBefore: [Int32] = []
  }

  private func timing(
    _ old: LegTiming, _ starts: SeriesEdit.Starts, _ added: inout Added, _ delayLaws: [DelayLaw]
  ) -> LegTiming {
    var timing = old
    timing.override = -1
    switch starts {
    case .departures(let runs):
      timing.start = Int32(departures.count + added.departures.count)
      timing.count = Int32(runs.count)
      let isPlain = runs.allSatisfy { $0.duration == old.duration && $0.law.rawValue == old.law }
      if !isPlain { timing.override = Int32(durations.count + added.durations.count) }
      for run in runs {
        added.departures.append(Int32(run.minute - window.start))
        if !isPlain {
          added.durations.append(run.duration)
          added.laws.append(run.law.rawValue)
        }
      }
    case .windows(let windows):
      timing.start = Int32(opens.count + added.opens.count)
      timing.count = Int32(windows.count)
      let first = added.opens.count
      var openMinutes: Int32 = 0
      for open in windows {
        added.opens.append(Int32(open.opens.minutes - window.start))
        added.closes.append(Int32(open.closes.minutes - window.start))
        added.openBefore.append(openMinutes)
        openMinutes += Int32(open.closes.minutes(since: open.opens))
      }
      let isWorking = old.kind == Int32(LegKind.working.rawValue)
      let last = TimetableBuilder.lastBoarding(
        opens: added.opens[first...], closes: added.closes[first...],
        openBefore: added.openBefore[first...],
        needed: isWorking
          ? Int64(old.duration) + Int64(delayLaws[Int(old.law)].greatestDelay) : nil)
      if last == nil { timing.count = 0 }
      timing.last = last ?? -1
    }
    return timing
  }
}
