import Glibc
import TestSupport
import Testing

@testable import TransitTimes

@Suite struct LevelCalibrationTests {
  /// Arrivals at a steady rate of one a usual duration.
  static let law = (0...PromiseTables.points).map {
    exp(-Double($0) / Double(PromiseTables.fineness))
  }
  static let marks = AgeMarks.ages(law)
  /// Marks before that of .95, and the position of .95 in a curve.
  static let at95 = (AgeMarks.levels.firstIndex(of: 950) ?? 0) + AgeMarks.median - 9
  static let listed95 = PromiseCurve.levels.firstIndex(of: 950) ?? 0

  static var settings: LearningSettings {
    var settings = LearningSettings()
    settings.margin = 1
    return settings
  }

  /// Feeds ten thousand orders a day for some days, of which so many of a hundred outlive .95's mark and the others arrive
  /// just before it.
  static func calibration(late: Int, days: Int) -> LevelCalibration {
    var calibration = LevelCalibration(settings: settings)
    for _ in 0..<days {
      for number in 0..<10_000 {
        let outlived = number % 100 < late ? at95 + 1 : at95
        for mark in 0..<outlived { calibration.outlive(mark, weight: 1) }
        calibration.arrive(outlived: outlived)
      }
      calibration.close()
    }
    return calibration
  }

  static func age95(_ calibration: LevelCalibration) -> Double {
    let survivals = calibration.survivals(at: marks, law: law, of: .near)
    return LevelCalibration.ages(at: marks, survivals)[listed95]
  }

  /// e^-t = .5 at .693, .05 at 2.996; the last mark is 4.605 x 1.07^24 = 23, cut to 8.
  @Test("marks stand where the usual law has its levels, rising")
  func standing() {
    #expect(Self.marks.count == AgeMarks.count && AgeMarks.nominal.count == AgeMarks.count)
    #expect(abs(Self.marks[AgeMarks.median] - 0.6931) < 0.001)
    #expect(abs(Self.marks[Self.at95] - 2.9957) < 0.001)
    #expect(abs(AgeMarks.nominal[Self.at95] - 0.06) < 1e-12)
    #expect(Self.marks.last == 8)
    #expect(zip(Self.marks, Self.marks.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("before anything is known the law of the legs is promised")
  func fresh() {
    let survivals = LevelCalibration(settings: Self.settings)
      .survivals(at: Self.marks, law: Self.law, of: .near)
    let ages = LevelCalibration.ages(at: Self.marks, survivals)
    let off = zip(ages, PromiseCurve.levels).count { age, level in
      abs(age + log(Double(1000 - level) / 1000)) > 0.002
    }
    #expect(off == 0)
  }

  @Test(
    "levels that were kept as stated stay; where more was missed a later age serves, and the reverse"
  )
  func moves() {
    let mark = Self.marks[Self.at95]
    #expect(abs(Self.age95(Self.calibration(late: 5, days: 10)) - mark) < 0.05)
    #expect(Self.age95(Self.calibration(late: 8, days: 10)) > mark + 0.01)
    #expect(Self.age95(Self.calibration(late: 2, days: 10)) < mark - 0.02)
    for late in [0, 2, 5, 8, 10, 100] {
      let survivals = Self.calibration(late: late, days: 2)
        .survivals(at: Self.marks, law: Self.law, of: .planned)
      let ages = LevelCalibration.ages(at: Self.marks, survivals)
      #expect(zip(ages, ages.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(ages.allSatisfy { (0...8).contains($0) })
    }
  }

  /// Five of a hundred delivered parcels outlive .95, and one of a hundred and one sent is lost besides.
  @Test("survivors that are lost do not pass for late")
  func lost() {
    func survivals(lostShare: Double) -> Double {
      var calibration = LevelCalibration(settings: Self.settings)
      func missed() -> [Double] {
        calibration.survivals(at: Self.marks, law: Self.law, of: .near)
      }
      for _ in 0..<40 {
        let alive = missed().map { ($0 * (1 - lostShare), lostShare) }
          .map { $1 > 0 ? $0 / ($0 + $1) : 1 }
        for number in 0..<10_100 {
          let isLost = number % 101 == 100
          let outlived = isLost ? AgeMarks.count : number % 101 < 95 ? Self.at95 : Self.at95 + 1
          for mark in 0..<outlived { calibration.outlive(mark, weight: alive[mark]) }
          if !isLost { calibration.arrive(outlived: outlived) }
        }
        calibration.close()
      }
      return missed()[Self.at95]
    }
    let seeing = survivals(lostShare: 1.0 / 101)
    #expect(abs(seeing - 0.05) < 0.003, "\(seeing)")
    #expect(survivals(lostShare: 0) > 0.056)
  }

  @Test("more orders at risk never make a level's age earlier, whatever the law")
  func monotone() {
    var random = SeededGenerator(seed: 3)
    var shorter = 0
    for round in 0..<40 {
      var fewer = Self.calibration(late: round % 12, days: 1)
      var more = fewer
      for _ in 0..<30 {
        let first = random.int(0...AgeMarks.count - 1)
        for mark in 0...first { more.outlive(mark, weight: 1) }
      }
      fewer.close()
      more.close()
      let slower = Self.law.indices.map { exp(-0.9 * Double($0) / Double(PromiseTables.fineness)) }
      let ages = [(fewer, Self.law), (more, Self.law), (more, slower)].map { calibration, law in
        LevelCalibration.ages(
          at: Self.marks, calibration.survivals(at: Self.marks, law: law, of: .near))
      }
      shorter += zip(ages[0], ages[1]).count { $0 > $1 + 1e-12 }
      shorter += zip(ages[1], ages[2]).count { $0 > $1 + 1e-12 }
    }
    #expect(shorter == 0)
  }
}
