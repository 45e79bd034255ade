import LogisticsModel
import RouteGraph

/// When a leg of a bundle can be boarded and when it arrives, read off its written-out departures and open
/// windows one by one, from the first: no binary search, no prefix sums, nothing the timetable's own look-ups use.
struct AuditTimes {
  /// Why there is no boarding.
  enum Obstacle: Error {
    /// Asked before the days written out.
    case beforeWindow
    /// Nothing departs or opens any more.
    case nothing
    /// The work would not end within the days written out.
    case unfinished
  }

  private let bundle: NetworkBundle
  private var departures: [LegID: [Boarding]] = [:]
  private var windows: [LegID: [OpenWindow]] = [:]

  init(_ bundle: NetworkBundle) { self.bundle = bundle }

  /// The first departure or open minute at or after a minute.
  mutating func boarding(
    _ leg: LegID, atOrAfter minute: Int64
  ) throws(Obstacle) -> (start: Int64, duration: Int64, law: DelayLaw) {
    guard minute >= bundle.timetable.window.start else { throw .beforeWindow }
    if bundle.legs.kind(of: leg) == .scheduled {
      let all = departures[leg] ?? bundle.timetable.departures(of: leg)
      departures[leg] = all
      var best: Boarding?
      for departure in all where departure.minute >= minute {
        if best.map({ departure.minute < $0.minute }) ?? true { best = departure }
      }
      guard let best else { throw .nothing }
      return (best.minute, Int64(best.duration), bundle.law(best.law))
    }
    let row = bundle.legs[leg]
    let law = bundle.law(row.law)
    var start: Int64?
    for window in open(leg) where window.closes.minutes > minute {
      let begins = max(window.opens.minutes, minute)
      if start.map({ begins < $0 }) ?? true { start = begins }
    }
    guard let start else { throw .nothing }
    if row.kind == .working {
      let longest = Int64(row.duration) + Int64(law.greatestDelay)
      guard worked(leg, from: start, minutes: longest) != nil else { throw .unfinished }
    }
    return (start, Int64(row.duration), law)
  }

  /// The minute of arrival after so many minutes under way.
  mutating func arrival(_ leg: LegID, start: Int64, after minutes: Int64) throws(Obstacle) -> Int64
  {
    guard bundle.legs.kind(of: leg) == .working else { return start + minutes }
    guard let end = worked(leg, from: start, minutes: minutes) else { throw .unfinished }
    return end
  }

  /// Counts open minutes from `start`, window by window; nil when they run out.
  private mutating func worked(_ leg: LegID, from start: Int64, minutes: Int64) -> Int64? {
    var left = minutes
    for window in open(leg) where window.closes.minutes > start {
      let begins = max(window.opens.minutes, start)
      let length = window.closes.minutes - begins
      if left <= length { return begins + left }
      left -= length
    }
    return nil
  }

  private mutating func open(_ leg: LegID) -> [OpenWindow] {
    let all = windows[leg] ?? bundle.timetable.openWindows(of: leg)
    windows[leg] = all
    return all
  }
}
