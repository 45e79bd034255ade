public import LogisticsModel
public import RoutePlanning
import Foundation

/// Every itinerary of a bundle without a repeated node, one by one, from the text of its tables.
///
/// The dated twin of ``BruteForcePlanner``: times from ``PaperTimes``, prices from ``PaperPrices``, probabilities as
/// whole numbers out of 1024^legs in a dictionary. Nothing of the product is used but its vocabulary.
public struct BundleEnumerator {
  private let text: BundleText
  private let times: PaperTimes
  private let prices: PaperPrices
  private let tails: [String]
  private let heads: [String]
  private let zones: [String: String]

  /// Prepares a bundle written out around a clock.
  public init(_ text: BundleText, now: Instant) {
    self.text = text
    times = PaperTimes(text, now: now)
    prices = PaperPrices(text)
    let legs = text["legs.csv"]
    tails = legs.rows.map { $0[legs.column("from")] }
    heads = legs.rows.map { $0[legs.column("to")] }
    let nodes = text["nodes.csv"]
    zones = Dictionary(
      uniqueKeysWithValues: nodes.rows.map { ($0[nodes.column("node")], $0[nodes.column("tz")]) })
  }

  /// One itinerary: rows of `legs.csv`, its vector, and the arrival law behind each leg.
  public struct Way: Sendable {
    /// Rows in order.
    public var rows: [Int]
    /// What it costs, when it arrives, what it emits.
    public var vector: PlanVector
    /// By leg: minutes and how many of 1024^legs are there then.
    public var laws: [[Int64: UInt128]]
  }

  /// The front of a question between two named nodes, ascending by (price, promise, CO2e).
  public func front(
    from origin: String, to destination: String, _ question: NetworkPlanner.Question
  ) -> [PlanVector] {
    if origin == destination {
      return [PlanVector(price: 0, promise: question.ready.minutes, emission: 0)]
    }
    var kept: [PlanVector] = []
    for vector in ways(from: origin, to: destination, question).map(\.vector).sorted()
    where !kept.contains(where: {
      $0.price <= vector.price && $0.promise <= vector.promise && $0.emission <= vector.emission
    }) {
      kept.append(vector)
    }
    return kept
  }

  /// Every itinerary between two different nodes.
  public func ways(
    from origin: String, to destination: String, _ question: NetworkPlanner.Question
  ) -> [Way] {
    let legs = text["legs.csv"]
    var walk = Walk(
      destination: destination, ready: question.ready.minutes, level: question.level.q1024,
      greatestLegs: question.greatestLegs)
    let date = civilDate(question.ready.minutes, zones[origin] ?? "UTC")
    walk.charges = legs.rows.indices.map {
      prices.charge($0, question.parcel, date: date, in: question.currency.code)
    }
    walk.emissions = legs.rows.indices.map {
      question.parcel.weight.value * (Int64(legs.text($0, "co2_mg_per_g")) ?? 0)
    }
    walk.laws = Dictionary(grouping: text["delay_laws.csv"].rows, by: { $0[0] }).mapValues {
      $0.map { (Int64($0[1]) ?? 0, UInt128($0[2]) ?? 0) }
    }
    follow(&walk, at: origin, visited: [origin], arrivals: [walk.ready: 1], price: 0, emission: 0)
    return walk.ways
  }

  private struct Walk {
    let destination: String
    let ready: Int64
    let level: Int32
    let greatestLegs: Int
    var charges: [Int64?] = []
    var emissions: [Int64] = []
    var laws: [String: [(delay: Int64, weight: UInt128)]] = [:]
    /// Of the itinerary being followed.
    var rows: [Int] = []
    var arrivals: [[Int64: UInt128]] = []
    var ways: [Way] = []
  }

  private func civilDate(_ minute: Int64, _ zone: String) -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: zone)
    format.dateFormat = "yyyy-MM-dd"
    return format.string(from: Date(timeIntervalSince1970: Double(minute) * 60))
  }

  private func follow(
    _ walk: inout Walk, at node: String, visited: Set<String>, arrivals: [Int64: UInt128],
    price: Int64, emission: Int64
  ) {
    if node == walk.destination {
      let whole = walk.rows.reduce(UInt128(1)) { product, _ in product * 1024 }
      var sum: UInt128 = 0
      for minute in arrivals.keys.sorted() {
        sum += arrivals[minute] ?? 0
        if sum * 1024 >= whole * UInt128(walk.level) {
          let vector = PlanVector(price: price, promise: minute, emission: emission)
          walk.ways.append(Way(rows: walk.rows, vector: vector, laws: walk.arrivals))
          return
        }
      }
      return
    }
    guard walk.rows.count < walk.greatestLegs else { return }
    for leg in tails.indices where tails[leg] == node && !visited.contains(heads[leg]) {
      guard let charge = walk.charges[leg], let next = travel(leg, arrivals, walk) else { continue }
      walk.rows.append(leg)
      walk.arrivals.append(next)
      follow(
        &walk, at: heads[leg], visited: visited.union([heads[leg]]), arrivals: next,
        price: price + charge, emission: emission + walk.emissions[leg])
      walk.rows.removeLast()
      walk.arrivals.removeLast()
    }
  }

  private func travel(_ leg: Int, _ arrivals: [Int64: UInt128], _ walk: Walk) -> [Int64: UInt128]? {
    let handling = Int64(text["legs.csv"].text(leg, "handling_min")) ?? 0
    let zone = zones[tails[leg]] ?? "UTC"
    var next: [Int64: UInt128] = [:]
    for (minute, count) in arrivals {
      guard let run = times.boarding(leg, zone: zone, atOrAfter: minute + handling),
        run.minute <= walk.ready + 9 * 7 * 1440
      else { return nil }
      for atom in walk.laws[run.law] ?? [] {
        guard
          let end = times.arrival(
            leg, zone: zone, start: run.minute, after: run.duration + atom.delay)
        else { return nil }
        next[end, default: 0] += count * atom.weight
      }
    }
    return next
  }
}
