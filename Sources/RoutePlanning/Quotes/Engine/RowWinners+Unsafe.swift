/// The best candidates of a row so far, one for each objective.
///
/// Bound relied on: positions of candidates are below the row's count; their paths and last legs were checked with the segment.
struct RowWinners {
  let row: RowView
  let level: Int
  let base: Int64
  /// Ready minute since the segment's start.
  let ready: Int64
  let weight: Int64
  let hourValue: Int64
  /// Minute before which a promise must lie.
  let end: Int64
  let paths: PathReader

  /// Whether no candidate considered is promised too late, and some were considered.
  ///
  /// One that is boarded too late kept nobody off a list (``Shortlisting``).
  private(set) var isSettled = false
  private var economy = Best()
  private var standard = Best()
  private var premium = Best()

  fileprivate struct Best {
    var candidate = -1
    var key = Int64.max
    var price = Int64.max
    var promise = Int64.max
  }

  init(
    row: RowView, level: Int, base: Int64, ready: Int64, weight: Int64, hourValue: Int64,
    end: Int64, paths: PathReader
  ) {
    self.row = row
    self.level = level
    self.base = base
    self.ready = ready
    self.weight = weight
    self.hourValue = hourValue
    self.end = end
    self.paths = paths
  }

  /// Considers the candidates of a list.
  @inline(__always)
  mutating func consider(_ list: ListView, _ charges: borrowing ChargeReader) {
    isSettled = true
    for word in 0..<list.wordCount {
      var rest = list.word(word)
      while rest != 0 {
        consider(word &* 64 &+ rest.trailingZeroBitCount, charges)
        rest &= rest &- 1
      }
    }
  }

  /// Considers every candidate of the row, from the beginning.
  @inline(never)
  mutating func considerAll(_ charges: borrowing ChargeReader) {
    economy = Best()
    standard = Best()
    premium = Best()
    for candidate in 0..<row.count { consider(candidate, charges) }
  }

  @inline(__always)
  private mutating func consider(_ position: Int, _ charges: borrowing ChargeReader) {
    let view = CandidateView(row, position)
    let promise = view.promise(level)
    guard base &+ promise < end else {
      isSettled = false
      return
    }
    if row.isOpen, row.from(position) > ready { return }
    take(position, promise, price: paths.price(view, charges))
  }

  @inline(__always)
  private mutating func take(_ candidate: Int, _ promise: Int64, price: Int64) {
    guard price < ChargeReader.refused else { return }
    if price < economy.price || price == economy.price && isBetter(promise, candidate, economy) {
      economy = Best(candidate: candidate, key: 0, price: price, promise: promise)
    }
    if promise < premium.promise
      || promise == premium.promise
        && (price < premium.price || price == premium.price && emits(candidate, lessThan: premium))
    {
      premium = Best(candidate: candidate, key: 0, price: price, promise: promise)
    }
    // Prices stay below 2^54, the value of an hour below 2^40 and minutes below 2^18.
    let key = price &* 60 &+ hourValue &* promise
    if key < standard.key
      || key == standard.key
        && (price < standard.price
          || price == standard.price && isBetter(promise, candidate, standard))
    {
      standard = Best(candidate: candidate, key: key, price: price, promise: promise)
    }
  }

  /// At equal price earlier, or as early with less CO2e; of equal ones the first stays.
  @inline(__always)
  private func isBetter(_ promise: Int64, _ candidate: Int, _ best: Best) -> Bool {
    promise < best.promise || promise == best.promise && emits(candidate, lessThan: best)
  }

  @inline(__always)
  private func emits(_ candidate: Int, lessThan best: Best) -> Bool {
    best.candidate >= 0 && emission(candidate) < emission(best.candidate)
  }

  @inline(__always)
  private func emission(_ candidate: Int) -> Int64 {
    let view = CandidateView(row, candidate)
    return paths.emission(path: view.path, lastLeg: view.lastLeg)
  }

  @inline(__always)
  func quote(segment: Int32) -> QuickQuote {
    guard economy.candidate >= 0 else { return QuickQuote(.none) }
    var quote = QuickQuote(.answered)
    quote.segment = segment
    quote.economy = option(economy)
    quote.standard = option(standard)
    quote.premium = option(premium)
    return quote
  }

