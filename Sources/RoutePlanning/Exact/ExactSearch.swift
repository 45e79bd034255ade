import LogisticsModel
public import RouteGraph
public import TransitTimes

/// Exact multi-criteria label-setting search under random delays.
///
/// Finds every non-dominated vector of price, promise and CO2e. A label is a partial itinerary with its whole
/// arrival law; it is dropped only when another at its node is no worse in price, CO2e and legs *and* has
/// first-order stochastic dominance (a distribution function nowhere below). Boarding is monotone and legs are
/// first in, first out, so dominance survives every completion; comparing quantiles, means or earliest
/// arrivals instead would lose optima. Labels leave the queue in an order in which a dominating label never
/// comes later, hence a label that leaves undominated is permanent.
///
/// Departures from the literature (E. Q. V. Martins 1984, doi:10.1016/0377-2217(84)90202-2; L. Mandow and
/// J. L. Pérez de la Cruz, NAMOA*, 2010, doi:10.1145/1754399.1754400): exact integer laws instead of scalars
/// for time, and lower bounds used against the whole vector of complete itineraries.
///
/// The value is reusable scratch for one thread: keep it and call ``run(_:costs:on:)`` again.
/// - Complexity: exponential in the worst case, as for every multi-criteria search; `statistics` counts.
public struct ExactSearch<Mass: ProbabilityMass> {
  /// Why a run gave no front.
  public enum Obstacle: Error, Sendable {
    /// An itinerary has more uncertain legs than the mass type holds: run again with a wider one.
    case massExhausted
  }

  /// Optimisations.
  public var options = SearchOptions()
  /// Counts of the last run.
  public private(set) var statistics = SearchStatistics()

  var bounds = LowerBounds()
  private var queue = LabelQueue()
  var labels: [Label] = []
  var arena = LabelArena<Mass>()
  var scratch = ArrivalScratch<Mass>()
  private var front = ParetoFront()
  /// Newest label of each node, valid where `stamps` equals `stamp`: O(1) reset between runs.
  private var newest: [Int32] = []
  private var stamps: [UInt32] = []
  private var stamp: UInt32 = 0

  /// Empty scratch.
  public init() {}

  /// The front, ascending by (price, promise, CO2e, legs); empty when no itinerary exists.
  ///
  /// - Throws: ``Obstacle/massExhausted`` instead of ever computing with bits that are not there.
  public mutating func run<Times: Timetable>(
    _ request: SearchRequest, costs: LegCosts, on network: SearchNetwork<Times>
  ) throws(Obstacle) -> [PlannedItinerary] {
    statistics = SearchStatistics()
    if request.origin == request.destination {
      let here = PlanVector(price: 0, promise: request.ready, emission: 0)
      return [PlannedItinerary(vector: here, legs: [])]
    }
    prepare(request, costs: costs, network: network)
    let fewest = bounds.ofNode[request.origin.position].legs
    guard fewest <= Int64(request.greatestLegs) else { return [] }
    if options.seedsFront { try seed(request, costs: costs, network: network) }
    while let entry = queue.pop() {
      let label = labels[Int(entry.label)]
      if options.dropsDominated && isDominatedByNewer(entry.label) { continue }
      if isCovered(label, at: Int(label.node)) { continue }
      statistics.settled += 1
      try extend(entry.label, request, costs: costs, network: network)
    }
    statistics.atoms = arena.minutes.count
    return front.members.map { member in
      PlannedItinerary(
        vector: PlanVector(
          price: member.vector.price, promise: member.vector.promise + request.ready,
          emission: member.vector.emission),
        legs: legs(of: member.label))
    }
  }

  private mutating func prepare<Times: Timetable>(
    _ request: SearchRequest, costs: LegCosts, network: SearchNetwork<Times>
  ) {
    let nodeCount = network.topology.nodeCount
    if stamps.count < nodeCount {
      stamps = [UInt32](repeating: 0, count: nodeCount)
      newest = [Int32](repeating: -1, count: nodeCount)
      stamp = 0
    }
    if stamp == .max {
      stamps = [UInt32](repeating: 0, count: stamps.count)
      stamp = 0
    }
    stamp += 1
    queue.removeAll()
    labels.removeAll(keepingCapacity: true)
    arena.removeAll()
    front.removeAll()
    bounds.compute(
      topology: network.topology, costs: costs, destination: request.destination,
      countsAlikeLegs: options.countsAlikeLegs)
    addOrigin(request)
  }

