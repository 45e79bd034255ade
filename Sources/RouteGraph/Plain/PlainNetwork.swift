public import CSVTables
public import LogisticsModel

/// A network in the plain format of the conformance command: a periodic week with absolute exceptions.
///
/// The format exists so that independent implementations can be compared; the planner that answers it is the
/// product's own. Only the source of departures and open minutes differs (``PeriodicTimetable``).
public struct PlainNetwork: Sendable {
  /// One weight band of a card, as the file gives it.
  public struct RateRow: Hashable, Sendable {
    /// Greatest weight of the band, in grams.
    public let uptoGrams: Int64
    /// Fixed part in cents.
    public let baseCents: Int64
    /// Grams per started unit.
    public let unitGrams: Int64
    /// Cents per started unit.
    public let unitCents: Int64
  }

  /// Nodes, in order of first appearance in legs.csv, then nodes only queries name.
  public let nodeNames: [String]
  /// Leg ids by ``LegID``.
  public let legNames: [String]
  /// Plain properties of the legs.
  public let topology: Topology
  /// When legs run.
  public let timetable: PeriodicTimetable
  /// Delay laws by ``LawID``.
  public let laws: [DelayLaw]
  /// Rate rows by ``CardID``; cards that legs name but the file lacks have none.
  public let cards: [[RateRow]]

  /// Position of each node name.
  public let nodePositions: [String: Int32]

  /// Reads the folder's tables and checks every rule of the format.
  ///
  /// - Parameters:
  ///   - tables: parsed files by name; a missing one counts as empty.
  ///   - findings: receives one located finding per broken rule; any error means the network is refused.
  /// - Returns: the network, or nil when it is refused.
  public static func load(
    tables: [String: CSVTable], findings: inout [Finding]
  ) -> PlainNetwork? {
    var loader = PlainLoader(tables: tables)
    let network = loader.network()
    findings += loader.findings
    return loader.findings.contains { $0.severity == .error } ? nil : network
  }

  /// The node with this name, or nil when neither a leg nor the node list has it.
  public func node(named name: String) -> NodeID? { nodePositions[name].map { NodeID($0) } }
}

/// Finding codes of the plain format: the last digit is the rule of the format that is broken.
public enum PlainCode {
  /// Weights of a law must be positive and add up to 1024; delays must not be negative.
  public static let law = "TW-PLN-001"
  /// A departure lies outside the week.
  public static let departureOutsideWeek = "TW-PLN-002"
  /// A duration is not positive.
  public static let duration = "TW-PLN-003"
  /// A law is named that the network lacks.
  public static let unknownLaw = "TW-PLN-004"
  /// A leg overtakes itself.
  public static let notFIFO = "TW-PLN-005"
  /// Anything malformed: missing column, non-integer, duplicate id, value out of range.
  public static let malformed = "TW-PLN-006"
}
