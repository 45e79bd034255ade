import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

/// A quote for people: one line an option, then its legs and its price, then what is refused.
struct QuoteTable {
  private(set) var text = ""

  private let quote: Quote
  private let network: NetworkPlanner
  private let view: QuoteView
  private let words: QuoteWords

  init(_ quote: Quote, network: NetworkPlanner, includesFront: Bool, view: QuoteView) {
    self.quote = quote
    self.network = network
    self.view = view
    words = QuoteWords(quote, network)

    var text = heading
    if !quote.options.isEmpty { text += "\n" + options }
    for option in quote.options {
      let name = option.tiers.map(\.word).joined(separator: "+")
      switch view {
      case .buyer:
        if let landing = option.landing { text += "\n\(name)\n" + buyerNotes(option, landing) }
      case .merchant, .ops:
        text += "\n\(name)\n" + legs(option)
        if let landing = option.landing {
          text += "\n" + PriceTable(landing, quote.request.order, network).text
        }
      }
    }
    if includesFront { text += "\nnon-dominated set\n" + front }
    for refusal in quote.refusals {
      let tier = refusal.tier?.word ?? "all tiers"
      text += "\nrefused \(tier): "
      text +=
        view == .buyer ? "\(refusal.code)\n" : "\(refusal.message) [\(refusal.code)]\n"
      for fix in refusal.fixes { text += "  works with \(fix.change) \(fix.to)\n" }
    }
    self.text = text
  }

  private var heading: String {
    let question = quote.question
    var text =
      "\(quote.request.from.text) -> \(quote.request.to.text), \(question.parcel.weight.value) g, "
      + "\(question.parcel.goods.word), ready \(words.spoken(question.ready.minutes, at: question.origin)) "
      + "(\(QuoteTable.city(network.bundle.zone(of: question.origin).name)))\n"
    text += "\(quote.bundle), quote \(quote.id)\n"
    let order = quote.request.order
    // Lines of several currencies are worth what the rates of the tender date make of them.
    let isConverted = order.asksForLandedPrice && OrderGoods.value(order.lines) == nil
    text +=
      order.asksForLandedPrice
      ? "\(order.lines.count) line\(order.lines.count == 1 ? "" : "s") worth "
        + "\(question.parcel.declaredValue.map { "\($0)" } ?? "an amount without a rate")"
        + (isConverted ? " at the rates of \(network.tenderDate(question)), " : ", ")
        + "\(order.incoterm.rawValue)\n"
      : "freight only: --line or --value adds goods, duty and tax\n"
    return text
  }

  private var options: String {
    let zone = network.bundle.zone(of: quote.question.destination).name
    let isLanded = quote.request.order.asksForLandedPrice
    let hasFreight = view != .buyer
    var header: [String] = ["TIER"]
    var alignments: [TextTable.Alignment] = [.left]
    if isLanded || !hasFreight {
      header.append(hasFreight ? "LANDED" : "PRICE")
      alignments.append(.right)
    }
    if hasFreight {
      header.append("FREIGHT")
      alignments.append(.right)
    }
    var table = TextTable(
      header + ["DELIVER BY", "DAYS", "P50", "CO2E", "READY BY", "ELSE"],
      alignments + [.left, .right, .left, .right, .left, .left])
    for option in quote.options {
      var row = [option.tiers.map(\.word).joined(separator: "+")]
      if !hasFreight {
        row.append(option.askedByShop(quote.request.order.incoterm).description)
      } else if isLanded {
        row.append(option.landing?.price.total.description ?? "")
      }
      if hasFreight { row.append(option.freight.description) }
      table.append(
        row + [
          option.deliverBy.spoken(zone: zone), "\(option.calendarDays)",
          words.date(option.timing.half), QuoteTable.mass(option.vector.emission),
          words.spoken(option.latestReady.minutes, at: quote.question.origin),
          option.nextIfMissed?.description ?? "not bookable",
        ])
    }
    return table.text
  }

  private func buyerNotes(_ option: QuoteOption, _ landing: Landing) -> String {
    var text = ""
    if quote.request.order.incoterm == .dap {
      text += "    to the shop \(landing.payableToSeller); "
      text += "asked for at the door \(landing.price.assessment.askedAtClearance)\n"
    } else {
      text += "    nothing more is asked for at the door\n"
    }
    text += "    \(LandedWords.guarantee(landing.price))\n"
    return text
  }

  private func legs(_ option: QuoteOption) -> String {
    let nodes = network.bundle.nodes
    let isOps = view == .ops
    var table = TextTable(
      ["  ", "LEG", "FROM", "TO", "DEPARTS", "ARRIVES 50%", "AT LEVEL"]
        + (isOps ? ["CHARGE", "PRICE"] : []) + ["TIME"],
      [.left, .left, .left, .left, .left, .left, .left] + (isOps ? [.right, .left] : []) + [.left])
    for (index, quoted) in option.legs.enumerated() {
      let leg = network.bundle.legs[quoted.leg]
      let tail = NodeID(network.bundle.topology.tail[quoted.leg.position])
      let head = NodeID(network.bundle.topology.head[quoted.leg.position])
      let arrival = option.timing.arrivals[index]
      table.append(
        [
          "  ", leg.stage.word, nodes.name(of: tail), nodes.name(of: head),
          words.spoken(arrival.departsHalf, at: tail),
          words.spoken(arrival.half, at: head), words.spoken(arrival.atLevel, at: head),
        ] + (isOps ? [quoted.charge.amountText, leg.priceBasis.word] : []) + [leg.timeBasis.word])
    }
    return table.text
  }

  private var front: String {
    var table = TextTable(
      ["  ", "FREIGHT", "DELIVER BY", "CO2E", "LEGS"], [.left, .right, .left, .right, .left])
    for member in quote.front {
      table.append([
        "  ", Money(minorUnits: member.vector.price, quote.question.currency).description,
        words.spoken(member.vector.promise, at: quote.question.destination),
        QuoteTable.mass(member.vector.emission),
        member.legs.map { network.bundle.legs.name(of: $0) }.joined(separator: " "),
      ])
    }
    return table.text
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
