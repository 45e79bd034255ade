public import LogisticsModel

/// Reads the values of a request as people write them, on the command line or in a batch file.
///
/// Every fault is a ``RequestFault``: coded, with the value and what to write instead.
public enum RequestText {
  /// A weight with its unit.
  public static func grams(_ text: String) throws(RequestFault) -> Grams {
    do throws(MeasureFault) { return try Grams(text) } catch { throw RequestFault(error) }
  }

  /// Three edges with a unit.
  public static func dimensions(_ text: String) throws(RequestFault) -> Dimensions {
    do throws(MeasureFault) { return try Dimensions(text) } catch { throw RequestFault(error) }
  }

  /// A probability.
  public static func level(_ text: String) throws(RequestFault) -> ServiceLevel {
    do throws(MeasureFault) { return try ServiceLevel(text) } catch { throw RequestFault(error) }
  }

  /// A goods class.
  public static func goods(_ text: String) throws(RequestFault) -> GoodsClass {
    if let goods = GoodsClass(word: text) { return goods }
    throw RequestFault(
      code: "TW-REQ-020", message: "goods class \"\(text.prefix(40))\" is unknown",
      advice: "choose one of " + GoodsClass.allCases.map(\.word).joined(separator: ", "))
  }

  /// A whole parcel; absent texts mean unknown size and undeclared value.
  ///
  /// With lines the declared value is their sum (where they share a currency) and the goods class, unless named, is
  /// theirs: see ``OrderGoods``.
  public static func parcel(
    weight: String, dims: String?, goods: String?, value: String?, lines: [OrderLine] = []
  ) throws(RequestFault) -> Parcel {
    var size: Dimensions?
    if let dims { size = try dimensions(dims) }
    var declared: Money?
    if let value { declared = try money(value) }
    if !lines.isEmpty { declared = OrderGoods.value(lines) }
    var asked: GoodsClass?
    if let goods { asked = try RequestText.goods(goods) }
    return Parcel(
      weight: try grams(weight), dimensions: size,
      goods: try OrderGoods.parcelClass(asked: asked, lines: lines), declaredValue: declared,
      battery: BatteryKind.strictest(lines.compactMap(\.battery)))
  }

  /// The lines of an order; a single value stands for an order of which nothing else is known.
  ///
  /// Where lines are given, a value beside them is not used: their sum is the value.
  public static func lines(
    _ texts: [String], value: String?
  ) throws(RequestFault) -> [OrderLine] {
    var lines: [OrderLine] = []
    for text in texts { lines.append(try OrderLineText.line(text)) }
    guard lines.isEmpty, let value else { return try OrderLineText.checked(lines) }
    return [try line(declaring: money(value))]
  }

  /// A line of which only the value is known.
  static func line(declaring value: Money) throws(RequestFault) -> OrderLine {
    do throws(MeasureFault) {
      return try OrderLine(code: nil, quantity: 1, unitValue: value)
    } catch {
      throw RequestFault(error)
    }
  }

  /// DDP or DAP.
  public static func incoterm(_ text: String) throws(RequestFault) -> Incoterm {
    if let incoterm = Incoterm(word: text) { return incoterm }
    throw RequestFault(
      code: "TW-REQ-036", message: "incoterm \"\(text.prefix(40))\" is not offered",
      advice: "choose one of " + Incoterm.allCases.map(\.rawValue).joined(separator: ", "))
  }

  /// A state or province, with or without its country: `CA`, `US-CA`.
  public static func subdivision(_ text: String) throws(RequestFault) -> String {
    let code = text.uppercased().split(separator: "-", omittingEmptySubsequences: false)
    if let last = code.last, code.count <= 2, (1...3).contains(last.utf8.count),
      last.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
    {
      return String(last)
    }
    throw RequestFault(
      code: "TW-REQ-037", message: "state \"\(text.prefix(40))\" is no ISO 3166-2 code",
      advice: "write CA or US-CA")
  }

  /// A tier.
  public static func tier(_ text: String) throws(RequestFault) -> Tier {
    if let tier = Tier(word: text) { return tier }
    throw RequestFault(
      code: "TW-REQ-039", message: "tier \"\(text.prefix(40))\" is unknown",
      advice: "choose one of " + Tier.allCases.map(\.word).joined(separator: ", "))
  }