  @inline(__always)
  private func option(_ best: Best) -> QuickOption {
    let view = CandidateView(row, best.candidate)
    return QuickOption(
      price: best.price, promise: base &+ best.promise,
      emission: weight &* paths.emission(path: view.path, lastLeg: view.lastLeg),
      path: UInt16(truncatingIfNeeded: view.path),
      lastLeg: UInt8(truncatingIfNeeded: view.lastLeg))
  }
}

// MARK: - A list at once

extension RowWinners {
  /// Considers the candidates of a list that holds no more than ``ListPricing/capacity``, all their charges at once.
  ///
  /// Works on copies of what it reads again and again: nothing it writes can change them, which the compiler cannot know.
  @inline(__always)
  mutating func consider(
    _ list: ListView, _ charges: borrowing ChargeReader, together listed: ListPricing
  ) {
    let (row, segment, lastLegs, scratch) = (row, paths.segment, paths.lastLegs, charges.scratch)
    let (candidates, width) = (row.candidates, segment.signatureWidth)
    let (base, end, level) = (base, end, level)
    let mark = scratch.mark
    var (count, wanted, isWhole) = (0, 0, true)
    for word in 0..<list.wordCount {
      var rest = list.word(word)
      while rest != 0 {
        let position = word &* 64 &+ rest.trailingZeroBitCount
        rest &= rest &- 1
        let view = CandidateView(start: candidates + BlockLayout.candidateSize &* position)
        let promise = view.promise(level)
        guard base &+ promise < end else {
          isWhole = false
          continue
        }
        if row.isOpen, row.from(position) > ready { continue }
        let signature = segment.signature(of: view)
        let charge = lastLegs[view.lastLeg].charge
        listed.entries[count] = ListPricing.Entry(
          position: position, promise: promise, signature: signature, last: charge)
        count &+= 1
        for place in 0..<width {
          scratch.collect(signature[place], mark, listed.wanted, &wanted)
        }
        scratch.collect(charge, mark, listed.wanted, &wanted)
      }
    }
    isSettled = isWhole
    listed.price(wanted, charges)
    for place in 0..<count {
      let signature = listed.entries[place].signature
      var price = scratch.priced(listed.entries[place].last)
      for charge in 0..<width { price &+= scratch.priced(signature[charge]) }
      listed.entries[place].price = price
    }
    choose(listed, count)
  }

  /// Finds the winners among priced candidates: each of the three keys is least once, or the ties are settled one by one.
  ///
  /// A key is one number, so that the least is found without a branch. Ties by CO2e do not fit into it; neither do prices
  /// of 2^44 and more, which no tariff asks.
  @inline(__always)
  private mutating func choose(_ listed: ListPricing, _ count: Int) {
    let hourValue = hourValue
    let none = Int64.max
    // One below: what is refused never ties with it.
    var least = (economy: none &- 1, standard: none &- 1, premium: none &- 1)
    var place = (economy: -1, standard: -1, premium: -1)
    var isUnclear = false
    for own in 0..<count {
      let (price, promise) = (listed.entries[own].price, listed.entries[own].promise)
      let isSold = price < ChargeReader.refused
      let economy = isSold ? price &<< 18 | promise : none
      let premium = isSold ? promise &<< 44 | price : none
      let standard = isSold ? price &* 60 &+ hourValue &* promise : none
      isUnclear =
        isUnclear || isSold && price >= RowWinners.greatestKeyed || economy == least.economy
        || standard == least.standard || premium == least.premium
      place.economy = economy < least.economy ? own : place.economy
      least.economy = min(economy, least.economy)
      place.standard = standard < least.standard ? own : place.standard
      least.standard = min(standard, least.standard)
      place.premium = premium < least.premium ? own : place.premium
      least.premium = min(premium, least.premium)
    }
    if isUnclear { return settle(listed, count) }
    guard place.economy >= 0 else { return }
    self.economy = Best(listed.entries[place.economy])
    self.standard = Best(listed.entries[place.standard])
    self.premium = Best(listed.entries[place.premium])
  }

  /// Prices that fit into a key.
  private static var greatestKeyed: Int64 { 1 << 44 }

  @inline(never)
  private mutating func settle(_ listed: ListPricing, _ count: Int) {
    for place in 0..<count {
      let own = listed.entries[place]
      take(own.position, own.promise, price: own.price)
    }
  }
}

extension RowWinners.Best {
  /// Of one of several that is known to be the best: its key is not asked any more.
  fileprivate init(_ entry: ListPricing.Entry) {
    candidate = entry.position
    key = 0
    price = entry.price
    promise = entry.promise
  }
}
