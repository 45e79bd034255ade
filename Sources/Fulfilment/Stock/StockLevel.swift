/// Pieces of one SKU wanted from one node.
public struct StockLine: Hashable, Sendable {
  /// The node they lie at.
  public let node: String
  /// What they are.
  public let sku: String
  /// How many, at least one.
  public let quantity: Int32

  /// So many pieces.
  public init(node: String, sku: String, quantity: Int32) {
    self.node = node
    self.sku = sku
    self.quantity = quantity
  }
}

/// How much of one SKU lies at one node, and how much of it may be sold through which channel.
public struct StockLevel: Hashable, Sendable {
  /// Pieces that lie there.
  public var onHand: Int32
  /// Of these, promised to orders that have not left; never more than ``onHand``.
  public var reserved: Int32
  /// Pieces kept back from a channel: it sees the stock as empty while they still lie there.
  public var safetyStock: [String: Int32]

  /// A stock figure.
  public init(onHand: Int32, reserved: Int32 = 0, safetyStock: [String: Int32] = [:]) {
    self.onHand = onHand
    self.reserved = reserved
    self.safetyStock = safetyStock
  }

  /// Pieces a channel may still promise.
  public func available(to channel: String) -> Int32 {
    max(0, onHand - reserved - safetyStock[channel, default: 0])
  }
}
