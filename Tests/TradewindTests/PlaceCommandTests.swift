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
    #expect(none.out.contains("site 2 closed: leaving it free would do"), "\(none.out)")
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

  @Test("levels, least quantities and scenarios are read, solved and verified")
  func requirements() throws {
    let folder = try ScratchFolder()
    let instance = try folder.write("two.txt", Self.text)
    let levels = try folder.write("levels.csv", "site,opening,capacity\n1,1,5\n1,4,12\n")
    let certificate = folder.path + "/certificate.txt"
    func place(_ more: String...) throws -> (status: Int32, out: String, errors: String) {
      let outcome = try Tradewind.run(
        ["place", "--instance", instance, "--format", "holmberg", "--certificate", certificate]
          + more)
      return (outcome.status, outcome.out, outcome.errors)
    }
    // The first site alone at its greater size: 4 + 1 + 3 + 5; at the smaller with the second: 3 + 11.
    let sized = try place("--levels", levels)
    #expect(sized.out.contains("value 13, bound 13"), "\(sized)")
    #expect(sized.out.contains("open 1\nsite 1 at capacity 12, opening 4\n"), "\(sized)")
    #expect(try Tradewind.run(["place", "--verify", certificate]).status == 0)
    // Twelve units are no two times seven; three and four at one site, five at the other are two times five.
    let owed = try place("--least", "7")
    #expect(owed.status == 3 && owed.out.contains("least 7: 5 would do"), "\(owed)")
    let poor = try place("--kind", "uncapacitated", "--budget", "0")
    #expect(poor.status == 3 && poor.out.contains("budget 0: 1 would do"), "\(poor)")
    let demands = try folder.write(
      "scenarios.csv", "scenario,client,factor\nusual,,1\nwide,,2\nwide,1,1.5\n")
    for (across, value) in [("expected", "14.25"), ("worst", "18.5"), ("regret", "0")] {
      let found = try place(
        "--kind", "uncapacitated", "--scenarios", demands, "--across", across)
      #expect(found.out.contains("value \(value), bound \(value),"), "\(found)")
      #expect(try Tradewind.run(["place", "--verify", certificate]).status == 0)
    }
    #expect(try Tradewind.run(["place", "--verify", certificate + ".2"]).status == 0)
    let bad = try folder.write("bad.csv", "site,opening,capacity\n9,1,5\n1,-4,12\n")
    let refused = try place("--levels", bad)
    #expect(refused.status == 65 && refused.errors.contains("bad.csv:2:1"), "\(refused)")
    #expect(refused.errors.contains("bad.csv:3:2"), "\(refused)")
    #expect(try place("--kind", "uncapacitated", "--levels", levels).status == 64)
  }

  @Test("a folder of instances is solved as a table, formats guessed")
  func bench() throws {
    let folder = try ScratchFolder()
    // Three sites of nine, all opened at 1, costs 1, 2, 3: two are needed for twelve units, and each client that
    // does not fit costs more.
    _ = try folder.write("a.txt", "3 3\n9 9 9\n1 1 1\n4 4 4\n1 2 3\n1 2 3\n1 2 3\n")
    _ = try folder.write("b.txt", "3 2 1\n1 2 4\n2 3 5\n")
    _ = try folder.write("notes.txt", "nothing to solve\n")
    let outcome = try Tradewind.run(["bench", "--placement", folder.path, "--json", "--quiet"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8))
    let report = try #require(object as? [String: Any])
    let rows = try #require(report["instances"] as? [[String: Any]])
    #expect(rows.map { $0["kind"] as? String } == ["single-source", "median"])
    // Two clients from the first site, one from the second, both open: 1 + 1 + 1 + 1 + 2. Median in the middle: 4 + 5.
    #expect(rows.map { $0["value"] as? Int } == [6, 9])
    #expect(rows.allSatisfy { $0["proved"] as? Bool == true })
    #expect(report["unread"] as? [String] == ["notes.txt"])
  }

  @Test("what each site is worth, and what a budget forbids")
  func why() throws {
    let folder = try ScratchFolder()
    let instance = try folder.write("a.txt", "3 3\n99 99 99\n1 1 1\n4 4 4\n1 2 3\n1 2 3\n1 2 3\n")
    let question = ["place", "--instance", instance, "--format", "holmberg", "--json"]
    let outcome = try Tradewind.run(
      question + ["--kind", "uncapacitated", "--why", "--certificate", folder.path + "/c.txt"])
    let object = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8))
    let answer = try #require(object as? [String: Any])
    // Site 1 alone: 1 + 3. Without it site 2: 1 + 6; site 2 or 3 beside it: one more to open.
    #expect(answer["value"] as? Int == 4)
    let worth = try #require(answer["why"] as? [[String: Any]])
    #expect(worth.map { $0["value_otherwise"] as? Int } == [7, 5, 5])
    let share = try Tradewind.run(
      question + [
        "--kind", "median", "--p", "1", "--reach", "1", "--share", "1", "--certificate",
        folder.path + "/s.txt",
      ])
    #expect(share.status == 0, "\(share.errors)")
    let verified = try Tradewind.run(["place", "--verify", folder.path + "/s.txt"])
    #expect(verified.status == 0, "\(verified.errors)")
  }
}
