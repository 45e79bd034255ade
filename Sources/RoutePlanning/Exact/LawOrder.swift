import TransitTimes

/// The order of itineraries that tie in price, promise and CO2e.
///
/// Fewer legs first; then the arrival law that runs ahead where two distribution functions first differ; then, from
/// the destination backwards, the leg that stands first in the network, and again the law before it. Dominance never
/// contradicts it: a law nowhere below another runs ahead of it or equals it, and still does after any further leg.
/// So whoever drops dominated labels and keeps the first of equal ones ends with the same itinerary.
enum LawOrder: Sendable {
  case ahead, behind, same
}

extension LabelArena {
  /// Whether one law runs ahead of another where they first differ.
  ///
  /// - Complexity: O(atoms they share at the beginning)
  func order(first: Int32, count: Int32, otherFirst: Int32, otherCount: Int32) -> LawOrder {
    if first == otherFirst { return .same }
    var left = Int(first)
    var right = Int(otherFirst)
    let leftEnd = left + Int(count)
    let rightEnd = right + Int(otherCount)
    while left < leftEnd && right < rightEnd {
      if minutes[left] != minutes[right] {
        return minutes[left] < minutes[right] ? .ahead : .behind
      }
      if cumulative[left] != cumulative[right] {
        return cumulative[left] > cumulative[right] ? .ahead : .behind
      }
      left += 1
      right += 1
    }
    return .same
  }

  /// The same for a kept law against the one in `scratch`.
  func order(first: Int32, count: Int32, _ scratch: borrowing ArrivalScratch<Mass>) -> LawOrder {
    var sum = Mass.zero
    var left = Int(first)
    let leftEnd = left + Int(count)
    for right in 0..<scratch.minutes.count {
      if left == leftEnd { return .same }
      if minutes[left] != scratch.minutes[right] {
        return minutes[left] < scratch.minutes[right] ? .ahead : .behind
      }
      sum = sum + scratch.masses[right]
      if cumulative[left] != sum { return cumulative[left] > sum ? .ahead : .behind }
      left += 1
    }
    return .same
  }
}

/// A label as far as ties are concerned.
protocol TiedLabel {
  /// Leg that led here, -1 at the origin.
  var leg: Int32 { get }
  /// Label it extends, -1 at the origin.
  var parent: Int32 { get }
  var firstAtom: Int32 { get }
  var atomCount: Int32 { get }
}

extension Label: TiedLabel {}
extension ProfileLabel: TiedLabel {}

extension LabelArena {
  /// Whether the itinerary that ends with `leg` after label `parent` comes before another with the same law there.
  ///
  /// - Complexity: O(legs x atoms), nearly always O(1): last legs differ, or they are one and the same itinerary
  func precedes<Kept: TiedLabel>(
    leg: Int32, after parent: Int32, leg otherLeg: Int32, after otherParent: Int32,
    among labels: [Kept]
  ) -> Bool {
    var (leg, parent, otherLeg, otherParent) = (leg, parent, otherLeg, otherParent)
    while true {
      if leg != otherLeg { return leg < otherLeg }
      if parent == otherParent || parent < 0 || otherParent < 0 { return false }
      let label = labels[Int(parent)]
      let other = labels[Int(otherParent)]
      switch order(
        first: label.firstAtom, count: label.atomCount, otherFirst: other.firstAtom,
        otherCount: other.atomCount)
      {
      case .ahead: return true
      case .behind: return false
      case .same: break
      }
      (leg, parent, otherLeg, otherParent) = (label.leg, label.parent, other.leg, other.parent)
    }
  }
}
