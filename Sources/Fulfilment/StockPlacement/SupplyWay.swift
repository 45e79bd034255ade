import LogisticsModel

/// One way to bring a piece somewhere, as the planner found it.
public struct SupplyWay: Sendable, Hashable {
  /// Freight, duty and fees of one piece, in thousandths of a minor unit; taxes on sale are left out.
  public let costThousandths: Int64
  /// Minutes from ready to the promise at the service level.
  public let minutes: Int64
  /// Milligrams of CO2e of one piece.
  public let emission: Int64
  /// Whether its duties can be answered for.
  public let isGuaranteed: Bool

  /// What it costs where a day less is worth so much, in thousandths of a minor unit.
  func cost(dayValue: Int64) -> Int64 {
    costThousandths + Int64(Int128(dayValue) * Int128(minutes) / 1440)
  }
}

extension Array where Element == SupplyWay {
  /// The way that costs least where a day less is worth so much; ties go to the faster, then the cleaner.
  func best(dayValue: Int64) -> SupplyWay? {
    self.min {
      let (left, right) = ($0.cost(dayValue: dayValue), $1.cost(dayValue: dayValue))
      if left != right { return left < right }
      return $0.minutes != $1.minutes ? $0.minutes < $1.minutes : $0.emission < $1.emission
    }
  }
}

/// Products of whole numbers that would not fit on the way.
enum Exactly {
  /// a * b / c, rounded to the nearest.
  static func product(_ a: Int64, _ b: Int64, over c: Int64) -> Int64 {
    let whole = Int128(a) * Int128(b)
    let half = Int128(c) / 2
    return Int64(clamping: whole >= 0 ? (whole + half) / Int128(c) : -((-whole + half) / Int128(c)))
  }
}
