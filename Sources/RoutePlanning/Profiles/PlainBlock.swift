import LogisticsModel
import RouteGraph
import TransitTimes

/// The answers of one profile search on a plain network: everything that can be optimal from one origin, for some
/// ready classes and parcel cells, at every level, to the destinations asked for.
///
/// A question costs one pass over the candidates of its destination: no search, no boarding, no rate card.
struct PlainBlock<Mass: ProbabilityMass> {
  private struct Candidate {
    var lastReady: Int64
    /// Absolute minute of the latest boarding.
    var lastBoarding: Int64
    var emission: Int64
    var cells: UInt64
    var firstAtom: Int
    var atomCount: Int
    var firstLeg: Int
    var legCount: Int
    var firstPrice: Int
  }

  private let base: Int64
  private let horizon: Int64
  private var candidates: [NodeID: [Candidate]] = [:]
  private var minutes: [Int32] = []
  private var cumulative: [Mass] = []
  private var legs: [LegID] = []
  private var prices: [Int64] = []

  /// Number of candidates held.
  var count: Int { candidates.values.reduce(0) { $0 + $1.count } }

  /// Takes what a finished search found at the plan's destinations.
  init<Times: Timetable>(
    _ search: ProfileSearch<Mass, Times, PlainChargeScope>, plan: ProfilePlan,
    scope: PlainChargeScope
  ) {
    base = plan.base
    horizon = plan.horizon
    for destination in plan.destinations where candidates[destination] == nil {
      var list: [Candidate] = []
      search.forEachLabel(at: destination) { label in
        let path = search.legs(of: label)
        let charges = search.charges(of: label)
        list.append(
          Candidate(
            lastReady: plan.classes[Int(label.readyClass)].last,
            lastBoarding: plan.base + Int64(label.lastBoarding), emission: label.emission,
            cells: label.cells, firstAtom: minutes.count, atomCount: Int(label.atomCount),
            firstLeg: legs.count, legCount: path.count, firstPrice: prices.count))
        let law = Int(label.firstAtom)..<Int(label.firstAtom + label.atomCount)
        minutes += search.arena.minutes[law]
        cumulative += search.arena.cumulative[law]
        legs += path
        prices += (0..<scope.cellCount).map { cell in
          label.cells >> UInt64(cell) & 1 == 1 ? scope.price(charges, in: cell) : 0
        }
      }
      candidates[destination] = list
    }
  }

  /// The front of a request for a parcel of a cell, ascending by (price, promise, CO2).
  ///
  /// A candidate that starts from a later ready class can still be caught, hence is a real itinerary; where an
  /// earlier start makes the same legs better, that start has a candidate of its own.
  /// - Complexity: O(candidates of the destination)
  func front(_ request: SearchRequest, cell: Int, weight: Int64) -> [PlannedItinerary] {
    var front = ParetoFront()
    let list = candidates[request.destination] ?? []
    let threshold = Mass.threshold(level: request.level)
    for (position, candidate) in list.enumerated() {
      guard candidate.cells >> UInt64(cell) & 1 == 1, candidate.lastReady >= request.ready,
        candidate.legCount <= request.greatestLegs,
        candidate.lastBoarding <= request.ready + horizon
      else { continue }
      var atom = candidate.firstAtom
      let last = candidate.firstAtom + candidate.atomCount - 1
      while atom < last && cumulative[atom] < threshold { atom += 1 }
      front.insert(
        ParetoFront.Member(
          vector: PlanVector(
            price: prices[candidate.firstPrice + cell], promise: base + Int64(minutes[atom]),
            emission: weight * candidate.emission),
          legs: candidate.legCount, label: Int32(position)))
    }
    return front.members.map { member in
      let candidate = list[Int(member.label)]
      return PlannedItinerary(
        vector: member.vector,
        legs: Array(legs[candidate.firstLeg..<(candidate.firstLeg + candidate.legCount)]))
    }
  }
}
