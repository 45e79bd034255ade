/// A sum of lines in chargeable weights that differ by their divisors.
struct LineSum {
  private var intercept: Int64 = 0
  private var slopes: [(divisor: Int64, slope: Int64)] = []

  mutating func add(_ line: ChargeBracket.Line, divisor: Int64, sign: Int64) {
    intercept += sign * line.intercept
    if let at = slopes.firstIndex(where: { $0.divisor == divisor }) {
      slopes[at].slope += sign * line.slope
    } else {
      slopes.append((divisor, sign * line.slope))
    }
  }

  /// The greatest value over all parcels of at least one gram; nil where there is none.
  ///
  /// The chargeable weight falls as the divisor rises and is never below the actual weight, so every parcel is
  /// 1 g each plus steps that raise the first weight, the first two, ...: none of them may raise the sum.
  var greatest: Int64? {
    var sum: Int64 = 0
    for (_, slope) in slopes.sorted(by: { $0.divisor < $1.divisor }) {
      sum += slope
      if sum > 0 { return nil }
    }
    return intercept + sum
  }
}
