import LogisticsModel
public import RouteGraph

/// A quote made before, as `quote --json` or `quote --batch` wrote it: its request and what it promised.
///
/// Only what disruptions can change is read: places, parcel, ready time, level, and of each option the tiers, legs,
/// freight and promise.
public struct StoredQuote: Sendable {
  /// Its id in a batch, else its own.
  public let id: String
  /// Label of the bundle it was made from.
  public let bundle: String
  /// What was asked.
  public let request: QuoteRequest
  /// What was promised.
  public let options: [Option]

  /// One promised option; its legs by name, as the network may have changed since.
  public struct Option: Sendable {
    let tiers: [Tier]
    let legs: [String]
    let freight: Money
    /// What the customer pays: the landed total where there is one, else the freight.
    let price: Money
    let promise: Instant
    let deliverBy: CivilDate

    /// The same with its legs looked up.
    func booked(on bundle: NetworkBundle, quote: String) throws(RequestFault) -> BookedOption {
      var ids: [LegID] = []
      for name in legs {
        guard let leg = bundle.legID(named: name) else {
          throw RequestFault(
            code: RequestFault.storedQuote,
            message: "quote \(quote) uses leg \(name), which \(bundle.manifest.label) has not",
            advice: "quote it again on this network")
        }
        ids.append(leg)
      }
      return BookedOption(
        tiers: tiers, legs: ids, freight: freight, promise: promise, deliverBy: deliverBy)
    }
  }

  /// Reads a quote, or a line of a batch around one.
  ///
  /// - Parameters:
  ///   - value: the JSON.
  ///   - greatestLegs: most legs of a replacement; a quote does not say what its own bound was.
  /// - Throws: ``RequestFault/storedQuote`` naming the key that is missing or unreadable.
  public init(_ value: JSONValue, greatestLegs: Int) throws(RequestFault) {
    var quote = try Member(value, "quote")
    var name: String?
    if let inner = quote.found("quote") {
      name = try quote.text("id")
      quote = try Member(inner, "quote")
    }
    if let name { id = name } else { id = try quote.text("quote_id") }
    bundle = try quote.text("bundle")
    let asked = try quote.member("request")
    var options: [Option] = []
    for value in try quote.list("options") { options.append(try Option(Member(value, "options"))) }
    self.options = options
    var request = QuoteRequest(
      from: try RequestText.place(asked.text("from")),
      to: try RequestText.place(asked.member("to").text("name")),
      parcel: try StoredQuote.parcel(asked),
      ready: .instant(try RequestText.instant(asked.text("ready"))),
      currency: options.first?.freight.currency, greatestLegs: greatestLegs)
    guard let level = Int32(try asked.number("q1024")).flatMap({ ServiceLevel(q1024: $0) }) else {
      throw asked.fault("q1024", "is no level of 0 to 1024")
    }
    request.level = level
    self.request = request
  }

  private static func parcel(_ asked: Member) throws(RequestFault) -> Parcel {
    guard let weight = Int64(try asked.number("weight_g")), weight > 0 else {
      throw asked.fault("weight_g", "is no number of grams")
    }
    var size: Dimensions?
    if asked.found("dims_mm") != nil {
      var edges: [Int32] = []
      for edge in try asked.list("dims_mm") {
        if case .number(let text) = edge, let edge = Int32(text), edge > 0 { edges.append(edge) }
      }
      guard edges.count == 3 else { throw asked.fault("dims_mm", "is no list of three edges") }
      size = Dimensions(millimetres: edges[0], edges[1], edges[2])
    }
    var value: Money?
    if asked.found("value") != nil { value = try asked.money("value") }
    var batteries: [BatteryKind] = []
    if asked.found("lines") != nil {
      for line in try asked.list("lines") {
        let line = try Member(line, "lines")
        if line.found("battery") != nil, let kind = BatteryKind(word: try line.text("battery")) {
          batteries.append(kind)
        }
      }
    }
    return Parcel(
      weight: Grams(weight), dimensions: size,
      goods: try RequestText.goods(asked.text("goods_class")), declaredValue: value,
      battery: BatteryKind.strictest(batteries))
  }
}

extension StoredQuote.Option {
  fileprivate init(_ option: Member) throws(RequestFault) {
    var tiers: [Tier] = []
    for value in try option.list("tiers") {
      guard case .string(let word) = value else {
        throw option.fault("tiers", "is no list of words")
      }
      tiers.append(try RequestText.tier(word))
    }
    guard option.found("legs") != nil, option.found("freight") != nil else {
      throw RequestFault(
        code: RequestFault.storedQuote, message: "the stored quote has no legs or no freight",
        advice: "it was written for a buyer: store quotes with --view ops")
    }
    var legs: [String] = []
    for value in try option.list("legs") { legs.append(try Member(value, "legs").text("leg")) }
    let promise = try option.member("promise")
    let freight = try option.money("freight")
    let total =
      option.found("landed") == nil ? freight : try option.member("landed").money("total")
    self.init(
      tiers: tiers, legs: legs, freight: freight, price: total,
      promise: try RequestText.instant(promise.text("promise_minute")),
      deliverBy: try RequestText.date(promise.text("deliver_by")))
  }
}

extension RequestFault {
  /// A stored quote that cannot be read, or not on this network.
  public static let storedQuote = "TW-REQ-114"
}

/// The members of one JSON object, and where it stands.
private struct Member {
  private let members: [String: JSONValue]
  private let place: String

  init(_ value: JSONValue, _ place: String) throws(RequestFault) {
    guard case .object(let members) = value else {
      throw RequestFault(
        code: RequestFault.storedQuote, message: "stored quote: \"\(place)\" is no JSON object",
        advice: "give a file that quote --json or quote --batch wrote")
    }
    self.members = members
    self.place = place
  }

  func fault(_ key: String, _ reason: String) -> RequestFault {
    RequestFault(
      code: RequestFault.storedQuote, message: "stored quote: \"\(key)\" of \"\(place)\" \(reason)",
      advice: "give a file that quote --json or quote --batch wrote")
  }

  /// A member that is there and not null.
  func found(_ key: String) -> JSONValue? { members[key] == .null ? nil : members[key] }

  func member(_ key: String) throws(RequestFault) -> Member {
    guard let value = found(key) else { throw fault(key, "is missing") }
    return try Member(value, key)
  }

  func text(_ key: String) throws(RequestFault) -> String {
    guard case .string(let text)? = members[key] else { throw fault(key, "is missing or no text") }
    return text
  }

  func number(_ key: String) throws(RequestFault) -> String {
    guard case .number(let text)? = members[key] else {
      throw fault(key, "is missing or no number")
    }
    return text
  }

  func list(_ key: String) throws(RequestFault) -> [JSONValue] {
    guard case .array(let list)? = members[key] else { throw fault(key, "is missing or no list") }
    return list
  }

  func money(_ key: String) throws(RequestFault) -> Money {
    let money = try member(key)
    guard let currency = Currency(code: try money.text("currency")),
      let amount = try? Money(money.text("amount"), currency)
    else { throw fault(key, "is no amount with a currency") }
    return amount
  }
}
