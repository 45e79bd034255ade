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
  let emissions: UnsafePointer<Int64>
  let lastEmissions: UnsafePointer<Int64>

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
    emissions: UnsafePointer<Int64>, lastEmissions: UnsafePointer<Int64>
  ) {
    self.row = row
    self.level = level
    self.base = base
    self.ready = ready
    self.weight = weight
    self.hourValue = hourValue
    self.emissions = emissions
    self.lastEmissions = lastEmissions
  }

  @inline(__always)
  mutating func consider(_ candidate: Int, price: Int64, refused: Int64, before end: Int64) {
    guard price < refused else { return }
    let promise = row.promise(candidate, level: level)
    guard base &+ promise < end, !row.isOpen || Int64(row.froms[candidate]) <= ready else { return }
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
    emissions[Int(row.paths[candidate])] &+ lastEmissions[Int(row.lastLegs[candidate])]
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
    QuickOption(
      price: best.price, promise: base &+ best.promise,
      emission: weight &* emission(best.candidate), path: row.paths[best.candidate],
      lastLeg: row.lastLegs[best.candidate])
  }
}
