import LogisticsModel
import RouteGraph
import TransitTimes

/// Builds the segments of one origin: a profile search for each ready class, then the candidates of each destination.
///
/// Departure from backward profiles (one build for each destination): the certain first mile leaves few ready classes
/// at an origin while arrivals at a destination are many, and what one search finds at the import hubs serves all
/// destinations behind them. A forward label has one law where a backward one has a law for every arrival minute.
///
/// The value is one thread's scratch; comparisons of charges are remembered from class to class.
struct OriginProfiles {
  let network: NetworkPlanner
  let scope: BundleChargeScope
  let destinations: DestinationClasses
  let customs: CustomsTable
  /// Timing of each last leg, numbered; -1: not a last leg.
  let timingOfLeg: [Int32]
  /// Of renewals: a row taken apart, what of it stands, and what does not.
  var stored = StoredRow()
  var standing = Standing()
  var gone: [Gone] = []
  let greatestLegs: Int
  private let options: ProfileOptions
  var signatures: ChargeSignatures<BundleChargeScope>
  /// Of the destination classes asked for last.
  private var reach: (classes: [Int], reach: ProfileReach)?
  var arrivals: LastLegArrivals<UInt128>
  var selection: CandidateSelection<BundleChargeScope>
  /// nil: rows have no lists.
  var shortlisting: Shortlisting?
  /// The last search, for its memory and its laws.
  var spare: ProfileSearch<UInt128, DatedTimetable, BundleChargeScope>?
  /// The minute that all laws are counted from, so that searches can share them; 32 bits last for four thousand years.
  static let epoch: Int64 = 0
  /// Work of all searches.
  private(set) var statistics = SearchStatistics()

  init(
    _ network: NetworkPlanner, scope: BundleChargeScope, destinations: DestinationClasses,
    customs: CustomsTable, shortlisting: Shortlisting? = nil,
    greatestLegs: Int = NetworkPlanner.usualGreatestLegs,
    options: ProfileOptions = ProfileOptions()
  ) {
    self.options = options
    self.network = network
    self.scope = scope
    self.destinations = destinations
    self.customs = customs
    self.shortlisting = shortlisting
    self.greatestLegs = greatestLegs
    signatures = ChargeSignatures(scope, options: options)
    selection = CandidateSelection(
      goodsCount: scope.cellCount, destinationCount: destinations.count, options: options)
    struct Key: Hashable {
      var tail: Int32
      var handling: Int32
      var timing: DatedTimetable.LegTiming
    }
    let topology = network.bundle.topology
    var numbers: [Key: Int32] = [:]
    var timingOfLeg = [Int32](repeating: -1, count: topology.legCount)
    for node in destinations.representatives {
      for leg in topology.incoming.legs(of: node) {
        let key = Key(
          tail: topology.tail[leg.position], handling: topology.handling[leg.position],
          timing: network.bundle.timetable.timing(of: leg))
        let next = numbers[key] ?? Int32(numbers.count)
        numbers[key] = next
        timingOfLeg[leg.position] = next
      }
    }
    self.timingOfLeg = timingOfLeg
    arrivals = LastLegArrivals(timingCount: numbers.count, options: options)
  }

  /// The ready classes of an origin that meet some minutes, ascending, cut to them; nil where there are too many.
  static func readyClasses(
    at origin: NodeID, within minutes: Range<Int64>, on network: SearchNetwork<DatedTimetable>,
    atMost most: Int = 64
  ) -> [ReadyClass]? {
    var classes: [ReadyClass] = []
    var minute = minutes.lowerBound
    while minute < minutes.upperBound {
      guard classes.count < most else { return nil }
      let found = ReadyClass(of: minute, at: origin, on: network)
      classes.append(found)
      minute = found.last + 1
    }
    return classes
  }

  /// The segment of an origin for some ready minutes, with blocks for the destination classes asked for.
  ///
  /// - Returns: nil where the origin has no ready classes to speak of, or its search has too many labels.
  mutating func segment(
    origin: NodeID, ready minutes: Range<Int64>, classes wanted: [Int]
  ) -> FinishedSegment? {
    guard
      let classes = OriginProfiles.readyClasses(at: origin, within: minutes, on: network.search)
    else { return nil }
    var draft = SegmentDraft(start: minutes.lowerBound)
    for ready in classes {
      guard let rows = rows(origin, ready, wanted, &draft) else { return nil }
      draft.append(ready.first...min(ready.last, minutes.upperBound - 1), rows)
    }
    return draft.finished(classCount: destinations.count)
  }

