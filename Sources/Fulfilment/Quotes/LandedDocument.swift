import LogisticsModel
import RouteGraph
public import RoutePlanning
import Tariffs

/// The landed price of an option as JSON; what is in it depends on whom it is for.
public struct LandedDocument: Encodable, Sendable {
  /// One line of the price, in the currency of the total.
  public struct Line: Encodable, Sendable {
    let kind: String
    let rule: String?
    let rate: String?
    let base: String?
    let amount: String
  }

  /// When, where and as what the goods clear.
  public struct Clearance: Encodable, Sendable {
    let from: String
    let to: String
    let zone: String
    let earliest: String
    let at_level: String
    let place: String
    let entry: String
    let channel: String
    let leg: String
  }

  /// The price under one set of rules, where the window straddles a change.
  public struct Regime: Encodable, Sendable {
    let from: String
    let to: String
    let total: QuoteDocument.Amount
    let lines: [Line]?
  }

  /// A reason not to guarantee.
  public struct Doubt: Encodable, Sendable {
    let kind: String
    let rule: String?
    let text: String?
  }

  /// A rule that made a line: since when and until when it holds, and who says so.
  public struct Rule: Encodable, Sendable {
    let rule: String
    let valid_from: String?
    let valid_to: String?
    let verification: String
    let status: String
    let note: String
    let source: String
  }

  /// An exchange rate and the rows it was made of.
  public struct Rate: Encodable, Sendable {
    let from: String
    let to: String
    let date: String
    let rows: [String]
  }

  let total: QuoteDocument.Amount
  let guaranteed: Bool
  let incoterm: String
  let payable_to_seller: QuoteDocument.Amount?
  let due_on_delivery: QuoteDocument.Amount?
  let lines: [Line]?
  let clearance: Clearance?
  let regimes: [Regime]?
  let doubts: [Doubt]
  let unknown: [String]
  let withheld: [String]?
  let rules: [Rule]?
  let fx: [Rate]?

  /// Writes out a landed price.
  public init(_ landing: Landing, _ order: OrderTerms, network: NetworkPlanner, view: QuoteView) {
    let price = landing.price
    let assessment = price.assessment
    let isBuyer = view == .buyer
    total = QuoteDocument.Amount(price.total)
    guaranteed = price.isGuaranteed
    incoterm = order.incoterm.rawValue
    let isAsked = order.incoterm == .dap
    payable_to_seller = isAsked ? .init(landing.payableToSeller) : nil
    due_on_delivery = isAsked ? .init(assessment.askedAtClearance) : nil
    lines = isBuyer ? nil : assessment.lines.map { Line($0) }
    clearance = isBuyer ? nil : landing.clearance.map { Clearance($0, landing.channel, network) }
    regimes =
      price.regimes.count < 2
      ? nil
      : price.regimes.map { regime in
        Regime(
          from: regime.days.lowerBound.description, to: regime.days.upperBound.description,
          total: .init(regime.assessment.total),
          lines: isBuyer ? nil : regime.assessment.lines.map { Line($0) })
      }
    doubts = landing.doubts.map { doubt in
      Doubt(
        kind: doubt.kind.rawValue, rule: isBuyer || doubt.rule.isEmpty ? nil : doubt.rule,
        text: isBuyer ? nil : doubt.text)
    }
    unknown = LandedWords.unknown(order.lines)
    withheld = isBuyer ? nil : assessment.withheld
    rules = view == .ops ? landing.ruleTerms(network.tariff.imports).map { Rule($0) } : nil
    fx =
      view == .ops
      ? assessment.rates.map { rate in
        Rate(
          from: rate.from.code, to: rate.to.code, date: assessment.ratesDate.description,
          rows: rate.rows.map(\.description))
      } : nil
  }
}

extension LandedDocument.Line {
  fileprivate init(_ line: ImportAssessment.Line) {
    self.init(
      kind: line.kind.rawValue, rule: line.rule, rate: line.rate,
      base: line.rule == nil ? nil : line.base.amountText, amount: line.amount.amountText)
  }
}

extension LandedDocument.Rule {
  fileprivate init(_ terms: ImportRuleTerms) {
    self.init(
      rule: terms.id,
      valid_from: terms.validity.from == .first ? nil : terms.validity.from.description,
      valid_to: terms.validity.to == .last ? nil : terms.validity.to.description,
      verification: terms.verification.rawValue, status: terms.status, note: terms.note,
      source: terms.source)
  }
}

extension LandedDocument.Clearance {
  fileprivate init(
    _ window: ClearanceWindow, _ channel: ImportChannel, _ network: NetworkPlanner
  ) {
    let bundle = network.bundle
    let zone = bundle.zone(of: window.place)
    self.init(
      from: window.dates.lowerBound.description, to: window.dates.upperBound.description,
      zone: zone.name, earliest: window.earliest.rfc3339(in: zone),
      at_level: window.atLevel.rfc3339(in: zone), place: bundle.nodes.name(of: window.place),
      entry: window.entry, channel: channel.word, leg: bundle.legs.name(of: window.leg))
  }
}
