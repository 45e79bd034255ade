import CSVTables
import LogisticsModel
import Testing

@testable import Tariffs

@Suite struct SubdivisionsTests {
  private func read(_ text: String) throws -> (Subdivisions, [Finding]) {
    var findings: [Finding] = []
    let table = try #require(
      CSVTable.parse(Array(text.utf8), file: "subdivisions.csv", findings: &findings))
    let subdivisions = Subdivisions.read(table, findings: &findings)
    return (subdivisions, findings)
  }

  @Test("a node has the code of its row, any other none")
  func codes() throws {
    let (subdivisions, findings) = try read("node,subdivision\nZ-US-100,NY\nZ-CA-M,ON\n")
    #expect(findings.isEmpty)
    #expect(subdivisions.code(ofNode: "Z-US-100") == "NY")
    #expect(subdivisions.code(ofNode: "Z-CA-M") == "ON")
    #expect(subdivisions.code(ofNode: "Z-ES-28") == nil)
  }

  @Test("a node twice, and what is no code, are findings at their cell")
  func faults() throws {
    let (subdivisions, findings) = try read(
      "node,subdivision\nZ-US-100,NY\nZ-US-100,NJ\nZ-US-900,California\nZ-US-901,ca\nZ-US-902,\n")
    #expect(subdivisions.code(ofNode: "Z-US-100") == "NY")
    #expect(findings.map(\.line) == [3, 4, 5, 6])
    #expect(findings.allSatisfy { $0.severity == .error && !$0.code.isEmpty })
  }
}
