import Foundation
import Testing

/// `place --network` on the demo network: every output, and what is wrong with its tables.
@Suite struct PlaceNetworkTests {
  static let skus = """
    sku,from,weight,line,duty_percent,short,over
    speaker,CNYIU,9kg,851821:1:160EUR,,9EUR,3EUR
    sticker,CNYIU,20g,851830:1:2EUR,,,
    """
  static let demand = """
    sku,to,pieces,deviation,first,last
    speaker,ES:28013,40,8,2026-12-07,2026-12-20
    speaker,ES:08002,30,,2026-12-07,2026-12-20
    sticker,ES:28013,20,,2026-12-07,2026-12-20
    """

  static func run(
    _ arguments: [String], skus: String = skus, demand: String = demand
  ) throws -> Tradewind.Outcome {
    let folder = try ScratchFolder()
    try Data(skus.utf8).write(to: URL(fileURLWithPath: folder.path + "/skus.csv"))
    try Data(demand.utf8).write(to: URL(fileURLWithPath: folder.path + "/demand.csv"))
    return try Tradewind.run(
      [
        "place", "--network", "demo", "--skus", folder.path + "/skus.csv", "--demand",
        folder.path + "/demand.csv", "--certificate", folder.path + "/proof.txt", "--days-tried",
        "1",
      ] + arguments.map { $0.replacingOccurrences(of: "SCRATCH", with: folder.path) }
        + Tradewind.now)
  }

  @Test("JSON keeps its keys, the map is one file without links, the certificate holds")
  func answers() throws {
    let folder = try ScratchFolder()
    let map = folder.path + "/map.html"
    let proof = folder.path + "/proof.txt"
    let outcome = try Self.run(["--json", "--map", map, "--certificate", proof])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.out.utf8)) as? [String: Any])
    let keys = [
      "value", "lower_bound", "gap", "proved", "open", "stock", "flows", "sweep", "schedule",
      "certificate",
    ]
    #expect(keys.allSatisfy { json[$0] != nil }, "\(json.keys)")
    let flows = try #require(json["flows"] as? [[String: Any]])
    #expect(flows.count == 3)
    let page = try String(contentsOfFile: map, encoding: .utf8)
    #expect(page.contains("<svg") && page.hasSuffix("</body></html>\n"))
    #expect(!page.contains("src=") && !page.contains("href="))
    let check = try Tradewind.run(["place", "--verify", proof])
    #expect(check.status == 0, "\(check.errors)")
  }

  @Test("rows name SKU, destination and source; the table says what is open")
  func shapes() throws {
    let rows = try Self.run(["--csv", "--no-sweep"])
    #expect(rows.out.hasPrefix("sku,to,from,pieces,"))
    #expect(rows.out.split(separator: "\n").count == 4)
    let table = try Self.run(["--no-sweep", "--value-of-day", "20"])
    #expect(table.out.contains("H-MAD"), "\(table.out)")
  }

  @Test("what is wrong with a table is said with file, line and column")
  func faults() throws {
    let unknown = try Self.run([], demand: "sku,to,pieces\nspeaker,ES:28013,4\nshoe,XX:1,-3\n")
    #expect(unknown.status == 65)
    #expect(unknown.errors.contains("demand.csv:3:1"), "\(unknown.errors)")
    #expect(unknown.errors.contains("demand.csv:3:3"), "\(unknown.errors)")
    let overlap = try Self.run(
      [],
      demand: "sku,to,pieces,first,last\nspeaker,ES:28013,4,2026-12-07,2026-12-20\n"
        + "speaker,ES:28013,4,2026-12-15,2026-12-25\n")
    #expect(overlap.status == 65 && overlap.errors.contains("overlap"), "\(overlap.errors)")
    let missing = try Tradewind.run(["place", "--demand", "d.csv"])
    #expect(missing.status == 64)
  }
}
