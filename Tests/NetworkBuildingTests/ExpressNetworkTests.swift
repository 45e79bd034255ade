import Testing

@testable import NetworkBuilding

@Suite struct ExpressNetworkTests {
  /// One price for the line: the linehaul charges, the round to the door is included and says so.
  @Test func onePriceCoversTheLine() {
    let line = WorldFixture.leg("express-PVG-ES1")
    let door = WorldFixture.leg("lm-ES-28-express")
    #expect(line["price_basis"] == "assumed" && line["card"]?.hasPrefix("express-") == true)
    #expect(door["price_basis"] == "included" && door["card"] == "")
    #expect(door["from"] == line["to"])
  }
}