  private mutating func addOrigin(_ request: SearchRequest) {
    let first = arena.appendCertain(minute: 0)
    let label = Label(
      node: request.origin.rawValue, leg: -1, parent: -1, older: -1, firstAtom: first, atomCount: 1,
      legs: 0, uncertainLegs: 0, price: 0, emission: 0, earliest: 0, latest: 0, quantile: 0)
    labels.append(label)
    push(0)
  }

  private mutating func push(_ index: Int32) {
    let label = labels[Int(index)]
    let node = Int(label.node)
    if stamps[node] != stamp {
      stamps[node] = stamp
      newest[node] = -1
    }
    labels[Int(index)].older = newest[node]
    newest[node] = index
    statistics.created += 1
    queue.push(
      QueueEntry(
        key: Int64(label.earliest) + bounds.ofNode[node].minutes, price: label.price,
        emission: label.emission, legs: label.legs, latest: label.latest, label: index))
  }

  /// Whether every completion of the label is already covered by a complete itinerary.
  @inline(__always)
  private func isCovered(_ label: Label, at node: Int) -> Bool {
    guard options.prunesByBounds else { return false }
    let left = bounds.ofNode[node]
    return front.covers(
      price: label.price + left.price, promise: Int64(label.quantile) + left.minutes,
      emission: label.emission + left.emission, orEquals: !options.settlesTies)
  }

  private mutating func extend<Times: Timetable>(
    _ index: Int32, _ request: SearchRequest, costs: LegCosts, network: SearchNetwork<Times>
  ) throws(Obstacle) {
    let label = labels[Int(index)]
    let topology = network.topology
    let starts = topology.outgoing.starts
    let outgoing = topology.outgoing.legs
    for slot in Int(starts[Int(label.node)])..<Int(starts[Int(label.node) + 1]) {
      let leg = Int(outgoing[slot])
      guard costs.price[leg] >= 0 else { continue }
      let head = Int(topology.head[leg])
      let left = bounds.ofNode[head]
      guard left.minutes < LowerBounds.unreachable,
        Int64(label.legs) + 1 + left.legs <= Int64(request.greatestLegs)
      else { continue }
      let least = topology.leastDuration[leg]
      if least < 0 { continue }
      let under = Int64(topology.handling[leg]) + Int64(least)
      let (price, emission) = (label.price + costs.price[leg], label.emission + costs.emission[leg])
      if options.prunesByBounds,
        front.covers(
          price: price + left.price, promise: Int64(label.quantile) + under + left.minutes,
          emission: emission + left.emission, orEquals: !options.settlesTies)
      {
        continue
      }
      if options.dropsDominated, options.skipsOutrunLegs,
        isOutrun(
          at: head, price: price, emission: emission, legs: label.legs + 1,
          soonest: Int64(label.earliest) + under)
      {
        continue
      }
      guard let next = try follow(index, leg: leg, request, costs: costs, network: network) else {
        continue
      }
      try admit(next, isDestination: head == request.destination.position)
    }
  }

  /// The label at the head of `leg`, its law in `scratch`; nil when it cannot be boarded for certain.
  mutating func follow<Times: Timetable>(
    _ index: Int32, leg: Int, _ request: SearchRequest, costs: LegCosts,
    network: SearchNetwork<Times>
  ) throws(Obstacle) -> Label? {
    let label = labels[Int(index)]
    statistics.extended += 1
    let isBoarded = scratch.travel(
      from: arena, first: Int(label.firstAtom), count: Int(label.atomCount),
      along: LegID(Int32(leg)),
      handling: Int64(network.topology.handling[leg]), ready: request.ready,
      horizon: request.ready + request.horizon, network: network)
    guard isBoarded else { return nil }
    let uncertain = label.uncertainLegs + (scratch.isUncertain ? 1 : 0)
    guard uncertain <= Int32(Mass.greatestUncertainLegs) else { throw .massExhausted }
    return Label(
      node: network.topology.head[leg], leg: Int32(leg), parent: index, older: -1, firstAtom: -1,
      atomCount: Int32(scratch.minutes.count), legs: label.legs + 1, uncertainLegs: uncertain,
      price: label.price + costs.price[leg], emission: label.emission + costs.emission[leg],
      earliest: scratch.minutes[0], latest: scratch.minutes[scratch.minutes.count - 1],
      quantile: scratch.quantile(threshold: .threshold(level: request.level)))
  }

