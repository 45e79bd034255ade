import LogisticsModel
import Testing

@Suite struct PlaceTests {
  private func form(_ text: String) throws -> Place.Form { try Place(parsing: text).form }

  @Test func forms() throws {
    let spain = try #require(Country(code: "es"))
    let japan = try #require(Country(code: "JP"))
    #expect(try form("CNYIU") == .code("CNYIU"))
    #expect(try form("cnyiu") == .code("CNYIU"))
    #expect(try form("O-yiwu") == .node("O-yiwu"))
    // Digits 0 and 1 are not used in UN/LOCODEs.
    #expect(try form("CNYI1") == .node("CNYI1"))
    #expect(try form(" ES:28013 ") == .postal(spain, code: "28013"))
    #expect(try form("es: 28-013") == .postal(spain, code: "28013"))
    #expect(try form("JP:Tokyo") == .city(japan, name: "Tokyo"))
    #expect(try Place(parsing: " ES:28013 ").description == "ES:28013")
    #expect(Place.normalisedPostalCode("sw1a 1aa") == "SW1A1AA")
  }

  @Test(arguments: [
    ("", Place.Fault.empty), ("   ", .empty), ("ESP:28013", .countryMalformed("ESP")),
    (":28013", .countryMalformed("")), ("1S:28013", .countryMalformed("1S")),
    ("CN\u{0}YIU", .controlCharacter), (String(repeating: "a", count: 201), .tooLong(201)),
  ])
  func refuses(_ text: String, _ fault: Place.Fault) {
    #expect(throws: fault) { try Place(parsing: text) }
  }

  @Test func nothingAfterTheColon() throws {
    let spain = try #require(Country(code: "ES"))
    #expect(throws: Place.Fault.nameMissing(spain)) { try Place(parsing: "ES: ") }
  }

  @Test func cityKeys() {
    #expect(CityName.key("São Paulo") == "saopaulo")
    #expect(CityName.key("SAO-PAULO") == "saopaulo")
    #expect(CityName.key("L'Hospitalet") == "lhospitalet")
    #expect(CityName.key("Łódź") == "lodz")
    #expect(CityName.key("東京") == "東京")
    // Found by the fuzzer: the small letter of İ carries an accent of its own.
    #expect(CityName.key("İzmir") == "izmir")
    // A combining accent counts like a letter that has it.
    #expect(CityName.key("Sa\u{0303}o Paulo") == "saopaulo")
  }
}
