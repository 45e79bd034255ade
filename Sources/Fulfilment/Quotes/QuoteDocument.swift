public import LogisticsModel
import RouteGraph
public import RoutePlanning
import Tariffs

/// A quote as JSON: stable keys, more may be added.
///
/// Times carry the offset of the place they belong to.
public struct QuoteDocument: Encodable, Sendable {
  /// An amount and its currency; the amount is text, so that no reader rounds it.
  public struct Amount: Encodable, Sendable {
    let amount: String
    let currency: String

    /// Writes out an amount.
    public init(_ money: Money) {
      amount = money.amountText
      currency = money.currency.code
    }
  }

  /// A place as resolved.
  public struct Destination: Encodable, Sendable {
    let name: String
    let node: String
    let country: String
    let postal_code: String?
  }

  /// The request as understood.
  public struct Request: Encodable, Sendable {
    let from: String
    let origin_node: String
    let to: Destination
    let weight_g: Int64
    let dims_mm: [Int32]?
    let goods_class: String
    let value: Amount?
    let lines: [LineDocument]?
    let programmes: [String]?
    let state: String?
    let ready: String
    let service_level: Double
    let q1024: Int32
  }

  /// One line of the order as understood.
  public struct LineDocument: Encodable, Sendable {
    let hs: String?
    let quantity: Int64
    let unit_value: Amount
    let value: Amount
    let origin: String?
    let goods: String?
    let battery: String?
    let epr: String?
  }

  /// The commitment.
  public struct PromiseDocument: Encodable, Sendable {
    let deliver_by: String
    let promise_minute: String
    let zone: String
    let service_level: Double
    let latest_ready: String
    let next_if_missed: String?
  }

  /// What is expected rather than promised.
  public struct EstimateDocument: Encodable, Sendable {
    let p50: String
    let p90: String
  }

  /// Working days of a named calendar.
  public struct WorkingDays: Encodable, Sendable {
    let count: Int
    let calendar: String
  }

  /// One leg.
  public struct LegDocument: Encodable, Sendable {
    let stage: String
    let leg: String
    let from: String
    let to: String
    let mode: String
    let service: String
    let carrier: String?
    let depart: String
    let arrive_p50: String
    let arrive_at_level: String
    let charge: Amount?
    let price_basis: String?
    let time_basis: String
    let card: String?
    let chargeable_weight_g: Int64?
  }

  /// One piece of the waterfall.
  public struct PieceDocument: Encodable, Sendable {
    let kind: String
    let minutes: Int64
    let node: String
    let leg: String
    let begins: String
    let why: String
  }

  /// One option.
  public struct OptionDocument: Encodable, Sendable {
    let tier: String
    let tiers: [String]
    /// For the buyer only: all that the shop asks for.
    let price: Amount?
    let freight: Amount?
    let landed: LandedDocument?
    let promise: PromiseDocument
    let estimate: EstimateDocument
    let calendar_days: Int
    let working_days: WorkingDays
    let co2e_g: Int64
    let legs: [LegDocument]?
    let waterfall: [PieceDocument]?
    let binding: [String]?
  }

  /// One verified change.
  public struct FixDocument: Encodable, Sendable {
    let change: String
    let to: String
  }

  /// One refusal.
  public struct RefusalDocument: Encodable, Sendable {
    let tier: String?
    let code: String
    let rule: String?
    let message: String?
    let fix: [FixDocument]
  }

  /// One member of the front, on request.
  public struct VectorDocument: Encodable, Sendable {
    let freight: Amount
    let deliver_by: String
    let promise_minute: String
    let co2e_g: Int64
    let tiers: [String]
    let legs: [String]
  }

  let quote_id: String
  let bundle: String
  let as_of: String
  let expires_at: String
  let view: String
  /// `landed` where goods, duty and tax are in the price; `freight` where no lines or value were given.
  let price_scope: String
  let request: Request
  /// The options alone, for a list of them.
  public let options: [OptionDocument]
  let refused: [RefusalDocument]
  let pareto: [VectorDocument]?
  /// Only where asked for: `fast` or `exact`, and the version of the blocks.
  let engine: String?
  let engine_version: UInt64?

  /// Writes out a quote.
  ///
  /// - Parameters:
  ///   - quote: the quote.
  ///   - network: the network it was made from.
  ///   - includesFront: whether the whole non-dominated set is listed, with its freight: not for a buyer.
  ///   - view: whom it is for.
  ///   - namesEngine: whether it is said which engine answered.
  public init(
    _ quote: Quote, network: NetworkPlanner, includesFront: Bool = false, view: QuoteView = .ops,
    namesEngine: Bool = false
  ) {
    engine = namesEngine ? quote.answer.engine.rawValue : nil
    engine_version = namesEngine ? quote.answer.version : nil
    let words = QuoteWords(quote, network)
    let question = quote.question
    quote_id = quote.id
    bundle = quote.bundle
    as_of = words.origin(quote.asOf.minutes)
    expires_at = words.origin(quote.expires.minutes)
    self.view = view.rawValue
    price_scope = quote.request.order.asksForLandedPrice ? "landed" : "freight"
    request = Request(quote, network, words)
    options = quote.options.map { OptionDocument($0, quote, network, words, view) }
    refused = quote.refusals.map { refusal in
      RefusalDocument(
        tier: refusal.tier?.word, code: refusal.code, rule: view == .buyer ? nil : refusal.rule,
        message: view == .buyer ? nil : refusal.message,
        fix: refusal.fixes.map { FixDocument(change: $0.change, to: $0.to) })
    }
    pareto =
      includesFront && view != .buyer
      ? quote.front.map { member in
        VectorDocument(
          freight: Amount(Money(minorUnits: member.vector.price, question.currency)),
          deliver_by: words.date(member.vector.promise),
          promise_minute: words.destination(member.vector.promise),
          co2e_g: QuoteWords.grams(member.vector.emission),
          tiers: quote.options.first { $0.vector == member.vector }?.tiers.map(\.word) ?? [],
          legs: member.legs.map { network.bundle.legs.name(of: $0) })
      } : nil
  }
}

