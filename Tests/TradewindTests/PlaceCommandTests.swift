import Foundation
import TestSupport
import Testing

/// `tradewind place` on an instance that can be worked out by hand.
@Suite struct PlaceCommandTests {
  /// Two sites and three clients.
  ///
  /// The sites have room for 9 and 8 (opening 1 and 2), the clients need 3, 4 and 5: together 12, so both
  /// open, for 3. All from site 1 would cost 1 + 3 + 5 = 9; one of them must move, for 1 more: 3 + 9 + 1 = 13.
  static let text = "2 3\n9 8\n1 2\n3 4 5\n1 2\n3 4\n5 6\n"

  @Test("solves, prints the keys that are promised, and verifies its certificate")
  func solves() throws {
    let folder = try ScratchFolder()
    let instance = try folder.write("two.txt", Self.text)
    let certificate = folder.path + "/certificate.txt"
    let outcome = try Tradewind.run([
      "place", "--instance", instance, "--format", "holmberg", "--json", "--certificate",
      certificate,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8))
    let answer = try #require(object as? [String: Any])
    #expect(answer["value"] as? Int == 13)
    #expect(answer["lower_bound"] as? Int == 13)
    #expect(answer["gap"] as? Double == 0)
    #expect(answer["proved"] as? Bool == true)
    #expect(answer["open"] as? [Int] == [1, 2])
    #expect(answer["kind"] as? String == "single-source")
    #expect(answer["certificate"] as? String == certificate)
    let verified = try Tradewind.run(["place", "--verify", certificate])
    #expect(verified.status == 0, "\(verified.errors)")
    #expect(verified.out.contains("holds: value 13, bound 13"))
    try folder.edit("certificate.txt", "value 13", "value 12")
    let forged = try Tradewind.run(["place", "--verify", certificate])
    #expect(forged.status == 4)
    #expect(forged.errors.contains("TW-PLC-010"))
  }

  @Test("no plan is an answer, bad data and bad questions are located")
  func refuses() throws {
    let folder = try ScratchFolder()
    let instance = try folder.write("two.txt", Self.text)
    let none = try Tradewind.run([
      "place", "--instance", instance, "--format", "holmberg", "--close", "2",
    ])
    #expect(none.status == 3, "\(none.errors)")
    #expect(none.out.contains("no plan meets the conditions (proved)"))
    let bad = try folder.write("bad.txt", "2 3\n9 8\n1 -2\n3 4 5\n1 2\n3 4\n5 6\n")
    let refused = try Tradewind.run(["place", "--instance", bad, "--format", "holmberg"])
    #expect(refused.status == 65)
    #expect(refused.errors.contains("TW-PLC-005"))
    #expect(refused.errors.contains("bad.txt:3:3"))
    let unknown = try Tradewind.run([
      "place", "--instance", instance, "--format", "holmberg", "--open", "9",
    ])
    #expect(unknown.status == 64)
    let missing = try Tradewind.run([
      "place", "--instance", folder.path + "/none.txt", "--format", "tsplib",
    ])
    #expect(missing.status == 66)
  }
}
