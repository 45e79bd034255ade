public import LogisticsModel
public import RouteGraph

/// A bundle under an overlay: a bundle like any other, and what became of it.
public struct DisruptedBundle: Sendable {
  /// What was laid over.
  public let overlay: DisruptionOverlay
  /// The network as planned.
  public let base: NetworkBundle
  /// The network as it runs.
  public let bundle: NetworkBundle
  /// In what the second differs from the first, ascending by leg and minute.
  public let changes: [LegChange]
  /// Legs with a departure that was left out because its arrival law crosses another's, ascending.
  ///
  /// What is promised over them can be kept, but need not be the best (see ``DisruptedSeries``).
  public let approximateLegs: [LegID]
  /// Per disruption of the overlay, the legs it concerns; none where it has a fault.
  public let concerned: [[LegID]]
  /// Disruptions this bundle has no leg, node or departure for, by their position in the overlay.
  public let faults: [(position: Int, fault: DisruptionFault)]

  /// Whether some answer may be other than the best: it is then to be flagged.
  public var isApproximate: Bool { !approximateLegs.isEmpty }
  /// Whether nobody boards, arrives or is taken who was not before.
  public var isOnlyWorsening: Bool { !changes.contains(where: \.isImproving) }

  /// The disruptions looked up in the base.
  private let found: LegEvents

  init(_ overlay: DisruptionOverlay, on base: NetworkBundle) {
    let found = LegEvents(overlay.disruptions[...], on: base)
    let edits = Edits(of: found.events, on: base, leavesUnchanged: true)
    let acceptance = found.acceptance.values.sorted { $0.leg < $1.leg }
    let isSame = edits.series.isEmpty && acceptance.isEmpty
    let bundle = isSame ? base : base.replacing(edits.series, acceptance: acceptance)
    self.init(
      overlay, base: base, bundle: bundle, found: found,
      changes: LegChange.between(
        base, bundle, legs: edits.series.flatMap(\.legs) + acceptance.map(\.leg)),
      approximateLegs: edits.approximateLegs.sorted())
  }

  private init(
    _ overlay: DisruptionOverlay, base: NetworkBundle, bundle: NetworkBundle, found: LegEvents,
    changes: [LegChange], approximateLegs: [LegID]
  ) {
    self.overlay = overlay
    self.base = base
    self.bundle = bundle
    self.found = found
    self.changes = changes
    self.approximateLegs = approximateLegs
    concerned = found.concerned
    faults = found.faults
  }

  /// The same bundle under the next overlay.
  ///
  /// Equal to laying that overlay over ``base`` anew, in every boarding, arrival and acceptance. Where it only adds
  /// events at the end, as news does, only the legs they concern are worked out again, however many events stand.
  /// - Complexity: O(legs + departures) bytes copied, plus the legs the added events concern.
  public func updated(to next: DisruptionOverlay) -> DisruptedBundle {
    guard next.disruptions.starts(with: overlay.disruptions) else {
      return DisruptedBundle(next, on: base)
    }
    var all = found
    all.add(next.disruptions[overlay.disruptions.count...])
    let touched = Set(all.concerned[found.concerned.count...].joined())
    // What stood before need not be what is planned: every touched leg is written, even back to its plan.
    let edits = Edits(
      of: all.events.filter { touched.contains($0.key) }, on: base, leavesUnchanged: false)
    let acceptance = touched.compactMap { all.acceptance[$0] }
    let isSame = edits.series.isEmpty && acceptance.isEmpty
    let bundle = isSame ? bundle : bundle.replacing(edits.series, acceptance: acceptance)
    let changes =
      changes.filter { !touched.contains($0.leg) }
      + LegChange.between(base, bundle, legs: touched)
    return DisruptedBundle(
      next, base: base, bundle: bundle, found: all,
      changes: changes.sorted { ($0.leg, $0.asked.lowerBound) < ($1.leg, $1.asked.lowerBound) },
      approximateLegs: (approximateLegs.filter { !touched.contains($0) } + edits.approximateLegs)
        .sorted())
  }

  /// Legs that are to be boarded alike under alike events.
  private struct Group: Hashable {
    let series: LegSeries
    let events: [LegEvent]
  }

  /// What legs board under their events, legs of one group together.
  private struct Edits {
    var series: [SeriesEdit] = []
    var approximateLegs: [LegID] = []

    /// Works legs out from the base; with `leavesUnchanged` those are left out that board what they board there.
    init(of events: [LegID: [LegEvent]], on base: NetworkBundle, leavesUnchanged: Bool) {
      var members: [Group: [LegID]] = [:]
      var order: [Group] = []
      for leg in events.keys.sorted() {
        let group = Group(series: base.timetable.series(of: leg), events: events[leg] ?? [])
        if members[group] == nil { order.append(group) }
        members[group, default: []].append(leg)
      }
      for group in order {
        guard let legs = members[group], let first = legs.first else { continue }
        if base.legs.kind(of: first) == .scheduled {
          let scheduled = base.timetable.departures(of: first)
          let (runs, isApproximate) = DisruptedSeries.departures(
            scheduled, group.events, window: base.timetable.window.minutes, base.laws)
          if isApproximate { approximateLegs += legs }
          guard !leavesUnchanged || runs != scheduled else { continue }
          series.append(SeriesEdit(legs: legs, starts: .departures(runs)))
        } else {
          let open = base.timetable.openWindows(of: first)
          let left = DisruptedSeries.windows(
            open, group.events, duration: base.legs[first].duration, kind: base.legs.kind(of: first)
          )
          guard !leavesUnchanged || left != open else { continue }
          series.append(SeriesEdit(legs: legs, starts: .windows(left)))
        }
      }
    }
  }

  /// In what this state differs from another of the same bundle: what an update of the overlay changes.
  ///
  /// Taking a disruption back is an improving change.
  public func changes(since earlier: DisruptedBundle) -> [LegChange] {
    LegChange.between(
      earlier.bundle, bundle, legs: Set(earlier.changes.map(\.leg) + changes.map(\.leg)))
  }
}