extension QuoteDocument.Request {
  fileprivate init(_ quote: Quote, _ network: NetworkPlanner, _ words: QuoteWords) {
    let question = quote.question
    let parcel = question.parcel
    let nodes = network.bundle.nodes
    let order = quote.request.order
    var postal: String?
    if case .postal(_, let code) = quote.request.to.form { postal = code }
    self.init(
      from: quote.request.from.text, origin_node: nodes.name(of: question.origin),
      to: QuoteDocument.Destination(
        name: quote.request.to.text, node: nodes.name(of: question.destination),
        country: nodes.country(of: question.destination), postal_code: postal),
      weight_g: parcel.weight.value,
      dims_mm: parcel.dimensions.map { [$0.longest, $0.second, $0.shortest] },
      goods_class: parcel.goods.word, value: parcel.declaredValue.map { QuoteDocument.Amount($0) },
      lines: order.asksForLandedPrice ? order.lines.map { QuoteDocument.LineDocument($0) } : nil,
      programmes: order.programmes.isEmpty ? nil : order.programmes.sorted(),
      state: order.asksForLandedPrice
        ? network.subdivision(question.destination, order) : order.subdivision,
      ready: words.origin(question.ready.minutes),
      service_level: QuoteWords.fraction(question.level), q1024: question.level.q1024)
  }
}

extension QuoteDocument.LineDocument {
  fileprivate init(_ line: OrderLine) {
    self.init(
      hs: line.code?.description, quantity: line.quantity,
      unit_value: QuoteDocument.Amount(line.unitValue), value: QuoteDocument.Amount(line.total),
      origin: line.origin?.code, goods: line.goods?.word, battery: line.battery?.word,
      epr: line.eprCategory)
  }
}

extension QuoteDocument.OptionDocument {
  fileprivate init(
    _ option: QuoteOption, _ quote: Quote, _ network: NetworkPlanner, _ words: QuoteWords,
    _ view: QuoteView
  ) {
    let isBuyer = view == .buyer
    let destination = network.bundle.zone(of: quote.question.destination)
    let promise = QuoteDocument.PromiseDocument(
      deliver_by: option.deliverBy.description,
      promise_minute: words.destination(option.vector.promise), zone: destination.name,
      service_level: QuoteWords.fraction(quote.question.level),
      latest_ready: words.origin(option.latestReady.minutes),
      next_if_missed: option.nextIfMissed?.description)
    let legs = option.legs.indices.map {
      QuoteDocument.LegDocument($0, option, network, words, view)
    }
    let waterfall = option.waterfall.pieces.map { piece in
      let step = option.timing.steps[piece.step]
      let tail = NodeID(network.bundle.topology.tail[step.leg.position])
      return QuoteDocument.PieceDocument(
        kind: piece.kind.rawValue, minutes: piece.minutes,
        node: network.bundle.nodes.name(of: tail), leg: network.bundle.legs.name(of: step.leg),
        begins: words.local(piece.begins, at: tail), why: words.why(piece, on: step.leg))
    }
    self.init(
      tier: option.tiers[0].word, tiers: option.tiers.map(\.word),
      price: isBuyer ? .init(option.askedByShop(quote.request.order.incoterm)) : nil,
      freight: isBuyer ? nil : .init(option.freight),
      landed: option.landing.map {
        LandedDocument($0, quote.request.order, network: network, view: view)
      }, promise: promise,
      estimate: QuoteDocument.EstimateDocument(
        p50: words.date(option.timing.half), p90: words.date(option.timing.ninety)),
      calendar_days: option.calendarDays,
      working_days: QuoteDocument.WorkingDays(
        count: option.workingDays, calendar: option.workingCalendar),
      co2e_g: QuoteWords.grams(option.vector.emission), legs: isBuyer ? nil : legs,
      waterfall: isBuyer ? nil : waterfall, binding: isBuyer ? nil : words.binding(option))
  }
}

extension QuoteDocument.LegDocument {
  fileprivate init(
    _ index: Int, _ option: QuoteOption, _ network: NetworkPlanner, _ words: QuoteWords,
    _ view: QuoteView
  ) {
    let quoted = option.legs[index]
    let leg = network.bundle.legs[quoted.leg]
    let tail = NodeID(network.bundle.topology.tail[quoted.leg.position])
    let head = NodeID(network.bundle.topology.head[quoted.leg.position])
    let arrival = option.timing.arrivals[index]
    var card: CardCharge?
    if view == .ops, case .sold(let sold) = quoted.outcome { card = sold.card }
    self.init(
      stage: leg.stage.word, leg: leg.name, from: network.bundle.nodes.name(of: tail),
      to: network.bundle.nodes.name(of: head), mode: leg.mode.word, service: leg.service,
      carrier: leg.carrier.isEmpty ? nil : leg.carrier,
      depart: words.local(arrival.departsHalf, at: tail),
      arrive_p50: words.local(arrival.half, at: head),
      arrive_at_level: words.local(arrival.atLevel, at: head),
      charge: view == .ops ? QuoteDocument.Amount(quoted.charge) : nil,
      price_basis: view == .ops ? leg.priceBasis.word : nil,
      time_basis: leg.timeBasis.word, card: card?.variant,
      chargeable_weight_g: card.map { $0.chargeable.value })
  }
}
