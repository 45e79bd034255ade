public import LogisticsModel

/// What a value band is measured on.
public enum ValueBasis: String, CaseIterable, Sendable {
  /// The goods alone, as sold.
  case intrinsic
  /// The goods loaded for export. Carriage inside the country of dispatch is not known apart from the rest of the freight,
  /// so the figure is that of the goods alone.
  case fob
  /// The goods and the freight to the buyer.
  case cif

  /// Whether freight is part of it.
  var includesFreight: Bool { self == .cif }
}

/// Values, both ends included, in minor units of one currency; open where there is no bound.
public struct ConsignmentBand: Hashable, Sendable {
  /// The least value.
  public let least: Int64?
  /// The greatest value.
  public let greatest: Int64?
  /// The currency of both; nil only where neither is given.
  public let currency: Currency?
  /// What is measured.
  public let basis: ValueBasis

  /// Every value.
  public static let any = ConsignmentBand(
    least: nil, greatest: nil, currency: nil, basis: .intrinsic)

  /// Makes a band; a least value of nothing is no bound.
  init(least: Int64?, greatest: Int64?, currency: Currency?, basis: ValueBasis) {
    self.least = least == 0 ? nil : least
    self.greatest = greatest
    self.currency = currency
    self.basis = basis
  }

  /// Whether a value is in it, where that can be told without a rate: a band that holds nothing but zero, or everything
  /// above zero, is the same in every currency; nil where the value must be converted.
  func holds(isZero: Bool) -> Bool? {
    if least == nil, greatest == nil { return true }
    if greatest == 0 { return isZero }
    if least == 1, greatest == nil { return !isZero }
    return nil
  }

  /// Whether a value in the band's currency is in it.
  func contains(_ value: Int64) -> Bool {
    (least.map { $0 <= value } ?? true) && (greatest.map { value <= $0 } ?? true)
  }

  /// Whether some value can be in both; bands of different currency or basis are taken to meet.
  func meets(_ other: ConsignmentBand) -> Bool {
    if let greatest, greatest == 0, other.least != nil { return false }
    if let greatest = other.greatest, greatest == 0, least != nil { return false }
    guard currency == other.currency, basis.includesFreight == other.basis.includesFreight else {
      return true
    }
    return (least ?? 0) <= (other.greatest ?? .max) && (other.least ?? 0) <= (greatest ?? .max)
  }
}

/// Whether a rule asks for a programme, or for its absence.
public enum ProgrammeCondition: Hashable, Sendable {
  /// Registered or not.
  case any
  /// The seller is registered for it.
  case registered(String)
  /// The seller is not registered for it.
  case unregistered(String)

  func holds(_ programmes: Set<String>) -> Bool {
    switch self {
    case .any: true
    case .registered(let word): programmes.contains(word)
    case .unregistered(let word): !programmes.contains(word)
    }
  }

  /// Whether one seller can meet both.
  func meets(_ other: ProgrammeCondition) -> Bool {
    switch (self, other) {
    case (.registered(let one), .unregistered(let two)),
      (.unregistered(let one), .registered(let two)):
      one != two
    default: true
    }
  }

  /// The word, where there is one.
  var word: String? {
    switch self {
    case .any: nil
    case .registered(let word), .unregistered(let word): word
    }
  }
}

/// Which imports a rule concerns.
public struct ImportScope: Hashable, Sendable {
  /// Countries of the consignee.
  public internal(set) var destinations: CountrySet
  /// Countries of clearance.
  public internal(set) var entries = CountrySet.all
  /// Countries of origin of the goods.
  public internal(set) var origins = CountrySet.all
  /// Channels, one bit each.
  public internal(set) var channels: UInt8 = 0b11
  /// Programme.
  public internal(set) var programme = ProgrammeCondition.any
  /// Days of clearance.
  public internal(set) var validity = Validity.always
  /// Value of the consignment.
  public internal(set) var band = ConsignmentBand.any
  /// Weight of the consignment in grams: more than this.
  public internal(set) var overGrams: Int64 = 0
  /// Weight of the consignment in grams: at most this.
  public internal(set) var uptoGrams: Int64 = .max

  init(destinations: CountrySet) { self.destinations = destinations }

  /// Whether the channel is among those concerned.
  public func includes(_ channel: ImportChannel) -> Bool {
    (channels >> UInt8(channel.rawValue)) & 1 == 1
  }

  /// Whether everything but origin, day and value fits.
  func concerns(_ order: ImportOrder) -> Bool {
    destinations.contains(order.destination) && entries.contains(order.entry)
      && includes(order.channel) && programme.holds(order.programmes)
      && overGrams < order.weight.value && order.weight.value <= uptoGrams
  }

  /// Whether one import can be concerned by both.
  func meets(_ other: ImportScope) -> Bool {
    validity.intersection(other.validity) != nil && channels & other.channels != 0
      && programme.meets(other.programme)
      && max(overGrams, other.overGrams) < min(uptoGrams, other.uptoGrams)
      && destinations.meets(other.destinations) && band.meets(other.band)
      && entries.meets(other.entries) && origins.meets(other.origins)
  }
}
