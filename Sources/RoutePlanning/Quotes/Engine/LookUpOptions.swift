/// Ways of looking up that change no answer, only how fast it comes: tests switch them off.
public struct LookUpOptions: Hashable, Sendable {
  /// Whether compact parcels are held against the list of their cell before the whole row.
  public var usesShortlists = true
  /// Whether a batch reads what its answers will want before it gives the first, so that misses of the cache overlap.
  public var readsAhead = true
  /// Whether the charges of all candidates on a list are collected and priced together.
  public var pricesTogether = true
  /// Whether a row is found in one step, by class and row, rather than by way of its block.
  public var usesRowDirectory = true
  /// Whether an order made ready for one landed quote serves the next one of the same order.
  public var keepsOrders = true

  /// All on.
  public init() {}
}
