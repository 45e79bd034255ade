import LogisticsModel
import RouteGraph
import Tariffs

/// What legs of a plain network charge and emit, within the range of exact arithmetic.
struct PlainCosts: Sendable {
  /// Which figure of an itinerary would leave 64 bits.
  enum Overflow: Error {
    case price
    case priceOrEmission
  }

  private let topology: Topology
  private let cards: [PlainRateCard]

  init(_ network: PlainNetwork) {
    topology = network.topology
    cards = network.cards.map { rows in
      PlainRateCard(
        rows: rows.map {
          PlainRateCard.Row(
            uptoGrams: $0.uptoGrams, baseCents: $0.baseCents, unitGrams: $0.unitGrams,
            unitCents: $0.unitCents)
        })
    }
  }

  /// The greatest price or emission of a leg with which every itinerary, and a bound added to it, stays exact.
  func greatest(legs: Int) -> Int64 {
    Int64.max / 4 / Int64(max(1, min(legs, topology.nodeCount)))
  }

  /// Price and emission of every leg for a parcel.
  func legCosts(weight: Int64, goods: Int, greatestLegs: Int) throws(Overflow) -> LegCosts {
    let cardPrices = try cardPrices(weight: weight)
    let greatest = greatest(legs: greatestLegs)
    var price = [Int64](repeating: -1, count: topology.legCount)
    var emission = [Int64](repeating: 0, count: topology.legCount)
    for leg in 0..<topology.legCount {
      guard GoodsMask(bits: topology.goods[leg]).contains(bit: goods),
        weight <= topology.greatestWeight[leg]
      else { continue }
      price[leg] = cardPrices[Int(topology.card[leg])]
      emission[leg] = weight * topology.emission[leg]
      guard price[leg] <= greatest, emission[leg] <= greatest else { throw .priceOrEmission }
    }
    return LegCosts(price: price, emission: emission)
  }

  /// Price of a weight by card; -1 where it is not sold.
  func cardPrices(weight: Int64) throws(Overflow) -> [Int64] {
    var prices: [Int64] = []
    for card in cards {
      do throws(PlainRateCard.Overflow) {
        prices.append(try card.price(grams: weight) ?? -1)
      } catch {
        throw .price
      }
    }
    return prices
  }
}
