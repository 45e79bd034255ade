public import LogisticsModel
public import RouteGraph

/// What every search of one network shares: who is connected, when legs run, and how late they are.
///
/// Immutable and `Sendable`; a search brings its own scratch.
public struct SearchNetwork<Times: Timetable>: Sendable {
  /// Nodes, legs and their plain properties.
  public let topology: Topology
  /// When legs can be boarded.
  public let timetable: Times
  /// Delay laws by ``LawID``.
  public let laws: [DelayLaw]

  let packedLaws: PackedLaws

  /// Joins the three.
  public init(topology: Topology, timetable: Times, laws: [DelayLaw]) {
    self.topology = topology
    self.timetable = timetable
    self.laws = laws
    self.packedLaws = PackedLaws(laws)
  }
}

/// All delay laws in three flat arrays, as the search's inner loop reads them.
struct PackedLaws: Sendable {
  let starts: [Int32]
  let delays: [Int32]
  let weights: [Int32]

  init(_ laws: [DelayLaw]) {
    var starts: [Int32] = [0]
    var delays: [Int32] = []
    var weights: [Int32] = []
    for law in laws {
      for atom in law.atoms {
        delays.append(atom.delay)
        weights.append(atom.weight)
      }
      starts.append(Int32(delays.count))
    }
    self.starts = starts
    self.delays = delays
    self.weights = weights
  }
}

/// What each leg costs one particular parcel.
public struct LegCosts: Sendable {
  /// Charge in minor units of one currency by leg; negative where the leg does not take the parcel.
  public let price: [Int64]
  /// CO2e in milligrams by leg.
  public let emission: [Int64]

  /// The price of every leg that takes the parcel, where all ask the same; nil where they differ.
  let uniformPrice: Int64?
  /// Whether no leg that takes the parcel emits anything.
  let isWithoutEmission: Bool

  /// Adopts two arrays, one element per leg each.
  ///
  /// - Complexity: O(legs)
  public init(price: [Int64], emission: [Int64]) {
    precondition(price.count == emission.count, "one price and one emission per leg")
    self.price = price
    self.emission = emission
    let first = price.first { $0 >= 0 } ?? 0
    uniformPrice = price.allSatisfy { $0 < 0 || $0 == first } ? first : nil
    isWithoutEmission = emission.allSatisfy { $0 == 0 }
  }
}

/// One question to the planner, all in planner units.
public struct SearchRequest: Sendable {
  /// Where the parcel is.
  public var origin: NodeID
  /// Where it shall go.
  public var destination: NodeID
  /// The minute it is ready.
  public var ready: Int64
  /// Service level in parts of 1024.
  public var level: Int32
  /// Most legs an itinerary may have.
  public var greatestLegs: Int
  /// Boarding is allowed up to this many minutes after ready, inclusive: nine weeks.
  public var horizon = SearchRequest.usualHorizon

  /// Nine weeks, in minutes.
  public static let usualHorizon: Int64 = 9 * 10080

  /// A question with the standard horizon.
  public init(origin: NodeID, destination: NodeID, ready: Int64, level: Int32, greatestLegs: Int) {
    self.origin = origin
    self.destination = destination
    self.ready = ready
    self.level = level
    self.greatestLegs = greatestLegs
  }
}
