public import LogisticsModel

/// One weight band of a variant and its fee: `base + ceil(max(0, w - from) / step) x perStep`.
///
/// The three formulas of the trade are one: registration + per gram (from 0, step 1), flat (perStep 0), first
/// weight + steps (from the first weight).
public struct RateBand: Hashable, Sendable {
  /// The band holds chargeable weights above this many grams.
  public let over: Int64
  /// The band holds chargeable weights up to and with this many grams; `Int64.max` is open.
  public let upto: Int64
  /// Fixed fee.
  public let base: Decimal6
  /// Weight the fixed fee already covers, in grams.
  public let from: Int64
  /// Grams of one step, at least 1; a started step counts.
  public let step: Int64
  /// Fee of one step.
  public let perStep: Decimal6

  /// Makes a band.
  ///
  /// - Precondition: `step` is positive.
  public init(
    over: Int64, upto: Int64, base: Decimal6, from: Int64 = 0, step: Int64 = 1,
    perStep: Decimal6 = .zero
  ) {
    precondition(step > 0, "a step of less than one gram")
    self.over = over
    self.upto = upto
    self.base = base
    self.from = from
    self.step = step
    self.perStep = perStep
  }

  /// Whether the band holds this chargeable weight in grams.
  @inlinable public func holds(_ grams: Int64) -> Bool { over < grams && grams <= upto }

  /// The fee in millionths of the card's currency.
  ///
  /// 128 bits hold every product of two 64-bit figures.
  public func fee(_ grams: Int64) -> Int128 {
    let above = max(0, grams - from)
    let steps = above / step + (above % step == 0 ? 0 : 1)
    return Int128(base.micros) + Int128(steps) * Int128(perStep.micros)
  }

  /// The band in words: `over 200 g up to 700 g`.
  var words: String { "over \(over) g" + (upto == .max ? "" : " up to \(upto) g") }
}
