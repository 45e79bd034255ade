import Foundation
import Testing

@testable import tradewind

/// Payloads become command lines, and name nothing outside the folder.
@Suite struct ProgramKindTests {
  private func words(_ kind: String, _ payload: String) throws -> [String] {
    let folder = try ScratchFolder()
    let jobs = try #require(JobFolder(folder.path))
    let values = try JSONDecoder().decode([String: ProgramValue].self, from: Data(payload.utf8))
    let found = try #require(ProgramKind.all.first { $0.name == kind })
    let root = try jobs.file("x").dropLast(2)
    return try found.words(for: values, in: jobs).map {
      $0.replacingOccurrences(of: root, with: "F")
    }
  }

  @Test("keys in order, each as its flag")
  func place() throws {
    #expect(
      try words("place", #"{"instance":"a/b.txt","format":"orlib-pmed","p":5,"time_limit":1.5}"#)
        == [
          "place", "--json", "--quiet", "--format=orlib-pmed", "--instance=F/a/b.txt", "--p=5",
          "--time-limit=1.5",
        ])
    #expect(
      try words("calibrate", #"{"history":["a.csv","b.csv"],"columns":"map.toml"}"#).suffix(3)
        == ["--columns=F/map.toml", "--history=F/a.csv", "--history=F/b.csv"])
    #expect(
      try words("export", #"{"dimacs":true,"out":"x.gr"}"#).suffix(2) == [
        "--dimacs", "--out=F/x.gr",
      ])
    #expect(try words("export", #"{"dimacs":false}"#).last == "--quiet")
  }

  @Test(
    "what leads out of the folder, or is not of the kind, is refused",
    arguments: [
      #"{"instance":"../x"}"#, #"{"instance":"/etc/passwd"}"#, #"{"instance":"a/../../x"}"#,
      #"{"instance":""}"#, #"{"instance":"a//b"}"#, #"{"verify":"x"}"#, #"{"instance":["a","b"]}"#,
      #"{"p":true}"#,
    ])
  func refused(_ payload: String) {
    #expect(throws: JobFault.self) { try words("place", payload) }
  }

  @Test("a link that leads out of the folder is refused, one within it is not")
  func links() throws {
    let folder = try ScratchFolder()
    let jobs = try #require(JobFolder(folder.path))
    try folder.write("real", "x")
    let files = FileManager.default
    try files.createSymbolicLink(atPath: folder.path + "/in", withDestinationPath: "real")
    try files.createSymbolicLink(atPath: folder.path + "/out", withDestinationPath: "/etc/hostname")
    #expect(throws: JobFault.self) { try jobs.file("out") }
    #expect(try jobs.file("in").hasSuffix("/in"))
  }
}
