import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// Changes hold every minute that is served otherwise, and of scheduled legs no other.
@Suite struct LegChangeTests {
  @Test("minute by minute, on random overlays of random bundles")
  func minutes() throws {
    var (changed, improved) = (0, 0)
    // Gathered, since there are millions of minutes: what has no change, has one for nothing, or is better than told.
    var unexplained: [String] = []
    for seed in UInt64(1)...60 {
      var random = RandomDisruptions(seed: seed)
      let base = random.planner.bundle
      let first = random.overlay(count: 3).applied(to: base)
      let second = random.overlay(count: 3).applied(to: base)
      for (old, new, changes) in [
        (base, first.bundle, first.changes),
        (first.bundle, second.bundle, second.changes(since: first)),
      ] {
        let start = random.bundle.now.minutes - 2 * 1440
        for leg in base.legs.ids {
          let own = changes.filter { $0.leg == leg && !$0.isAcceptance }
          let isScheduled = base.legs.kind(of: leg) == .scheduled
          let longest = Int64(base.legs[leg].duration + base.law(base.legs[leg].law).greatestDelay)
          for minute in stride(from: start, to: start + 30 * 1440, by: 13) {
            let was = old.timetable.boarding(leg, atOrAfter: minute)
            let now = new.timetable.boarding(leg, atOrAfter: minute)
            var isSame = was == now
            if isSame, let was {
              isSame =
                old.timetable.arrival(leg, start: was.minute, after: longest)
                == new.timetable.arrival(leg, start: was.minute, after: longest)
            }
            let covering = own.filter { $0.asked.contains(minute) }
            if isScheduled ? isSame != covering.isEmpty : !isSame && covering.isEmpty {
              unexplained.append("seed \(seed), leg \(leg), \(minute)")
            }
            guard !isSame else { continue }
            changed += 1
            // Boarding earlier is possible only where the change says so.
            if let now, was.map({ now.minute < $0.minute }) ?? true {
              if !covering.contains(where: \.isImproving) {
                unexplained.append("seed \(seed), leg \(leg), \(minute): earlier")
              }
              improved += 1
            }
          }
        }
      }
    }
    #expect(unexplained.isEmpty, "\(unexplained.prefix(5))")
    #expect(changed > 5000)
    #expect(improved > 500)
  }

  @Test("taking everything back changes the same minutes, and improves what was worsened")
  func takenBack() throws {
    for seed in UInt64(101)...140 {
      var random = RandomDisruptions(seed: seed)
      let base = random.planner.bundle
      let overlay = random.overlay(count: 3, kinds: [.cancel, .full, .close])
      let laid = overlay.applied(to: base)
      #expect(laid.isOnlyWorsening, "seed \(seed)")
      let back = overlay.removing(overlay.disruptions).applied(to: base)
      #expect(back.changes.isEmpty)
      let changes = back.changes(since: laid)
      #expect(changes.map(\.leg) == laid.changes.map(\.leg), "seed \(seed)")
      #expect(changes.allSatisfy { $0.isImproving }, "seed \(seed)")
    }
  }
}
