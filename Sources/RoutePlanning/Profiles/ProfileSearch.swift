import LogisticsModel
import RouteGraph
import TransitTimes

/// Everything that can be optimal from one origin, for many ready times, parcels and levels at once.
///
/// A forward search over the ready classes of an origin, latest first, that keeps its labels from class to class:
/// a label of an earlier class survives only where nothing that can still be caught later is as good, the
/// self-pruning of range queries (D. Delling, T. Pajor, R. F. Werneck, Round-Based Public Transit Routing, 2015,
/// doi:10.1287/trsc.2014.0534). Instead of one price a label carries a signature of charges and the set of parcel
/// cells it is still needed in; instead of an arrival minute its whole law. A label is dropped from a cell when
/// another at its node charges no more there, emits no more, has no more legs, and has a distribution function
/// nowhere below: then no completion, level or ready time of the class needs it (``ExactSearch`` argues why).
///
/// Departure from backward profile searches: origins have few ready classes and destinations many, so one forward
/// run serves every destination, and laws are carried as they are, without functions of the arrival minute.
///
/// The value is the scratch and the result of one thread's run.
/// - Complexity: as ``ExactSearch``, once for each ready class; labels that another class made superfluous cost
///   one comparison.
struct ProfileSearch<Mass: ProbabilityMass, Times: Timetable, Scope: ChargeScope> {
  /// Why a run was given up.
  enum Obstacle: Error {
    /// An itinerary has more uncertain legs than the mass type holds: run again with a wider one.
    case massExhausted
    /// More labels than ``greatestLabels``: answer by single searches instead.
    case tooManyLabels
  }

  /// Labels kept at most: half a gigabyte of laws at a hundred atoms each.
  var greatestLabels = 400_000
  /// Counts of the last run.
  private(set) var statistics = SearchStatistics()

  private let network: SearchNetwork<Times>
  private let scope: Scope
  private let options: ProfileOptions
  /// Every signature met; give it to the next run, and comparisons already made are not made again.
  private(set) var signatures: ChargeSignatures<Scope>
  private(set) var labels: [ProfileLabel] = []
  /// Laws of the labels; kept from run to run while runs count from the same minute.
  private(set) var laws: LawBook<Mass>
  private var queue = LabelQueue()
  /// Newest label of each node; -1: none.
  private var newest: [Int32] = []
  private var reach: ProfileReach
  private var plan: ProfilePlan
  /// The class being searched, and the last boarding that suits all of it.
  private var current: Int32 = 0
  private var safeBoarding: Int32 = 0

  /// Prepares a run.
  init(
    _ plan: ProfilePlan, scope: Scope, on network: SearchNetwork<Times>,
    reach: ProfileReach? = nil, signatures: ChargeSignatures<Scope>? = nil,
    options: ProfileOptions = ProfileOptions()
  ) {
    self.options = options
    self.plan = plan
    self.scope = scope
    self.network = network
    self.signatures = signatures ?? ChargeSignatures(scope, options: options)
    self.reach =
      reach
      ?? ProfileReach(plan.destinations, scope: scope, on: network.topology)
    newest = [Int32](repeating: -1, count: network.topology.nodeCount)
    laws = LawBook(sharesLaws: options.sharesLaws)
  }

  /// Laws of the labels.
  var arena: LabelArena<Mass> { laws.arena }

  /// Prepares another run in the memory of this one.
  mutating func prepare(_ plan: ProfilePlan, reach: ProfileReach) {
    for label in labels { newest[Int(label.node)] = -1 }
    labels.removeAll(keepingCapacity: true)
    if laws.isOfOneSearch || plan.base != self.plan.base { laws.removeAll() }
    queue.removeAll()
    statistics = SearchStatistics()
    self.plan = plan
    self.reach = reach
  }

  /// Forgets laws of runs before; only between runs.
  mutating func forgetLaws() { laws.removeAll() }

  /// Lends signatures for a run, and takes them back after it.
  ///
  /// Exchanged, not assigned: of a value that two hold the next one added makes a copy.
  mutating func exchange(_ other: inout ChargeSignatures<Scope>) { swap(&signatures, &other) }

