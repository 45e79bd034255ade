import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

/// The weights beyond which some leg on the way begins or ceases to be sold.
///
/// Between two neighbouring steps a, b every parcel above a gram and up to b grams is treated alike by legs,
/// cards and restrictions, so trying one weight of each stretch finds the smallest change there is. A card that
/// rounds up to r grams takes a chargeable weight up to x exactly for actual weights up to r x floor(x / r).
struct WeightSteps {
  /// Ascending, in grams of actual weight.
  let grams: [Int64]

  /// The steps of the legs between the ends of a question that take its goods.
  ///
  /// - Complexity: O(legs + bands of their cards)
  init(_ question: NetworkPlanner.Question, on network: NetworkPlanner) {
    let topology = network.bundle.topology
    let goods = UInt64(question.parcel.goods.rawValue)
    let legs = Reach(topology, question).legsBetween { leg in
      topology.leastDuration[leg] >= 0 && topology.goods[leg] >> goods & 1 == 1
    }
    var steps: Set<Int64> = []
    var families: Set<Int32> = []
    for leg in legs {
      steps.insert(topology.greatestWeight[leg])
      if topology.card[leg] >= 0 { families.insert(topology.card[leg]) }
    }
    let book = network.tariff.cards
    for position in families {
      guard let card = book.card(named: network.bundle.cardNames[Int(position)]) else { continue }
      for variant in book.families[card.position].variants.map({ book.variants[$0] }) {
        func step(_ chargeable: Int64) -> Int64 {
          chargeable / variant.rounding * variant.rounding
        }
        if let greatest = variant.greatestChargeable { steps.insert(step(greatest)) }
        for band in variant.bands {
          steps.insert(step(band.over))
          if band.upto < .max { steps.insert(step(band.upto)) }
        }
      }
    }
    for restriction in network.tariff.restrictions {
      if let greatest = restriction.greatestWeight { steps.insert(greatest) }
    }
    grams = steps.filter { $0 >= 0 && $0 < Grams.greatest.value }.sorted()
  }

  /// The heaviest weight of each stretch below `weight`, nearest first.
  func lighter(than weight: Int64) -> [Int64] {
    grams.filter { $0 < weight && $0 > 0 }.reversed()
  }

  /// The lightest weight of each stretch above `weight`, nearest first.
  func heavier(than weight: Int64) -> [Int64] {
    grams.map { $0 + 1 }.filter { $0 > weight }
  }
}