  /// Keeps the label whose law is in `scratch`, unless it is covered or dominated.
  mutating func admit(_ candidate: Label, isDestination: Bool) throws(Obstacle) {
    var label = candidate
    if isDestination {
      let vector = PlanVector(
        price: label.price, promise: Int64(label.quantile), emission: label.emission)
      if options.settlesTies { label.firstAtom = arena.append(scratch) }
      labels.append(label)
      let member = ParetoFront.Member(
        vector: vector, legs: Int(label.legs), label: Int32(labels.count - 1))
      let isFirst =
        options.settlesTies
        && front.member(with: vector).map { precedes(member.label, $0.label) } ?? false
      front.insert(member, isFirst: isFirst)
      return
    }
    if isCovered(label, at: Int(label.node)) { return }
    if options.dropsDominated && isScratchDominated(label) { return }
    label.firstAtom = arena.append(scratch)
    labels.append(label)
    push(Int32(labels.count - 1))
  }

  private func legs(of index: Int32) -> [LegID] {
    var legs: [LegID] = []
    var label = labels[Int(index)]
    while label.leg >= 0 {
      legs.append(LegID(label.leg))
      label = labels[Int(label.parent)]
    }
    return legs.reversed()
  }
}

// MARK: - Dominance

extension ExactSearch {
  /// Whether some label at the node dominates the candidate whose law is in `scratch`.
  private func isScratchDominated(_ candidate: Label) -> Bool {
    let node = Int(candidate.node)
    guard stamps[node] == stamp else { return false }
    var other = newest[node]
    while other >= 0 {
      let label = labels[Int(other)]
      if canDominate(label, candidate) {
        if options.skipsDisjointLaws && label.latest <= candidate.earliest
          || arena.isNowhereBelow(first: label.firstAtom, count: label.atomCount, scratch)
        {
          guard options.settlesTies, isLevel(label, candidate),
            arena.order(first: label.firstAtom, count: label.atomCount, scratch) == .same,
            arena.precedes(
              leg: candidate.leg, after: candidate.parent, leg: label.leg, after: label.parent,
              among: labels)
          else { return true }
        }
      }
      other = label.older
    }
    return false
  }

  /// Whether some label at a node dominates whatever gets there at a minute or later, for so much at the least.
  ///
  /// So a leg need not be boarded to know that nothing comes of it.
  private func isOutrun(
    at node: Int, price: Int64, emission: Int64, legs: Int32, soonest: Int64
  ) -> Bool {
    guard stamps[node] == stamp else { return false }
    // Where ties are settled what gets there at the same minute is to be looked at.
    let latest = options.settlesTies ? soonest - 1 : soonest
    var other = newest[node]
    while other >= 0 {
      let label = labels[Int(other)]
      if label.price <= price && label.emission <= emission && label.legs <= legs
        && Int64(label.latest) <= latest
      {
        return true
      }
      other = label.older
    }
    return false
  }

  /// Whether a label created later at the same node dominates this one.
  private func isDominatedByNewer(_ index: Int32) -> Bool {
    let candidate = labels[Int(index)]
    var other = newest[Int(candidate.node)]
    while other > index {
      let label = labels[Int(other)]
      if canDominate(label, candidate) {
        if options.skipsDisjointLaws && label.latest <= candidate.earliest
          || arena.isNowhereBelow(
            first: label.firstAtom, count: label.atomCount, otherFirst: candidate.firstAtom,
            otherCount: candidate.atomCount)
        {
          guard options.settlesTies, isLevel(label, candidate), precedes(index, other) else {
            return true
          }
        }
      }
      other = label.older
    }
    return false
  }

  /// Whether only the law, if anything, tells two labels apart.
  @inline(__always)
  private func isLevel(_ label: Label, _ candidate: Label) -> Bool {
    label.price == candidate.price && label.emission == candidate.emission
      && label.legs == candidate.legs && label.earliest == candidate.earliest
      && label.latest == candidate.latest
  }

  /// Whether a label comes before another of the same node and the same sums, by ``LawOrder``.
  private func precedes(_ index: Int32, _ otherIndex: Int32) -> Bool {
    let label = labels[Int(index)]
    let other = labels[Int(otherIndex)]
    switch arena.order(
      first: label.firstAtom, count: label.atomCount, otherFirst: other.firstAtom,
      otherCount: other.atomCount)
    {
    case .ahead: return true
    case .behind: return false
    case .same:
      return arena.precedes(
        leg: label.leg, after: label.parent, leg: other.leg, after: other.parent, among: labels)
    }
  }

  /// The cheap part of dominance, all components but the law itself.
  @inline(__always)
  private func canDominate(_ label: Label, _ candidate: Label) -> Bool {
    label.price <= candidate.price && label.emission <= candidate.emission
      && label.legs <= candidate.legs && label.earliest <= candidate.earliest
      && label.latest <= candidate.latest && label.quantile <= candidate.quantile
  }
}
