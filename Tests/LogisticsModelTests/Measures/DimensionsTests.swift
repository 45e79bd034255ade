import LogisticsModel
import Testing

@Suite struct DimensionsTests {
  @Test func sortsTheEdges() throws {
    let size = try Dimensions("8x20x15cm")
    #expect(size == Dimensions(millimetres: 200, 150, 80))
    #expect(size.sum == 430)
    #expect(size.longest == 200 && size.second == 150 && size.shortest == 80)
    // 200 + 2 * (150 + 80) = 660; 200 * 150 * 80 = 2,400,000.
    #expect(size.girth == 660)
    #expect(size.volume == 2_400_000)
  }

  @Test func readsEveryUnitAndSeparator() throws {
    for text in [
      "200x150x80mm", "20x15x8cm", "20 x 15 x 8 cm", "20*15*8cm", "20×15×8CM", "15x8x20cm",
    ] {
      #expect(try Dimensions(text).description == "200x150x80 mm", "\(text)")
    }
    // 8 in = 203.2 mm, 6 in = 152.4 mm, 3 in = 76.2 mm, each rounded up.
    #expect(try Dimensions("8x6x3in").description == "204x153x77 mm")
    #expect(try Dimensions("8x6x3\"") == Dimensions("8x6x3in"))
    // 59.95 cm = 599.5 mm.
    #expect(try Dimensions("59.95x10x10cm").longest == 600)
  }

  @Test(arguments: [
    ("20x15x8", MeasureFault.Code.unitMissing), ("20x15cm", MeasureFault.Code.edgeCount),
    ("20x15x8x3cm", MeasureFault.Code.edgeCount), ("20x0x8cm", MeasureFault.Code.notPositive),
    ("20x-5x8cm", MeasureFault.Code.notPositive), ("2001x1x1cm", MeasureFault.Code.tooLarge),
    ("20x15x8ft", MeasureFault.Code.unitUnknown), ("20xx8cm", MeasureFault.Code.malformed),
    ("", MeasureFault.Code.malformed), ("axbxc", MeasureFault.Code.unitUnknown),
    ("20x15,5x8cm", MeasureFault.Code.malformed),
  ])
  func refusesWithOneClearCodedError(text: String, code: String) throws {
    let fault = try #require(throws: MeasureFault.self) { try Dimensions(text) }
    #expect(fault.code == code)
    #expect(fault.subject == "size")
    #expect(fault.value == text)
  }

  @Test func greatestVolumeFits() throws {
    // 20 m cubed: 8 x 10^12 mm3.
    #expect(try Dimensions("20000x20000x20000mm").volume == 8_000_000_000_000)
  }
}
