/// What is known of an order when it is placed; whatever is missing is nil, and no answer fails for it.
public struct OrderTraits: Hashable, Sendable {
  /// Where it is sent from: a state, a node, a country.
  public var origin: String?
  /// Where it goes: a state, a country.
  public var destination: String?
  /// A finer part of the destination: a postal prefix.
  public var zone: String?
  /// Who sends it.
  public var seller: String?
  /// How far, in kilometres.
  public var distance: Int32?
  /// Minutes from placing to when its plan has it there at the plan's service level; nil: nobody planned it.
  public var planned: Int32?
  /// Of the planned minutes, those its legs are under way and not waiting; nil: nobody said.
  public var moving: Int32?
  /// Of these, those of its longest leg.
  public var longest: Int32?

  /// Makes traits; an empty text is nil.
  public init(
    origin: String? = nil, destination: String? = nil, zone: String? = nil, seller: String? = nil,
    distance: Int32? = nil, planned: Int32? = nil, moving: Int32? = nil,
    longest: Int32? = nil
  ) {
    func known(_ text: String?) -> String? { text?.isEmpty == true ? nil : text }
    self.origin = known(origin)
    self.destination = known(destination)
    self.zone = known(zone)
    self.seller = known(seller)
    self.distance = distance
    self.planned = planned.flatMap { $0 > 0 ? $0 : nil }
    self.moving = moving.flatMap { $0 > 0 ? $0 : nil }
    self.longest = longest.flatMap { $0 > 0 ? $0 : nil }
  }

  /// Whether both ends are known.
  public var hasLane: Bool { origin != nil && destination != nil }

  /// Upper ends of the distance bands, in kilometres; the last is open.
  public static let bandEnds: [Int32] = [50, 150, 300, 500, 800, 1200, 1700, 2300]

  /// The number of the distance band; nil where the distance is not known.
  public var band: Int? {
    distance.map { distance in OrderTraits.bandEnds.count { $0 <= distance } }
  }

  /// The groups whose pace is followed by itself.
  public enum Group: Int, CaseIterable, Sendable {
    /// An end of the lane is not known.
    case withoutLane
    /// The lane is known, how far it is not.
    case withoutDistance
    /// Below 150 km.
    case near
    /// Below 500 km.
    case regional
    /// Below 1,000 km.
    case long
    /// From 1,000 km on.
    case far
    /// A plan says how long it takes.
    case planned
    /// A plan does, and how far its legs are under way: it is followed leg by leg.
    case followed

    /// The word in reports.
    public var word: String {
      switch self {
      case .withoutLane: "lane unknown"
      case .withoutDistance: "distance unknown"
      case .near: "under 150 km"
      case .regional: "150-500 km"
      case .long: "500-1000 km"
      case .far: "1000 km and more"
      case .planned: "planned"
      case .followed: "planned, legs followed"
      }
    }
  }

  /// The group the order is in.
  public var group: Group {
    if planned != nil { return moving == nil ? .planned : .followed }
    guard hasLane else { return .withoutLane }
    guard let distance else { return .withoutDistance }
    if distance < 150 { return .near }
    if distance < 500 { return .regional }
    return distance < 1000 ? .long : .far
  }
}

/// Names as numbers: what traits become before anything is learned from them.
struct TraitBook: Sendable {
  /// The numbers of one order's traits; -1: not known, or never seen.
  struct Keys: Hashable, Sendable {
    var destination: Int32 = -1
    var lane: Int32 = -1
    var band: Int32 = -1
    var zone: Int32 = -1
    var seller: Int32 = -1
    var group: Int32 = 0
    /// Days of work its plan gives the order as a whole; nought: nobody planned it.
    var planned: Double = 0
    /// Of these, days under way.
    var moving: Double = 0
    /// Of these, days on its longest leg.
    var longest: Double = 0
  }

  // Tables of texts, or of pairs of numbers, by order of first sight.
  private(set) var origins: [String: Int32] = [:]
  private(set) var destinations: [String: Int32] = [:]
  private(set) var zoneNames: [String: Int32] = [:]
  private(set) var sellers: [String: Int32] = [:]
  private(set) var lanes: [UInt64: Int32] = [:]
  private(set) var zones: [UInt64: Int32] = [:]

  /// An empty book.
  init() {}

  /// One read from a state: names and pairs in the order of their numbers.
  init(
    origins: [String], destinations: [String], zoneNames: [String], sellers: [String],
    lanes: [UInt64], zones: [UInt64]
  ) {
    func numbered<Key: Hashable>(_ keys: [Key]) -> [Key: Int32] {
      Dictionary(
        keys.enumerated().map { ($0.element, Int32($0.offset)) },
        uniquingKeysWith: { first, _ in first })
    }
    self.origins = numbered(origins)
    self.destinations = numbered(destinations)
    self.zoneNames = numbered(zoneNames)
    self.sellers = numbered(sellers)
    self.lanes = numbered(lanes)
    self.zones = numbered(zones)
  }

  private static func pair(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  /// The keys of traits, without learning new names.
  ///
  /// - Complexity: O(1), a look-up for each trait.
  func keys(of traits: OrderTraits) -> Keys {
    var keys = Keys()
    keys.group = Int32(traits.group.rawValue)
    keys.band = traits.band.map { Int32($0) } ?? -1
    keys.seller = traits.seller.flatMap { sellers[$0] } ?? -1
    guard let destination = traits.destination.flatMap({ destinations[$0] }) else { return keys }
    keys.destination = destination
    if let origin = traits.origin.flatMap({ origins[$0] }) {
      keys.lane = lanes[TraitBook.pair(origin, destination)] ?? -1
    }
    if let zone = traits.zone.flatMap({ zoneNames[$0] }) {
      keys.zone = zones[TraitBook.pair(destination, zone)] ?? -1
    }
    return keys
  }

  /// The keys of traits, giving numbers to names not met before.
  mutating func enter(_ traits: OrderTraits) -> Keys {
    func number<Key: Hashable>(_ key: Key, in table: inout [Key: Int32]) -> Int32 {
      if let there = table[key] { return there }
      let new = Int32(table.count)
      table[key] = new
      return new
    }
    if let seller = traits.seller { _ = number(seller, in: &sellers) }
    if let destination = traits.destination {
      let end = number(destination, in: &destinations)
      if let origin = traits.origin {
        let start = number(origin, in: &origins)
        _ = number(TraitBook.pair(start, end), in: &lanes)
      }
      if let zone = traits.zone {
        let name = number(zone, in: &zoneNames)
        _ = number(TraitBook.pair(end, name), in: &zones)
      }
    }
    return keys(of: traits)
  }
}
