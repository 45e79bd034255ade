import LogisticsModel
import RouteGraph
import RoutePlanning

/// How a published transit time can be held against the planner.
enum ObservationCheck {
  /// Door to door: the planner's earliest promise over these services only, from ready times of a working week.
  case door(services: [String], zones: [String])
  /// Departure to arrival of single legs.
  case legs([String])
  /// From the arrival at the first leg's tail to the departure of the last one, over all hours of a week.
  case untilDeparture([String])
  /// From the arrival at the first leg's tail to the head of the last one, over all hours of a week.
  case through([String])
  /// Minutes between two departures of a leg.
  case gap(String)
  /// Departures of a leg on these weekdays.
  case weekdays(String, pattern: String)
  /// Nothing in the network to compare with, and why.
  case none(String)
}

/// The middle of many planner answers, in days.
struct ObservedDays {
  let half: Double
  let ninety: Double
  let samples: Int

  init?(half: [Int64], ninety: [Int64]) {
    guard !half.isEmpty, half.count == ninety.count else { return nil }
    func middle(_ minutes: [Int64]) -> Double {
      Double(minutes.sorted()[minutes.count / 2]) / 1440
    }
    self.half = middle(half)
    self.ninety = middle(ninety)
    samples = half.count
  }
}

extension ObservationCheck {
  private static let origins = ["O-yiwu", "O-shenzhen", "O-shanghai"]

  /// Runs the planner; nil where there is nothing to compare.
  func days(_ planner: NetworkPlanner) -> ObservedDays? {
    switch self {
    case .door(let services, let zones): return Self.door(planner, services, zones)
    case .legs(let names):
      let laws = names.compactMap { name -> (Int64, DelayLaw)? in
        guard let leg = planner.bundle.legID(named: name) else { return nil }
        let row = planner.bundle.legs[leg]
        return (Int64(row.duration), planner.bundle.law(row.law))
      }
      guard laws.count == names.count else { return nil }
      return ObservedDays(
        half: laws.map { $0.0 + Int64($0.1.quantile(level: 512)) },
        ninety: laws.map { $0.0 + Int64($0.1.quantile(level: 922)) })
    case .untilDeparture(let names): return Self.along(planner, names, endsAtDeparture: true)
    case .through(let names): return Self.along(planner, names, endsAtDeparture: false)
    case .gap(let name):
      guard let leg = planner.bundle.legID(named: name),
        let first = planner.bundle.timetable.boarding(leg, atOrAfter: Self.start(day: 0, hour: 0)),
        let next = planner.bundle.timetable.boarding(leg, atOrAfter: first.minute + 1)
      else { return nil }
      let gap = next.minute - first.minute
      return ObservedDays(half: [gap], ninety: [gap])
    case .weekdays, .none: return nil
    }
  }

  /// A minute of the ordinary week, on Beijing's clock.
  private static func start(day: Int, hour: Int) -> Int64 {
    Int64(WorldPlanner.monday.adding(days: day).days) * 1440 + Int64(hour - 8) * 60
  }

  private static func door(
    _ planner: NetworkPlanner, _ services: [String], _ zones: [String]
  ) -> ObservedDays? {
    guard let euro = Currency(code: "EUR") else { return nil }
    let allowed = Set(services)
    let legs = planner.bundle.legs
    let isOpen = legs.ids.map { allowed.contains(legs.service(of: $0)) }
    var exact = ExactPlanner<DatedTimetable>()
    var half: [Int64] = []
    var ninety: [Int64] = []
    for origin in origins.compactMap({ planner.bundle.nodeID(named: $0) }) {
      for zone in zones.compactMap({ planner.bundle.nodeID(named: $0) }) {
        for day in 0..<5 {
          let ready = start(day: day, hour: 10)
          let question = NetworkPlanner.Question(
            origin: origin, destination: zone, parcel: Parcel(weight: Grams(480)),
            ready: Instant(minutes: ready), level: .standard, currency: euro)
          let costs = planner.costs(question)
          let masked = LegCosts(
            price: zip(costs.price, isOpen).map { $1 ? $0 : -1 }, emission: costs.emission)
          let request = SearchRequest(
            origin: origin, destination: zone, ready: ready, level: ServiceLevel.standard.q1024,
            greatestLegs: 10)
          let front = (try? exact.front(request, costs: masked, on: planner.search)) ?? []
          guard let fastest = front.min(by: { $0.vector.promise < $1.vector.promise }),
            let timing = planner.timing(fastest.legs, question)
          else { return nil }
          half.append(timing.half - ready)
          ninety.append(timing.ninety - ready)
        }
      }
    }
    return ObservedDays(half: half, ninety: ninety)
  }

  /// Every third hour of a week as a start; to the last leg's departure or arrival.
  private static func along(
    _ planner: NetworkPlanner, _ names: [String], endsAtDeparture: Bool
  ) -> ObservedDays? {
    let legs = names.compactMap { planner.bundle.legID(named: $0) }
    guard legs.count == names.count else { return nil }
    var days: [(Int64, Int64)] = []
    for slot in 0..<56 {
      let ready = start(day: 0, hour: 0) + Int64(slot) * 180
      guard
        let timing = ItineraryTiming(
          legs, ready: ready, level: 973, horizon: 9 * 10080, on: planner.search),
        let last = timing.arrivals.last, let leg = legs.last
      else { return nil }
      // The last leg's law is added after its departure: at the median it adds its own median.
      let row = planner.bundle.legs[leg]
      let law = planner.bundle.law(row.law)
      let duration = Int64(row.duration)
      days.append(
        endsAtDeparture
          ? (
            last.half - duration - Int64(law.quantile(level: 512)) - ready,
            last.earliest - duration - ready
          ) : (last.half - ready, last.ninety - ready))
    }
    let ordered = days.map(\.0).sorted()
    guard endsAtDeparture else {
      return ObservedDays(half: days.map(\.0), ninety: days.map(\.1))
    }
    // Over all hours of a week: the middle and the nine-in-ten of the waiting.
    return ObservedDays(half: ordered, ninety: Array(repeating: ordered[50], count: ordered.count))
  }
}
