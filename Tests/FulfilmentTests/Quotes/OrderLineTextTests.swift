import Fulfilment
import LogisticsModel
import Testing

/// Order lines as people write them, each fault with its code.
@Suite struct OrderLineTextTests {
  private static func code(_ text: String) -> String? {
    do throws(RequestFault) {
      _ = try OrderLineText.line(text)
      return nil
    } catch {
      #expect(!error.advice.isEmpty, "\(error)")
      #expect(error.description.utf8.count < 600)
      return error.code
    }
  }

  @Test("the three parts and every word after them, in any order")
  func parts() throws {
    let plain = try OrderLineText.line("851830:2:30EUR")
    #expect(plain.code?.description == "851830")
    #expect(plain.quantity == 2)
    #expect(plain.unitValue.description == "30.00 EUR")
    #expect(plain.total.description == "60.00 EUR")
    #expect(plain.origin == nil && plain.goods == nil && plain.battery == nil)
    #expect(plain.eprCategory == nil)
    let full = try OrderLineText.line("8507.60.00:1:USD 40:epr=batteries:alone:cn")
    #expect(full.code?.heading.description == "850760")
    #expect(full.origin?.code == "CN")
    #expect(full.battery == .alone)
    // A battery kind makes the class.
    #expect(full.goods == .battery)
    #expect(full.eprCategory == "batteries")
    // An empty origin is one that is not named.
    #expect(try OrderLineText.line("330499:3:5EUR::liquid").goods == .liquid)
    #expect(try OrderLineText.line("851830:1:30EUR:battery:in_equipment").battery == .inEquipment)
  }

  @Test(
    "what is no line",
    arguments: [
      ("", "TW-REQ-034"), ("851830", "TW-REQ-034"), ("851830:2", "TW-REQ-034"),
      ("8518:2:30EUR", "TW-REQ-030"), ("851830A:2:30EUR", "TW-REQ-030"),
      ("77:1:1EUR", "TW-REQ-030"), ("770000:1:1EUR", "TW-REQ-030"), (":2:30EUR", "TW-REQ-030"),
      ("851830:0:30EUR", "TW-REQ-031"), ("851830:-2:30EUR", "TW-REQ-031"),
      ("851830:1.5:30EUR", "TW-REQ-031"), ("851830::30EUR", "TW-REQ-031"),
      ("851830:1000001:1EUR", "TW-REQ-031"), ("851830:99999999999999999999:1EUR", "TW-REQ-031"),
      ("851830:2:30", "TW-REQ-022"), ("851830:2:-30EUR", "TW-REQ-022"),
      ("851830:2:30XAU", "TW-REQ-105"), ("851830:2:0.5JPY", "TW-REQ-022"),
      ("851830:2:100000000000EUR", "TW-REQ-032"),
      ("851830:1:99999999999999999999EUR", "TW-REQ-022"),
      ("851830:2:30EUR:China", "TW-REQ-034"), ("851830:2:30EUR:CN:BD", "TW-REQ-034"),
      ("851830:2:30EUR:alone:in_equipment", "TW-REQ-034"),
      ("851830:2:30EUR:liquid:alone", "TW-REQ-034"), ("851830:2:30EUR:epr=", "TW-REQ-034"),
      ("851830:2:30EUR:epr=a b", "TW-REQ-034"), ("851830:2:30EUR:gold", "TW-REQ-034"),
    ])
  func faults(_ text: String, _ code: String) {
    #expect(OrderLineTextTests.code(text) == code, "\(text)")
  }

  @Test("a cell holds lines joined by +, and no more than an order has")
  func cell() throws {
    let lines = try OrderLineText.lines(cell: "851830:2:30EUR+610910:1:12.50EUR:BD")
    #expect(lines.map(\.quantity) == [2, 1])
    #expect(lines[1].origin?.code == "BD")
    #expect(throws: RequestFault.self) { try OrderLineText.lines(cell: "851830:2:30EUR+") }
    let many = Array(repeating: "851830:1:1EUR", count: 1001).joined(separator: "+")
    #expect {
      _ = try OrderLineText.lines(cell: many)
    } throws: {
      ($0 as? RequestFault)?.code == "TW-REQ-033"
    }
  }
}
