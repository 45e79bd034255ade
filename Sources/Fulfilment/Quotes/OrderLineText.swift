public import LogisticsModel

/// Reads order lines as people write them: `HS:QUANTITY:VALUE[:WORD...]`.
///
///     851830:2:30EUR                      two of HS 8518.30 at 30 EUR each
///     610910:1:12.50EUR:BD                made in Bangladesh; without it, in the country the parcel leaves
///     850760:1:40EUR:CN:alone:epr=batteries
///
/// The value is that of one piece. The words after it may stand in any order, each kind once: a country of origin
/// (two letters), a goods class, a battery kind (`alone`, `with_equipment`, `in_equipment`, which makes the class
/// `battery`), and `epr=` with a category of extended producer responsibility. Lines in one cell are joined by `+`.
public enum OrderLineText {
  /// The line, or one word of it, has not the form above.
  public static let malformed = "TW-REQ-034"
  /// Goods classes that contradict each other.
  public static let classesDisagree = "TW-REQ-035"

  /// The greatest number of lines of one order.
  public static let greatestCount = 1000

  /// Reads one line.
  ///
  /// - Throws: a ``RequestFault`` that names the line and what is wrong with which part of it.
  public static func line(_ text: some StringProtocol) throws(RequestFault) -> OrderLine {
    let line = String(text)
    let parts = line.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 3 else {
      throw fault(line, "has \(parts.count) of the three parts HS:QUANTITY:VALUE")
    }
    var words = LineWords()
    for word in parts.dropFirst(3) where !word.isEmpty {
      if let reason = words.take(word) { throw fault(line, reason) }
    }
    guard let quantity = quantity(parts[1]) else {
      throw RequestFault(
        code: MeasureFault.Code.quantityOutOfRange,
        message: "line \"\(line.prefix(60))\": quantity \"\(parts[1].prefix(40))\" "
          + "is no whole number within 1...\(OrderLine.greatestQuantity)",
        advice: "write how many pieces, for example 851830:2:30EUR")
    }
    return try make(
      line, code: String(parts[0]), quantity: quantity, value: String(parts[2]), words)
  }

  /// Reads the lines of one cell, joined by `+`.
  public static func lines(cell: String) throws(RequestFault) -> [OrderLine] {
    var lines: [OrderLine] = []
    for text in cell.split(separator: "+", omittingEmptySubsequences: false) {
      lines.append(try line(text))
    }
    return try checked(lines)
  }

  /// Makes a line of parts already told apart, as in an order file.
  public static func line(
    hs: String, quantity: Int64, value: String, words: [String]
  ) throws(RequestFault) -> OrderLine {
    let line = ([hs, "\(quantity)", value] + words).joined(separator: ":")
    var kinds = LineWords()
    for word in words {
      if let reason = kinds.take(word[...]) { throw fault(line, reason) }
    }
    return try make(line, code: hs, quantity: quantity, value: value, kinds)
  }

  /// Refuses more lines than an order has.
  public static func checked(_ lines: [OrderLine]) throws(RequestFault) -> [OrderLine] {
    guard lines.count <= greatestCount else {
      throw RequestFault(
        code: MeasureFault.Code.orderMalformed,
        message: "an order of \(lines.count) lines, more than \(greatestCount)",
        advice: "send it as several parcels")
    }
    return lines
  }

  private static func make(
    _ line: String, code: String, quantity: Int64, value: String, _ words: LineWords
  ) throws(RequestFault) -> OrderLine {
    let unitValue = try RequestText.money(value)
    do throws(MeasureFault) {
      return try OrderLine(
        code: try HSCode(code), quantity: quantity, unitValue: unitValue, origin: words.origin,
        goods: words.goods ?? (words.battery == nil ? nil : .battery), battery: words.battery,
        eprCategory: words.epr)
    } catch {
      throw RequestFault(
        code: error.code,
        message:
          "line \"\(line.prefix(60))\": \(error.subject) \"\(error.value)\" \(error.reason)",
        advice: error.advice)
    }
  }

  /// Digits only: a sign, a blank or a decimal point is a slip of the pen.
  private static func quantity(_ text: some StringProtocol) -> Int64? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let count = Int64(text), count >= 1
    else { return nil }
    return count
  }

  private static func fault(_ line: String, _ reason: String) -> RequestFault {
    RequestFault(
      code: malformed, message: "line \"\(line.prefix(60))\" \(reason)",
      advice: "write HS:QUANTITY:VALUE[:ORIGIN][:battery kind], for example 851830:2:30EUR:CN")
  }
}

/// The optional words of a line, told apart by their form.
private struct LineWords {
  var origin: Country?
  var goods: GoodsClass?
  var battery: BatteryKind?
  var epr: String?

  /// Takes one word; what is wrong with it, or nil.
  mutating func take(_ word: Substring) -> String? {
    if let kind = BatteryKind(word: word) {
      guard battery == nil else { return "names two battery kinds" }
      battery = kind
    } else if let goods = GoodsClass(word: word) {
      guard self.goods == nil else { return "names two goods classes" }
      self.goods = goods
    } else if word.hasPrefix("epr=") {
      guard epr == nil else { return "names two EPR categories" }
      let category = word.dropFirst(4)
      guard !category.isEmpty, category.utf8.count <= 40,
        category.utf8.allSatisfy({ isWordByte($0) })
      else {
        return "has the EPR category \"\(category.prefix(40))\", "
          + "which is no word of letters, digits, - and _"
      }
      epr = String(category)
    } else if let country = Country(code: word) {
      guard origin == nil else { return "names two countries of origin" }
      origin = country
    } else {
      return
        "has \"\(word.prefix(40))\", which is neither a country of origin (CN), a goods class, "
        + "a battery kind (\(BatteryKind.allCases.map(\.word).joined(separator: ", "))) nor epr=CATEGORY"
    }
    if let goods, goods != .battery, let battery {
      return "is \(goods.word) goods and holds batteries (\(battery.word))"
    }
    return nil
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }
}
