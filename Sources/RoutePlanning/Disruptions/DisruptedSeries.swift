import LogisticsModel
import RouteGraph

/// What a leg boards once its events are known: departures that stay first in, first out, or narrower open windows.
///
/// The search drops a label when another reaches its node nowhere later, which is sound only while of two departures
/// of a leg the earlier one arrives nowhere later (in the stochastic order of ``RouteGraph/Boarding/arrivesNoLater``).
/// A delayed or added departure may break that order. It is restored in two steps:
///
/// 1. *Laws that cross.* A delayed or added departure whose arrival law crosses that of an unchanged one, or of a
///    delayed or added one kept before, is left out, and the leg is named as approximate. What is then promised can be
///    kept (the parcel takes a departure that runs), but may not be the best. Within a leg of one delay law nothing
///    crosses: shifted copies of one law are ordered by their shift.
/// 2. *Overtaken.* A departure is left out when a later one arrives nowhere later. **This loses no optimum.** Let d
///    leave before e with A_e <= A_d, and let an itinerary board d. Whoever is in time for d is in time for e. Waiting
///    for e costs the same (price and CO2e belong to the leg) and arrives nowhere later, and by induction over the
///    legs behind, each of which is first in, first out, so does every continuation. So the itinerary without d
///    weakly dominates the one with it, at every service level; and it is what an operator would rebook to.
///
/// After step 1 any two departures left are ordered one way or the other, and this order is transitive; after step 2
/// no later one is strictly before an earlier one. So the series is first in, first out again.
enum DisruptedSeries {
  /// A departure, and where it stands.
  private struct Run {
    var boarding: Boarding
    /// When it leaves in truth: later than it is boarded where the cut-off did not move with a delay.
    var leaves: Int64
    var isDisrupted: Bool
  }

  /// The departures of a scheduled leg under its events.
  ///
  /// A cancelled or full departure is gone, whatever delay it was given; of several delays the last one stands.
  /// - Returns: ascending departures, and whether one was left out because its law crosses another's.
  /// - Complexity: O(n log n) for n departures, times the number of events.
  static func departures(
    _ scheduled: [Boarding], _ events: [LegEvent], window: Range<Int64>, _ laws: [DelayLaw]
  ) -> (runs: [Boarding], isApproximate: Bool) {
    var runs: [Run] = []
    runs.reserveCapacity(scheduled.count)
    for boarding in scheduled {
      if let run = run(boarding, events) { runs.append(run) }
    }
    for case .add(let boarding) in events {
      runs.append(Run(boarding: boarding, leaves: boarding.minute, isDisrupted: true))
    }
    runs.removeAll { run in
      let arrives = run.boarding.minute + Int64(run.boarding.duration)
      return !window.contains(run.boarding.minute)
        || events.contains { event in
          switch event {
          case .closedTail(let closed):
            closed.contains(run.leaves) || closed.contains(run.boarding.minute)
          case .closedHead(let closed): closed.contains(arrives)
          case .drop, .delay, .add: false
          }
        }
    }
    guard runs.contains(where: \.isDisrupted) else { return (runs.map(\.boarding), false) }
    runs.sort {
      $0.boarding.minute != $1.boarding.minute
        ? $0.boarding.minute < $1.boarding.minute : !$0.isDisrupted && $1.isDisrupted
    }
    let count = runs.count
    runs = withoutCrossing(runs, laws)
    return (withoutOvertaken(runs, laws), runs.count < count)
  }

  private static func run(_ boarding: Boarding, _ events: [LegEvent]) -> Run? {
    var run = Run(boarding: boarding, leaves: boarding.minute, isDisrupted: false)
    for event in events {
      switch event {
      case .drop(let minutes) where minutes.contains(boarding.minute): return nil
      case .delay(let minutes, let late, let movesCutOff) where minutes.contains(boarding.minute):
        run.leaves = boarding.minute + Int64(late)
        run.isDisrupted = true
        run.boarding =
          movesCutOff
          ? Boarding(minute: run.leaves, duration: boarding.duration, law: boarding.law)
          : Boarding(
            minute: boarding.minute, duration: boarding.duration + late, law: boarding.law)
      case .drop, .delay, .add, .closedTail, .closedHead: continue
      }
    }
    return run
  }

  private static func withoutCrossing(_ runs: [Run], _ laws: [DelayLaw]) -> [Run] {
    var kept = runs.filter { !$0.isDisrupted }
    for run in runs where run.isDisrupted {
      let crosses = kept.contains { other in
        !run.boarding.arrivesNoLater(than: other.boarding, laws)
          && !other.boarding.arrivesNoLater(than: run.boarding, laws)
      }
      if !crosses { kept.append(run) }
    }
    kept.sort {
      $0.boarding.minute != $1.boarding.minute
        ? $0.boarding.minute < $1.boarding.minute : !$0.isDisrupted && $1.isDisrupted
    }
    return kept
  }

  private static func withoutOvertaken(_ runs: [Run], _ laws: [DelayLaw]) -> [Boarding] {
    var kept: [Boarding] = []
    for run in runs.reversed() {
      guard let next = kept.last else {
        kept.append(run.boarding)
        continue
      }
      guard run.boarding.arrivesNoLater(than: next, laws) else { continue }
      // Of two that leave in one minute only the one that arrives nowhere later runs.
      if run.boarding.minute == next.minute { kept.removeLast() }
      kept.append(run.boarding)
    }
    return kept.reversed()
  }

  /// The open windows of a leg without departures, under its events.
  ///
  /// Closed minutes are taken out of the windows. Work is not done while either end is closed; a leg in elapsed time
  /// does not start so as to be planned to arrive while its head is closed.
  static func windows(
    _ open: [OpenWindow], _ events: [LegEvent], duration: Int32, kind: LegKind
  ) -> [OpenWindow] {
    var closed: [Range<Int64>] = []
    for event in events {
      switch event {
      case .drop(let minutes), .closedTail(let minutes): closed.append(minutes)
      case .closedHead(let minutes):
        let before = kind == .working ? 0 : Int64(duration)
        closed.append(minutes.lowerBound - before..<minutes.upperBound - before)
      case .delay, .add: continue
      }
    }
    return closed.reduce(open) { $0.without($1) }
  }
}

extension [OpenWindow] {
  /// The windows less some minutes.
  func without(_ closed: Range<Int64>) -> [OpenWindow] {
    var left: [OpenWindow] = []
    left.reserveCapacity(count + 1)
    for window in self {
      let (opens, closes) = (window.opens.minutes, window.closes.minutes)
      guard closed.overlaps(opens..<closes) else {
        left.append(window)
        continue
      }
      if opens < closed.lowerBound {
        left.append(OpenWindow(opens: window.opens, closes: Instant(minutes: closed.lowerBound)))
      }
      if closed.upperBound < closes {
        left.append(OpenWindow(opens: Instant(minutes: closed.upperBound), closes: window.closes))
      }
    }
    return left
  }
}
