import Testing

@testable import NetworkBuilding

@Suite struct SeaLawsTests {
  /// 65.2 percent on time: 1024 x 0.652 x 0.7 = 467.4 -> 467 at once, 200.3 -> 200 after a day; 34.8 percent late:
  /// 106.9 -> 107, 121.2 -> 121, 85.5 -> 86 and 42.8 -> 43; together 1024.
  @Test func mixtureOfOnTimeAndLate() {
    let atoms = WorldDraft.mixture(
      onTimeMillionths: 65_200_000, [[0, 70], [1440, 30]],
      [[2880, 30], [5760, 34], [10080, 24], [14400, 12]])
    #expect(
      atoms == [[0, 467], [1440, 200], [2880, 107], [5760, 121], [10080, 86], [14400, 43]])
  }
}