  /// Searches all ready classes.
  mutating func run() throws(Obstacle) {
    let before = laws.arena.minutes.count
    for (position, ready) in plan.classes.enumerated() {
      current = Int32(position)
      safeBoarding = Int32(clamping: ready.first + plan.horizon - plan.base)
      try search(ready)
    }
    statistics.atoms = laws.arena.minutes.count - before
  }

  /// Labels at a node, newest first, hence those of the earliest ready class first.
  func forEachLabel(at node: NodeID, _ body: (ProfileLabel) -> Void) {
    var position = newest[node.position]
    while position >= 0 {
      let label = labels[Int(position)]
      body(label)
      position = label.older
    }
  }

  /// Position of the newest label at a node; negative: there is none.
  func newestLabel(at node: NodeID) -> Int32 { newest[node.position] }

  /// The same with their positions in ``labels``.
  func forEachPosition(at node: NodeID, _ body: (Int32, ProfileLabel) -> Void) {
    var position = newest[node.position]
    while position >= 0 {
      let label = labels[Int(position)]
      body(position, label)
      position = label.older
    }
  }

  /// The label that follows another along a leg, kept for itself alone: it is neither compared nor extended.
  ///
  /// Returns nil where the leg cannot be boarded for certain, or mass does not suffice.
  mutating func follow(_ leg: LegID, after index: Int32, horizon: Int64) -> Int32? {
    let label = labels[Int(index)]
    let step = laws.step(
      from: label.firstAtom, count: label.atomCount, along: leg, number: leg.rawValue,
      handling: network.topology.handling[leg.position], base: plan.base, on: network)
    let uncertain = label.uncertainLegs + (step.isUncertain ? 1 : 0)
    guard step.first >= 0, plan.base + Int64(step.lastBoarding) <= horizon,
      uncertain <= Int32(Mass.greatestUncertainLegs)
    else { return nil }
    var next = label
    next.node = network.topology.head[leg.position]
    next.leg = leg.rawValue
    next.parent = index
    next.older = -1
    next.firstAtom = step.first
    next.atomCount = step.count
    next.legs += 1
    next.uncertainLegs = uncertain
    next.cells = 0
    labels.append(next)
    return Int32(labels.count - 1)
  }

  /// The legs that led to a label, in order.
  func legs(of label: ProfileLabel) -> [LegID] {
    var legs: [LegID] = []
    var label = label
    while label.leg >= 0 {
      legs.append(LegID(label.leg))
      label = labels[Int(label.parent)]
    }
    return legs.reversed()
  }

  /// The charge classes a label has met.
  func charges(of label: ProfileLabel) -> ArraySlice<Int32> {
    signatures.members(label.signature)
  }

  private mutating func search(_ ready: ReadyClass) throws(Obstacle) {
    let minute = Int32(ready.last - plan.base)
    let first = laws.certain(minute: minute)
    keep(
      ProfileLabel(
        node: plan.origin.rawValue, leg: -1, parent: -1, older: -1, firstAtom: first, atomCount: 1,
        legs: 0, uncertainLegs: 0, signature: ChargeSignatures<Scope>.none, readyClass: current,
        earliest: minute, latest: minute, lastBoarding: minute, emission: 0,
        cells: scope.cellCount == 64 ? .max : 1 << UInt64(scope.cellCount) - 1))
    while let entry = queue.pop() {
      let cells = remainingCells(labels[Int(entry.label)], besideThoseAfter: entry.label)
      if cells == 0 { continue }
      labels[Int(entry.label)].cells = cells
      statistics.settled += 1
      try extend(entry.label, horizon: ready.last + plan.horizon)
    }
  }

  private mutating func keep(_ label: ProfileLabel) {
    let index = Int32(labels.count)
    labels.append(label)
    labels[Int(index)].older = newest[Int(label.node)]
    newest[Int(label.node)] = index
    statistics.created += 1
    queue.push(
      QueueEntry(
        key: Int64(label.earliest), price: 0, emission: label.emission, legs: label.legs,
        latest: label.latest, label: index))
  }

