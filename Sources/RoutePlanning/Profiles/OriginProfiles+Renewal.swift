import LogisticsModel
import RouteGraph
import TransitTimes

extension OriginProfiles {
  typealias Search = ProfileSearch<UInt128, DatedTimetable, BundleChargeScope>

  /// A row searched again for the classes asked for, going on with what of it no change concerns.
  ///
  /// **Why that suffices.** Let a way to a class be *met* if it asks a changed leg, with a probability above nothing, in
  /// a changed minute; any other has the law, price and emission it had. The old row was complete: whatever way was not
  /// needed in it was made needless, perhaps by way of others, by a candidate of it, each step by something no later at
  /// the level in question and no dearer. Steps on the way and at the destination alike are taken only where no probe
  /// parcel pays more (``ChargeSignatures/cells(where:isNoDearerThan:)``), and none depends on anything but the two ways
  /// compared. So of the ways of the new network
  ///
  /// - candidates that are not met still stand, and what they made needless, if it is not met itself, stays so;
  /// - met ways are compared anew, all of them;
  /// - of ways that are neither, only those can be needed that a *met* candidate made needless. Such a candidate was
  ///   promised no later at some level and charged no probe more. Both are asked of every way, which is cheap, and what
  ///   passes is compared anew.
  ///
  /// The search is the one that builds blocks, under the new network: what it drops is dropped by its own rules. All
  /// this holds for improving changes too: what got better is met.
  ///
  /// - Parameters:
  ///   - origin: where parcels start.
  ///   - ready: the row's ready class.
  ///   - minutes: ready minutes of the segment.
  ///   - old: blocks from before, each with its row of the same ready minutes.
  ///   - wanted: the classes, each with its position among `old`.
  /// - Returns: nil where the search has too many labels, or exact arithmetic ends.
  mutating func renewed(
    origin: NodeID, ready: ReadyClass, minutes: Range<Int64>, old: [RowRenewal.Old],
    _ wanted: [RowRenewal.Wanted]
  ) -> RenewedRow? {
    let plan = ProfilePlan(
      origin: origin, destinations: wanted.map { destinations.representatives[$0.destination] },
      classes: [ready], greatestLegs: greatestLegs, epoch: OriginProfiles.epoch)
    guard var search = searched(plan, wanted.map(\.destination)) else { return nil }
    defer { spare = search }
    arrivals.removeAll()
    var renewal = RowRenewal(
      plan, ready, minutes: minutes, old: old, search, on: network.bundle.topology)
    var signaturesOfPaths = old.map { PathSignatures(of: $0.blocks.segment) }
    for item in wanted {
      renewal.begin()
      let done =
        item.old.map { renew(item.destination, $0, &renewal, &search, &signaturesOfPaths[$0]) }
        ?? find(item.destination, ready, &renewal, search)
      if !done { return nil }
    }
    return renewal.row
  }

  /// The row of a class of which nothing is known; false where exact arithmetic ends.
  private mutating func find(
    _ destination: Int, _ ready: ReadyClass, _ renewal: inout RowRenewal, _ search: Search
  ) -> Bool {
    guard let ways = ways(to: destination, search, renewal.plan, ready) else { return false }
    let candidates = candidates(
      of: ways, to: destination, search, safeBoarding: renewal.safeBoarding)
    note(candidates, after: nil, &renewal, search)
    return true
  }

