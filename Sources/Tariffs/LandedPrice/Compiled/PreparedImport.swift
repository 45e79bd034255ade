import LogisticsModel

/// An order made ready once for many prices: everything that depends neither on freight nor on the day.
public final class PreparedImport: Sendable {
  struct Line: Sendable {
    /// Position among the order's origins.
    var origin: Int32
    /// Position among the order's currencies.
    var currency: Int32
    /// Digits before the prefix is cut, as ten; zero digits count where there is no code.
    var digits: UInt64
    var digitCount: Int32
    /// HS6 as a number; zero: no code.
    var heading: UInt32
    /// Value in its own currency.
    var total: Int64
    /// Value in the quote's currency.
    var worth: Int64
  }

  struct CurrencySum: Sendable {
    let currency: Currency
    /// Position of its first conversion in the pricer's table, or -1 less its position among the order's own.
    let conversions: Int
    var own: Int64 = 0
    var quote: Int64 = 0
  }

  let destination: Int
  let entry: Int
  let subdivision: UInt32
  let hasSubdivision: Bool
  let channel: UInt8
  let programmes: UInt64
  let grams: Int64
  let parcels: Int64
  /// Lines in their order.
  let lines: [Line]
  /// Positions of the lines, ascending by heading: distinct headings are neighbours.
  let byHeading: [Int32]
  /// Distinct origins in the order of first appearance.
  let origins: [Int32]
  /// Each currency of the order, its sum, and where its conversions are.
  let sums: [CurrencySum]
  /// Conversions of currencies the pricer does not expect, currency after currency.
  let rareConversions: [Conversion]
  /// Goods in the quote's currency.
  let goods: Int64
  let isWorthless: Bool
  /// Distinct headings, lines without code counted one by one.
  let headings: Int64
  let hasUnknownHeading: Bool

  init(
    _ order: ImportOrder, programmes: UInt64, lines: [Line], origins: [Int32],
    sums: [CurrencySum], rareConversions: [Conversion], goods: Int64
  ) {
    destination = CountrySet.position(of: order.destination)
    entry = CountrySet.position(of: order.entry)
    subdivision = order.subdivision.map { ImportTable.key($0) } ?? 0
    hasSubdivision = order.subdivision != nil
    channel = 1 << UInt8(order.channel.rawValue)
    self.programmes = programmes
    grams = order.weight.value
    parcels = Int64(order.parcels)
    self.lines = lines
    let byHeading = PreparedImport.order(lines)
    self.byHeading = byHeading
    self.origins = origins
    self.sums = sums
    self.rareConversions = rareConversions
    self.goods = goods
    isWorthless = lines.allSatisfy { $0.total == 0 }
    var headings: Int64 = 0
    var last: UInt32 = 0
    for position in byHeading {
      let heading = lines[Int(position)].heading
      if heading == 0 || heading != last { headings += 1 }
      last = heading
    }
    self.headings = headings
    hasUnknownHeading = lines.contains { $0.heading == 0 }
  }

  /// Positions ascending by heading; orders of a few lines, which nearly all are, by insertion.
  private static func order(_ lines: [Line]) -> [Int32] {
    guard lines.count <= 16 else {
      return lines.indices.sorted { lines[$0].heading < lines[$1].heading }.map { Int32($0) }
    }
    var positions = [Int32](repeating: 0, count: lines.count)
    for (position, line) in lines.enumerated() {
      var place = position
      while place > 0, lines[Int(positions[place - 1])].heading > line.heading {
        positions[place] = positions[place - 1]
        place -= 1
      }
      positions[place] = Int32(position)
    }
    return positions
  }
}

extension ImportPricer {
  /// Makes an order ready; refused where its currencies have no rate into the quote's.
  ///
  /// - Complexity: O(lines x log lines + currencies of the order x currencies of the rules)
  public func prepare(_ order: ImportOrder) -> Result<PreparedImport, Refusal> {
    var origins: [Int32] = []
    var sums: [PreparedImport.CurrencySum] = []
    var rare: [Conversion] = []
    var lines: [PreparedImport.Line] = []
    lines.reserveCapacity(order.lines.count)
    var goods: Int64 = 0
    for line in order.lines {
      let origin = Int32(CountrySet.position(of: line.origin ?? order.dispatch))
      let at = origins.firstIndex(of: origin) ?? origins.count
      if at == origins.count { origins.append(origin) }
      let currency = line.total.currency
      let own = sums.firstIndex { $0.currency == currency } ?? sums.count
      if own == sums.count {
        sums.append(
          PreparedImport.CurrencySum(
            currency: currency, conversions: conversions(from: currency, &rare)))
      }
      let worth: Int64
      do throws(Stop) {
        sums[own].own = try ImportPricer.added(sums[own].own, line.total.minorUnits)
        let converted = try convert(
          sums[own].own, sums[own], rare, slot: table.currencies.count)
        worth = converted - sums[own].quote
        sums[own].quote = converted
        goods = try ImportPricer.added(goods, worth)
      } catch {
        return .failure(Refusal(error.code, rule: "\(currency)/\(quote) on \(tender)"))
      }
      lines.append(
        PreparedImport.Line(
          origin: Int32(at), currency: Int32(own), digits: line.code?.tenDigits ?? 0,
          digitCount: Int32(line.code?.digitCount ?? 0), heading: line.code?.headingNumber ?? 0,
          total: line.total.minorUnits, worth: worth))
    }
    var programmes: UInt64 = 0
    if !order.programmes.isEmpty {
      for (bit, word) in table.programmes.enumerated() where order.programmes.contains(word) {
        programmes |= 1 << UInt64(bit)
      }
    }
    return .success(
      PreparedImport(
        order, programmes: programmes, lines: lines, origins: origins, sums: sums,
        rareConversions: rare, goods: goods))
  }
}
