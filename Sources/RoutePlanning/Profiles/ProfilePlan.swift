import LogisticsModel
import RouteGraph

/// What a profile search shall cover: one origin, its ready classes, the destinations asked for.
struct ProfilePlan {
  /// Where parcels start.
  var origin: NodeID
  /// Where they may go.
  var destinations: [NodeID]
  /// Ready classes, latest first.
  var classes: [ReadyClass]
  /// Most legs of an itinerary.
  var greatestLegs: Int
  /// Boarding is allowed up to this many minutes after ready, inclusive.
  var horizon = SearchRequest.usualHorizon

  /// The minute that laws are counted from; nil: the earliest ready minute.
  ///
  /// Searches that share their laws count from the same.
  var epoch: Int64?

  /// The minute that laws are counted from.
  var base: Int64 { epoch ?? classes.last?.first ?? 0 }
}

/// A partial itinerary of a profile search.
///
/// Its law lies in a ``LawBook`` as ascending minutes (from the plan's base) with cumulative masses.
struct ProfileLabel {
  var node: Int32
  /// Leg that led here, -1 at the origin.
  var leg: Int32
  /// Label it extends, -1 at the origin.
  var parent: Int32
  /// Next older label at the same node, -1 at the end.
  var older: Int32
  var firstAtom: Int32
  var atomCount: Int32
  var legs: Int32
  /// Uncertain legs so far: each has used ten bits of mass.
  var uncertainLegs: Int32
  /// Its charges, as ``ChargeSignatures`` numbers them.
  var signature: Int32
  /// Position of the ready class it starts from.
  var readyClass: Int32
  /// First and last possible minute.
  var earliest: Int32
  var latest: Int32
  /// The latest minute at which some leg may be boarded.
  var lastBoarding: Int32
  /// CO2e per gram.
  var emission: Int64
  /// Parcel cells it is needed in.
  var cells: UInt64
}
