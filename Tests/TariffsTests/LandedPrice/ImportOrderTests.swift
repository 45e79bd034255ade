import LogisticsModel
import Tariffs
import Testing

@Suite struct ImportOrderTests {
  private func order(lines: Int, grams: Int64 = 480, parcels: Int = 1) throws -> ImportOrder {
    let line = try OrderLine(code: nil, quantity: 1, unitValue: .zero(.eur))
    return try ImportOrder(
      destination: try #require(Country(code: "ES")), dispatch: try #require(Country(code: "CN")),
      channel: .courier, lines: [OrderLine](repeating: line, count: lines), weight: Grams(grams),
      parcels: parcels)
  }

  @Test func clearsWhereItGoesUnlessSaidOtherwise() throws {
    #expect(try order(lines: 1).entry.code == "ES")
  }

  @Test func refusesEmptyWeightlessAndParcellessOrders() throws {
    for attempt in [
      { try order(lines: 0) }, { try order(lines: 1001) }, { try order(lines: 1, grams: 0) },
      { try order(lines: 1, parcels: 0) }, { try order(lines: 1, parcels: -3) },
    ] {
      let fault = #expect(throws: MeasureFault.self) { _ = try attempt() }
      #expect(fault?.code == "TW-REQ-033")
    }
  }
}
