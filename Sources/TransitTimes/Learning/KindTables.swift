/// What is promised to each kind of order today: a group and a share of handling in the whole.
///
/// Marks come from the usual laws of the legs, what the legs say now from their present ones, and what is promised from
/// both and the calibration. Everything is made once a day for the kinds that are asked for.
struct KindTables: Sendable {
  private var usual: PromiseTables
  private var present: PromiseTables
  private var marks: [[Double]?]
  private var survivals: [[Double]?]
  private var ages: [[Double]?]

  init(usual: PromiseTables, present: PromiseTables) {
    self.usual = usual
    self.present = present
    marks = Array(repeating: nil, count: AgeRates.groups * PromiseTables.shares)
    survivals = marks
    ages = marks
  }

  /// Forgets what rests on the calibration, not what the legs say.
  mutating func recalibrate() {
    survivals = Array(repeating: nil, count: marks.count)
    ages = survivals
  }

  /// Ages of the marks of a kind, in usual durations of the whole.
  mutating func marks(at kind: Int) -> [Double] {
    if let there = marks[kind] { return there }
    let made = AgeMarks.ages(usual.survivals(at: kind))
    marks[kind] = made
    return made
  }

  /// The shares that take longer than the marks.
  mutating func survivals(at kind: Int, _ calibration: LevelCalibration) -> [Double] {
    if let there = survivals[kind] { return there }
    let made = calibration.survivals(
      at: marks(at: kind), law: present.survivals(at: kind),
      of: OrderTraits.Group.allCases[kind / PromiseTables.shares])
    survivals[kind] = made
    return made
  }

  /// Ages by ``PromiseCurve/levels``.
  ///
  /// - Complexity: O(1), but for the first of a day of a kind.
  mutating func ages(at kind: Int, _ calibration: LevelCalibration) -> [Double] {
    if let there = ages[kind] { return there }
    let made = LevelCalibration.ages(at: marks(at: kind), survivals(at: kind, calibration))
    ages[kind] = made
    return made
  }
}