  /// The row of a class that goes on with its old one; false where exact arithmetic ends.
  private mutating func renew(
    _ destination: Int, _ position: Int, _ renewal: inout RowRenewal, _ search: inout Search,
    _ signatureOfPath: inout PathSignatures
  ) -> Bool {
    let (blocks, row) = (renewal.old[position].blocks, renewal.old[position].row)
    guard blocks.segment.take(row: row, of: destination, into: &stored) else { return true }
    let topology = network.bundle.topology
    let node = destinations.representatives[destination]
    let lastLegs = topology.incoming.legs(of: node)
    let charges = lastLegs.map { scope.chargeClass(of: $0.position) }
    let shift = SIMD4(repeating: renewal.shift)
    let met = blocks.met[row]
    standing.clear(paths: blocks.nodeOfPath.count)
    gone.removeAll(keepingCapacity: true)
    for (place, candidate) in stored.candidates.enumerated() {
      let path = Int(candidate.path)
      guard met?[path] ?? false else {
        standing.insert(place, path: path, lastLeg: candidate.lastLeg)
        continue
      }
      // What a leg charged that takes other parcels now is not known any more, but was not less than nothing.
      var probe = SIMD4<Int32>()
      if !blocks.isAccepted(otherwise: path) {
        let prefix = signatureOfPath.signature(
          ofPath: path, of: blocks.segment, scope, &signatures)
        probe = signatures.probe(prefix) &+ self.probe(of: charges[Int(candidate.lastLeg)])
      }
      gone.append(Gone(promises: candidate.promises &- shift, probe: probe))
    }
    guard
      let ways = ways(
        to: lastLegs, charges, renewal.labels[position], blocks, &renewal, search)
    else { return false }
    var old: [Candidate] = []
    old.reserveCapacity(standing.places.count)
    for place in standing.places {
      let own = stored.candidates[place]
      let path = Int(own.path)
      let legs = blocks.segment.pathStarts[path + 1] - blocks.segment.pathStarts[path]
      let boarded = Int64(own.from) + renewal.start + renewal.plan.horizon - renewal.plan.base
      let signature = signatureOfPath.signature(
        ofPath: path, with: charges[Int(own.lastLeg)], of: blocks.segment, scope, &signatures)
      old.append(
        Candidate(
          label: ~Int32(place), lastLeg: Int32(own.lastLeg), signature: signature,
          promises: own.promises &- shift, emission: blocks.segment.emission(ofPath: path),
          legs: Int32(legs) + 1, needed: everywhere,
          lastBoarding: stored.isOpen
            ? Int32(truncatingIfNeeded: boarded) : renewal.safeBoarding,
          firstAtom: -1, atomCount: 0))
    }
    var tie = OldTies(
      network: network.search, timingOfLeg: timingOfLeg, lastLegs: lastLegs, position: position)
    let stored = stored
    let candidates = selection.candidates(
      of: ways, beside: old, to: destination, excess: destinations.emissionExcess[destination],
      width: lastLegs.count, safeBoarding: renewal.safeBoarding, signatures: &signatures
    ) { left, right in
      tie.isFirst(left, right, stored, &renewal, &search, &arrivals)
    }
    if tie.isExhausted { return false }
    note(candidates, after: stored.lists, &renewal, search)
    return true
  }

  private mutating func note(
    _ candidates: [Candidate], after old: Shortlisting.Lists?, _ renewal: inout RowRenewal,
    _ search: Search
  ) {
    let (plan, start) = (renewal.plan, renewal.start)
    let lists = shortlisting?.lists(
      of: candidates, since: Int32(renewal.ready.first - plan.base),
      safeBoarding: renewal.safeBoarding, after: old
    ) { signatures.members($0) }
    renewal.note(candidates, lists) { position in
      let label = search.labels[Int(position)]
      let legs = search.legs(of: label).map(\.rawValue)
      return RenewedRow.Path(
        legs: legs, emission: label.emission, charges: Array(signatures.members(label.signature)),
        clearance: clearance(of: position, legs, search, plan, start: start))
    }
  }

  private func probe(of charge: Int32) -> SIMD4<Int32> {
    charge < 0 ? SIMD4() : scope.probe(of: charge)
  }

  /// All levels and cells.
  private var everywhere: UInt64 { needed(1 << UInt64(scope.cellCount) - 1) }

  /// Some cells at all levels.
  private func needed(_ cells: UInt64) -> UInt64 {
    StoredLevels.q1024.indices.reduce(0) { $0 | cells << UInt64($1 * scope.cellCount) }
  }

  /// The ways to a class that are to be compared anew; nil where exact arithmetic ends.
  private mutating func ways(
    to lastLegs: [LegID], _ charges: [Int32], _ labels: OldLabels, _ old: OldBlocks,
    _ renewal: inout RowRenewal, _ search: Search
  ) -> [Candidate]? {
    var ways: [Candidate] = []
    let (base, horizon) = (renewal.plan.base, renewal.horizon)
    for (place, leg) in lastLegs.enumerated() {
      let cells = scope.cells(takenBy: leg.position)
      if cells == 0 { continue }
      let charged = probe(of: charges[place])
      let tail = renewal.tail(at: network.bundle.topology.tail[leg.position], search) {
        signatures.probe($0)
      }
      let timing = Int(timingOfLeg[leg.position])
      for number in tail.labels.indices {
        let position = tail.labels[number]
        let node = labels.nodeOfLabel[Int(position)]
        if node >= 0, standing.contains(path: old.pathOfNode[Int(node)], lastLeg: place) {
          continue
        }
        let isMet = labels.isMet[Int(position)]
        let probe = tail.probes[number] &+ charged
        if !isMet && !isPassed(probe) { continue }
        let label = search.labels[Int(position)]
        let goods = label.cells & cells
        guard goods != 0, Int(label.legs) < renewal.plan.greatestLegs else { continue }
        let arrival = arrivals.arrival(
          of: position, place: number, among: tail.labels.count, timing: timing, leg: leg, search,
          on: network.search, base: base, horizon: horizon)
        if arrival.atomCount == 0 || !isMet && !isPassed(probe, arrival.promises) { continue }
        if arrival.label < 0 { return nil }
        ways.append(
          Candidate(
            label: position, lastLeg: Int32(place),
            signature: signatures.adding(charges[place], to: label.signature),
            promises: arrival.promises, emission: label.emission, legs: label.legs + 1,
            needed: needed(goods), lastBoarding: arrival.lastBoarding,
            firstAtom: arrival.firstAtom, atomCount: arrival.atomCount))
      }
    }
    // Early and short ones first: they make others needless soonest.
    return ways.sorted {
      ($0.promises[2], $0.legs, $0.emission) < ($1.promises[2], $1.legs, $1.emission)
    }
  }

