import Foundation
import Testing

/// Order files of a pool: every fault at once, each with its file and code.
@Suite struct OrderFileTests {
  static func run(_ text: String) throws -> Tradewind.Outcome {
    let folder = try ScratchFolder()
    let file = try folder.write("order.json", text)
    return try Tradewind.run(["quote", "--pool", GoldenTests.orders[0], file] + Tradewind.demo)
  }

  static let head = #"{"from":"CNYIU","to":"ES:28013","weight":"300g""#

  @Test(
    "each fault of an order file",
    arguments: [
      ("", "TW-ORD-001"), ("[]", "TW-ORD-001"), ("{\"from\":", "TW-ORD-001"),
      ("{}", "TW-ORD-002"), (head + #","wieght":"1kg"}"#, "TW-ORD-002"),
      (head + #","goods":1}"#, "TW-ORD-002"), (head + #","goods":"gold"}"#, "TW-REQ-020"),
      (head + #","lines":"851830:1:3EUR"}"#, "TW-ORD-002"),
      (head + #","lines":[1]}"#, "TW-ORD-002"), (head + #","lines":["851830"]}"#, "TW-REQ-034"),
      (head + #","lines":[{"hs":"851830"}]}"#, "TW-ORD-002"),
      (head + #","lines":[{"hs":"851830","value":"3EUR","colour":"red"}]}"#, "TW-ORD-002"),
      (head + #","lines":[{"hs":"851830","value":"3EUR","quantity":1.5}]}"#, "TW-REQ-031"),
      (head + #","lines":[{"hs":"851830","value":"3EUR","quantity":0}]}"#, "TW-REQ-031"),
      (head + #","lines":["851830:1:3EUR"],"value":"3EUR"}"#, "TW-ORD-002"),
      (head + #","ready":"tomorrow"}"#, "TW-REQ-023"),
      (head + #","tier":"express"}"#, "TW-REQ-039"),
      (head + #","promised":"2026-02-30"}"#, "TW-REQ-024"),
    ])
  func faults(_ text: String, _ code: String) throws {
    let outcome = try OrderFileTests.run(text)
    #expect(outcome.status == 65, "\(outcome.errors)")
    #expect(outcome.out == "")
    #expect(outcome.errors.contains(code), "\(outcome.errors)")
    #expect(outcome.errors.contains("order.json"))
  }

  @Test("all faults of a file are told at once")
  func allAtOnce() throws {
    let outcome = try OrderFileTests.run(#"{"from":"","to":"ES:28013","weight":"3","tier":"x"}"#)
    for code in ["TW-REQ-106", "TW-REQ-002", "TW-REQ-039"] {
      #expect(outcome.errors.contains(code), "\(outcome.errors)")
    }
  }

  @Test("orders to two addresses, and an order without lines beside one that has them")
  func mismatch() throws {
    let other = try OrderFileTests.run(
      #"{"from":"CNYIU","to":"ES:08001","weight":"300g","lines":["851830:1:3EUR"]}"#)
    #expect(other.status == 64)
    #expect(other.errors.hasPrefix("error TW-REQ-113"), "\(other.errors)")
    let bare = try OrderFileTests.run(OrderFileTests.head + "}")
    #expect(bare.status == 64)
    #expect(bare.errors.hasPrefix("error TW-REQ-112"), "\(bare.errors)")
  }

  @Test("an order that cannot be sent is answered with no, and the reason")
  func noOffer() throws {
    let outcome = try OrderFileTests.run(
      #"{"from":"CNYIU","to":"ES:28013","weight":"31kg","lines":["851830:1:3EUR"]}"#)
    #expect(outcome.status == 3)
    #expect(outcome.out.contains("order order refused: "), "\(outcome.out)")
  }
}
