import LogisticsModel

/// An order laid flat for the hot path: all that depends neither on freight nor on the day.
///
/// Bounds relied on: the memory has room for as many lines as ``ImportPricer/fill(_:_:_:)`` was given, and there are no more
/// origins or currencies than lines; whoever holds the memory outlives every use of the value.
struct PreparedOrder: BitwiseCopyable, @unchecked Sendable {
  struct Line: BitwiseCopyable {
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

  struct CurrencySum: BitwiseCopyable {
    let currency: Currency
    /// Position of its first conversion in the pricer's table, or -1 less its position among the order's own.
    let conversions: Int
    var own: Int64 = 0
    var quote: Int64 = 0
  }

  let destination: Int
  var entry: Int
  let subdivision: UInt32
  let hasSubdivision: Bool
  var channel: UInt8
  let programmes: UInt64
  let grams: Int64
  let parcels: Int64
  /// Lines in their order.
  var lines: UnsafeBufferPointer<Line>
  /// Positions of the lines, ascending by heading: distinct headings are neighbours.
  var byHeading: UnsafeBufferPointer<Int32>
  /// Distinct origins in the order of first appearance.
  var origins: UnsafeBufferPointer<Int32>
  /// Each currency of the order, its sum, and where its conversions are.
  var sums: UnsafeBufferPointer<CurrencySum>
  /// Conversions of currencies the pricer does not expect, currency after currency.
  var rareConversions: UnsafePointer<Conversion>?
  /// Goods in the quote's currency.
  var goods: Int64 = 0
  var isWorthless = true
  /// Distinct headings, lines without code counted one by one.
  var headings: Int64 = 0
  var hasUnknownHeading = false

  /// An order whose lines are still to be laid out.
  init(_ terms: ImportTerms) {
    destination = Int(terms.destination)
    entry = Int(terms.entry)
    subdivision = terms.subdivision
    hasSubdivision = terms.hasSubdivision
    channel = 1 << UInt8(terms.channel.rawValue)
    programmes = terms.programmes
    grams = terms.grams
    parcels = terms.parcels
    lines = UnsafeBufferPointer(start: nil, count: 0)
    byHeading = UnsafeBufferPointer(start: nil, count: 0)
    origins = UnsafeBufferPointer(start: nil, count: 0)
    sums = UnsafeBufferPointer(start: nil, count: 0)
  }
}

/// Room for the lines of one order.
///
/// Its owner frees it; every element is trivial.
struct OrderMemory: BitwiseCopyable, @unchecked Sendable {
  /// Most lines there is room for.
  let capacity: Int
  let lines: UnsafeMutablePointer<PreparedOrder.Line>
  let sums: UnsafeMutablePointer<PreparedOrder.CurrencySum>
  let origins: UnsafeMutablePointer<Int32>
  let byHeading: UnsafeMutablePointer<Int32>
  private(set) var rare: UnsafeMutablePointer<Conversion>?
  private let start: UnsafeMutableRawPointer

  init(capacity: Int) {
    self.capacity = capacity
    let lineBytes = capacity * MemoryLayout<PreparedOrder.Line>.stride
    let sumBytes = capacity * MemoryLayout<PreparedOrder.CurrencySum>.stride
    let numberBytes = capacity * MemoryLayout<Int32>.stride
    // Both kinds of records are aligned to eight bytes, and whole strides keep what follows so.
    start = UnsafeMutableRawPointer.allocate(
      byteCount: lineBytes + sumBytes + 2 * numberBytes, alignment: 8)
    lines = start.bindMemory(to: PreparedOrder.Line.self, capacity: capacity)
    sums = (start + lineBytes).bindMemory(to: PreparedOrder.CurrencySum.self, capacity: capacity)
    origins = (start + lineBytes + sumBytes).bindMemory(to: Int32.self, capacity: capacity)
    byHeading = (start + lineBytes + sumBytes + numberBytes)
      .bindMemory(to: Int32.self, capacity: capacity)
  }

  /// Room for so many conversions of each currency an order may have, made when first asked for.
  mutating func rareConversions(_ each: Int) -> UnsafeMutablePointer<Conversion> {
    if let rare { return rare }
    let made = UnsafeMutablePointer<Conversion>.allocate(capacity: capacity * each)
    rare = made
    return made
  }

  func deallocate() {
    start.deallocate()
    rare?.deallocate()
  }
}

extension ImportPricer {
  /// Why an order cannot be made ready: a currency without a rate, or amounts beyond belief.
  struct LineFault: Error {
    let stop: Stop
    let currency: Currency
  }