  private mutating func rows(
    _ origin: NodeID, _ ready: ReadyClass, _ wanted: [Int], _ draft: inout SegmentDraft
  ) -> [SegmentDraft.Row?]? {
    let plan = ProfilePlan(
      origin: origin, destinations: wanted.map { destinations.representatives[$0] },
      classes: [ready], greatestLegs: greatestLegs, epoch: OriginProfiles.epoch)
    guard let search = searched(plan, wanted) else { return nil }
    defer { spare = search }
    arrivals.removeAll()
    let safe = Int32(clamping: ready.first + plan.horizon - plan.base)
    var rows = [SegmentDraft.Row?](repeating: nil, count: destinations.count)
    var paths = [Int32](repeating: -1, count: search.labels.count)
    for destination in wanted {
      guard let ways = ways(to: destination, search, plan, ready) else { continue }
      let candidates = candidates(of: ways, to: destination, search, safeBoarding: safe)
      rows[destination] = row(candidates, ready, safe, search, plan, &paths, &draft)
    }
    return rows
  }

  /// Of all ways to a destination class those that some parcel may want, in order.
  mutating func candidates(
    of ways: [Candidate], to destination: Int,
    _ search: ProfileSearch<UInt128, DatedTimetable, BundleChargeScope>, safeBoarding: Int32
  ) -> [Candidate] {
    let node = destinations.representatives[destination]
    let arena = arrivals.arena
    return selection.candidates(
      of: ways, to: destination, excess: destinations.emissionExcess[destination],
      width: network.bundle.topology.incoming.legs(of: node).count, safeBoarding: safeBoarding,
      signatures: &signatures
    ) { left, right in
      switch arena.order(
        first: left.firstAtom, count: left.atomCount, otherFirst: right.firstAtom,
        otherCount: right.atomCount)
      {
      case .ahead: true
      case .behind: false
      case .same:
        search.arena.precedes(
          leg: left.lastLeg, after: left.label, leg: right.lastLeg, after: right.label,
          among: search.labels)
      }
    }
  }

  /// A search that has run, in the memory of the last one; nil where it met an obstacle.
  mutating func searched(
    _ plan: ProfilePlan, _ wanted: [Int]
  ) -> ProfileSearch<UInt128, DatedTimetable, BundleChargeScope>? {
    forgetBeyondLimit()
    // Of another search laws are numbered otherwise.
    if spare == nil { arrivals.forgetLaws() }
    let reach = reach(to: wanted, plan.destinations)
    var search =
      spare
      ?? ProfileSearch<UInt128, DatedTimetable, BundleChargeScope>(
        plan, scope: scope, on: network.search, reach: reach, options: options)
    spare = nil
    search.prepare(plan, reach: reach)
    search.exchange(&signatures)
    var isDone = true
    do throws(ProfileSearch<UInt128, DatedTimetable, BundleChargeScope>.Obstacle) {
      try search.run()
    } catch { isDone = false }
    search.exchange(&signatures)
    statistics += search.statistics
    return isDone ? search : nil
  }

  /// Bytes remembered of charges, how they compare, and laws.
  var memory: Int {
    signatures.memory + selection.memory + (shortlisting?.memory ?? 0) + lawMemory
  }

  private var lawMemory: Int { arrivals.memory + (spare?.laws.memory ?? 0) }

  /// Forgets what has grown too large; before a search nobody refers to it.
  private mutating func forgetBeyondLimit() {
    guard memory > options.greatestMemory else { return }
    // Laws are worth more for their size: they are the same for all origins.
    if lawMemory > options.greatestMemory / 2 {
      spare?.forgetLaws()
      arrivals.forgetLaws()
    }
    signatures = ChargeSignatures(scope, options: options)
    selection.forget()
    shortlisting?.forget()
  }

  private mutating func reach(to classes: [Int], _ destinations: [NodeID]) -> ProfileReach {
    if let reach, reach.classes == classes { return reach.reach }
    let made = ProfileReach(
      destinations, leavesOutEnds: true, scope: scope, on: network.bundle.topology)
    reach = (classes, made)
    return made
  }

