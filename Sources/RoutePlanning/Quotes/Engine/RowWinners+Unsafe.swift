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

  private struct Best {
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
    let price = paths.price(view, charges)
    guard price < ChargeReader.refused else { return }
    let candidate = position
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
