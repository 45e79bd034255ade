/// One way to a destination class that some parcel, ready in the row's time, may want.
struct Candidate {
  /// Label at the tail of the last leg.
  var label: Int32
  /// Position of the last leg among those of the destination class.
  var lastLeg: Int32
  /// All its charges.
  var signature: Int32
  /// Promise at each of ``StoredLevels``, in minutes from the search's base.
  var promises: SIMD4<Int32>
  /// CO2e per gram without the last leg.
  var emission: Int64
  var legs: Int32
  /// Goods classes it is needed for, four levels after one another; 0: for none.
  var needed: UInt64
  /// The latest minute at which some leg may be boarded.
  var lastBoarding: Int32
  /// Its law at the destination, in the arena of ``LastLegArrivals``.
  var firstAtom: Int32
  var atomCount: Int32
}

/// Picks the candidates of one destination class for one ready class: all that can win a tier, for any parcel.
///
/// A way is dropped for a level and a goods class when another costs no parcel more and is there earlier, or at the
/// same minute with no more CO2e and first by ``LawOrder``: then it wins no tier, whatever the value of an hour.
/// This is weaker than what partial itineraries need, for nothing comes after the destination: emission counts
/// only where minutes tie, and of a law only its promises count.
///
/// The value is one thread's scratch.
struct CandidateSelection<Scope: ChargeScope> {
  /// Cells of the scope.
  let goodsCount: Int
  private let options: ProfileOptions
  private static var levels: Int { StoredLevels.q1024.count }
  private static var unknown: UInt8 { .max }

  private var kept: [Candidate] = []
  /// Of each kept candidate what a comparison reads, close together: most end with the minutes or the probes.
  private var faces: [Face] = []
  /// Places in `kept`, in the order in which they are asked.
  private var turns: [Int] = []
  /// Position of a signature among those met at the destination; -1: not met there.
  private var localOf: [Int32] = []
  /// What is known at each destination: its rows meet the same signatures again and again.
  private var memories: [Memory] = []

  /// What a comparison of two candidates reads first.
  private struct Face {
    let promises: SIMD4<Int32>
    let probe: SIMD4<Int32>
    /// Number of the signature among those met at the destination.
    let local: Int32
    let lastBoarding: Int32
  }

  /// The signatures met at one destination, and how they compare.
  private struct Memory {
    /// Beyond so many it starts anew.
    static var most: Int { 512 }

    var met: [Int32] = []
    var probes: [SIMD4<Int32>] = []
    /// Width of the square below.
    var width = 0
    /// Goods classes in which one signature is no dearer than another, row by row; each pair is asked for once.
    var noDearer: [UInt8] = []

    /// Makes room for all met so far.
    mutating func widen(unknown: UInt8) {
      guard met.count > width else { return }
      let wider = max(32, met.count * 3 / 2)
      var square = [UInt8](repeating: unknown, count: wider * wider)
      for row in 0..<width {
        for column in 0..<width { square[row * wider + column] = noDearer[row * width + column] }
      }
      noDearer = square
      width = wider
    }
  }

  init(
    goodsCount: Int, destinationCount: Int, options: ProfileOptions = ProfileOptions()
  ) {
    self.options = options
    precondition(goodsCount < 8, "goods classes must fit a byte beside \"unknown\"")
    self.goodsCount = goodsCount
    memories = Array(repeating: Memory(), count: destinationCount)
  }

  /// Bytes held of what is known at the destinations.
  ///
  /// - Complexity: O(destinations)
  var memory: Int { memories.reduce(0) { $0 + $1.noDearer.count + 20 * $1.met.count } }

  /// Forgets what is known at the destinations, which signatures of a search that are forgotten too were told by.
  mutating func forget() {
    memories = memories.map { _ in Memory() }
    localOf = []
  }

