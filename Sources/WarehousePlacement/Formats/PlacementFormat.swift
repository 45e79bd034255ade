public import LogisticsModel

/// The public formats that are read, and the shape of each.
public enum PlacementFormat: String, Sendable, CaseIterable, Hashable {
  /// `n edges p`, then `i j cost` a line: all shortest distances of an undirected graph.
  case orlibMedian = "orlib-pmed"
  /// `m n`, `capacity opening` a site, then `demand` and m costs a client.
  case orlibWarehouses = "orlib-cap"
  /// Points of TSPLIB; distances are rounded down.
  case tsplib
  /// `m n`, m capacities, m opening costs, n demands, then m costs a client.
  case holmberg
  /// As `orlib-cap` with a number nobody uses before each opening cost and each client's costs, or, where the
  /// text begins with `FILE:`, one line a site: number, opening cost, n costs.
  case simpleFacilities = "simple-ufl"
  /// Tradewind's own: sites, goods kept, days, clients that may be left out.
  case tradewind

  /// Reads an instance.
  ///
  /// - Throws: all findings, located.
  public func read(
    _ bytes: [UInt8], file: String, spread: Spread = Spread.inOrder
  ) throws(InstanceRefused) -> SiteTable {
    switch self {
    case .orlibMedian: try GraphDistances.read(bytes, file: file, spread: spread)
    case .orlibWarehouses: try WarehouseTable.read(bytes, file: file, spread: spread)
    case .tsplib: try PointDistances.read(bytes, file: file, spread: spread)
    case .holmberg: try SingleSourceTable.read(bytes, file: file, spread: spread)
    case .simpleFacilities: try FacilityTable.read(bytes, file: file, spread: spread)
    case .tradewind: try SiteText.read(bytes, file: file)
    }
  }

  /// A table in Tradewind's own format.
  public static func text(of table: SiteTable) -> String { SiteText.text(of: table) }
}

/// An instance that cannot be used, and why.
public struct InstanceRefused: Error, Sendable {
  /// At least one finding.
  public let findings: [Finding]

  /// Makes the error.
  public init(findings: [Finding]) { self.findings = findings }
}

/// Work shared out to the processors: runs a body for each of so many pieces and waits for all.
///
/// What comes of it may not depend on the order in which pieces run, so the same question gives the same
/// answer on any machine.
public struct Spread: Sendable {
  /// Pieces worth making: as many as run at once.
  public let width: Int
  private let run: @Sendable (Int, @Sendable (Int) -> Void) -> Void

  /// Wraps a way to run pieces at once.
  public init(
    width: Int, _ run: @escaping @Sendable (_ pieces: Int, _ body: @Sendable (Int) -> Void) -> Void
  ) {
    self.width = max(1, width)
    self.run = run
  }

  /// One piece after another.
  public static let inOrder = Spread(width: 1) { pieces, body in
    for piece in 0..<pieces { body(piece) }
  }

  /// Runs the pieces and gathers what they give, in their order.
  public func map<Result: Sendable>(
    _ pieces: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    let results = Gathered<Result>(pieces)
    run(pieces) { piece in
      let result = body(piece)
      results.put(result, at: piece)
    }
    return results.all
  }
}
