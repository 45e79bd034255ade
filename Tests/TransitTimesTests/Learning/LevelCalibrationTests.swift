import TestSupport
import Testing

@testable import TransitTimes

@Suite struct LevelCalibrationTests {
  static let marks = LevelCalibration.Marks(5, 6, 8, 10, 12, 13, 14, 16)

  /// Feeds a thousand orders a day for some days: of each hundred, so many arrive after the day of .95.
  static func calibration(late: Int, days: Int) -> LevelCalibration {
    var calibration = LevelCalibration(settings: LearningSettings())
    for _ in 0..<days {
      for number in 0..<1000 {
        // The shares the levels state, but for the tail, in which so many of a hundred arrive after day 12.
        let rank = number * 100 / 1000
        let arrived =
          rank < 50
          ? 5 : rank < 65 ? 6 : rank < 80 ? 8 : rank < 90 ? 10 : rank < 100 - late ? 12 : 15
        calibration.arrive(after: arrived, marks)
        for day in 0..<arrived { calibration.outlive(day, marks, lostShare: 0) }
      }
      calibration.close()
    }
    return calibration
  }

  @Test("before anything is known each level serves itself")
  func fresh() {
    let serving = LevelCalibration(settings: LearningSettings()).serving()
    let off = zip(serving, PromiseCurve.levels).count { abs($0 - Double($1)) > 1e-9 }
    #expect(off == 0)
  }

  @Test(
    "levels that were kept as stated stay; where more was missed a higher one serves, and the reverse"
  )
  func moves() throws {
    let at95 = try #require(PromiseCurve.levels.firstIndex(of: 950))
    #expect(abs(Self.calibration(late: 5, days: 60).serving()[at95] - 950) < 3)
    #expect(Self.calibration(late: 8, days: 60).serving()[at95] > 955)
    #expect(Self.calibration(late: 2, days: 60).serving()[at95] < 945)
    for late in [0, 2, 5, 8, 10] {
      let serving = Self.calibration(late: late, days: 30).serving()
      #expect(zip(serving, serving.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(serving.allSatisfy { (500...990).contains($0) })
    }
  }

  @Test("survivors that are likely lost count for little")
  func lost() {
    var sound = LevelCalibration(settings: LearningSettings())
    var leaky = sound
    for _ in 0..<5000 {
      sound.outlive(16, Self.marks, lostShare: 0)
      leaky.outlive(16, Self.marks, lostShare: 0.05)
    }
    sound.close()
    leaky.close()
    #expect(leaky.missed()[7] < sound.missed()[7])
    #expect(leaky.missed()[7] > 0.009)
  }
}
