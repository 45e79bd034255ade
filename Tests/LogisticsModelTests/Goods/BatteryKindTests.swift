import LogisticsModel
import Testing

@Suite struct BatteryKindTests {
  @Test func wordsAreReadAndWritten() {
    #expect(BatteryKind.allCases.map(\.word) == ["alone", "with_equipment", "in_equipment"])
    for kind in BatteryKind.allCases { #expect(BatteryKind(word: kind.word) == kind) }
    #expect(BatteryKind(word: "Alone") == nil)
  }
}
