public import LogisticsModel

extension Boarding {
  /// Whether P(this one has arrived by t) >= P(the other has arrived by t) for every t: nowhere later.
  ///
  /// The order legs must be first in, first out by. Reflexive and transitive; two boardings may be nowhere later than
  /// each other (equal laws) or neither (laws that cross). Minutes under way are taken as elapsed, as on scheduled legs.
  /// - Complexity: O(1) where both have one law, else O(atoms).
  public func arrivesNoLater(than other: Boarding, _ laws: [DelayLaw]) -> Bool {
    let base = minute + Int64(duration)
    let otherBase = other.minute + Int64(other.duration)
    if law == other.law { return base <= otherBase }
    let atoms = laws[law.position].atoms
    var position = 0
    var sum: Int32 = 0
    var otherSum: Int32 = 0
    for atom in laws[other.law.position].atoms {
      let arrival = otherBase + Int64(atom.delay)
      otherSum += atom.weight
      while position < atoms.count, base + Int64(atoms[position].delay) <= arrival {
        sum += atoms[position].weight
        position += 1
      }
      if sum < otherSum { return false }
    }
    return true
  }
}
