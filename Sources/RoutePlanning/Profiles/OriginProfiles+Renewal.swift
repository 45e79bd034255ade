import LogisticsModel
import RouteGraph

extension OriginProfiles {
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
      classes: [ready], greatestLegs: greatestLegs)
    guard let search = searched(plan, wanted.map(\.destination)) else { return nil }
    // Lent, not shared: what two hold is copied when one of them changes it.
    let lent = arrivals
    arrivals = LastLegArrivals(timingCount: 0)
    var renewal = RowRenewal(
      network, timingOfLeg: timingOfLeg, plan, ready, minutes: minutes, old: old, search, lent)
    for item in wanted where !renewal.isExhausted { renew(item, &renewal) }
    arrivals = renewal.arrivals
    spare = renewal.search
    return renewal.isExhausted ? nil : renewal.row
  }

  private mutating func renew(_ wanted: RowRenewal.Wanted, _ renewal: inout RowRenewal) {
    let destination = wanted.destination
    var standing: [Candidate] = []
    var gone: [Gone]?
    if let position = wanted.old {
      let (blocks, row) = (renewal.old[position].blocks, renewal.old[position].row)
      guard let stored = blocks.segment.storedRow(row, of: destination) else { return }
      let numbers = blocks.segment.storedSignatures(of: destination) {
        signatures.adding($0, to: $1)
      }
      let met = blocks.met[row]
      var own: [Gone] = []
      for entry in stored.entries {
        let signature = numbers[Int(entry.signature)]
        let candidate = renewal.standing(
          entry, signature: signature, isOpen: stored.isOpen, position, needed: everywhere)
        if met?[Int(entry.path)] ?? false {
          own.append(Gone(promises: candidate.promises, probe: signatures.probe(signature)))
        } else {
          standing.append(candidate)
        }
      }
      gone = own
    }
    let ways = ways(to: wanted, beside: standing, gone, &renewal)
    let node = destinations.representatives[destination]
    let legs = network.bundle.topology.incoming.legs(of: node)
    let position = wanted.old ?? 0
    let candidates = selection.candidates(
      of: ways, beside: standing, to: destination, excess: destinations.emissionExcess[destination],
      width: legs.count, safeBoarding: renewal.safeBoarding, signatures: &signatures
    ) { left, right in
      renewal.isFirst(left, right, legs: legs, position)
    }
    let first = renewal.start
    renewal.note(
      candidates, of: destination, wanted.old, charges: { signatures.members($0) },
      clearance: { clearance(of: $0, $1, $2.search, $2.plan, start: first) })
  }

  /// A candidate that is no more, or no more as it was.
  private struct Gone {
    let promises: SIMD4<Int32>
    let probe: SIMD4<Int32>
  }

  /// All levels and cells.
  private var everywhere: UInt64 { needed(1 << UInt64(scope.cellCount) - 1) }

  /// Some cells at all levels.
  private func needed(_ cells: UInt64) -> UInt64 {
    StoredLevels.q1024.indices.reduce(0) { $0 | cells << UInt64($1 * scope.cellCount) }
  }

  /// The ways to a class that are to be compared anew; all where nothing is known of old ones.
  private mutating func ways(
    to wanted: RowRenewal.Wanted, beside standing: [Candidate], _ gone: [Gone]?,
    _ renewal: inout RowRenewal
  ) -> [Candidate] {
    var ways: [Candidate] = []
    let topology = network.bundle.topology
    let node = destinations.representatives[wanted.destination]
    for (place, leg) in topology.incoming.legs(of: node).enumerated() {
      let cells = scope.cells(takenBy: leg.position)
      if cells == 0 { continue }
      let charge = scope.chargeClass(of: leg.position)
      let charged = charge < 0 ? SIMD4() : scope.probe(of: charge)
      var next = renewal.search.newestLabel(at: NodeID(topology.tail[leg.position]))
      while next >= 0 {
        let position = next
        let label = renewal.search.labels[Int(position)]
        next = label.older
        let goods = label.cells & cells
        guard goods != 0, Int(label.legs) < renewal.plan.greatestLegs else { continue }
        let probe = signatures.probe(label.signature) &+ charged
        let asked = wanted.old.flatMap { renewal.isMet(position, $0) ? nil : gone }
        if let asked, !asked.contains(where: { all($0.probe .<= probe) }) { continue }
        guard let arrival = renewal.arrival(of: position, along: leg) else { continue }
        if let asked {
          let passes = asked.contains {
            all($0.probe .<= probe) && any($0.promises .<= arrival.promises)
          }
          guard passes else { continue }
        }
        if let old = wanted.old {
          let path = ~renewal.oldPath(of: position, old)
          if standing.contains(where: { $0.label == path && $0.lastLeg == place }) { continue }
        }
        ways.append(
          Candidate(
            label: position, lastLeg: Int32(place),
            signature: signatures.adding(charge, to: label.signature), promises: arrival.promises,
            emission: label.emission, legs: label.legs + 1, needed: needed(goods),
            lastBoarding: arrival.lastBoarding, firstAtom: arrival.firstAtom,
            atomCount: arrival.atomCount))
      }
    }
    // Early and short ones first: they make others needless soonest.
    return ways.sorted {
      ($0.promises[2], $0.legs, $0.emission) < ($1.promises[2], $1.legs, $1.emission)
    }
  }
}
