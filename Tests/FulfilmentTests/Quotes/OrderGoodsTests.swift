import Fulfilment
import LogisticsModel
import Testing

/// The goods class of a parcel and its lines, and what the lines are worth together.
@Suite struct OrderGoodsTests {
  private static func lines(_ texts: [String]) throws -> [OrderLine] {
    try texts.map { try OrderLineText.line($0) }
  }

  @Test(
    "without a class the lines decide",
    arguments: [
      ([], GoodsClass.general), (["851830:1:1EUR"], .general),
      (["610910:1:1EUR:textile", "620342:1:1EUR:textile"], .textile),
      (["610910:1:1EUR:textile", "851830:1:1EUR"], .general),
      (["851830:1:1EUR:in_equipment", "610910:1:1EUR:textile"], .battery),
      (["851830:1:1EUR", "330499:1:1EUR:liquid"], .liquid),
    ] as [([String], GoodsClass)])
  func decided(_ texts: [String], _ goods: GoodsClass) throws {
    #expect(try OrderGoods.parcelClass(asked: nil, lines: OrderGoodsTests.lines(texts)) == goods)
  }

  @Test(
    "a class that covers every line stands, one that does not is refused",
    arguments: [
      (GoodsClass.general, "851830:1:1EUR:alone", false), (.liquid, "851830:1:1EUR:alone", false),
      (.textile, "851830:1:1EUR:general", false), (.battery, "851830:1:1EUR:alone", true),
      (.battery, "610910:1:1EUR:textile", true), (.general, "610910:1:1EUR:textile", true),
      (.textile, "610910:1:1EUR", true), (.liquid, "851830:1:1EUR:general", true),
    ] as [(GoodsClass, String, Bool)])
  func asked(_ asked: GoodsClass, _ text: String, _ stands: Bool) throws {
    let lines = try OrderGoodsTests.lines([text])
    if stands {
      #expect(try OrderGoods.parcelClass(asked: asked, lines: lines) == asked)
    } else {
      #expect {
        _ = try OrderGoods.parcelClass(asked: asked, lines: lines)
      } throws: {
        ($0 as? RequestFault)?.code == "TW-REQ-035"
      }
    }
  }

  @Test("batteries and liquids do not share a parcel; both lines are named")
  func conflict() throws {
    let lines = try OrderGoodsTests.lines(
      ["610910:1:1EUR", "850760:1:1EUR:alone", "330499:1:1EUR:liquid"])
    #expect {
      _ = try OrderGoods.parcelClass(asked: nil, lines: lines)
    } throws: {
      guard let fault = $0 as? RequestFault else { return false }
      return fault.code == "TW-REQ-035" && fault.message.contains("line 2 is battery")
        && fault.message.contains("line 3 liquid")
    }
  }

  @Test("lines of one currency add up, of two they do not")
  func value() throws {
    #expect(
      OrderGoods.value(try OrderGoodsTests.lines(["851830:2:30EUR", "610910:1:12.50EUR"]))
        == Money(minorUnits: 7250, .eur))
    #expect(
      OrderGoods.value(try OrderGoodsTests.lines(["851830:2:30EUR", "610910:1:12.50USD"])) == nil)
    #expect(OrderGoods.value([]) == nil)
  }
}