  private mutating func extend(_ index: Int32, horizon: Int64) throws(Obstacle) {
    let label = labels[Int(index)]
    let slots = Int(reach.starts[Int(label.node)])..<Int(reach.starts[Int(label.node) + 1])
    for slot in slots {
      let leg = reach.legs[slot]
      let cells = label.cells & leg.cells
      guard cells != 0, Int(label.legs + 1 + leg.legsToGo) <= plan.greatestLegs else { continue }
      statistics.extended += 1
      let step = laws.step(
        from: label.firstAtom, count: label.atomCount, along: LegID(leg.leg), number: leg.leg,
        handling: leg.handling, base: plan.base, on: network)
      guard step.first >= 0, plan.base + Int64(step.lastBoarding) <= horizon else { continue }
      let uncertain = label.uncertainLegs + (step.isUncertain ? 1 : 0)
      guard uncertain <= Int32(Mass.greatestUncertainLegs) else { throw .massExhausted }
      var next = ProfileLabel(
        node: leg.head, leg: leg.leg, parent: index, older: -1, firstAtom: step.first,
        atomCount: step.count, legs: label.legs + 1, uncertainLegs: uncertain,
        signature: signatures.adding(leg.chargeClass, to: label.signature),
        readyClass: current, earliest: laws.arena.minutes[Int(step.first)],
        latest: laws.arena.minutes[Int(step.first + step.count - 1)],
        lastBoarding: max(label.lastBoarding, step.lastBoarding),
        emission: label.emission + leg.emission, cells: cells)
      next.cells = remainingCells(next, besideThoseAfter: -1)
      if next.cells == 0 { continue }
      guard labels.count < greatestLabels else { throw .tooManyLabels }
      keep(next)
    }
  }
}

// MARK: - Dominance

extension ProfileSearch {
  /// The cells in which `label` is no worse than `candidate` in everything but the law.
  @inline(__always)
  private mutating func cellsCovered(_ candidate: ProfileLabel, by label: ProfileLabel) -> UInt64 {
    guard label.legs <= candidate.legs, label.emission <= candidate.emission,
      label.earliest <= candidate.earliest,
      label.latest <= candidate.latest, label.cells & candidate.cells != 0,
      // What is boarded too late for some ready minute of the class replaces only what is so too.
      label.lastBoarding <= max(safeBoarding, candidate.lastBoarding)
    else { return 0 }
    return candidate.cells & label.cells
      & signatures.cells(where: label.signature, isNoDearerThan: candidate.signature)
  }

  /// Whether only the law, if anything, tells two labels of one ready class apart.
  ///
  /// Those of different classes start at different minutes: which is first by ``LawOrder`` is not asked, since the
  /// later start serves both.
  @inline(__always)
  private func isTied(_ candidate: ProfileLabel, _ label: ProfileLabel) -> Bool {
    label.legs == candidate.legs && label.emission == candidate.emission
      && label.earliest == candidate.earliest && label.latest == candidate.latest
      && label.readyClass == candidate.readyClass
  }

  /// The cells that a candidate is needed in beside labels at its node created after one of them; -1: beside all.
  private mutating func remainingCells(
    _ candidate: ProfileLabel, besideThoseAfter index: Int32
  ) -> UInt64 {
    guard options.dropsDominated else { return candidate.cells }
    var candidate = candidate
    var position = newest[Int(candidate.node)]
    while position > index {
      let label = labels[Int(position)]
      let covered = cellsCovered(candidate, by: label)
      if covered != 0, isNowhereBelow(label, candidate),
        !isTied(candidate, label) || isDifferent(label, candidate)
          || !laws.arena.precedes(
            leg: candidate.leg, after: candidate.parent, leg: label.leg, after: label.parent,
            among: labels)
      {
        candidate.cells &= ~covered
        if candidate.cells == 0 { return 0 }
      }
      position = label.older
    }
    return candidate.cells
  }

  /// Whether the law of a label is nowhere below that of a candidate.
  @inline(__always)
  private func isNowhereBelow(_ label: ProfileLabel, _ candidate: ProfileLabel) -> Bool {
    label.firstAtom == candidate.firstAtom
      || options.skipsDisjointLaws && label.latest <= candidate.earliest
      || laws.arena.isNowhereBelow(
        first: label.firstAtom, count: label.atomCount, otherFirst: candidate.firstAtom,
        otherCount: candidate.atomCount)
  }

  private func isDifferent(_ label: ProfileLabel, _ candidate: ProfileLabel) -> Bool {
    label.firstAtom != candidate.firstAtom
      && laws.arena.order(
        first: label.firstAtom, count: label.atomCount, otherFirst: candidate.firstAtom,
        otherCount: candidate.atomCount) != .same
  }
}
