import LogisticsModel
import RouteGraph
import TransitTimes

/// Builds the arrival law at the head of a leg from the packed law at its tail.
///
/// The packed twin of ``ArrivalDistribution/travelled(handling:horizon:start:arrival:)``: a test holds the two
/// against each other. Arrivals that board the same departure merge before the delay is applied, so the cost
/// is departures boarded x delay atoms, not arrivals x delay atoms.
struct ArrivalScratch<Mass: ProbabilityMass> {
  /// Ascending minutes relative to ready, with single (not cumulative) masses.
  private(set) var minutes: [Int32] = []
  private(set) var masses: [Mass] = []
  /// Whether some boarded departure had an uncertain law.
  private(set) var isUncertain = false
  /// The latest minute, relative to ready, at which the leg may be boarded.
  private(set) var lastBoarding: Int64 = 0

  /// Fills the scratch; false when from some possible minute boarding is impossible or past the horizon.
  @inline(__always)
  mutating func travel<Times: Timetable>(
    from arena: LabelArena<Mass>, first: Int, count: Int, along leg: LegID, handling: Int64,
    ready: Int64, horizon: Int64, network: borrowing SearchNetwork<Times>
  ) -> Bool {
    minutes.removeAll(keepingCapacity: true)
    masses.removeAll(keepingCapacity: true)
    isUncertain = false
    let end = first + count
    let elapsed = network.timetable.runsInElapsedTime(leg)
    var atom = first
    var before = Mass.zero
    while atom < end {
      let from = ready + Int64(arena.minutes[atom]) + handling
      guard let boarding = network.timetable.boarding(leg, atOrAfter: from),
        boarding.minute <= horizon
      else { return false }
      // Everything that is there in time for this departure boards it.
      let latest = boarding.minute - ready - handling
      atom += 1
      while atom < end && Int64(arena.minutes[atom]) <= latest { atom += 1 }
      lastBoarding = boarding.minute - ready
      let cumulative = arena.cumulative[atom - 1]
      let boarded = cumulative - before
      before = cumulative
      let law = Int(boarding.law.rawValue)
      let lawStart = Int(network.packedLaws.starts[law])
      let lawEnd = Int(network.packedLaws.starts[law + 1])
      let isCertain = lawEnd - lawStart == 1
      if !isCertain { isUncertain = true }
      var start = WorkStart(minute: boarding.minute)
      if !elapsed { start = network.timetable.workStart(leg, at: boarding.minute) }
      for slot in lawStart..<lawEnd {
        let under = Int64(boarding.duration) + Int64(network.packedLaws.delays[slot])
        let arrival =
          elapsed
          ? boarding.minute + under : network.timetable.arrival(leg, &start, after: under)
        add(
          minute: Int32(truncatingIfNeeded: arrival - ready),
          mass: isCertain ? boarded : boarded.scaled(byWeight: network.packedLaws.weights[slot]))
      }
    }
    return true
  }

  /// Inserts keeping the order; arrivals come almost ascending, so the walk back is short.
  @inline(__always)
  private mutating func add(minute: Int32, mass: Mass) {
    var slot = minutes.count
    while slot > 0 && minutes[slot - 1] > minute { slot -= 1 }
    if slot > 0 && minutes[slot - 1] == minute {
      masses[slot - 1] = masses[slot - 1] + mass
    } else if slot == minutes.count {
      minutes.append(minute)
      masses.append(mass)
    } else {
      minutes.insert(minute, at: slot)
      masses.insert(mass, at: slot)
    }
  }

  /// The least minute whose cumulative mass reaches `threshold`.
  func quantile(threshold: Mass) -> Int32 {
    var sum = Mass.zero
    for slot in 0..<minutes.count {
      sum = sum + masses[slot]
      if sum >= threshold { return minutes[slot] }
    }
    return minutes[minutes.count - 1]
  }
}

/// Arrival laws of all labels of one search, one after the other.
struct LabelArena<Mass: ProbabilityMass> {
  /// Minutes relative to ready.
  var minutes: [Int32] = []
  /// P(arrival <= minute).
  var cumulative: [Mass] = []

  mutating func removeAll() {
    minutes.removeAll(keepingCapacity: true)
    cumulative.removeAll(keepingCapacity: true)
  }

  /// Appends the law in `scratch` and returns where it starts.
  mutating func append(_ scratch: borrowing ArrivalScratch<Mass>) -> Int32 {
    let first = Int32(minutes.count)
    var sum = Mass.zero
    for slot in 0..<scratch.minutes.count {
      sum = sum + scratch.masses[slot]
      minutes.append(scratch.minutes[slot])
      cumulative.append(sum)
    }
    return first
  }

  /// Takes the last atoms away again.
  mutating func removeLast(_ count: Int) {
    minutes.removeLast(count)
    cumulative.removeLast(count)
  }

  mutating func appendCertain(minute: Int32) -> Int32 {
    minutes.append(minute)
    cumulative.append(.total)
    return Int32(minutes.count - 1)
  }
}

// MARK: - Stochastic dominance

extension LabelArena {
  /// Whether P(arrival <= t) of a kept law is nowhere below that of the law in `scratch`.
  ///
  /// - Complexity: O(atoms of both)
  @inline(__always)
  func isNowhereBelow(
    first: Int32, count: Int32, _ scratch: borrowing ArrivalScratch<Mass>
  ) -> Bool {
    var sum = Mass.zero
    var reached = Mass.zero
    var slot = Int(first)
    let end = slot + Int(count)
    for atom in 0..<scratch.minutes.count {
      sum = sum + scratch.masses[atom]
      while slot < end && minutes[slot] <= scratch.minutes[atom] {
        reached = cumulative[slot]
        slot += 1
      }
      if reached < sum { return false }
    }
    return true
  }

  /// The same against another kept law.
  @inline(__always)
  func isNowhereBelow(
    first: Int32, count: Int32, otherFirst: Int32, otherCount: Int32
  ) -> Bool {
    var reached = Mass.zero
    var slot = Int(first)
    let end = slot + Int(count)
    for atom in Int(otherFirst)..<Int(otherFirst + otherCount) {
      while slot < end && minutes[slot] <= minutes[atom] {
        reached = cumulative[slot]
        slot += 1
      }
      if reached < cumulative[atom] { return false }
    }
    return true
  }
}
