/// Which member of a front wins each tier.
///
/// economy: least (price, promise, CO2e). premium: least (promise, price, CO2e). standard: least
/// `price x 60 + r x minutes`, ties by (price, promise, CO2e), where r is the value of an hour in the minor
/// unit of the price. Coinciding winners are one option with several names; none is invented.
public struct TierWinners: Hashable, Sendable {
  /// Position in the front of the cheapest member.
  public let economy: Int
  /// Position of the best balance of money and time.
  public let standard: Int
  /// Position of the earliest promise.
  public let premium: Int

  /// Picks the winners; nil for an empty front.
  ///
  /// - Parameters:
  ///   - front: ascending by (price, promise, CO2e).
  ///   - ready: minute from which time is counted.
  ///   - valueOfHour: r, in minor units per hour.
  /// - Complexity: O(front)
  public init?(_ front: [PlanVector], ready: Int64, valueOfHour: Int64) {
    guard !front.isEmpty else { return nil }
    func balance(_ vector: PlanVector) -> Int128 {
      Int128(vector.price) * 60 + Int128(valueOfHour) * Int128(vector.promise - ready)
    }
    var standard = 0
    var premium = 0
    for (index, vector) in front.enumerated() {
      let best = front[standard]
      if (balance(vector), vector) < (balance(best), best) { standard = index }
      let fastest = front[premium]
      if (vector.promise, vector.price, vector.emission)
        < (fastest.promise, fastest.price, fastest.emission)
      {
        premium = index
      }
    }
    economy = 0
    self.standard = standard
    self.premium = premium
  }
}
