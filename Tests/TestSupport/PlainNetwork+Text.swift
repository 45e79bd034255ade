import CSVTables
public import LogisticsModel
public import RouteGraph

/// A plain network that a test took for valid was refused.
public struct PlainNetworkRefused: Error {
  /// Why.
  public let findings: [Finding]
}

extension PlainNetwork {
  /// Loads a network from the text of its files.
  public static func load(text files: [String: String]) throws -> PlainNetwork {
    var findings: [Finding] = []
    var tables: [String: CSVTable] = [:]
    for (name, text) in files {
      tables[name] = CSVTable.parse(Array(text.utf8), file: name, findings: &findings)
    }
    let network = PlainNetwork.load(tables: tables, findings: &findings)
    guard let network, findings.isEmpty else { throw PlainNetworkRefused(findings: findings) }
    return network
  }
}
