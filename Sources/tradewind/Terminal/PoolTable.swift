import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

/// A pool plan for people: the orders apart, the consignment, and what to do.
struct PoolTable {
  let text: String

  init(_ plan: PoolPlan, _ network: NetworkPlanner) {
    let words = PoolWords(plan, network)
    let isLanded = plan.separate[0].order.request.order.asksForLandedPrice
    let zone = network.bundle.zone(of: plan.separate[0].quote.question.destination).name
    let columns = ["ORDER", "TIER", "FROM", "READY", "WEIGHT", "FREIGHT"]
    let parts = isLanded ? ["GOODS", "DUTY", "FEES", "TAX", "LANDED"] : []
    var table = TextTable(
      columns + parts + ["DELIVER BY", "PROMISED"],
      [.left, .left, .left, .left, .right, .right] + parts.map { _ in .right } + [.left, .left])
    func amounts(_ landing: Landing?) -> [String] {
      guard isLanded else { return [] }
      guard let landing else { return parts.dropLast().map { _ in "" } + ["refused"] }
      let lines = landing.price.assessment.lines
      func sum(_ kinds: [ImportAssessment.Line.Kind]) -> String {
        let units = lines.filter { kinds.contains($0.kind) }.reduce(Int64(0)) {
          $0 + $1.amount.minorUnits
        }
        return Money(minorUnits: units, landing.price.total.currency).amountText
      }
      return [
        sum([.goods]), sum([.duty]), sum([.fee]), sum([.vat, .salesTax]),
        landing.price.total.amountText,
      ]
    }
    func row(
      _ first: [String], _ grams: Int64, _ freight: Money?, _ landing: Landing?,
      _ deliverBy: CivilDate?, _ promised: CivilDate?
    ) -> [String] {
      first + ["\(grams) g", freight?.amountText ?? "refused"] + amounts(landing)
        + [deliverBy?.spoken(zone: zone) ?? "", promised?.description ?? ""]
    }
    for one in plan.separate {
      let question = one.quote.question
      let ready = QuoteWords(one.quote, network).spoken(
        question.ready.minutes, at: question.origin)
      table.append(
        row(
          [
            one.order.id, one.order.tier.word, network.bundle.nodes.name(of: question.origin),
            ready,
          ],
          question.parcel.weight.value, one.option?.freight, one.option?.landing,
          one.option?.deliverBy, one.promised))
    }
    if let consignment = plan.consignment {
      let question = consignment.question
      let complete = QuoteWords(plan.separate[0].quote, network).spoken(
        question.ready.minutes, at: question.origin)
      table.append(
        row(
          ["pooled", "", network.bundle.nodes.name(of: question.origin), complete],
          question.parcel.weight.value, consignment.freight, consignment.landing,
          consignment.option.deliverBy, plan.earliestPromised))
    }
    var text =
      "\(plan.separate.count) orders to \(plan.separate[0].order.request.to.text), "
      + "prices in \(plan.currency)\n\(plan.bundle)\n\n" + table.text + "\n"
    if let apart = plan.separatePrice { text += "separately \(apart)" }
    if let consignment = plan.consignment {
      text += ", pooled \(consignment.price)"
      text +=
        " over "
        + consignment.option.legs
        .map { network.bundle.legs.name(of: $0.leg) }.joined(separator: " ")
      for (one, mile) in zip(plan.separate, consignment.firstMiles) {
        text += "\n  order \(one.order.id) first over \(network.bundle.legs.name(of: mile.leg.leg))"
        text += " for \(mile.leg.charge), there by \(words.spoken(mile.arrivesBy))"
      }
    }
    text += "\n\n"
    for line in words.advice() { text += line + "\n" }
    for one in plan.separate where one.option == nil {
      for refusal in words.refusals(one) {
        text += "order \(one.order.id) refused: \(refusal.message) [\(refusal.code)]\n"
        for fix in refusal.fixes { text += "  works with \(fix.change) \(fix.to)\n" }
      }
    }
    self.text = text
  }
}
