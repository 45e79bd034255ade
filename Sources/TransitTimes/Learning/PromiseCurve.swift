public import LogisticsModel

/// The days promised at every service level from .50 to .99, and what they rest on.
///
/// Days are whole calendar days after the day of the order, rising with the level. Where they come from floating point,
/// they were rounded once: the age a level asks for is rounded up to the next 1024th of a minute of work, and
/// the promise is the first civil day by whose end that much work is done. Everything after is whole numbers.
public struct PromiseCurve: Hashable, Sendable {
  /// Service levels in thousandths.
  public static let levels = Array(stride(from: 500, through: 990, by: 5))

  /// The day of the order.
  public let placed: CivilDate
  /// Days by ``levels``, never falling.
  public let days: [Int32]
  /// The finest level the carrier leg's usual duration comes from.
  public let level: PromiseLevel
  /// Orders that level rests on.
  public let sample: Int
  /// The same of handling: the seller, or all.
  public let handlingLevel: PromiseLevel
  /// Orders that level rests on.
  public let handlingSample: Int
  /// The group whose pace is followed.
  public let group: OrderTraits.Group

  /// The position of a service level: the next listed one, up to half a thousandth forgiven; nil above .99.
  public static func index(of level: ServiceLevel) -> Int? {
    index(ofThousandths: (Int(level.q1024) * 1000 + 512) / 1024)
  }

  /// The position of a level in thousandths; the lowest listed for lower ones, nil above .99.
  public static func index(ofThousandths level: Int) -> Int? {
    guard level <= 990 else { return nil }
    return level <= 500 ? 0 : (level - 500 + 4) / 5
  }

  /// Days promised at a level; nil above .99, which no history of parcels supports.
  public func days(at level: ServiceLevel) -> Int32? {
    PromiseCurve.index(of: level).map { days[$0] }
  }

  /// The date promised at a level.
  public func date(at level: ServiceLevel) -> CivilDate? {
    days(at: level).map { placed.adding(days: Int($0)) }
  }

  /// The same with no date before one, such as a plan's earliest feasible date.
  public func notBefore(_ date: CivilDate) -> PromiseCurve {
    let least = Int32(clamping: date.days(since: placed))
    return PromiseCurve(
      placed: placed, days: days.map { max($0, least) }, level: level, sample: sample,
      handlingLevel: handlingLevel, handlingSample: handlingSample, group: group)
  }
}
