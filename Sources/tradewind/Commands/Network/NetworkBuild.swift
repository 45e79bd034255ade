import ArgumentParser
import Foundation
import NetworkBuilding
import TOMLKit

/// `tradewind network build`: makes a bundle from source tables and assumptions.
struct NetworkBuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Make the world network bundle from source tables and assumptions.",
    discussion: """
      Examples:
        tradewind network build
        tradewind network build --sources config/sources --out /tmp/world
      """)

  @Option(help: "Folder of the source tables.")
  var sources = "config/sources"

  @Option(help: "File of the modelling assumptions.")
  var assumptions = "config/assumptions.toml"

  @Option(help: "Folder the bundle is written to.")
  var out = "config/networks/world"

  func run() throws {
    let folder = URL(fileURLWithPath: sources, isDirectory: true)
    var tables: [String: [UInt8]] = [:]
    for name in WorldNetwork.sourceFiles {
      if let data = try? Data(contentsOf: folder.appendingPathComponent(name)) {
        tables[name] = [UInt8](data)
      }
    }
    let text = try String(contentsOf: URL(fileURLWithPath: assumptions), encoding: .utf8)
    let tree = try TOMLDecoder().decode(Assumptions.self, from: text)
    let files: [String: String]
    do {
      files = try WorldNetwork.build(sources: tables, assumptions: tree)
    } catch let failure as WorldNetwork.Failure {
      FileHandle.standardError.write(Data((failure.description + "\n").utf8))
      throw ExitCode(65)
    }
    let target = URL(fileURLWithPath: out, isDirectory: true)
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    for name in files.keys.sorted() {
      guard let content = files[name] else { continue }
      try Data(content.utf8).write(to: target.appendingPathComponent(name), options: .atomic)
      let rows = content.utf8.count { $0 == UInt8(ascii: "\n") } - 1
      if name.hasSuffix(".csv") { print("\(name): \(rows) rows, \(content.utf8.count) bytes") }
    }
  }
}
