import TestSupport
import Testing

@testable import TransitTimes

@Suite struct LevelCalibrationTests {
  static let at95 = LevelCalibration.levels.firstIndex(of: 950) ?? 0

  /// Feeds ten thousand orders a day for some days, which arrive as the levels state, but for so many of a hundred that
  /// outlive .95.
  static func calibration(late: Int, days: Int) -> LevelCalibration {
    var calibration = LevelCalibration(settings: LearningSettings())
    for _ in 0..<days {
      for number in 0..<10_000 {
        let share = number / 10
        let outlived =
          share < 1000 - 10 * late
          ? LevelCalibration.levels.firstIndex { $0 > share * 950 / (1000 - 10 * late) } ?? at95
          : at95 + 1
        for interval in 0..<outlived { calibration.outlive(interval, lostShare: 0) }
        calibration.arrive(outlived: outlived)
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
    #expect(abs(Self.calibration(late: 5, days: 10).serving()[at95] - 950) < 3)
    #expect(Self.calibration(late: 8, days: 10).serving()[at95] > 950.5)
    #expect(Self.calibration(late: 2, days: 10).serving()[at95] < 945)
    for late in [0, 2, 5, 8, 10] {
      let serving = Self.calibration(late: late, days: 2).serving()
      #expect(zip(serving, serving.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(serving.allSatisfy { (500...990).contains($0) })
    }
  }

  /// Five of a hundred delivered parcels outlive .95, and one of a hundred and one sent is lost besides.
  @Test("survivors that are lost do not pass for late")
  func lost() {
    var blind = LevelCalibration(settings: LearningSettings())
    var seeing = blind
    for _ in 0..<40 {
      for number in 0..<10_100 {
        let isLost = number % 101 == 100
        let outlived =
          isLost ? LevelCalibration.levels.count : number % 101 < 95 ? Self.at95 : Self.at95 + 1
        for interval in 0..<outlived {
          blind.outlive(interval, lostShare: 0)
          seeing.outlive(interval, lostShare: 1 / 101)
        }
        blind.arrive(outlived: outlived)
        seeing.arrive(outlived: outlived)
      }
      blind.close()
      seeing.close()
    }
    #expect(abs(seeing.missed()[Self.at95] - 0.05) < 0.003, "\(seeing.missed()[Self.at95])")
    #expect(blind.missed()[Self.at95] > 0.056)
  }
}