  /// Everything that reaches a destination class; nil where exact arithmetic ends.
  mutating func ways(
    to destination: Int, _ search: ProfileSearch<UInt128, DatedTimetable, BundleChargeScope>,
    _ plan: ProfilePlan, _ ready: ReadyClass
  ) -> [Candidate]? {
    var ways: [Candidate] = []
    let node = destinations.representatives[destination]
    let levels = StoredLevels.q1024.count
    for (position, leg) in network.bundle.topology.incoming.legs(of: node).enumerated() {
      let cells = scope.cells(takenBy: leg.position)
      if cells == 0 { continue }
      guard
        let reached = arrivals.arrivals(
          timing: Int(timingOfLeg[leg.position]), leg: leg, search, on: network.search,
          base: plan.base, horizon: ready.last + plan.horizon)
      else { return nil }
      for arrival in reached {
        let label = search.labels[Int(arrival.label)]
        let goods = label.cells & cells
        guard goods != 0, Int(label.legs) < plan.greatestLegs else { continue }
        let needed = (0..<levels).reduce(0 as UInt64) {
          $0 | goods << UInt64($1 * scope.cellCount)
        }
        ways.append(
          Candidate(
            label: arrival.label, lastLeg: Int32(position),
            signature: signatures.adding(scope.chargeClass(of: leg.position), to: label.signature),
            promises: arrival.promises, emission: label.emission, legs: label.legs + 1,
            needed: needed, lastBoarding: arrival.lastBoarding, firstAtom: arrival.firstAtom,
            atomCount: arrival.atomCount))
      }
    }
    // Early and short ones first: they make others needless soonest.
    return ways.sorted {
      ($0.promises[2], $0.legs, $0.emission) < ($1.promises[2], $1.legs, $1.emission)
    }
  }

  private mutating func row(
    _ candidates: [Candidate], _ ready: ReadyClass, _ safeBoarding: Int32,
    _ search: ProfileSearch<UInt128, DatedTimetable, BundleChargeScope>, _ plan: ProfilePlan,
    _ paths: inout [Int32], _ draft: inout SegmentDraft
  ) -> SegmentDraft.Row? {
    let shift = Int32(truncatingIfNeeded: plan.base - draft.start)
    var entries: [SegmentDraft.Entry] = []
    entries.reserveCapacity(candidates.count)
    for candidate in candidates {
      let label = Int(candidate.label)
      if paths[label] < 0 {
        let legs = search.legs(of: search.labels[label]).map(\.rawValue)
        guard
          let path = draft.path(
            legs, emission: search.labels[label].emission,
            charges: signatures.members(search.labels[label].signature))
        else { return nil }
        paths[label] = Int32(path)
        draft.setClearance(
          clearance(of: candidate.label, legs, search, plan, start: draft.start), ofPath: Int(path))
      }
      let promises = candidate.promises &+ SIMD4(repeating: shift)
      guard candidate.lastLeg <= Int32(UInt8.max), promises.max() <= BlockLayout.greatestPromise,
        search.labels[label].emission <= BlockLayout.greatestEmission
      else { return nil }
      entries.append(
        SegmentDraft.Entry(
          path: UInt16(paths[label]), lastLeg: UInt8(candidate.lastLeg), promises: promises,
          from: UInt16(
            clamping: plan.base + Int64(candidate.lastBoarding) - plan.horizon - draft.start)))
    }
    return SegmentDraft.Row(
      entries: entries, isOpen: candidates.contains { $0.lastBoarding > safeBoarding },
      lists: shortlisting?.lists(
        of: candidates, since: Int32(ready.first - plan.base), safeBoarding: safeBoarding
      ) { signatures.members($0) })
  }

  /// When and where the goods of a label's itinerary clear customs.
  ///
  /// The law behind the leg that clears is that of the label the search kept there: the exact one, and the same from
  /// every ready minute of the class.
  func clearance(
    of label: Int32, _ legs: [Int32],
    _ search: ProfileSearch<UInt128, DatedTimetable, BundleChargeScope>, _ plan: ProfilePlan,
    start: Int64
  ) -> PathClearance {
    let topology = network.bundle.topology
    guard let found = customs.step(of: legs.map { LegID($0) }, on: topology) else { return .free }
    var cleared = search.labels[Int(label)]
    while Int(cleared.legs) > found.step + 1 { cleared = search.labels[Int(cleared.parent)] }
    let zone = network.bundle.zone(of: NodeID(cleared.node))
    let atoms = Int(cleared.firstAtom)..<Int(cleared.firstAtom + cleared.atomCount)
    let today = LocalTime(minutes: start).date
    func day(_ minute: Int32) -> Int {
      zone.date(Instant(minutes: plan.base + Int64(minute))).days(since: today)
    }
    var slot = atoms.lowerBound
    var days = [day(search.arena.minutes[slot])]
    for level in StoredLevels.q1024 {
      let threshold = UInt128.threshold(level: level)
      while slot < atoms.upperBound - 1, search.arena.cumulative[slot] < threshold { slot += 1 }
      days.append(day(search.arena.minutes[slot]))
    }
    return PathClearance(
      step: found.step, entry: found.entry, channel: found.channel, days: days)
  }
}
