import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning

/// A quote for people: one line an option, then its legs, then what is refused.
struct QuoteTable {
  let text: String

  init(_ quote: Quote, network: NetworkPlanner, includesFront: Bool) {
    let words = QuoteWords(quote, network)
    let nodes = network.bundle.nodes
    let question = quote.question
    let zone = network.bundle.zone(of: question.destination).name
    var text =
      "\(quote.request.from.text) -> \(quote.request.to.text), \(question.parcel.weight.value) g, "
      + "\(question.parcel.goods.word), ready \(words.spoken(question.ready.minutes, at: question.origin)) "
      + "(\(QuoteTable.city(network.bundle.zone(of: question.origin).name)))\n"
    text += "\(quote.bundle), quote \(quote.id)\n"
    if !quote.options.isEmpty {
      var table = TextTable(
        ["TIER", "FREIGHT", "DELIVER BY", "DAYS", "P50", "CO2E", "READY BY", "ELSE"],
        [.left, .right, .left, .right, .left, .right, .left, .left])
      for option in quote.options {
        table.append([
          option.tiers.map(\.word).joined(separator: "+"), option.freight.description,
          option.deliverBy.spoken(zone: zone), "\(option.calendarDays)",
          words.date(option.timing.half), QuoteTable.mass(option.vector.emission),
          words.spoken(option.latestReady.minutes, at: question.origin),
          option.nextIfMissed?.description ?? "not bookable",
        ])
      }
      text += "\n" + table.text
    }
    for option in quote.options {
      text += "\n" + option.tiers.map(\.word).joined(separator: "+") + "\n"
      var table = TextTable(
        [
          "  ", "LEG", "FROM", "TO", "DEPARTS", "ARRIVES 50%", "AT LEVEL", "CHARGE", "PRICE",
          "TIME",
        ],
        [.left, .left, .left, .left, .left, .left, .left, .right, .left, .left])
      for (index, quoted) in option.legs.enumerated() {
        let leg = network.bundle.legs[quoted.leg]
        let tail = NodeID(network.bundle.topology.tail[quoted.leg.position])
        let head = NodeID(network.bundle.topology.head[quoted.leg.position])
        let arrival = option.timing.arrivals[index]
        table.append([
          "  ", leg.stage.word, nodes.name(of: tail), nodes.name(of: head),
          words.spoken(arrival.departsHalf, at: tail),
          words.spoken(arrival.half, at: head), words.spoken(arrival.atLevel, at: head),
          quoted.charge.amountText, leg.priceBasis.word, leg.timeBasis.word,
        ])
      }
      text += table.text
    }
    if includesFront {
      text += "\nnon-dominated set\n"
      var table = TextTable(
        ["  ", "FREIGHT", "DELIVER BY", "CO2E", "LEGS"], [.left, .right, .left, .right, .left])
      for member in quote.front {
        table.append([
          "  ", Money(minorUnits: member.vector.price, question.currency).description,
          words.spoken(member.vector.promise, at: question.destination),
          QuoteTable.mass(member.vector.emission),
          member.legs.map { network.bundle.legs.name(of: $0) }.joined(separator: " "),
        ])
      }
      text += table.text
    }
    for refusal in quote.refusals {
      text +=
        "\nrefused \(refusal.tier?.word ?? "all tiers"): \(refusal.message) [\(refusal.code)]\n"
      for fix in refusal.fixes { text += "  works with \(fix.change) \(fix.to)\n" }
    }
    self.text = text
  }

  /// The city of an IANA zone, as people say it.
  static func city(_ zone: String) -> String {
    let name = zone.split(separator: "/").last.map(String.init) ?? zone
    return String(name.map { $0 == "_" ? " " : $0 })
  }

  /// Milligrams as grams or kilograms.
  static func mass(_ milligrams: Int64) -> String {
    let grams = QuoteWords.grams(milligrams)
    if grams < 10_000 { return "\(grams) g" }
    return "\(grams / 1000).\(grams % 1000 / 100) kg"
  }
}
