import ArgumentParser
import CSVTables
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `--demand`: a file of past requests, of which origin and destination are counted.
struct DemandFile {
  /// How often each was asked for.
  private(set) var weights = DemandWeights()
  /// Requests counted, and those whose places are not in the network.
  private(set) var counted = 0
  private(set) var unknown = 0

  /// Reads a file with the columns of `quote --batch`, of which only `from` and `to` must be there.
  ///
  /// - Throws: an exit status where the file cannot be read or is no table, having said so.
  init(_ path: String, on network: NetworkPlanner) throws {
    var findings: [Finding] = []
    let table = CSVTable.parse(try InputFiles.read(path), file: path, findings: &findings)
    guard let table else { throw DemandFile.refused(findings) }
    let columns = CSVColumns(
      table, required: ["from", "to"], optional: RequestFile.required + RequestFile.optional)
    findings += columns.findings
    guard columns.isUsable else { throw DemandFile.refused(findings) }
    for finding in findings { Streams.complain(finding.description) }
    func node(_ text: String, _ role: PlaceRole) -> NodeID? {
      guard let place = try? RequestText.place(text),
        case .found(let node) = network.bundle.node(for: place, role: role)
      else { return nil }
      return node
    }
    for row in 0..<table.rowCount {
      guard let origin = node(columns.text(row, "from"), .origin),
        let destination = node(columns.text(row, "to"), .destination)
      else {
        unknown += 1
        continue
      }
      weights.count(from: origin, to: destination)
      counted += 1
    }
  }

  private static func refused(_ findings: [Finding]) -> ExitCode {
    for finding in findings { Streams.complain(finding.description) }
    return ExitStatus.data
  }
}
