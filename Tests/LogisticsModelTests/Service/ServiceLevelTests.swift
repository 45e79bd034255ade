import LogisticsModel
import Testing

@Suite struct ServiceLevelTests {
  @Test func takesTheNearest1024th() throws {
    // 0.95 x 1024 = 972.8; 0.8 x 1024 = 819.2; 0.9 x 1024 = 921.6; 0.99 x 1024 = 1013.76.
    for (text, level) in [
      ("0.95", 973), ("95%", 973), ("95 %", 973), ("0.8", 819), ("80%", 819), ("0.9", 922),
      ("0.99", 1014),
      ("99.9%", 1023), ("0", 0), ("1", 1024), ("100%", 1024), ("0%", 0), ("0.5", 512), ("1%", 10),
    ] {
      #expect(try ServiceLevel(text).q1024 == Int32(level), "\(text)")
    }
    #expect(ServiceLevel.standard.q1024 == 973)
  }

  @Test(arguments: ["95", "1.01", "101%", "-0.1", "-1%"])
  func refusesWhatIsNoProbability(text: String) throws {
    let fault = try #require(throws: MeasureFault.self) { try ServiceLevel(text) }
    #expect(fault.code == MeasureFault.Code.levelOutOfRange)
  }

  @Test(arguments: ["", "%", "high", "0,95", "p95"])
  func refusesWhatIsNoNumber(text: String) throws {
    let fault = try #require(throws: MeasureFault.self) { try ServiceLevel(text) }
    #expect(fault.code == MeasureFault.Code.malformed)
  }

  @Test func rawLevelsAreChecked() {
    #expect(ServiceLevel(q1024: 1024)?.q1024 == 1024)
    #expect(ServiceLevel(q1024: 1025) == nil)
    #expect(ServiceLevel(q1024: -1) == nil)
  }
}

@Suite struct TierTests {
  @Test func namesAndOrdersTheTiers() {
    #expect(Tier.allCases.sorted().map(\.word) == ["economy", "standard", "premium"])
    #expect(Tier(word: "premium") == .premium)
    #expect(Tier(word: "express") == nil)
  }
}
