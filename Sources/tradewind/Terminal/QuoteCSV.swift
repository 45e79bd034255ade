import CSVTables
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs

/// A quote as CSV: one row a tier, offered or refused.
///
/// For a buyer the column `freight` is empty; `price` is what the shop asks for.
struct QuoteCSV {
  private(set) var file = CSVWriter(QuoteCSV.header)

  static let header = [
    "quote_id", "tier", "currency", "price", "freight", "landed", "incoterm", "guaranteed",
    "asked_at_door", "clears_from", "clears_to", "deliver_by", "zone", "p50", "p90",
    "latest_ready", "next_if_missed", "calendar_days", "working_days", "co2e_g", "refused",
  ]

  init(_ quote: Quote, network: NetworkPlanner, view: QuoteView) {
    let words = QuoteWords(quote, network)
    let zone = network.bundle.zone(of: quote.question.destination).name
    let incoterm = quote.request.order.incoterm
    for tier in Tier.allCases {
      if let option = quote.options.first(where: { $0.tiers.contains(tier) }) {
        let landing = option.landing
        let days = view == .buyer ? nil : landing?.clearance?.dates
        file.append([
          quote.id, tier.word, quote.question.currency.code,
          option.askedByShop(incoterm).amountText,
          view == .buyer ? "" : option.freight.amountText,
          landing?.price.total.amountText ?? "", landing == nil ? "" : incoterm.rawValue,
          landing.map { "\($0.price.isGuaranteed)" } ?? "",
          incoterm == .dap ? landing?.price.assessment.askedAtClearance.amountText ?? "" : "",
          days?.lowerBound.description ?? "", days?.upperBound.description ?? "",
          option.deliverBy.description, zone, words.date(option.timing.half),
          words.date(option.timing.ninety), words.origin(option.latestReady.minutes),
          option.nextIfMissed?.description ?? "", "\(option.calendarDays)",
          "\(option.workingDays)", "\(QuoteWords.grams(option.vector.emission))", "",
        ])
      } else {
        let refusal = quote.refusals.first { $0.tier == nil || $0.tier == tier }
        var row = [String](repeating: "", count: QuoteCSV.header.count)
        row[0] = quote.id
        row[1] = tier.word
        row[2] = quote.question.currency.code
        row[QuoteCSV.header.count - 1] = refusal?.code ?? "not_offered"
        file.append(row)
      }
    }
  }
}
