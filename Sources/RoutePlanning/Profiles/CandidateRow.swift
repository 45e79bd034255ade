import RouteGraph
import TransitTimes

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

/// The candidates of one destination class for one ready class: all that can win a tier, for any parcel.
///
/// A way is dropped for a level and a goods class when another costs no parcel more and is there earlier, or at the
/// same minute with no more CO2e and first by ``LawOrder``: then it wins no tier, whatever the value of an hour.
/// This is weaker than what partial itineraries need, for nothing comes after the destination: emission counts
/// only where minutes tie, and of a law only its promises count.
struct CandidateRow<Scope: ChargeScope> {
  /// In the order of ``LawOrder``, so that of equal vectors the first is the one to give.
  private(set) var candidates: [Candidate] = []
  /// Whether some candidate is boarded past the horizon when ready early in the class.
  private(set) var isOpen = false

  private static var levels: Int { StoredLevels.q1024.count }

  /// Selects among everything that reaches the class.
  ///
  /// - Parameters:
  ///   - all: every way, none twice.
  ///   - goodsCount: cells of the scope.
  ///   - excess: ``DestinationClasses/emissionExcess`` of the class, `width` last legs wide.
  ///   - safeBoarding: boarding up to here is allowed for every ready minute of the class.
  ///   - signatures: of the search.
  ///   - isFirst: whether the first comes before the second by ``LawOrder``, equal sums taken for granted.
  /// - Complexity: O(ways x candidates)
  init(
    _ all: [Candidate], goodsCount: Int, excess: [Int64], width: Int, safeBoarding: Int32,
    signatures: inout ChargeSignatures<Scope>, isFirst: (Candidate, Candidate) -> Bool
  ) {
    var kept: [Candidate] = []
    for var candidate in all {
      for other in kept where candidate.needed != 0 {
        candidate.needed &= ~CandidateRow.lost(
          candidate, to: other, goodsCount, excess, width, safeBoarding, &signatures, isFirst)
      }
      if candidate.needed == 0 { continue }
      var isSomeNeedless = false
      for position in kept.indices {
        kept[position].needed &= ~CandidateRow.lost(
          kept[position], to: candidate, goodsCount, excess, width, safeBoarding, &signatures,
          isFirst)
        if kept[position].needed == 0 { isSomeNeedless = true }
      }
      if isSomeNeedless { kept.removeAll { $0.needed == 0 } }
      kept.append(candidate)
    }
    isOpen = kept.contains { $0.lastBoarding > safeBoarding }
    candidates = kept.sorted { $0.legs != $1.legs ? $0.legs < $1.legs : isFirst($0, $1) }
  }

  /// The levels and goods classes in which another candidate makes one needless.
  @inline(__always)
  private static func lost(
    _ candidate: Candidate, to other: Candidate, _ goodsCount: Int, _ excess: [Int64],
    _ width: Int, _ safeBoarding: Int32, _ signatures: inout ChargeSignatures<Scope>,
    _ isFirst: (Candidate, Candidate) -> Bool
  ) -> UInt64 {
    let notLater = other.promises .<= candidate.promises
    guard any(notLater), other.lastBoarding <= max(safeBoarding, candidate.lastBoarding) else {
      return 0
    }
    let all: UInt64 = 1 << UInt64(goodsCount) - 1
    let goods =
      all & signatures.cells(where: other.signature, isNoDearerThan: candidate.signature)
    guard goods != 0 else { return 0 }
    var isTieWon: Bool?
    var lost: UInt64 = 0
    for level in 0..<levels where notLater[level] {
      if other.promises[level] == candidate.promises[level] {
        let won =
          isTieWon ?? isWon(other, over: candidate, excess, width, isFirst)
        isTieWon = won
        if !won { continue }
      }
      lost |= goods << UInt64(level * goodsCount)
    }
    return lost
  }

  /// Whether at equal price and minute the first is the one to give, at every destination of the class.
  private static func isWon(
    _ candidate: Candidate, over other: Candidate, _ excess: [Int64], _ width: Int,
    _ isFirst: (Candidate, Candidate) -> Bool
  ) -> Bool {
    let most =
      candidate.emission - other.emission
      + excess[Int(candidate.lastLeg) * width + Int(other.lastLeg)]
    if most != 0 { return most < 0 }
    return candidate.legs != other.legs
      ? candidate.legs < other.legs : isFirst(candidate, other)
  }
}
