/// What is asked of an instance.
public enum PlacementKind: String, Sendable, CaseIterable, Hashable {
  /// Exactly p sites, least total cost of service; opening costs nothing.
  case median
  /// Opening and service cost, no capacities.
  case uncapacitated
  /// Opening and service cost, capacities; a client may be served by several sites, pro rata.
  case capacitated
  /// Opening and service cost, capacities; each client is served whole by one site.
  case singleSource = "single-source"
  /// At most p sites, the greatest service cost of any client as small as can be.
  case center
  /// Every client within a reach of an open site, least opening cost.
  case covering
  /// At most p sites, as much demand as can be within a reach of an open site.
  case maximumCoverage = "maximum-coverage"
}
