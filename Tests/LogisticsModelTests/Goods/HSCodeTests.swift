import LogisticsModel
import Testing

@Suite struct HSCodeTests {
  @Test(arguments: [
    ("851830", "851830", "851830"), ("8518.30", "851830", "851830"),
    ("85183000", "85183000", "851830"), ("8518.30.00.90", "8518300090", "851830"),
    // Chapters below ten keep their zero.
    ("010121", "010121", "010121"), ("0101.21.00", "01012100", "010121"),
  ]) func readsSixEightAndTenDigits(text: String, digits: String, heading: String) throws {
    let code = try HSCode(text)
    #expect(code.description == digits)
    #expect(code.heading.description == heading)
    #expect(code.heading == (try HSCode(heading)))
    #expect(code.chapter == Int(digits.prefix(2)))
  }

  @Test(arguments: [
    "", "8518", "85183", "8518300", "851830009", "85183000900", ".851830", "851830.", "85..1830",
    "8518 30", "85183a", "-851830", "\u{0668}51830", "000000", "771234", "8518,30",
  ]) func refusesWhatIsNoCode(text: String) {
    let fault = #expect(throws: MeasureFault.self) { try HSCode(text) }
    #expect(fault?.code == "TW-REQ-030")
  }

  @Test func beginsWithThePrefixOfItsGroup() throws {
    let code = try HSCode("0101210090")
    #expect(code.begins(with: "01") && code.begins(with: "0101210090") && code.begins(with: ""))
    #expect(!code.begins(with: "101") && !code.begins(with: "01012100901"))
  }

  @Test func ordersByDigitsGroupFirst() throws {
    let texts = ["01012100", "0101210000", "010121", "851830", "8518300090", "85183000", "610910"]
    #expect(
      try texts.map { try HSCode($0) }.sorted().map(\.description) == [
        "010121", "01012100", "0101210000", "610910", "851830", "85183000", "8518300090",
      ])
  }
}
