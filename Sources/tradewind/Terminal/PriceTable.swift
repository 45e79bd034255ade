import Fulfilment
import LogisticsModel
import RoutePlanning
import Tariffs

/// A landed price line by line, with what it holds for and what it leaves open.
struct PriceTable {
  let text: String

  init(_ landing: Landing, _ order: OrderTerms, _ network: NetworkPlanner) {
    let price = landing.price
    var table = TextTable(
      ["  ", "PRICE", "RULE", "RATE", "OF", "AMOUNT"],
      [.left, .left, .left, .left, .right, .right])
    for line in price.assessment.lines {
      table.append([
        "  ", line.kind.rawValue, line.rule ?? "", line.rate ?? "",
        line.rule == nil ? "" : line.base.amountText, line.amount.amountText,
      ])
    }
    table.append(["  ", "total", "", LandedWords.guarantee(price), "", price.total.description])
    var text = table.text
    var notes = [LandedWords.clearance(landing, network)] + LandedWords.regimes(price)
    if order.incoterm == .dap {
      notes.append(
        "to the shop \(landing.payableToSeller); asked for at the door "
          + "\(price.assessment.askedAtClearance)")
    }
    notes += landing.doubts.map { "not guaranteed: \($0.text)" }
    notes += LandedWords.unknown(order.lines).map { "not known: \($0)" }
    for note in notes { text += "    \(note)\n" }
    self.text = text
  }
}