  /// What is left, in the order of ``LawOrder``: of equal vectors the first is the one to give.
  ///
  /// - Parameters:
  ///   - all: every way, none twice.
  ///   - destination: the class they lead to.
  ///   - excess: ``DestinationClasses/emissionExcess`` of the class.
  ///   - width: number of last legs into the class.
  ///   - safeBoarding: boarding up to here is allowed for every ready minute of the class.
  ///   - signatures: of the search.
  ///   - isFirst: whether the first comes before the second by ``LawOrder``, equal sums taken for granted.
  /// - Returns: the candidates, each with the levels and goods classes it is needed for.
  /// - Complexity: O(ways x candidates)
  mutating func candidates(
    of all: [Candidate], to destination: Int, excess: [Int64], width: Int, safeBoarding: Int32,
    signatures: inout ChargeSignatures<Scope>, isFirst: (Candidate, Candidate) -> Bool
  ) -> [Candidate] {
    guard options.selectsWinners else {
      return all.sorted { $0.legs != $1.legs ? $0.legs < $1.legs : isFirst($0, $1) }
    }
    select(
      all, beside: [], to: destination,
      Rules(excess: excess, width: width, safeBoarding: safeBoarding), &signatures, isFirst)
    return kept.sorted { $0.legs != $1.legs ? $0.legs < $1.legs : isFirst($0, $1) }
  }

  /// The same with candidates that stand from before, none of them among the ways.
  ///
  /// Those that stand are in the order of ``LawOrder`` and are not compared with one another again: each is dropped
  /// only where a new one makes it needless.
  mutating func candidates(
    of new: [Candidate], beside standing: [Candidate], to destination: Int, excess: [Int64],
    width: Int, safeBoarding: Int32, signatures: inout ChargeSignatures<Scope>,
    isFirst: (Candidate, Candidate) -> Bool
  ) -> [Candidate] {
    if new.isEmpty { return standing }
    let stood = select(
      new, beside: standing, to: destination,
      Rules(excess: excess, width: width, safeBoarding: safeBoarding), &signatures, isFirst)
    var merged = Array(kept[..<stood])
    // Those that stand are in order already; the few new ones find their places among them by halving.
    for candidate in kept[stood...] {
      var (low, high) = (0, merged.count)
      while low < high {
        let middle = (low + high) / 2
        let other = merged[middle]
        let comesAfter =
          other.legs != candidate.legs
          ? other.legs < candidate.legs : isFirst(other, candidate)
        if comesAfter { low = middle + 1 } else { high = middle }
      }
      merged.insert(candidate, at: low)
    }
    return merged
  }

  /// Fills `kept`; returns how many of those that stood before are still among them, all at its beginning.
  @discardableResult
  private mutating func select(
    _ all: [Candidate], beside standing: [Candidate], to destination: Int, _ rules: Rules,
    _ signatures: inout ChargeSignatures<Scope>, _ isFirst: (Candidate, Candidate) -> Bool
  ) -> Int {
    // Taken out, so that it is changed in place.
    var memory = memories[destination]
    memories[destination] = Memory()
    prepare(signatures, &memory)
    number(standing, signatures, &memory)
    number(all, signatures, &memory)
    memory.widen(unknown: Self.unknown)
    kept.removeAll(keepingCapacity: true)
    kept += standing
    faces.removeAll(keepingCapacity: true)
    for candidate in standing { faces.append(face(candidate, memory)) }
    var stood = standing.count
    // Who made the last one needless is asked first about the next.
    turns.removeAll(keepingCapacity: true)
    turns += kept.indices
    for var candidate in all {
      let face = face(candidate, memory)
      var turn = 0
      while turn < turns.count {
        let other = turns[turn]
        if mayLose(face, to: faces[other], rules) {
          candidate.needed &= ~lost(
            candidate, face, to: kept[other], faces[other], &signatures, &memory, rules, isFirst)
          if candidate.needed == 0 { break }
        }
        turn += 1
      }
      if candidate.needed == 0 {
        turns.swapAt(turn, turn / 2)
        continue
      }
      var isSomeNeedless = false
      for place in faces.indices where mayLose(faces[place], to: face, rules) {
        kept[place].needed &= ~lost(
          kept[place], faces[place], to: candidate, face, &signatures, &memory, rules, isFirst)
        if kept[place].needed == 0 { isSomeNeedless = true }
      }
      if isSomeNeedless {
        stood = kept[..<stood].count { $0.needed != 0 }
        removeNeedless()
      }
      turns.append(kept.count)
      kept.append(candidate)
      faces.append(face)
    }
    for signature in memory.met { localOf[Int(signature)] = -1 }
    memories[destination] = memory
    return stood
  }

