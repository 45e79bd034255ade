public import LogisticsModel
import RouteGraph
import Tariffs

/// Quotes looked up in blocks: one version of network, tariffs and blocks, immutable and shared by any number of readers.
///
/// A look-up finds the row of the ready minute in the block of origin and destination, prices the charge classes it
/// names, and takes the three winners in one pass: no allocation, no lock, no reference counted. What no block answers is
/// told by the outcome and left to the exact search; both give the same winners and the same itineraries.
public final class QuoteEngine: Sendable {
  /// What blocks are built for.
  public let scope: EngineScope
  /// Number of this version, ascending on a board.
  public let version: UInt64
  /// The network quoted from.
  public let network: NetworkPlanner

  let frame: EngineFrame
  let segments: [BlockSegment?]
  let tables: EngineTables
  private let sheets: [FreightSheet]

  init(
    _ frame: EngineFrame, segments: [BlockSegment?], stale: [Int: Set<Int>] = [:],
    version: UInt64 = 1
  ) {
    self.frame = frame
    self.segments = segments
    self.version = version
    network = frame.network
    scope = frame.scope
    sheets = frame.tenderDates.map {
      FreightSheet(frame.network.tariff, frame.network.classes, on: $0, in: frame.scope.currency)
    }
    tables = EngineTables(
      frame, segments: segments, stale: stale, sheets: sheets, version: version)
  }

  deinit { tables.free() }

  /// Bytes of blocks.
  public var memory: Int { segments.reduce(0) { $0 + ($1?.memory ?? 0) } }

  /// The itinerary of an option of a quote this engine gave.
  public func itinerary(
    _ option: QuickOption, of quote: QuickQuote, to destination: NodeID
  ) -> PlannedItinerary? {
    guard quote.version == version, quote.segment >= 0, let segment = segments[Int(quote.segment)] else { return nil }
    let incoming = network.bundle.topology.incoming
    let last = incoming.legs[Int(incoming.starts[destination.position]) + Int(option.lastLeg)]
    return PlannedItinerary(
      vector: option.vector,
      legs: segment.legs(ofPath: Int(option.path)).map { LegID($0) } + [LegID(last)])
  }
}
