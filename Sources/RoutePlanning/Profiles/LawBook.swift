import LogisticsModel
import RouteGraph
import TransitTimes

/// Arrival laws met by the searches of one thread, each once, and what a leg makes of each.
///
/// Parcels that were ready at different minutes, and those of neighbouring origins, board the same departure before long;
/// from there on their laws are one and the same. Of a million labels to one class of destinations of the world, twelve
/// thousand laws are different, and seventy thousand pairs of law and leg. So laws are counted in absolute minutes, a leg
/// is taken from each only once, and searches go on with what others before them found.
///
/// - Complexity: O(1) expected for a pair known, else one evaluation of the leg
struct LawBook<Mass: ProbabilityMass> {
  /// What a leg makes of a law.
  struct Step {
    /// Where the law at its head lies in ``arena``; negative: from some minute the leg is never boarded.
    var first: Int32
    var count: Int32
    /// The latest minute at which the leg may be boarded.
    var lastBoarding: Int32
    /// Whether it has an uncertain law.
    var isUncertain: Bool
  }

  /// All laws.
  private(set) var arena = LabelArena<Mass>()
  private var scratch = ArrivalScratch<Mass>()
  private var steps: [Step] = []
  /// By where a law begins, and leg.
  private var places = PairTable()
  /// Laws by what is in them, open addressing; negative: empty.
  private var slots = [Law](repeating: Law(first: -1, count: 0), count: 256)
  private var lawCount = 0
  private let sharesLaws: Bool

  private struct Law {
    var first: Int32
    var count: Int32
  }

  /// Empty; unless it shares laws, each is worked out and kept anew whenever it is asked for.
  init(sharesLaws: Bool) { self.sharesLaws = sharesLaws }

  /// Bytes held.
  var memory: Int {
    arena.minutes.count * (4 + MemoryLayout<Mass>.stride) + places.memory
      + steps.count * MemoryLayout<Step>.stride + slots.count * MemoryLayout<Law>.stride
  }

  /// Whether nothing of what a search has found is of use to the next.
  var isOfOneSearch: Bool { !sharesLaws }

  /// Forgets everything.
  mutating func removeAll() { self = LawBook(sharesLaws: sharesLaws) }

  /// The law of being there at a minute.
  mutating func certain(minute: Int32) -> Int32 {
    let first = arena.appendCertain(minute: minute)
    return sharesLaws ? interned(Law(first: first, count: 1)) : first
  }

  /// What a leg makes of a law.
  ///
  /// - Parameters:
  ///   - first: where the law lies in ``arena``.
  ///   - count: its atoms.
  ///   - leg: the leg.
  ///   - number: tells the leg from others; not negative.
  ///   - handling: minutes before it can be boarded.
  ///   - base: the minute that all laws of the book are counted from.
  ///   - network: the same for every call.
  /// - Returns: the law at the head, or that there is none.
  @inline(__always)
  mutating func step<Times: Timetable>(
    from first: Int32, count: Int32, along leg: LegID, number: Int32, handling: Int32, base: Int64,
    on network: borrowing SearchNetwork<Times>
  ) -> Step {
    if sharesLaws, let known = places[first, number] { return steps[Int(known)] }
    let step = taken(from: first, count: count, along: leg, handling, base, network)
    if sharesLaws {
      places[first, number] = Int32(steps.count)
      steps.append(step)
    }
    return step
  }

  @inline(never)
  private mutating func taken<Times: Timetable>(
    from first: Int32, count: Int32, along leg: LegID, _ handling: Int32, _ base: Int64,
    _ network: borrowing SearchNetwork<Times>
  ) -> Step {
    let isBoarded = scratch.travel(
      from: arena, first: Int(first), count: Int(count), along: leg, handling: Int64(handling),
      ready: base, horizon: .max, network: network)
    // What is boarded or there past all times that can be counted is never sold.
    guard isBoarded, scratch.lastBoarding < Int64(Int32.max) else {
      return Step(first: -1, count: 0, lastBoarding: 0, isUncertain: false)
    }
    let size = Int32(scratch.minutes.count)
    let law = Law(first: arena.append(scratch), count: size)
    return Step(
      first: sharesLaws ? interned(law) : law.first, count: size,
      lastBoarding: Int32(scratch.lastBoarding), isUncertain: scratch.isUncertain)
  }

  /// Where the same law lies that was met first; one appended just now goes again where it is not that one.
  private mutating func interned(_ law: Law) -> Int32 {
    if 2 * lawCount >= slots.count { grow() }
    let place = place(of: law)
    if slots[place].first >= 0 {
      arena.removeLast(Int(law.count))
      return slots[place].first
    }
    slots[place] = law
    lawCount += 1
    return law.first
  }

  /// Where a law is, or would go.
  private func place(of law: Law) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash(of: law) >> UInt64(mask.leadingZeroBitCount)) & mask
    while slots[place].first >= 0, !isSame(slots[place], law) { place = (place + 1) & mask }
    return place
  }

  private func isSame(_ known: Law, _ law: Law) -> Bool {
    guard known.count == law.count else { return false }
    for atom in 0..<Int(law.count) {
      let (left, right) = (Int(known.first) + atom, Int(law.first) + atom)
      if arena.minutes[left] != arena.minutes[right]
        || arena.cumulative[left] != arena.cumulative[right]
      {
        return false
      }
    }
    return true
  }

  /// Of its minutes: laws that differ in masses only are few, and told apart by looking.
  ///
  /// Each minute is multiplied in by 2^64 / golden ratio (D. E. Knuth, The Art of Computer Programming 3, section 6.4).
  private func hash(of law: Law) -> UInt64 {
    var hash = UInt64(UInt32(bitPattern: law.count))
    for atom in Int(law.first)..<Int(law.first + law.count) {
      hash = (hash ^ UInt64(UInt32(bitPattern: arena.minutes[atom]))) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return hash &* 0x9E37_79B9_7F4A_7C15
  }

  private mutating func grow() {
    let old = slots
    slots = [Law](repeating: Law(first: -1, count: 0), count: 2 * old.count)
    for law in old where law.first >= 0 { slots[place(of: law)] = law }
  }
}