  /// Whether somebody who is gone charged no probe more.
  @inline(__always)
  private func isPassed(_ probe: SIMD4<Int32>) -> Bool {
    for own in gone where all(own.probe .<= probe) { return true }
    return false
  }

  /// Whether somebody who is gone charged no probe more and was promised no later at some level.
  @inline(__always)
  private func isPassed(_ probe: SIMD4<Int32>, _ promises: SIMD4<Int32>) -> Bool {
    for own in gone where all(own.probe .<= probe) && any(own.promises .<= promises) {
      return true
    }
    return false
  }
}

/// A candidate that is no more, or no more as it was.
struct Gone {
  let promises: SIMD4<Int32>
  let probe: SIMD4<Int32>
}

/// The candidates of an old row that stand, to be found by path and last leg.
struct Standing {
  /// Their positions in the old row.
  private(set) var places: [Int] = []
  private var lastLegs: [UInt8] = []
  /// By path: the last of them on it; -1: none.
  private var newest: [Int32] = []
  /// By candidate: the one before it on the same path.
  private var older: [Int32] = []
  private var paths: [Int] = []

  /// None, of so many paths.
  mutating func clear(paths count: Int) {
    for path in paths { newest[path] = -1 }
    while newest.count < count { newest.append(-1) }
    places.removeAll(keepingCapacity: true)
    lastLegs.removeAll(keepingCapacity: true)
    older.removeAll(keepingCapacity: true)
    paths.removeAll(keepingCapacity: true)
  }

  mutating func insert(_ place: Int, path: Int, lastLeg: UInt8) {
    older.append(newest[path])
    newest[path] = Int32(places.count)
    places.append(place)
    lastLegs.append(lastLeg)
    paths.append(path)
  }

  /// Whether one of them goes by a path, negative for none, and a last leg.
  @inline(__always)
  func contains(path: Int32, lastLeg: Int) -> Bool {
    guard path >= 0 else { return false }
    var place = newest[Int(path)]
    while place >= 0 {
      if Int(lastLegs[Int(place)]) == lastLeg { return true }
      place = older[Int(place)]
    }
    return false
  }
}

/// Signatures of the paths of a segment, each worked out when it is first asked for.
private struct PathSignatures {
  private var known: [Int32]
  /// By path: the charge class it was last asked for with, and what came of it; most last legs of a hub charge alike.
  private var last: [(charge: Int32, signature: Int32)]

  init(of segment: BlockSegment) {
    known = Array(repeating: -1, count: segment.pathCount)
    last = known.map { ($0 - 1, $0) }
  }

  /// The same with the charge class of a last leg.
  mutating func signature(
    ofPath path: Int, with charge: Int32, of segment: BlockSegment, _ scope: BundleChargeScope,
    _ signatures: inout ChargeSignatures<BundleChargeScope>
  ) -> Int32 {
    if last[path].charge == charge { return last[path].signature }
    let prefix = signature(ofPath: path, of: segment, scope, &signatures)
    last[path] = (charge, signatures.adding(charge, to: prefix))
    return last[path].signature
  }

  mutating func signature(
    ofPath path: Int, of segment: BlockSegment, _ scope: BundleChargeScope,
    _ signatures: inout ChargeSignatures<BundleChargeScope>
  ) -> Int32 {
    if known[path] >= 0 { return known[path] }
    var signature = ChargeSignatures<BundleChargeScope>.none
    for place in Int(segment.pathStarts[path])..<Int(segment.pathStarts[path + 1]) {
      signature = signatures.adding(
        scope.chargeClass(of: Int(segment.pathLegs[place])), to: signature)
    }
    known[path] = signature
    return signature
  }
}