  private struct Rules {
    let excess: [Int64]
    let width: Int
    let safeBoarding: Int32
  }

  /// Numbers the signatures met at the destination before as they were.
  private mutating func prepare(_ signatures: ChargeSignatures<Scope>, _ memory: inout Memory) {
    while localOf.count < signatures.count { localOf.append(-1) }
    if memory.met.count > Memory.most { memory = Memory() }
    for (position, signature) in memory.met.enumerated() {
      localOf[Int(signature)] = Int32(position)
    }
  }

  /// Numbers the signatures of a row.
  private mutating func number(
    _ all: [Candidate], _ signatures: ChargeSignatures<Scope>, _ memory: inout Memory
  ) {
    for candidate in all where localOf[Int(candidate.signature)] < 0 {
      localOf[Int(candidate.signature)] = Int32(memory.met.count)
      memory.met.append(candidate.signature)
      memory.probes.append(signatures.probe(candidate.signature))
    }
  }

  private func face(_ candidate: Candidate, _ memory: borrowing Memory) -> Face {
    let local = localOf[Int(candidate.signature)]
    return Face(
      promises: candidate.promises, probe: memory.probes[Int(local)], local: local,
      lastBoarding: candidate.lastBoarding)
  }

  private mutating func removeNeedless() {
    var place = 0
    faces.removeAll { _ in
      defer { place += 1 }
      return kept[place].needed == 0
    }
    kept.removeAll { $0.needed == 0 }
    turns.removeAll(keepingCapacity: true)
    turns += kept.indices
  }

  /// Whether minutes and probes allow that another makes one needless at some level.
  @inline(__always)
  private func mayLose(_ own: Face, to other: Face, _ rules: borrowing Rules) -> Bool {
    any(other.promises .<= own.promises) && all(other.probe .<= own.probe)
      && other.lastBoarding <= max(rules.safeBoarding, own.lastBoarding)
  }

  /// The levels and goods classes in which another candidate makes one needless, of two that ``mayLose(_:to:_:)`` lets pass.
  private mutating func lost(
    _ candidate: Candidate, _ own: Face, to other: Candidate, _ face: Face,
    _ signatures: inout ChargeSignatures<Scope>, _ memory: inout Memory, _ rules: Rules,
    _ isFirst: (Candidate, Candidate) -> Bool
  ) -> UInt64 {
    let notLater = face.promises .<= own.promises
    let goods = goods(
      where: other.signature, face.local, isNoDearerThan: candidate.signature, own.local,
      &signatures, &memory)
    guard goods != 0 else { return 0 }
    var isTieWon: Bool?
    var lost: UInt64 = 0
    for level in 0..<Self.levels where notLater[level] {
      if face.promises[level] == own.promises[level] {
        let won = isTieWon ?? isWon(other, over: candidate, rules, isFirst)
        isTieWon = won
        if !won { continue }
      }
      lost |= goods << UInt64(level * goodsCount)
    }
    return lost
  }

  @inline(__always)
  private mutating func goods(
    where cheap: Int32, _ left: Int32, isNoDearerThan dear: Int32, _ right: Int32,
    _ signatures: inout ChargeSignatures<Scope>, _ memory: inout Memory
  ) -> UInt64 {
    let place = Int(left) * memory.width + Int(right)
    let known = memory.noDearer[place]
    if known != Self.unknown { return UInt64(known) }
    let all: UInt64 = 1 << UInt64(goodsCount) - 1
    let found = all & signatures.cells(where: cheap, isNoDearerThan: dear)
    if options.remembersComparisons { memory.noDearer[place] = UInt8(truncatingIfNeeded: found) }
    return found
  }

  /// Whether at equal price and minute the first is the one to give, at every destination of the class.
  private func isWon(
    _ candidate: Candidate, over other: Candidate, _ rules: Rules,
    _ isFirst: (Candidate, Candidate) -> Bool
  ) -> Bool {
    let most =
      candidate.emission - other.emission
      + rules.excess[Int(candidate.lastLeg) * rules.width + Int(other.lastLeg)]
    if most != 0 { return most < 0 }
    return candidate.legs != other.legs
      ? candidate.legs < other.legs : isFirst(candidate, other)
  }
}
