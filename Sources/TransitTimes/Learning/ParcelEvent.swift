public import LogisticsModel

/// Something that happened to an order, as learning sees it.
public struct ParcelEvent: Hashable, Sendable {
  /// What happened.
  public enum Kind: Hashable, Sendable {
    /// The order was placed.
    case placed(OrderTraits)
    /// The parcel was handed over to the carrier.
    case handedOver
    /// The longest leg of its plan departed with it.
    case departed
    /// The parcel reached its consignee.
    case delivered
    /// The order was called off.
    case cancelled
    /// The parcel was given up.
    case lost

    /// The word in reports, and the column of a history.
    public var word: String {
      switch self {
      case .placed: "placed"
      case .handedOver: "handed_over"
      case .departed: "departed"
      case .delivered: "delivered"
      case .cancelled: "cancelled"
      case .lost: "lost"
      }
    }

    /// Order of events of one order at one minute.
    public var rank: Int {
      switch self {
      case .placed: 0
      case .handedOver: 1
      case .departed: 2
      case .delivered: 3
      case .cancelled: 4
      case .lost: 5
      }
    }
  }

  /// The order's name, unique.
  public let order: String
  /// When, on the clock of the history.
  public let at: LocalTime
  /// What.
  public let kind: Kind

  /// Makes an event.
  public init(order: String, at: LocalTime, kind: Kind) {
    self.order = order
    self.at = at
    self.kind = kind
  }
}

/// Events that were not learned from, counted by reason; the first of each kept as an example.
public struct Quarantine: Hashable, Sendable {
  /// Why an event is not learned from.
  public enum Reason: UInt8, CaseIterable, Sendable {
    /// The same event again.
    case duplicate
    /// The same kind of event at another time, or after the order has ended.
    case contradictory
    /// Its day has been closed: promises of later days were made without it.
    case late
    /// It claims to happen after now.
    case future
    /// Before what it follows from, or longer after it than a parcel can take.
    case impossible
    /// Of an order nobody has placed, or one that ended long ago.
    case unknownOrder
    /// Delivered without having been handed over.
    case withoutHandOver
    /// A row or a field that cannot be read.
    case unreadable

    /// The word in reports.
    public var word: String {
      switch self {
      case .duplicate: "duplicate"
      case .contradictory: "contradictory"
      case .late: "late"
      case .future: "future"
      case .impossible: "impossible"
      case .unknownOrder: "unknown_order"
      case .withoutHandOver: "without_hand_over"
      case .unreadable: "unreadable"
      }
    }
  }

  /// Events held back, by reason.
  public internal(set) var counts: [Reason: Int] = [:]
  /// The first event of each reason, for people.
  public internal(set) var examples: [Reason: String] = [:]

  /// An empty quarantine.
  public init() {}

  /// All of them.
  public var total: Int { counts.values.reduce(0, +) }

  /// Counts one, with the event in words.
  public mutating func hold(_ reason: Reason, _ example: @autoclosure () -> String) {
    counts[reason, default: 0] += 1
    if examples[reason] == nil { examples[reason] = example() }
  }

  /// What a state says of one reason.
  mutating func restore(_ reason: Reason, _ count: Int, _ example: String) {
    counts[reason] = count
    examples[reason] = example.isEmpty ? nil : example
  }

  /// The same with another's added.
  public mutating func add(_ other: Quarantine) {
    for (reason, count) in other.counts { counts[reason, default: 0] += count }
    for (reason, text) in other.examples where examples[reason] == nil { examples[reason] = text }
  }
}
