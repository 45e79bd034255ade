public import LogisticsModel

/// A dated run of a leg, by name.
public struct DepartureKey: Hashable, Comparable, Sendable {
  /// Name of the leg.
  public let leg: String
  /// When it leaves.
  public let departs: Instant

  /// A run of a leg.
  public init(leg: String, departs: Instant) {
    self.leg = leg
    self.departs = departs
  }

  /// In this order rows are locked, everywhere: so two bookings never wait for each other in a circle.
  public static func < (left: DepartureKey, right: DepartureKey) -> Bool {
    left.leg == right.leg
      ? left.departs < right.departs
      : left.leg.utf8.lexicographicallyPrecedes(right.leg.utf8)
  }
}

/// An order with the promise and the legs it will have, if the places are free.
public struct BookingPlan: Sendable {
  /// The order.
  public let order: BookingOrder
  /// The promise to be given.
  public let promise: Promise
  /// The legs, each with the departure it wants a place on.
  public let legs: [ShipmentLeg]
  /// Node the goods leave from.
  public let origin: String
  /// Node they go to.
  public let destination: String
  /// Country of the destination.
  public let country: String

  /// A plan.
  public init(
    order: BookingOrder, promise: Promise, legs: [ShipmentLeg], origin: String,
    destination: String, country: String
  ) {
    self.order = order
    self.promise = promise
    self.legs = legs
    self.origin = origin
    self.destination = destination
    self.country = country
  }

  /// The departures it wants a place on.
  public var departures: [DepartureKey] {
    legs.compactMap { leg in leg.departs.map { DepartureKey(leg: leg.name, departs: $0) } }
  }
}

/// What became of an order.
public enum BookingAnswer: Hashable, Sendable {
  /// Booked now.
  case booked(Promise)
  /// Booked before, under the same key with the same body: the same promise.
  case repeated(Promise)
  /// The key stands for another order.
  case keyReused
  /// Nothing was booked: no place is left on these departures.
  case full([DepartureKey])
  /// Nothing was booked: these pieces are not there, or kept back from the channel.
  case short([StockLine])
}
