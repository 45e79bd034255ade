public import LogisticsModel

/// What a customer orders: a quoted option, and the pieces that shall be sent.
public struct BookingOrder: Hashable, Sendable {
  /// The orderer's name for it: the same order sent again has the same key, and gets the same answer.
  public let key: String
  /// The quote it takes up.
  public let quote: String
  /// The tier it chooses; nil: the quote's first option.
  public let tier: Tier?
  /// Whose order it is, for reports; may be empty.
  public let merchant: String
  /// Where it was sold, such as `web`: whose safety stock counts; may be empty.
  public let channel: String
  /// Pieces to take from stock; none where the goods are not kept by us.
  public let lines: [StockLine]

  /// Most bytes of a key, a name or an SKU.
  public static let greatestText = 200

  /// An order.
  public init(
    key: String, quote: String, tier: Tier? = nil, merchant: String = "", channel: String = "",
    lines: [StockLine] = []
  ) {
    self.key = key
    self.quote = quote
    self.tier = tier
    self.merchant = merchant
    self.channel = channel
    self.lines = lines
  }

  /// Everything but the key, each part behind its length, so that two orders have one body only if they are the same.
  public var body: String {
    var parts = [quote, tier?.word ?? "", merchant, channel]
    for line in lines.sorted(by: { ($0.node, $0.sku, $0.quantity) < ($1.node, $1.sku, $1.quantity) }
    ) {
      parts += [line.node, line.sku, "\(line.quantity)"]
    }
    return parts.map { "\($0.utf8.count):\($0)" }.joined(separator: ",")
  }

  /// Refuses texts that cannot be stored under a key, and pieces that are none.
  ///
  /// - Throws: a ``ShipmentFault`` that names the part.
  public func check() throws(ShipmentFault) {
    try StoredText.checkName(key, "booking key", limit: BookingOrder.greatestText)
    try StoredText.checkName(quote, "quote id", limit: BookingOrder.greatestText)
    try StoredText.check(merchant, "merchant", limit: BookingOrder.greatestText)
    try StoredText.check(channel, "channel", limit: BookingOrder.greatestText)
    var seen: Set<[String]> = []
    for line in lines {
      try StoredText.checkName(line.node, "stock node", limit: BookingOrder.greatestText)
      try StoredText.checkName(line.sku, "SKU", limit: BookingOrder.greatestText)
      guard line.quantity >= 1, seen.insert([line.node, line.sku]).inserted else {
        throw ShipmentFault(
          code: ShipmentFault.badQuantity,
          message: "SKU \"\(line.sku.prefix(60))\" at \(line.node.prefix(60)): "
            + (line.quantity < 1 ? "\(line.quantity) pieces" : "named twice"),
          advice: "name each SKU once, with at least one piece")
      }
    }
  }
}

/// Texts that end in a database.
///
/// PostgreSQL keeps every character but NUL; that one is refused here, with a code, rather than changed in silence.
public enum StoredText {
  /// Most bytes of a note: a mebibyte.
  public static let greatestNote = 1 << 20

  /// Refuses a NUL, and a text that is too long.
  ///
  /// - Throws: a ``ShipmentFault`` that names the field.
  public static func check(_ text: String, _ field: String, limit: Int) throws(ShipmentFault) {
    if text.utf8.count > limit {
      throw ShipmentFault(
        code: ShipmentFault.malformedText,
        message: "\(field) has \(text.utf8.count) bytes, more than \(limit)",
        advice: "shorten it")
    }
    if text.utf8.contains(0) {
      throw ShipmentFault(
        code: ShipmentFault.malformedText, message: "\(field) holds a NUL (U+0000)",
        advice: "take it out; every other character is kept as it is")
    }
  }

  /// The same for a text that may not be empty.
  ///
  /// - Throws: a ``ShipmentFault`` that names the field.
  public static func checkName(_ text: String, _ field: String, limit: Int) throws(ShipmentFault) {
    guard !text.isEmpty else {
      throw ShipmentFault(
        code: ShipmentFault.malformedText, message: "\(field) is empty", advice: "give one")
    }
    try check(text, field, limit: limit)
  }
}

extension ShipmentFault {
  /// Pieces below one, or an SKU named twice.
  public static let badQuantity = "TW-SHP-006"
}
