import LogisticsModel

/// A request as the words its parts are read from: what ``RequestText`` reads, written down.
///
/// No value holds a line break: places refuse control characters, all else is letters, digits and signs.
enum RequestWords {
  /// One `key=value` a line, in a fixed order; what is unknown is left out.
  static func lines(of request: QuoteRequest) -> [String] {
    let parcel = request.parcel
    let order = request.order
    var lines = [
      "from=\(request.from.text)", "to=\(request.to.text)", "weight=\(parcel.weight.value)g",
      "goods=\(parcel.goods.word)", "level_q1024=\(request.level.q1024)",
      "max_legs=\(request.greatestLegs)",
    ]
    if let size = parcel.dimensions {
      lines.append("dims=\(size.longest)x\(size.second)x\(size.shortest)mm")
    }
    switch request.ready {
    case nil: break
    case .instant(let instant): lines.append("ready=\(instant.rfc3339())")
    case .local(let local): lines.append("ready=\(local)")
    }
    if let currency = request.currency { lines.append("currency=\(currency.code)") }
    if let battery = parcel.battery { lines.append("battery=\(battery.word)") }
    if let value = parcel.declaredValue { lines.append("value=\(money(value))") }
    for line in order.lines { lines.append("line=" + text(line)) }
    if order.asksForLandedPrice {
      lines.append("incoterm=\(order.incoterm.rawValue)")
      lines += order.programmes.sorted().map { "programme=\($0)" }
      if let state = order.subdivision { lines.append("state=\(state)") }
      if order.allowsEstimate { lines.append("allow_estimate=yes") }
    }
    return lines
  }

  /// Reads them back.
  static func request(_ values: [String: [String]]) throws(RequestFault) -> QuoteRequest {
    func one(_ key: String) throws(RequestFault) -> String {
      guard let value = values[key]?.first else { throw QuoteReceipt.fault("\(key) is missing") }
      return value
    }
    var order = OrderTerms()
    for text in values["line", default: []] { order.lines.append(try line(text)) }
    if order.asksForLandedPrice {
      order.incoterm = try RequestText.incoterm(one("incoterm"))
      order.programmes = Set(values["programme", default: []])
      if let state = values["state"]?.first { order.subdivision = state }
      order.allowsEstimate = values["allow_estimate"] != nil
    }
    var size: Dimensions?
    if let text = values["dims"]?.first { size = try RequestText.dimensions(text) }
    var value: Money?
    if let text = values["value"]?.first { value = try RequestText.money(text) }
    guard let level = Int32(try one("level_q1024")).flatMap({ ServiceLevel(q1024: $0) }),
      let greatestLegs = Int(try one("max_legs"))
    else { throw QuoteReceipt.fault("level_q1024 or max_legs is no number of their range") }
    let grams = try RequestText.grams(one("weight"))
    var request = QuoteRequest(
      from: try RequestText.place(one("from")), to: try RequestText.place(one("to")),
      parcel: Parcel(
        weight: grams, dimensions: size, goods: try RequestText.goods(one("goods")),
        declaredValue: value, battery: values["battery"]?.first.flatMap { BatteryKind(word: $0) }),
      level: level, greatestLegs: greatestLegs)
    if let text = values["ready"]?.first { request.ready = try RequestText.ready(text) }
    if let text = values["currency"]?.first { request.currency = try RequestText.currency(text) }
    request.order = order
    return request
  }

  private static func money(_ money: Money) -> String {
    money.amountText + money.currency.code
  }

  /// `HS:QUANTITY:VALUE[:WORD...]`; a line of which only the value is known has no code.
  private static func text(_ line: OrderLine) -> String {
    let words = [
      line.origin?.code, line.goods?.word, line.battery?.word, line.eprCategory.map { "epr=\($0)" },
    ]
    let head = [line.code?.description ?? "", "\(line.quantity)", money(line.unitValue)]
    return (head + words.compactMap(\.self)).joined(separator: ":")
  }

  private static func line(_ text: String) throws(RequestFault) -> OrderLine {
    guard text.hasPrefix(":1:") else { return try OrderLineText.line(text) }
    return try RequestText.line(declaring: RequestText.money(String(text.dropFirst(3))))
  }
}
