public import LogisticsModel

extension NetworkBundle {
  /// The same network in which some legs board other departures or windows, or take other parcels.
  ///
  /// Everything else is shared with this bundle. The least minutes under way, by which the search prunes, are lowered
  /// where a new departure is quicker than any before; they are never raised, as a bound may be too low but not too high.
  /// - Complexity: O(legs + departures) bytes copied at most, plus the edits.
  public func replacing(
    _ series: [SeriesEdit], acceptance: [AcceptanceEdit] = []
  ) -> NetworkBundle {
    var quicker: [(leg: LegID, minutes: Int32)] = []
    for edit in series {
      guard case .departures(let runs) = edit.starts,
        let least = runs.map({ $0.duration + laws[$0.law.position].leastDelay }).min()
      else { continue }
      for leg in edit.legs where least < topology.leastDuration[leg.position] {
        quicker.append((leg, least))
      }
    }
    let isGraphSame = quicker.isEmpty && acceptance.isEmpty
    return NetworkBundle(
      manifest: manifest,
      topology: isGraphSame ? topology : topology.replacing(acceptance, leastDuration: quicker),
      nodes: nodes, legs: legs, laws: laws, lawNames: lawNames, cardNames: cardNames,
      timetable: timetable.replacing(series, laws: laws), zones: zones, calendars: calendars,
      tiers: tiers, acceptance: self.acceptance, places: places)
  }

  /// Ids of legs that are spelled nearly like this, the likeliest first; at most three.
  ///
  /// - Complexity: O(legs)
  public func legNames(like name: String) -> [String] {
    EditDistance.nearest(to: name, among: (0..<legs.count).lazy.map { legs.names[$0] })
  }

  /// Every node with this UN/LOCODE.
  ///
  /// - Complexity: O(log nodes)
  public func nodes(coded code: String) -> [NodeID] {
    PlaceIndex.all(code, in: places.locodes, places.locodeNodes)
  }
}
