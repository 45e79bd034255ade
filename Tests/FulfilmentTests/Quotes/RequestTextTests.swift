import Fulfilment
import LogisticsModel
import TestSupport
import Testing

/// Values as people write them, each fault with its code.
@Suite struct RequestTextTests {
  /// The code of the fault a reading ends with; nil: it was read.
  private static func code(_ body: () throws(RequestFault) -> Void) -> String? {
    do throws(RequestFault) {
      try body()
      return nil
    } catch {
      #expect(!error.message.isEmpty && !error.advice.isEmpty, "\(error)")
      return error.code
    }
  }

  @Test(
    "money with its currency on either side",
    arguments: [
      ("40EUR", Int64(4000), "EUR"), ("EUR 40", 4000, "EUR"), ("39.9 eur", 3990, "EUR"),
      ("1500JPY", 1500, "JPY"), ("0USD", 0, "USD"), ("KWD1.234", 1234, "KWD"),
    ])
  func money(_ text: String, _ units: Int64, _ code: String) throws {
    let money = try RequestText.money(text)
    #expect(money.minorUnits == units)
    #expect(money.currency.code == code)
  }

  @Test(
    "what is no money",
    arguments: [
      ("40", "TW-REQ-022"), ("EUR", "TW-REQ-022"), ("-1EUR", "TW-REQ-022"),
      ("4EUR0", "TW-REQ-022"), ("EUR40EUR", "TW-REQ-022"), ("0.001EUR", "TW-REQ-022"),
      ("40XYZ", "TW-REQ-105"), ("", "TW-REQ-022"), ("1e3EUR", "TW-REQ-022"),
    ])
  func noMoney(_ text: String, _ code: String) {
    #expect(
      RequestTextTests.code { () throws(RequestFault) in _ = try RequestText.money(text) } == code)
  }

  @Test("a ready time with offset is a moment, one without is a clock time at the origin")
  func ready() throws {
    let moment: Instant = "2026-11-20T09:30Z"
    #expect(try RequestText.ready("2026-11-20T17:30:00+08:00") == .instant(moment))
    #expect(try RequestText.ready("2026-11-20T17:30") == .local("2026-11-20T17:30"))
    for text in ["2026-11-20", "2026-13-01T10:00", "2026-11-20T24:01", "soon", ""] {
      #expect(
        RequestTextTests.code { () throws(RequestFault) in _ = try RequestText.ready(text) }
          == "TW-REQ-023", "\(text)")
    }
  }

  @Test("a pinned clock needs an offset, a date must exist")
  func clockAndDate() throws {
    #expect(try RequestText.instant("2026-11-20T09:00:00+08:00") == LoadedNetworks.now)
    #expect(
      RequestTextTests.code { () throws(RequestFault) in
        _ = try RequestText.instant("2026-11-20T09:00")
      } == "TW-REQ-023")
    #expect(try RequestText.date("2028-02-29") == "2028-02-29")
    #expect(
      RequestTextTests.code { () throws(RequestFault) in _ = try RequestText.date("2027-02-29") }
        == "TW-REQ-024")
  }

  @Test("a parcel is read from its parts; what is not given stays unknown")
  func parcel() throws {
    let bare = try RequestText.parcel(weight: "1lb", dims: nil, goods: "liquid", value: nil)
    #expect(bare.weight.value == 454)
    #expect(bare.goods == .liquid)
    #expect(bare.dimensions == nil && bare.declaredValue == nil)
    let full = try RequestText.parcel(
      weight: "480g", dims: "8x20x15cm", goods: "battery", value: "40EUR")
    #expect(full.dimensions == Dimensions(millimetres: 200, 150, 80))
    #expect(full.declaredValue == Money(minorUnits: 4000, .eur))
    for (weight, dims, goods, code) in [
      ("480", nil, "general", "TW-REQ-002"), ("0g", nil, "general", "TW-REQ-004"),
      ("480g", "20x15cm", "general", "TW-REQ-006"), ("480g", nil, "gold", "TW-REQ-020"),
    ] as [(String, String?, String, String)] {
      #expect(
        RequestTextTests.code { () throws(RequestFault) in
          _ = try RequestText.parcel(weight: weight, dims: dims, goods: goods, value: nil)
        } == code, "\(weight) \(goods)")
    }
  }

  @Test("places, currencies and levels name what is wrong with them")
  func placesAndLevels() throws {
    #expect(try RequestText.place("ES:28013").text == "ES:28013")
    #expect(try RequestText.currency("eur") == .eur)
    #expect(try RequestText.level("95%").q1024 == 973)
    for text in ["", "ESP:1", "ES:", "E\u{7}S:1"] {
      #expect(
        RequestTextTests.code { () throws(RequestFault) in _ = try RequestText.place(text) }
          == "TW-REQ-106", "\(text)")
    }
    #expect(
      RequestTextTests.code { () throws(RequestFault) in _ = try RequestText.currency("XAU") }
        == "TW-REQ-105")
    #expect(
      RequestTextTests.code { () throws(RequestFault) in _ = try RequestText.level("1.01") }
        == "TW-REQ-007")
  }
}
