import LogisticsModel
import RouteGraph
import TransitTimes

/// Which of two candidates comes first by ``LawOrder``, of which some stand from before and bring no law along.
struct OldTies {
  let network: SearchNetwork<DatedTimetable>
  let timingOfLeg: [Int32]
  let lastLegs: [LegID]
  /// Of the old blocks.
  let position: Int
  private(set) var isExhausted = false

  /// Whether the first comes before the second, equal sums taken for granted.
  mutating func isFirst(
    _ left: Candidate, _ right: Candidate, _ stored: StoredRow, _ renewal: inout RowRenewal,
    _ search: inout OriginProfiles.Search, _ arrivals: inout LastLegArrivals<UInt128>
  ) -> Bool {
    guard let left = placed(left, stored, &renewal, &search, &arrivals),
      let right = placed(right, stored, &renewal, &search, &arrivals)
    else {
      isExhausted = true
      return false
    }
    switch arrivals.arena.order(
      first: left.firstAtom, count: left.atomCount, otherFirst: right.firstAtom,
      otherCount: right.atomCount)
    {
    case .ahead: return true
    case .behind: return false
    case .same:
      return search.arena.precedes(
        leg: left.lastLeg, after: left.label, leg: right.lastLeg, after: right.label,
        among: search.labels)
    }
  }

  /// The candidate with its label and its law at the destination.
  private func placed(
    _ candidate: Candidate, _ stored: StoredRow, _ renewal: inout RowRenewal,
    _ search: inout OriginProfiles.Search, _ arrivals: inout LastLegArrivals<UInt128>
  ) -> Candidate? {
    guard candidate.label < 0 else { return candidate }
    let path = Int(stored.candidates[Int(~candidate.label)].path)
    let node = renewal.old[position].blocks.nodeOfPath[path]
    guard let label = label(ofNode: node, &renewal, &search) else { return nil }
    let leg = lastLegs[Int(candidate.lastLeg)]
    guard
      let arrival = arrivals.arrival(
        of: label, timing: timingOfLeg[leg.position], leg: leg, search, on: network,
        base: renewal.plan.base, horizon: renewal.horizon)
    else { return nil }
    var placed = candidate
    placed.label = label
    placed.firstAtom = arrival.firstAtom
    placed.atomCount = arrival.atomCount
    return placed
  }

  /// The label that stands for an old path, followed anew where the search dropped it.
  private func label(
    ofNode node: Int32, _ renewal: inout RowRenewal, _ search: inout OriginProfiles.Search
  ) -> Int32? {
    let known = renewal.labels[position].labelOfNode[Int(node)]
    if known >= 0 { return known }
    let tree = renewal.old[position].blocks.tree
    guard let parent = label(ofNode: tree.parent(of: node), &renewal, &search),
      let made = search.follow(
        LegID(tree.element(of: node)), after: parent, horizon: renewal.horizon)
    else { return nil }
    renewal.set(made, ofNode: node, position)
    return made
  }
}
