import LogisticsModel
public import RouteGraph
import Tariffs

/// Answers plain queries with the product's own planner and prints them in the conformance form.
public struct PlainAnswers {
  /// Header of the answer file.
  public static let header = "query,price_cents,promise_min,co2_mg,legs,tiers"
  /// The plain network values an hour at 60 cents.
  static let valueOfHour: Int64 = 60

  /// Why a query has no exact answer.
  public enum Obstacle: Error, Sendable, CustomStringConvertible {
    /// A price, an emission or a probability leaves the range of exact arithmetic.
    case outOfRange(query: String, what: String)

    /// Code, query and what to do.
    public var description: String {
      switch self {
      case .outOfRange(let query, let what):
        "error TW-PLN-007: query \(query): \(what) leaves the range of exact arithmetic; use smaller figures"
      }
    }
  }

  /// Counts over all queries answered.
  public private(set) var statistics = SearchStatistics()

  private let network: PlainNetwork
  private let search: SearchNetwork<PeriodicTimetable>
  private let cards: [PlainRateCard]
  private var planner: ExactPlanner<PeriodicTimetable>

  /// Prepares a loaded network.
  public init(_ network: PlainNetwork, options: SearchOptions = SearchOptions()) {
    self.network = network
    search = SearchNetwork(
      topology: network.topology, timetable: network.timetable, laws: network.laws)
    cards = network.cards.map { rows in
      PlainRateCard(
        rows: rows.map {
          PlainRateCard.Row(
            uptoGrams: $0.uptoGrams, baseCents: $0.baseCents, unitGrams: $0.unitGrams,
            unitCents: $0.unitCents)
        })
    }
    var options = options
    // Where arriving later can help, no partial itinerary may be dropped for another.
    if !network.timetable.isMonotone { options.dropsDominated = false }
    planner = ExactPlanner(options: options)
  }

  /// The front of one query, ascending by (price, promise, CO2e).
  public mutating func front(_ query: PlainQuery) throws(Obstacle) -> [PlannedItinerary] {
    if query.origin == query.destination {
      let here = PlanVector(price: 0, promise: query.ready, emission: 0)
      return [PlannedItinerary(vector: here, legs: [])]
    }
    guard let origin = network.node(named: query.origin),
      let destination = network.node(named: query.destination)
    else { return [] }
    let request = SearchRequest(
      origin: origin, destination: destination, ready: query.ready, level: query.level,
      greatestLegs: query.greatestLegs)
    let costs = try costs(query)
    do throws(ExactPlanner<PeriodicTimetable>.Obstacle) {
      let front = try planner.front(request, costs: costs, on: search)
      statistics += planner.statistics
      return front
    } catch {
      throw .outOfRange(
        query: query.name, what: "the law of an itinerary with over 51 uncertain legs")
    }
  }

  private func costs(_ query: PlainQuery) throws(Obstacle) -> LegCosts {
    var cardPrices: [Int64] = []
    for card in cards {
      do throws(PlainRateCard.Overflow) {
        cardPrices.append(try card.price(grams: query.weight) ?? -1)
      } catch {
        throw .outOfRange(query: query.name, what: "a price")
      }
    }
    let topology = network.topology
    // Sums over the longest itinerary, and a bound added to them, must stay within 64 bits.
    let longest = Int64(max(1, min(query.greatestLegs, topology.nodeCount)))
    let greatest = Int64.max / 4 / longest
    var price = [Int64](repeating: -1, count: topology.legCount)
    var emission = [Int64](repeating: 0, count: topology.legCount)
    for leg in 0..<topology.legCount {
      guard GoodsMask(bits: topology.goods[leg]).contains(bit: query.goods),
        query.weight <= topology.greatestWeight[leg]
      else { continue }
      price[leg] = cardPrices[Int(topology.card[leg])]
      emission[leg] = query.weight * topology.emission[leg]
      guard price[leg] <= greatest, emission[leg] <= greatest else {
        throw .outOfRange(query: query.name, what: "the price or CO2 of an itinerary")
      }
    }
    return LegCosts(price: price, emission: emission)
  }

  /// The answer lines of one query, each ended by a line feed.
  public mutating func lines(_ query: PlainQuery) throws(Obstacle) -> String {
    let front = try front(query)
    guard
      let winners = TierWinners(
        front.map(\.vector), ready: query.ready, valueOfHour: PlainAnswers.valueOfHour)
    else { return "" }
    var text = ""
    for (index, member) in front.enumerated() {
      var tiers: [String] = []
      if winners.economy == index { tiers.append("economy") }
      if winners.standard == index { tiers.append("standard") }
      if winners.premium == index { tiers.append("premium") }
      let legs = member.legs.map { network.legNames[$0.position] }
      text +=
        "\(query.name),\(member.vector.price),\(member.vector.promise),\(member.vector.emission),"
        + "\(legs.joined(separator: " ")),\(tiers.joined(separator: "+"))\n"
    }
    return text
  }
}
