public import LogisticsModel
public import RouteGraph

/// A stretch of minutes in which a leg serves a parcel otherwise than it did.
///
/// "Asked" is the minute from which a parcel could board: its arrival at the tail plus the leg's handling. A block, a
/// quote or a label is touched by the change exactly if it asks this leg in one of these minutes.
public struct LegChange: Hashable, Sendable {
  /// The leg.
  public let leg: LegID
  /// First to last asked minute whose boarding, or arrival, is not what it was.
  public let asked: ClosedRange<Int64>
  /// Whether somebody may board or arrive earlier than before, or be taken who was not.
  ///
  /// Where no change is improving, only itineraries that ask a changed leg in its changed minutes can get worse and
  /// none can get better: what was dominated stays so unless what dominated it was touched.
  public let isImproving: Bool
  /// Whether the leg takes other goods classes or weights, rather than running at other times.
  public let isAcceptance: Bool

  /// The differences of two states of one bundle on some legs, ascending by leg and minute.
  ///
  /// Both states must have the same nodes, legs, laws and timetable window.
  /// - Complexity: O(departures or windows) for each distinct pair of series among the legs.
  public static func between(
    _ old: NetworkBundle, _ new: NetworkBundle, legs: some Sequence<LegID>
  ) -> [LegChange] {
    var known: [Pair: [Stretch]] = [:]
    var changes: [LegChange] = []
    let window = old.timetable.window.minutes
    for leg in Set(legs).sorted() {
      let place = leg.position
      let classes = (old.topology.goods[place], new.topology.goods[place])
      let weights = (old.topology.greatestWeight[place], new.topology.greatestWeight[place])
      if classes.0 != classes.1 || weights.0 != weights.1 {
        changes.append(
          LegChange(
            leg: leg, asked: window.lowerBound...window.upperBound - 1,
            isImproving: classes.1 & ~classes.0 != 0 || weights.1 > weights.0, isAcceptance: true))
      }
      let pair = Pair(old: old.timetable.series(of: leg), new: new.timetable.series(of: leg))
      // Two overlays may write different series to one place: only a walk over both tells whether they are equal.
      let stretches = known[pair] ?? Stretch.between(old, new, leg)
      known[pair] = stretches
      changes += stretches.map {
        LegChange(leg: leg, asked: $0.asked, isImproving: $0.isImproving, isAcceptance: false)
      }
    }
    return changes
  }

  private struct Pair: Hashable {
    let old: LegSeries
    let new: LegSeries
  }
}

/// Asked minutes that lie together and change alike.
private struct Stretch {
  var asked: ClosedRange<Int64>
  var isImproving: Bool

  static func between(_ old: NetworkBundle, _ new: NetworkBundle, _ leg: LegID) -> [Stretch] {
    let window = old.timetable.window.minutes
    if old.legs.kind(of: leg) == .scheduled {
      return departures(
        old.timetable.departures(of: leg), new.timetable.departures(of: leg),
        from: window.lowerBound,
        old.laws)
    }
    let row = old.legs[leg]
    let needed =
      row.kind == .working
      ? Int64(row.duration) + Int64(old.law(row.law).greatestDelay) : 0
    let before = old.timetable.openWindows(of: leg)
    let after = new.timetable.openWindows(of: leg)
    return removed(from: before, leaving: after, needed, window, isImproving: false)
      + removed(from: after, leaving: before, needed, window, isImproving: true)
  }

  /// Walks both series from departure to departure; between two of either, all who ask board alike.
  static func departures(
    _ old: [Boarding], _ new: [Boarding], from start: Int64, _ laws: [DelayLaw]
  ) -> [Stretch] {
    var stretches: [Stretch] = []
    var (before, after) = (0, 0)
    var first = start
    while before < old.count || after < new.count {
      let was = before < old.count ? old[before] : nil
      let now = after < new.count ? new[after] : nil
      let last = min(was?.minute ?? .max, now?.minute ?? .max)
      if was != now, first <= last {
        let isImproving = isImproved(was, now, laws)
        if let previous = stretches.last, previous.isImproving == isImproving,
          previous.asked.upperBound == first - 1
        {
          stretches[stretches.count - 1].asked = previous.asked.lowerBound...last
        } else {
          stretches.append(Stretch(asked: first...last, isImproving: isImproving))
        }
      }
      first = last + 1
      if was?.minute == last { before += 1 }
      if now?.minute == last { after += 1 }
    }
    return stretches
  }

  /// An earlier start counts, too: it may lie within the nine weeks in which boarding is allowed.
  private static func isImproved(_ was: Boarding?, _ now: Boarding?, _ laws: [DelayLaw]) -> Bool {
    guard let now else { return false }
    guard let was else { return true }
    return now.minute < was.minute || !was.arrivesNoLater(than: now, laws)
  }

  /// Who is touched when open minutes are taken away: those who ask in them, or in the closed time right before them
  /// when they opened a window, and those whose work would have reached into them.
  static func removed(
    from old: [OpenWindow], leaving new: [OpenWindow], _ needed: Int64, _ window: Range<Int64>,
    isImproving: Bool
  ) -> [Stretch] {
    var gone = old
    for open in new { gone = gone.without(open.opens.minutes..<open.closes.minutes) }
    var stretches: [Stretch] = []
    for hole in gone {
      var first = hole.opens.minutes
      if let opened = old.first(where: { $0.opens == hole.opens }) {
        let closed = new.last { $0.closes <= opened.opens }
        first = closed?.closes.minutes ?? window.lowerBound
      }
      var last = hole.closes.minutes - 1
      if needed > 0 {
        first = min(first, start(of: needed, before: hole.opens.minutes, old) ?? window.lowerBound)
        // The last starts whose work still fitted the window need not fit it any more.
        if start(of: needed, before: window.upperBound, new) == nil || new.isEmpty {
          last = window.upperBound - 1
        }
      }
      if let previous = stretches.last, first <= previous.asked.upperBound + 1 {
        stretches[stretches.count - 1].asked =
          min(first, previous.asked.lowerBound)...max(last, previous.asked.upperBound)
      } else {
        stretches.append(Stretch(asked: first...last, isImproving: isImproving))
      }
    }
    guard needed > 0, !gone.isEmpty, let was = start(of: needed, before: window.upperBound, old)
    else { return stretches }
    if let now = start(of: needed, before: window.upperBound, new), now < was {
      stretches.append(Stretch(asked: now...was, isImproving: isImproving))
    }
    return stretches
  }

  /// The last minute from which so many open minutes still lie before another; nil where there is none.
  private static func start(
    of needed: Int64, before end: Int64, _ windows: [OpenWindow]
  ) -> Int64? {
    var left = needed
    for open in windows.reversed() where open.opens.minutes < end {
      let length = min(open.closes.minutes, end) - open.opens.minutes
      if length >= left { return open.opens.minutes + length - left }
      left -= length
    }
    return nil
  }
}
