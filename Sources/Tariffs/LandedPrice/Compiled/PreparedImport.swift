import LogisticsModel

/// An order made ready once for many prices: everything that depends neither on freight nor on the day.
public struct PreparedImport: Sendable {
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

  var destination: Int
  var entry: Int
  var subdivision: UInt32
  var hasSubdivision: Bool
  var channel: UInt8
  var programmes: UInt64
  var grams: Int64
  var parcels: Int64
  /// Lines in their order.
  var lines: [Line]
  /// Positions of the lines, ascending by heading: distinct headings are neighbours.
  var byHeading: [Int32]
  /// Distinct origins in the order of first appearance.
  var origins: [Int32]
  /// Conversions from each currency of the order into every slot, currency after currency.
  var conversions: [Conversion]
  var currencyCount: Int
  /// Goods in the quote's currency.
  var goods: Int64
  var isWorthless: Bool
  /// Distinct headings, lines without code counted one by one.
  var headings: Int64
  var hasUnknownHeading: Bool
}

extension ImportPricer {
  /// Makes an order ready; refused where its currencies have no rate into the quote's.
  ///
  /// - Complexity: O(lines x log lines + currencies of the order x currencies of the rules)
  public func prepare(_ order: ImportOrder) -> Result<PreparedImport, Refusal> {
    var origins: [Int32] = []
    var currencies: [Currency] = []
    var sums: [(own: Int64, quote: Int64)] = []
    var intoQuote: [Conversion] = []
    var lines: [PreparedImport.Line] = []
    lines.reserveCapacity(order.lines.count)
    var goods: Int64 = 0
    for line in order.lines {
      let origin = Int32(CountrySet.position(of: line.origin ?? order.dispatch))
      let at = origins.firstIndex(of: origin) ?? origins.count
      if at == origins.count { origins.append(origin) }
      let currency = line.total.currency
      let own = currencies.firstIndex(of: currency) ?? currencies.count
      if own == currencies.count {
        currencies.append(currency)
        sums.append((0, 0))
        intoQuote.append(conversion(from: currency, to: quote))
      }
      let worth: Int64
      do throws(Stop) {
        let sum = try ImportPricer.added(sums[own].own, line.total.minorUnits)
        let converted = try intoQuote[own].convert(sum)
        worth = converted - sums[own].quote
        sums[own] = (sum, converted)
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
    let byHeading = lines.indices.sorted { lines[$0].heading < lines[$1].heading }.map { Int32($0) }
    var headings: Int64 = 0
    var last: UInt32 = 0
    for position in byHeading {
      let heading = lines[Int(position)].heading
      if heading == 0 || heading != last { headings += 1 }
      last = heading
    }
    var programmes: UInt64 = 0
    for (bit, word) in table.programmes.enumerated() where order.programmes.contains(word) {
      programmes |= 1 << UInt64(bit)
    }
    return .success(
      PreparedImport(
        destination: CountrySet.position(of: order.destination),
        entry: CountrySet.position(of: order.entry),
        subdivision: order.subdivision.map { ImportTable.key($0) } ?? 0,
        hasSubdivision: order.subdivision != nil, channel: 1 << UInt8(order.channel.rawValue),
        programmes: programmes, grams: order.weight.value, parcels: Int64(order.parcels),
        lines: lines, byHeading: byHeading, origins: origins,
        conversions: currencies.flatMap { currency in slotConversions(from: currency) },
        currencyCount: currencies.count, goods: goods,
        isWorthless: lines.allSatisfy { $0.total == 0 }, headings: headings,
        hasUnknownHeading: lines.contains { $0.heading == 0 }))
  }
}
