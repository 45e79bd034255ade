import CSVTables
import Foundation
import TestSupport
import Testing

@testable import WarehousePlacement

/// Published optima, where the public instances lie beside the clone.
@Suite struct PublicInstanceTests {
  /// The folder of instances: `../shared/data/placement` beside the repository.
  static let folder = Fixtures.root(above: #filePath) + "/../../shared/data/placement"

  static var isHere: Bool { FileManager.default.fileExists(atPath: folder + "/README.md") }

  static func table(_ path: String, _ format: PlacementFormat) throws -> SiteTable {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path)))
    return try format.read(try GzipText.unpacked(bytes, file: path), file: path)
  }

  @Test("whether the public instances are here")
  func present() {
    if !Self.isHere {
      print("public placement instances are not beside this clone: their tests were skipped")
    }
    #expect(Self.folder.hasSuffix("/shared/data/placement"))
  }

  @Test(
    "p-median of OR-Library",
    .enabled(if: isHere, "the public instances are not beside this clone"),
    arguments: [(1, 5819), (5, 1355), (10, 1255), (16, 8162), (20, 1789)] as [(Int, Int64)])
  func medians(_ number: Int, _ optimum: Int64) throws {
    let table = try Self.table("pmed/pmed\(number).txt", .orlibMedian)
    let answer = PlacementSolver.solve(PlacementQuestion(kind: .median).problem(on: table))
    #expect(answer.plan?.cost == optimum)
    #expect(answer.bound == optimum)
  }

  @Test(
    "warehouses of OR-Library, with and without capacities",
    .enabled(if: isHere, "the public instances are not beside this clone"),
    arguments: [
      ("cap41", PlacementKind.capacitated, "1040444.375"), ("cap44", .capacitated, "1235500.45"),
      ("cap51", .capacitated, "1025208.225"), ("cap63", .capacitated, "1014062.05"),
      ("cap71", .uncapacitated, "932615.75"), ("cap74", .uncapacitated, "1034976.975"),
    ])
  func warehouses(_ name: String, _ kind: PlacementKind, _ optimum: String) throws {
    let table = try Self.table("cap/\(name).txt", .orlibWarehouses)
    let problem = PlacementQuestion(kind: kind).problem(on: table)
    let answer = PlacementSolver.solve(problem)
    #expect(
      answer.plan.map { Double($0.cost) / pow(10, Double(problem.decimals)) } == Double(optimum))
    #expect(answer.isProved)
  }

  @Test(
    "capa without capacities, packed",
    .enabled(if: isHere, "the public instances are not beside this clone"))
  func capa() throws {
    let table = try Self.table("cap/capa.txt.gz", .orlibWarehouses)
    let answer = PlacementSolver.solve(PlacementQuestion(kind: .uncapacitated).problem(on: table))
    // 17156454.47830 at five decimals; published as 17156454.478.
    #expect(answer.plan?.cost == 1_715_645_447_830)
    #expect(answer.isProved)
  }

  @Test(
    "single source",
    .enabled(if: isHere, "the public instances are not beside this clone"),
    arguments: [(1, 8848), (8, 11088), (12, 10132), (24, 10273)] as [(Int, Int64)])
  func single(_ number: Int, _ optimum: Int64) throws {
    let table = try Self.table("sscflp-holmberg/p\(number).txt", .holmberg)
    let answer = PlacementSolver.solve(PlacementQuestion(kind: .singleSource).problem(on: table))
    #expect(answer.plan?.cost == optimum)
    #expect(answer.isProved)
  }
}
