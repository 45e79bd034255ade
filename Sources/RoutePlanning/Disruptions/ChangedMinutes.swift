import LogisticsModel
import RouteGraph
import TransitTimes

/// Which itineraries ask a changed leg in a changed minute.
struct ChangedMinutes: Sendable {
  private let changes: [LegID: [LegChange]]
  /// One bit for each leg that has a change.
  private let legs: [UInt64]
  /// Whether some leg takes other parcels than it did.
  let hasAcceptance: Bool
  private let network: NetworkPlanner

  /// `network` is the one before the changes.
  init(_ changes: [LegChange], on network: NetworkPlanner) {
    self.changes = Dictionary(grouping: changes, by: \.leg)
    self.network = network
    var legs = [UInt64](repeating: 0, count: (network.bundle.topology.legCount + 63) / 64)
    for change in changes { legs.insert(bit: change.leg.position) }
    self.legs = legs
    hasAcceptance = changes.contains(where: \.isAcceptance)
  }

  /// Whether a leg is changed, at whatever minute.
  @inline(__always)
  func concern(_ leg: LegID) -> Bool { legs.contains(bit: leg.position) }

  /// Whether a leg takes other parcels than it did.
  func isAcceptanceChanged(_ leg: LegID) -> Bool {
    changes[leg]?.contains(where: \.isAcceptance) ?? false
  }

  /// Whether a leg serves somebody otherwise who asks it in a minute, or takes other parcels.
  func isChanged(_ leg: LegID, asked minute: Int64) -> Bool {
    changes[leg]?.contains { $0.isAcceptance || $0.asked.contains(minute) } ?? false
  }

  /// Whether an itinerary takes some changed leg.
  func concern(_ legs: [LegID]) -> Bool { legs.contains { changes[$0] != nil } }

  /// Whether some parcel on an itinerary, or the beginning of one, from a ready minute meets a change.
  ///
  /// - Complexity: O(1) where no leg is changed, else one evaluation of the itinerary.
  func concern(_ legs: [LegID], ready: Int64, horizon: Int64) -> Bool {
    concern(legs)
      && (legs.contains { changes[$0]?.contains(where: \.isAcceptance) ?? false }
        || areAsked(legs, ready: ready, horizon: horizon))
  }

  /// Whether an itinerary asks a changed leg, with a probability above nothing, in a minute in which it serves otherwise.
  ///
  /// - Complexity: one evaluation of the itinerary.
  func areAsked(_ legs: [LegID], ready: Int64, horizon: Int64) -> Bool {
    let search = network.search
    func atoms<Mass: ProbabilityMass>(_: Mass.Type) -> [[Int64]]? {
      Itineraries<DatedTimetable, Mass>.laws(legs, ready, horizon, search)?.map {
        $0.atoms.map(\.minute)
      }
    }
    // One that could not be booked as planned asks nobody knows when.
    guard let minutes = atoms(UInt128.self) ?? atoms(WideMass.self) else { return true }
    for (step, leg) in legs.enumerated() {
      guard let changed = changes[leg] else { continue }
      let handling = Int64(search.topology.handling[leg.position])
      let isMet = minutes[step].contains { minute in
        changed.contains { !$0.isAcceptance && $0.asked.contains(minute + handling) }
      }
      if isMet { return true }
    }
    return false
  }
}
