public import LogisticsModel
public import RouteGraph
import TransitTimes

/// When a parcel passes each leg of one itinerary: the explanation behind a promise.
///
/// Computed with the reference law (``ArrivalDistribution``), not with the search's packed one, for a handful
/// of itineraries per quote. 128 bits are tried first; an itinerary with more than twelve uncertain legs is
/// carried in 512.
public struct ItineraryTiming: Sendable {
  /// One leg as it runs in the scenario that arrives exactly at the promise minute.
  public struct Step: Hashable, Sendable {
    /// The leg.
    public let leg: LegID
    /// Minute the parcel reaches the leg's tail.
    public let arrivesAtTail: Int64
    /// Minutes needed before boarding.
    public let handling: Int64
    /// Minute of departure or start.
    public let start: Int64
    /// Minutes under way before delay (open minutes for a leg in working time).
    public let duration: Int64
    /// Minutes of delay.
    public let delay: Int64
    /// Minute of arrival at the head.
    public let arrives: Int64

    /// Minutes between being ready for boarding and starting.
    public var wait: Int64 { start - arrivesAtTail - handling }
    /// Minutes of the way during which the leg's calendar was closed.
    public var closed: Int64 { arrives - start - duration - delay }
  }

  /// What is known of the arrival at the head of each leg.
  public struct Arrival: Hashable, Sendable {
    /// Minute at which a parcel that reached the leg's tail at its median minute departs.
    public let departsHalf: Int64
    /// Least minute reached with probability 1/2.
    public let half: Int64
    /// Least minute reached with probability 9/10.
    public let ninety: Int64
    /// Least minute reached with the asked probability.
    public let atLevel: Int64
    /// Earliest possible minute.
    public let earliest: Int64
    /// Latest possible minute.
    public let latest: Int64
  }

  /// Minute the parcel was ready.
  public let ready: Int64
  /// Per leg, when the head is reached.
  public let arrivals: [Arrival]
  /// Per leg, one concrete course of events that ends exactly at the promise minute.
  public let steps: [Step]

  /// The least minute by which the parcel is there with the asked probability.
  public var promise: Int64 { arrivals.last?.atLevel ?? ready }
  /// Of the minutes to the promise, those under way on a leg, its closed hours included, and not waiting for one.
  public var minutesUnderWay: Int64 { steps.reduce(0) { $0 + $1.arrives - $1.start } }
  /// Of these, the minutes of the leg that takes longest.
  public var longestLeg: Int64 { steps.map { $0.arrives - $0.start }.max() ?? 0 }
  /// The median arrival.
  public var half: Int64 { arrivals.last?.half ?? ready }
  /// The nine-in-ten arrival.
  public var ninety: Int64 { arrivals.last?.ninety ?? ready }

  /// Follows `legs` from `ready`; nil when from some possible minute a leg cannot be boarded in time.
  public init?<Times: Timetable>(
    _ legs: [LegID], ready: Int64, level: Int32, horizon: Int64, on network: SearchNetwork<Times>
  ) {
    if let laws = Itineraries<Times, UInt128>.laws(legs, ready, horizon, network) {
      self.init(legs, ready: ready, level: level, laws: laws, on: network)
    } else if let laws = Itineraries<Times, WideMass>.laws(legs, ready, horizon, network) {
      self.init(legs, ready: ready, level: level, laws: laws, on: network)
    } else {
      return nil
    }
  }

  private init<Times: Timetable, Mass: ProbabilityMass>(
    _ legs: [LegID], ready: Int64, level: Int32, laws: [ArrivalDistribution<Mass>],
    on network: SearchNetwork<Times>
  ) {
    self.ready = ready
    arrivals = legs.indices.map { index in
      let law = laws[index + 1]
      let handed =
        laws[index].quantile(level: 512)
        + Int64(network.topology.handling[legs[index].position])
      return Arrival(
        departsHalf: network.timetable.boarding(legs[index], atOrAfter: handed)?.minute ?? handed,
        half: law.quantile(level: 512), ninety: law.quantile(level: 922),
        atLevel: law.quantile(level: level), earliest: law.earliest, latest: law.latest)
    }
    steps = Itineraries<Times, Mass>.course(
      legs, laws, endingAt: arrivals.last?.atLevel ?? ready, network)
  }
}

/// The promise of one itinerary as a function of the ready minute.
enum Itineraries<Times: Timetable, Mass: ProbabilityMass> {
  /// The law before the first leg and after each leg; nil when a leg cannot be boarded, or the bits run out.
  static func laws(
    _ legs: [LegID], _ ready: Int64, _ horizon: Int64, _ network: SearchNetwork<Times>
  ) -> [ArrivalDistribution<Mass>]? {
    var laws = [ArrivalDistribution<Mass>(certain: ready)]
    for leg in legs {
      do throws(ArrivalDistribution<Mass>.Obstacle) {
        laws.append(
          try laws[laws.count - 1].travelled(
            handling: network.topology.handling[leg.position], horizon: ready + horizon,
            start: { minute in start(leg, minute, network) },
            arrival: { network.timetable.arrival(leg, start: $0, after: $1) }))
      } catch {
        return nil
      }
    }
    return laws
  }

  private static func start(
    _ leg: LegID, _ minute: Int64, _ network: SearchNetwork<Times>
  ) -> ArrivalDistribution<Mass>.Start? {
    network.timetable.boarding(leg, atOrAfter: minute).map {
      .init(minute: $0.minute, duration: $0.duration, law: network.laws[$0.law.position])
    }
  }

  /// The most probable step into each minute, traced back from the end.
  static func course(
    _ legs: [LegID], _ laws: [ArrivalDistribution<Mass>], endingAt end: Int64,
    _ network: SearchNetwork<Times>
  ) -> [ItineraryTiming.Step] {
    var steps: [ItineraryTiming.Step] = []
    var minute = end
    for index in legs.indices.reversed() {
      let leg = legs[index]
      let handling = Int64(network.topology.handling[leg.position])
      var best: (step: ItineraryTiming.Step, mass: Mass)?
      for atom in laws[index].atoms {
        guard let start = start(leg, atom.minute + handling, network) else { continue }
        for delay in start.law.atoms {
          let under = Int64(start.duration) + Int64(delay.delay)
          guard network.timetable.arrival(leg, start: start.minute, after: under) == minute else {
            continue
          }
          let mass = start.law.isCertain ? atom.mass : atom.mass.scaled(byWeight: delay.weight)
          if best.map({ mass > $0.mass }) ?? true {
            let step = ItineraryTiming.Step(
              leg: leg, arrivesAtTail: atom.minute, handling: handling, start: start.minute,
              duration: Int64(start.duration), delay: Int64(delay.delay), arrives: minute)
            best = (step, mass)
          }
        }
      }
      guard let found = best else { return [] }
      steps.append(found.step)
      minute = found.step.arrivesAtTail
    }
    return steps.reversed()
  }
}
