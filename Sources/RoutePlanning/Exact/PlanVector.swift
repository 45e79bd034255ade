public import LogisticsModel

/// What an itinerary is judged by; smaller is better in every component.
public struct PlanVector: Hashable, Comparable, Sendable {
  /// Freight in minor units of the quote's currency.
  public let price: Int64
  /// The least minute by which the parcel is there with the asked probability.
  public let promise: Int64
  /// CO2e in milligrams.
  public let emission: Int64

  /// Makes a vector.
  public init(price: Int64, promise: Int64, emission: Int64) {
    self.price = price
    self.promise = promise
    self.emission = emission
  }

  /// Lexicographic by price, promise, emission: the order of printed fronts.
  public static func < (left: PlanVector, right: PlanVector) -> Bool {
    (left.price, left.promise, left.emission) < (right.price, right.promise, right.emission)
  }

  /// No worse in any component.
  @inlinable public func dominates(_ other: PlanVector) -> Bool {
    price <= other.price && promise <= other.promise && emission <= other.emission
  }
}

/// One member of a front: its vector and an itinerary that has it.
public struct PlannedItinerary: Hashable, Sendable {
  /// What it costs, when it arrives, what it emits.
  public let vector: PlanVector
  /// Its legs in order; empty when origin and destination are the same node.
  public let legs: [LegID]

  /// Makes a member.
  public init(vector: PlanVector, legs: [LegID]) {
    self.vector = vector
    self.legs = legs
  }
}

/// The non-dominated vectors found so far, ascending by price.
///
/// Of equal vectors the one with fewer legs is kept, of those the first found unless the caller orders them.
/// - Complexity: insertion and the dominance question are O(size); fronts have a handful of members.
struct ParetoFront {
  struct Member {
    var vector: PlanVector
    var legs: Int
    var label: Int32
  }

  private(set) var members: [Member] = []

  mutating func removeAll() { members.removeAll(keepingCapacity: true) }

  /// Whether some member is no worse in every component and, unless equality will do, better in one.
  @inline(__always)
  func covers(price: Int64, promise: Int64, emission: Int64, orEquals: Bool = true) -> Bool {
    for member in members {
      let vector = member.vector
      if vector.price > price { return false }
      if vector.promise <= promise && vector.emission <= emission
        && (orEquals || vector.price < price || vector.promise < promise
          || vector.emission < emission)
      {
        return true
      }
    }
    return false
  }

  /// The member with a vector.
  func member(with vector: PlanVector) -> Member? { members.first { $0.vector == vector } }

  /// Adds a vector unless it is covered; an equal one with more legs is replaced, or with as many where the
  /// candidate is said to come before it.
  mutating func insert(_ candidate: Member, isFirst: Bool = false) {
    for (index, member) in members.enumerated() {
      if member.vector == candidate.vector {
        if candidate.legs < member.legs || candidate.legs == member.legs && isFirst {
          members[index] = candidate
        }
        return
      }
      if member.vector.dominates(candidate.vector) { return }
    }
    members.removeAll { candidate.vector.dominates($0.vector) }
    let place = members.firstIndex { candidate.vector < $0.vector } ?? members.count
    members.insert(candidate, at: place)
  }
}
