import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

/// The explanation of a quote for people.
struct ExplanationText {
  let text: String

  init(_ quote: Quote, _ network: NetworkPlanner) {
    let words = QuoteWords(quote, network)
    var text = ""
    for option in quote.options {
      let zone = network.bundle.zone(of: quote.question.destination).name
      text +=
        "\(option.tiers.map(\.word).joined(separator: "+")): \(option.freight), by "
        + "\(option.deliverBy.spoken(zone: zone)), \(option.calendarDays) calendar days"
      if !option.workingCalendar.isEmpty {
        text += ", \(option.workingDays) working days (\(option.workingCalendar))"
      }
      text += "\n\n" + ExplanationText.waterfall(option, network, words)
      text += "\n" + ExplanationText.charges(option, network)
      if let landing = option.landing {
        text += "\n" + LandedExplanation(landing, quote.request.order, network).text
      }
      let binding = words.binding(option)
      if !binding.isEmpty { text += "\n  binding: \(binding.joined(separator: ", "))\n" }
      text += "\n"
    }
    for refusal in quote.refusals {
      text += "refused \(refusal.tier?.word ?? "all tiers"): \(refusal.message)\n"
      text += "  code \(refusal.code), rule \(refusal.rule)\n"
      for fix in refusal.fixes { text += "  tried and works: \(fix.change) \(fix.to)\n" }
      if refusal.fixes.isEmpty { text += "  no single change was found that works\n" }
    }
    let counts = quote.statistics
    text +=
      "search: \(quote.front.count) non-dominated of \(counts.created) labels, \(counts.settled) settled\n"
    self.text = text
  }

  private static func waterfall(
    _ option: QuoteOption, _ network: NetworkPlanner, _ words: QuoteWords
  ) -> String {
    var table = TextTable(
      ["  ", "FROM", "FOR", "WHAT", "LEG", "WHY"], [.left, .left, .right, .left, .left, .left])
    for piece in option.waterfall.pieces {
      let leg = option.timing.steps[piece.step].leg
      let tail = NodeID(network.bundle.topology.tail[leg.position])
      table.append([
        "  ", words.spoken(piece.begins, at: tail), duration(piece.minutes), piece.kind.rawValue,
        network.bundle.legs.name(of: leg), words.why(piece, on: leg),
      ])
    }
    table.append(["  ", "", duration(option.waterfall.total), "ready to promise", "", ""])
    return table.text
  }

  private static func charges(_ option: QuoteOption, _ network: NetworkPlanner) -> String {
    var table = TextTable(
      ["  ", "LEG", "CHARGE", "BASIS", "CARD", "CHARGEABLE", "OWN CURRENCY"],
      [.left, .left, .right, .left, .left, .right, .left])
    for quoted in option.legs {
      let leg = network.bundle.legs[quoted.leg]
      guard case .sold(let sold) = quoted.outcome else {
        table.append(["  ", leg.name, quoted.charge.amountText, leg.priceBasis.word, "", "", ""])
        continue
      }
      let own = sold.lines.map { "\($0.kind) \($0.money)" }.joined(separator: ", ")
      table.append([
        "  ", leg.name, quoted.charge.amountText, leg.priceBasis.word, sold.card.variant,
        "\(sold.card.chargeable.value) g", own,
      ])
    }
    table.append(["  ", "total", option.freight.amountText, "", "", "", ""])
    return table.text
  }

  /// Minutes as `3d 04:25`.
  static func duration(_ minutes: Int64) -> String {
    let clock = minutes % 1440
    let hours = clock / 60
    let rest = clock % 60
    let text = (hours < 10 ? "0" : "") + "\(hours):" + (rest < 10 ? "0" : "") + "\(rest)"
    return minutes >= 1440 ? "\(minutes / 1440)d \(text)" : text
  }
}
