import ArgumentParser
import CSVTables
import Foundation
import LogisticsModel
import NetworkBuilding
import TOMLKit

/// `tradewind network build`: makes a bundle from source tables and assumptions.
struct NetworkBuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Make the world network bundle from source tables and assumptions.",
    discussion: """
      A rebuild from the same files gives the same bytes. Exit 65 with every finding where a table or an assumption is
      wrong, 66 where a file is missing.

      Examples:
        tradewind network build
        tradewind network build --sources config/sources --out /tmp/world
      """)

  @Option(help: "Folder of the source tables.")
  var sources = Home.path("config/sources")

  @Option(help: "File of the modelling assumptions.")
  var assumptions = Home.path("config/assumptions.toml")

  @Option(help: "Folder the bundle is written to.")
  var out = Home.path("config/networks/world")

  func run() throws {
    let files: [String: String]
    do {
      files = try WorldNetwork.build(sources: try tables(), assumptions: try readAssumptions())
    } catch let failure as WorldNetwork.Failure {
      for finding in failure.findings { Streams.complain(finding.description) }
      throw ExitStatus.data
    }
    do {
      try write(files)
    } catch let error as CocoaError {
      let path = error.filePath ?? out
      Streams.complain("error TW-CLI-069: \(path): cannot be written; choose a folder with --out")
      throw ExitStatus.missing
    }
  }

  private func write(_ files: [String: String]) throws {
    let target = URL(fileURLWithPath: out, isDirectory: true)
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    for name in files.keys.sorted() {
      guard let content = files[name] else { continue }
      try Data(content.utf8).write(to: target.appendingPathComponent(name), options: .atomic)
      let rows = content.utf8.count { $0 == UInt8(ascii: "\n") } - 1
      if name.hasSuffix(".csv") {
        Streams.out("\(name): \(rows) rows, \(content.utf8.count) bytes\n")
      }
    }
  }

  /// The source tables; all that cannot be read are named before giving up.
  private func tables() throws -> [String: [UInt8]] {
    var tables: [String: [UInt8]] = [:]
    var faults: [Finding] = []
    for name in WorldNetwork.sourceFiles {
      do throws(FileBytes.Fault) {
        tables[name] = try FileBytes.read("\(sources)/\(name)")
      } catch {
        faults.append(InputFiles.finding(error))
      }
    }
    try giveUp(on: faults)
    return tables
  }

  private func readAssumptions() throws -> Assumptions {
    let bytes: [UInt8]
    do throws(FileBytes.Fault) {
      bytes = try FileBytes.read(assumptions)
    } catch {
      try giveUp(on: [InputFiles.finding(error)])
      throw ExitStatus.missing
    }
    do {
      return try TOMLDecoder().decode(
        Assumptions.self, from: String(decoding: bytes, as: UTF8.self))
    } catch let error as TOMLParseError {
      let place = error.source.begin
      Streams.complain(
        Finding(
          code: SourceCode.assumptionsUnreadable, file: assumptions, line: place.line,
          column: place.column,
          message: "is no TOML: \(error.description)"
        ).description)
      throw ExitStatus.data
    }
  }

  private func giveUp(on faults: [Finding]) throws {
    for fault in faults { Streams.complain(fault.description) }
    if !faults.isEmpty { throw ExitStatus.missing }
  }
}