  /// Lays an order out; allocates only where a currency is not expected.
  ///
  /// - Precondition: the memory has room for the lines, and has served pricers of this one's table only.
  /// - Complexity: O(lines x log lines + currencies of the order)
  func fill(
    _ memory: inout OrderMemory, _ lines: Span<OrderLine>, _ terms: ImportTerms
  ) throws(LineFault) -> PreparedOrder {
    precondition(lines.count <= memory.capacity, "room for every line")
    var order = PreparedOrder(terms)
    var originCount = 0
    var sumCount = 0
    for position in lines.indices {
      let total = lines[position].total
      let origin =
        lines[position].origin.map { Int32(CountrySet.position(of: $0)) } ?? terms.dispatch
      var at = 0
      while at < originCount, memory.origins[at] != origin { at += 1 }
      if at == originCount {
        memory.origins[at] = origin
        originCount += 1
      }
      var own = 0
      while own < sumCount, memory.sums[own].currency != total.currency { own += 1 }
      if own == sumCount {
        memory.sums[own] = PreparedOrder.CurrencySum(
          currency: total.currency, conversions: conversions(from: total.currency, own, &memory))
        sumCount += 1
      }
      let code = lines[position].code
      let worth = try worth(of: total, own, memory, &order)
      let heading = code?.headingNumber ?? 0
      memory.lines[position] = PreparedOrder.Line(
        origin: Int32(truncatingIfNeeded: at), currency: Int32(truncatingIfNeeded: own),
        digits: code?.tenDigits ?? 0, digitCount: Int32(truncatingIfNeeded: code?.digitCount ?? 0),
        heading: heading, total: total.minorUnits, worth: worth)
      if total.minorUnits != 0 { order.isWorthless = false }
      if heading == 0 { order.hasUnknownHeading = true }
    }
    sort(memory, lines.count)
    order.headings = headings(memory, lines.count)
    order.lines = UnsafeBufferPointer(start: memory.lines, count: lines.count)
    order.byHeading = UnsafeBufferPointer(start: memory.byHeading, count: lines.count)
    order.origins = UnsafeBufferPointer(start: memory.origins, count: originCount)
    order.sums = UnsafeBufferPointer(start: memory.sums, count: sumCount)
    order.rareConversions = memory.rare.map { UnsafePointer($0) }
    return order
  }

  /// Adds a line to the sum of its currency; what the sum grows by in the quote's currency is what the line is worth.
  @inline(__always)
  private func worth(
    of total: Money, _ own: Int, _ memory: OrderMemory, _ order: inout PreparedOrder
  ) throws(LineFault) -> Int64 {
    do throws(Stop) {
      let sum = try ImportPricer.added(memory.sums[own].own, total.minorUnits)
      memory.sums[own].own = sum
      let converted = try convert(
        sum, memory.sums[own], memory.rare.map { UnsafePointer($0) }, slot: table.currencies.count)
      let worth = converted - memory.sums[own].quote
      memory.sums[own].quote = converted
      order.goods = try ImportPricer.added(order.goods, worth)
      return worth
    } catch {
      throw LineFault(stop: error, currency: total.currency)
    }
  }

  /// Positions ascending by heading; orders of a few lines, which nearly all are, by insertion.
  @inline(__always)
  private func sort(_ memory: OrderMemory, _ count: Int) {
    let lines = memory.lines
    guard count <= 16 else {
      for position in 0..<count { memory.byHeading[position] = Int32(position) }
      var positions = UnsafeMutableBufferPointer(start: memory.byHeading, count: count)
      positions.sort { lines[Int($0)].heading < lines[Int($1)].heading }
      return
    }
    for position in 0..<count {
      var place = position
      while place > 0, lines[Int(memory.byHeading[place - 1])].heading > lines[position].heading {
        memory.byHeading[place] = memory.byHeading[place - 1]
        place -= 1
      }
      memory.byHeading[place] = Int32(truncatingIfNeeded: position)
    }
  }

  @inline(__always)
  private func headings(_ memory: OrderMemory, _ count: Int) -> Int64 {
    var headings: Int64 = 0
    var last: UInt32 = 0
    for position in 0..<count {
      let heading = memory.lines[Int(memory.byHeading[position])].heading
      if heading == 0 || heading != last { headings += 1 }
      last = heading
    }
    return headings
  }

  /// Where the conversions of a currency begin; one that is not expected has its own written to the memory.
  private func conversions(
    from currency: Currency, _ position: Int, _ memory: inout OrderMemory
  ) -> Int {
    let count = table.currencies.count + 1
    if let shop = shopPosition(of: currency) { return shop * count }
    let rare = memory.rareConversions(count)
    for (slot, other) in (table.currencies + [quote]).enumerated() {
      (rare + position * count + slot).initialize(to: conversion(currency, other))
    }
    return -1 - position * count
  }
}
