public import LogisticsModel

/// Which column of a history file says what: a mapping, so that no history needs code (config/history/FORMAT.md).
public struct HistoryColumns: Hashable, Sendable {
  /// A fact of an order.
  public enum Field: String, CaseIterable, Sendable {
    /// Name of the order, unique.
    case order
    /// When it was placed.
    case placed
    /// When the carrier had it.
    case handedOver = "handed_over"
    /// When the consignee had it.
    case delivered
    /// When it was called off.
    case cancelled
    /// When it was given up.
    case lost
    /// The date the history's own promise named.
    case promised
    /// When its plan had it there, at the plan's service level.
    case planned
    /// Of the planned minutes, those its legs are under way.
    case moving = "moving_min"
    /// Of these, those of its longest leg.
    case longest = "longest_min"
    /// Its legs as they ran.
    case legs
    /// Where it was sent from.
    case origin
    /// Where it went.
    case destination
    /// A finer part of the destination.
    case zone
    /// Who sent it.
    case seller
    /// How far, in kilometres.
    case distance = "distance_km"
  }

  /// Column names by field; a field without one is not known of any order.
  public let names: [Field: String]
  /// How parcels move through the week; nil: nobody said, see ``ShipmentHistory/pace``.
  public let pace: WorkingPace?

  /// Every field in the column of its own name.
  public static let plain = HistoryColumns(
    names: Dictionary(uniqueKeysWithValues: Field.allCases.map { ($0, $0.rawValue) }))

  /// Makes a mapping; order and placed must be in it.
  public init(names: [Field: String], pace: WorkingPace? = nil) {
    self.names = names
    self.pace = pace
  }
}

/// One order of a history, as far as its row tells.
public struct HistoryOrder: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// When it was placed.
  public let placed: LocalTime
  /// When the carrier had it; the moment of placing where the history has no such column.
  public let handedOver: LocalTime?
  /// When the consignee had it.
  public let delivered: LocalTime?
  /// When it was called off.
  public let cancelled: LocalTime?
  /// When it was given up.
  public let lost: LocalTime?
  /// The date of the history's own promise.
  public let promised: CivilDate?
  /// What was known when it was placed.
  public let traits: OrderTraits
  /// Its legs that run by the clock, those that departed.
  public let legs: [LegRun]

  /// Makes an order.
  public init(
    name: String, placed: LocalTime, handedOver: LocalTime? = nil, delivered: LocalTime? = nil,
    cancelled: LocalTime? = nil, lost: LocalTime? = nil, promised: CivilDate? = nil,
    traits: OrderTraits = OrderTraits(), legs: [LegRun] = []
  ) {
    self.name = name
    self.placed = placed
    self.handedOver = handedOver
    self.delivered = delivered
    self.cancelled = cancelled
    self.lost = lost
    self.promised = promised
    self.traits = traits
    self.legs = legs
  }

  /// Calendar days from the day of the order to the day of delivery.
  public var days: Int32? { delivered.map { $0.date.days - placed.date.days } }

  /// The same without a delivery after now.
  func known(at now: LocalTime) -> HistoryOrder {
    guard let delivered, delivered > now else { return self }
    return HistoryOrder(
      name: name, placed: placed, handedOver: handedOver, cancelled: cancelled, lost: lost,
      promised: promised, traits: traits, legs: legs)
  }

  /// When the longest of its legs departed: what it meets there decides when it arrives.
  private var longestDeparture: LocalTime? {
    legs.max { ($0.expected, $1.departed) < ($1.expected, $0.departed) }?.departed
  }

  /// Its events, in order of happening.
  public var events: [ParcelEvent] {
    var events = [ParcelEvent(order: name, at: placed, kind: .placed(traits))]
    func add(_ time: LocalTime?, _ kind: ParcelEvent.Kind) {
      if let time { events.append(ParcelEvent(order: name, at: time, kind: kind)) }
    }
    add(handedOver, .handedOver)
    add(longestDeparture, .departed)
    add(delivered, .delivered)
    add(cancelled, .cancelled)
    add(lost, .lost)
    return events
  }

  /// Whether its times can be true of one parcel.
  var isPossible: Bool {
    let last = placed.minutes + Int64(PromiseLearner.greatestDays) * 1440
    if let handedOver, handedOver < placed || handedOver.minutes > last { return false }
    let least = max(placed, handedOver ?? placed)
    return [delivered, cancelled, lost].allSatisfy { time in
      time.map { $0 >= least && $0.minutes <= last } ?? true
    }
  }
}
