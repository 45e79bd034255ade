/// What makes a search quicker and changes nothing it proves; each can be left out.
public struct SearchShortcuts: Sendable {
  /// Costs are kept by site as well, for questions without capacities.
  public var keepsColumns = true
  /// Exchanges of sites are reckoned from the lists of the clients concerned where many sites are open; without it
  /// always from a table of all pairs.
  public var walksPairs = true
  /// Clients that are served whole are moved and exchanged beyond what sites have.
  public var exchangesClients = true
  /// The best plan is shaken on while cases are looked at.
  public var polishes = true

  /// All of them.
  public init() {}
}
