import Fulfilment
import LogisticsModel
import RoutePlanning
import Tariffs

/// Why a landed price is what it is: every rule with its dates, its source and the amount it was applied to.
struct LandedExplanation {
  let text: String

  init(_ landing: Landing, _ order: OrderTerms, _ network: NetworkPlanner) {
    let price = landing.price
    var text = "  landed price \(price.total) \(order.incoterm.rawValue), "
    text += "\(LandedWords.guarantee(price)); \(LandedWords.clearance(landing, network))\n"
    for (position, regime) in price.regimes.enumerated() {
      if price.regimes.count > 1 {
        text += "  if cleared \(regime.days.lowerBound) to \(regime.days.upperBound): "
        text += "\(regime.assessment.total)"
        text += position == price.binding ? ", the dearest: it counts\n" : "\n"
      }
      text += LandedExplanation.lines(regime.assessment, network.tariff.imports)
    }
    var notes: [String] = []
    if order.incoterm == .dap {
      notes.append(
        "to the shop \(landing.payableToSeller); asked for at the door "
          + "\(price.assessment.askedAtClearance)")
    }
    for rate in price.assessment.rates {
      notes.append(
        "rate \(rate.from)/\(rate.to) of \(price.assessment.ratesDate): "
          + rate.rows.map { row in "\(row)" + (row.source.isEmpty ? "" : " (\(row.source))") }
          .joined(separator: ", then "))
    }
    notes += landing.doubts.map { "not guaranteed: \($0.text) [\($0.kind.rawValue)]" }
    notes += LandedWords.unknown(order.lines).map { "not known: \($0)" }
    for id in price.assessment.withheld {
      let status = network.tariff.imports.terms(of: id)?.status ?? ""
      notes.append("not applied: \(id)" + (status.isEmpty ? "" : " (\(status))"))
    }
    for note in notes { text += "  \(note)\n" }
    self.text = text
  }

  private static func lines(_ assessment: ImportAssessment, _ rules: ImportRules) -> String {
    var table = TextTable(
      ["  ", "PRICE", "RULE", "VALID", "RATE", "OF", "OWN CURRENCY", "AMOUNT", "SOURCE"],
      [.left, .left, .left, .left, .left, .right, .right, .right, .left])
    for line in assessment.lines {
      guard let rule = line.rule else {
        table.append([
          "  ", line.kind.rawValue, "", "", "", "", line.own.description, line.amount.amountText,
          "",
        ])
        continue
      }
      let terms = rules.terms(of: rule)
      let source = [terms?.source ?? "", terms?.verification.rawValue ?? ""]
        .filter { !$0.isEmpty }.joined(separator: ", ")
      table.append([
        "  ", line.kind.rawValue, rule, terms.map { validity($0.validity) } ?? "",
        line.rate ?? "", line.base.amountText, line.own.description, line.amount.amountText, source,
      ])
    }
    table.append(["  ", "total", "", "", "", "", "", assessment.total.amountText, ""])
    return table.text
  }

  /// `2026-07-01..2028-07-01`, open ends left open.
  private static func validity(_ validity: Validity) -> String {
    let from = validity.from == .first ? "" : validity.from.description
    let to = validity.to == .last ? "" : validity.to.description
    return from.isEmpty && to.isEmpty ? "always" : "\(from)..\(to)"
  }
}
