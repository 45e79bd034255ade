/// SplitMix64 (doi:10.1145/2660193.2660195), reduced by the high half of a product.
public struct SeededDraws: Sendable {
  private var state: UInt64

  /// The same seed gives the same draws on every machine.
  public init(seed: UInt64) { state = seed }

  /// A number from 0 up to a bound, which is not reached.
  public mutating func draw(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number from 0 up to 1, which is not reached: 53 bits.
  public mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed &>> 31)
  }
}
