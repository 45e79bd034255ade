import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// Closed nodes, held minute by minute against what closing means.
@Suite struct ClosedNodeTests {
  /// What a leg does when some nodes are closed on some dates, by walking from minute to minute.
  private struct Walk {
    let bundle: NetworkBundle
    let closings: [(node: NodeID, dates: ClosedRange<CivilDate>)]
    let leg: LegID
    private let tail: NodeID
    private let head: NodeID
    private let row: Leg
    private let departures: [Boarding]
    private let open: [OpenWindow]

    init(_ bundle: NetworkBundle, _ overlay: DisruptionOverlay, _ leg: LegID) {
      self.bundle = bundle
      self.leg = leg
      tail = NodeID(bundle.topology.tail[leg.position])
      head = NodeID(bundle.topology.head[leg.position])
      row = bundle.legs[leg]
      departures = bundle.timetable.departures(of: leg)
      open = bundle.timetable.openWindows(of: leg)
      closings = overlay.disruptions.compactMap { disruption in
        guard case .close(let name, let from, let through) = disruption,
          let node = bundle.nodeID(named: name)
        else { return nil }
        return (node, from...through)
      }
    }

    private func isClosed(_ node: NodeID, _ minute: Int64) -> Bool {
      let date = bundle.zone(of: node).date(Instant(minutes: minute))
      return closings.contains { $0.node == node && $0.dates.contains(date) }
    }

    private func isOpen(_ minute: Int64) -> Bool {
      guard open.contains(where: { $0.opens.minutes <= minute && minute < $0.closes.minutes }),
        !isClosed(tail, minute)
      else { return false }
      return !isClosed(head, row.kind == .working ? minute : minute + Int64(row.duration))
    }

    func boarding(atOrAfter minute: Int64) -> Int64? {
      if row.kind == .scheduled {
        return departures.first {
          $0.minute >= minute && !isClosed(tail, $0.minute)
            && !isClosed(head, $0.minute + Int64($0.duration))
        }?.minute
      }
      let end = bundle.timetable.window.end
      var minute = minute
      while minute < end {
        if isOpen(minute) { return minute }
        minute += 1
      }
      return nil
    }

    func arrival(start: Int64) -> Int64 {
      guard row.kind == .working else { return start + Int64(row.duration) }
      var (minute, left) = (start, row.duration)
      while left > 0 {
        if isOpen(minute) { left -= 1 }
        minute += 1
      }
      return minute
    }
  }

  @Test("nothing leaves, is planned to arrive or is worked at while closed; all else is as it was")
  func minuteByMinute() throws {
    var (asked, moved) = (0, 0)
    for seed in UInt64(1)...25 {
      var random = RandomDisruptions(seed: seed)
      let base = random.planner.bundle
      let overlay = random.overlay(count: 2, kinds: [.close])
      let effect = overlay.applied(to: base)
      for leg in Set(effect.concerned.joined()).sorted() {
        let walk = Walk(base, overlay, leg)
        let first = random.bundle.now.minutes - 1440
        for _ in 0..<12 {
          let minute = first + random.random.integer(0...17 * 1440)
          guard let start = walk.boarding(atOrAfter: minute), start < first + 40 * 1440 else {
            continue
          }
          let found = effect.bundle.timetable.boarding(leg, atOrAfter: minute)
          #expect(found?.minute == start, "seed \(seed), leg \(leg), asked \(minute)")
          if base.legs.kind(of: leg) != .scheduled {
            #expect(
              effect.bundle.timetable.arrival(
                leg, start: start, after: Int64(base.legs[leg].duration))
                == walk.arrival(start: start), "seed \(seed), leg \(leg), asked \(minute)")
          }
          asked += 1
          if base.timetable.boarding(leg, atOrAfter: minute) != found { moved += 1 }
        }
      }
    }
    #expect(asked > 1000)
    #expect(moved > 100)
  }
}