  /// Whom an answer is for.
  public static func view(_ text: String) throws(RequestFault) -> QuoteView {
    if let view = QuoteView(rawValue: text) { return view }
    throw RequestFault(
      code: "TW-REQ-038", message: "view \"\(text.prefix(40))\" is unknown",
      advice: "choose one of " + QuoteView.allCases.map(\.rawValue).joined(separator: ", "))
  }

  /// A currency code, in any case.
  public static func currency(_ text: String) throws(RequestFault) -> Currency {
    if let currency = Currency(code: text.uppercased()) { return currency }
    throw RequestFault(
      code: RequestFault.currency, message: "currency \"\(text.prefix(40))\" is not in ISO 4217",
      advice: "write three letters, such as EUR")
  }

  /// `40EUR`, `40 EUR` or `EUR 40`.
  public static func money(_ text: String) throws(RequestFault) -> Money {
    let joined = text.filter { $0 != " " }
    let letters = joined.filter { $0.isASCII && $0.isLetter }
    let amount = joined.filter { !($0.isASCII && $0.isLetter) }
    guard letters.count == 3, joined == amount + letters || joined == letters + amount else {
      throw malformed(text)
    }
    let currency = try currency(letters)
    do throws(Money.Fault) {
      let money = try Money(amount, currency)
      if money.minorUnits >= 0 { return money }
    } catch {
      throw malformed(text)
    }
    throw malformed(text)
  }

  private static func malformed(_ value: String) -> RequestFault {
    RequestFault(
      code: "TW-REQ-022",
      message: "value \"\(value.prefix(40))\" is not an amount with a currency",
      advice: "write 40EUR, with no more decimals than the currency has")
  }

  /// A place; whether it exists is for the network to say.
  public static func place(_ text: String) throws(RequestFault) -> Place {
    do throws(Place.Fault) {
      return try Place(parsing: text)
    } catch {
      throw RequestFault(
        code: RequestFault.malformedPlace,
        message: "place \"\(text.prefix(60))\" \(words(error))",
        advice:
          "write a UN/LOCODE (CNYIU), CC:postal code (ES:28013), CC:city (JP:Tokyo) or a node id")
    }
  }

  private static func words(_ fault: Place.Fault) -> String {
    switch fault {
    case .empty: "is empty"
    case .tooLong(let bytes): "is \(bytes) bytes long, more than \(Place.greatestLength)"
    case .controlCharacter: "holds a control character"
    case .countryMalformed(let text): "begins with \"\(text)\", which is no two-letter country code"
    case .nameMissing(let country): "names nothing in \(country)"
    }
  }

  private static func words(_ fault: TimestampFault) -> String {
    switch fault {
    case .malformed: "not of the form date, T, clock time"
    case .impossible: "no such date or clock time"
    case .offsetMissing: "the offset is missing"
    }
  }

  /// A moment with its offset.
  public static func instant(_ text: String) throws(RequestFault) -> Instant {
    do throws(TimestampFault) {
      return try Instant(rfc3339: text)
    } catch {
      throw RequestFault(
        code: "TW-REQ-023",
        message: "\"\(text.prefix(60))\" is not a time with offset: \(words(error))",
        advice: "write 2026-11-20T09:00:00+08:00")
    }
  }

  /// A moment with its offset, or a clock time at the origin.
  public static func ready(_ text: String) throws(RequestFault) -> QuoteRequest.ReadyTime {
    if let local = LocalTime(text: text) { return .local(local) }
    do throws(TimestampFault) {
      return .instant(try Instant(rfc3339: text))
    } catch {
      // Without an offset it was meant as local time, and then its date or clock is at fault.
      let reason = error == .offsetMissing ? "no such date or clock time" : words(error)
      throw RequestFault(
        code: "TW-REQ-023", message: "ready \"\(text.prefix(60))\" is not a time: \(reason)",
        advice: "write 2026-11-20T17:30 (local to the origin) or 2026-11-20T17:30:00+08:00")
    }
  }

  /// A civil date.
  public static func date(_ text: String) throws(RequestFault) -> CivilDate {
    if let date = CivilDate(iso: text) { return date }
    throw RequestFault(
      code: "TW-REQ-024", message: "\"\(text.prefix(60))\" is not a date of the calendar",
      advice: "write 2026-12-03")
  }
}

extension RequestFault {
  /// A fault of a measure, with its own code.
  init(_ fault: MeasureFault) {
    self.init(
      code: fault.code, message: "\(fault.subject) \"\(fault.value)\" \(fault.reason)",
      advice: fault.advice)
  }
}
