import CSVTables
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning

/// What disruptions do to quotes, for people and as CSV: a row for each option and each offer instead of it.
struct ImpactTable {
  private(set) var text = ""
  private(set) var file = CSVWriter(ImpactTable.header)

  static let header = [
    "id", "from", "to", "tiers", "impact", "reason", "days_late", "minutes_later", "zone",
    "currency",
    "booked_freight", "booked_deliver_by", "now_deliver_by", "instead_tiers", "instead_freight",
    "instead_deliver_by", "instead_legs",
  ]

  private let bundle: NetworkBundle

  init(_ impacts: [QuoteImpact], _ summary: ImpactSummary, on network: DisruptedNetwork) {
    bundle = network.planner.bundle
    let effect = network.effect
    let legs = Set(effect.changes.map(\.leg)).count
    var text = "\(bundle.manifest.label)\n"
    for disruption in effect.overlay.disruptions {
      text += "  \(disruption.kind.rawValue) \(disruption)\n"
    }
    text += "  \(ImpactTable.count(legs, "leg")) of \(bundle.legs.count) run otherwise\n\n"
    var table = TextTable(
      ["QUOTE", "TIER", "PROMISED", "IMPACT", "NOW", "MINUTES", "INSTEAD"],
      [.left, .left, .left, .left, .left, .right, .left])
    for impact in impacts {
      for option in impact.options {
        let offers = option.instead.map { ($0.tiers, offer($0)) }
        table.append(
          row(impact, option, instead: offers.first.map { self.instead($0.0, $0.1, of: option) }))
        for (tiers, offer) in offers.dropFirst() {
          table.append(["", "", "", "", "", "", instead(tiers, offer, of: option)])
        }
        record(impact, option)
      }
      if impact.options.isEmpty {
        table.append([impact.id, "", "", "no option as planned", "", "", ""])
      }
    }
    text += table.text + "\n" + ImpactTable.closing(summary)
    self.text = text
  }

  private static func count(_ number: Int, _ word: String) -> String {
    "\(number) \(word)\(number == 1 ? "" : "s")"
  }

  private static func closing(_ summary: ImpactSummary) -> String {
    var text =
      "\(count(summary.options, "option")) of \(count(summary.quotes, "quote")): "
      + "\(summary.unaffected) unaffected, \(summary.absorbed) absorbed, \(summary.late) late"
    if summary.late > 0 { text += " (\(count(summary.greatestDays, "day")) at most)" }
    text += ", \(summary.lost) lost"
    if summary.stranded > 0 { text += "; \(summary.stranded) with no way left in a tier" }
    return text + "\n"
  }

  private func impact(_ option: OptionImpact) -> (words: String, minutes: Int64?) {
    switch option.outcome {
    case .unaffected: ("unaffected", nil)
    case .absorbed(let minutes): ("absorbed", minutes)
    case .late(let days, let minutes): ("late by \(ImpactTable.count(days, "day"))", minutes)
    case .lost(.refused): ("lost: refused", nil)
    case .lost(.notBookable): ("lost: not bookable", nil)
    case .lost(.beyondValidity): ("lost: past the data", nil)
    }
  }

  private func row(_ quote: QuoteImpact, _ option: OptionImpact, instead: String?) -> [String] {
    let zone = bundle.zone(of: quote.destination).name
    let (words, minutes) = impact(option)
    return [
      quote.id, option.booked.tiers.map(\.word).joined(separator: "+"),
      option.booked.deliverBy.spoken(zone: zone), words,
      option.deliverBy.map { $0.spoken } ?? "",
      minutes.map { $0 > 0 ? "+\($0)" : "\($0)" } ?? "", instead ?? "",
    ]
  }

  private func offer(_ replacement: OptionImpact.Replacement) -> String {
    guard let option = replacement.option else { return "no way left" }
    return "\(option.freight) by \(option.deliverBy.spoken) over "
      + option.legs.map { bundle.legs.name(of: $0) }.joined(separator: " ")
  }

  /// Names the tiers only where they are not those of the row.
  private func instead(_ tiers: [Tier], _ offer: String, of option: OptionImpact) -> String {
    tiers == option.booked.tiers
      ? offer : "\(tiers.map(\.word).joined(separator: "+")): \(offer)"
  }

  private mutating func record(_ quote: QuoteImpact, _ option: OptionImpact) {
    var days = ""
    var reason = ""
    if case .late(let late, _) = option.outcome { days = "\(late)" }
    if case .lost(let loss) = option.outcome { reason = loss.rawValue }
    let row = [
      quote.id, quote.from, quote.to, option.booked.tiers.map(\.word).joined(separator: "+"),
      option.outcome.word, reason, days, impact(option).minutes.map { "\($0)" } ?? "",
      bundle.zone(of: quote.destination).name, option.booked.freight.currency.code,
      option.booked.freight.amountText, option.booked.deliverBy.description,
      option.deliverBy?.description ?? "",
    ]
    for replacement in option.instead {
      file.append(
        row + [
          replacement.tiers.map(\.word).joined(separator: "+"),
          replacement.option?.freight.amountText ?? "",
          replacement.option?.deliverBy.description ?? "",
          replacement.option.map {
            $0.legs.map { bundle.legs.name(of: $0) }.joined(separator: " ")
          } ?? "",
        ])
    }
    if option.instead.isEmpty { file.append(row + ["", "", "", ""]) }
  }
}
