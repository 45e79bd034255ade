public import LogisticsModel
import RouteGraph
import Synchronization
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

  /// The disruptions quoted under; nil: none.
  public let disruption: DisruptedNetwork?

  let frame: EngineFrame
  let ground: EngineGround
  /// What disruptions changed, by segment; nil: nothing there.
  let states: [SegmentState?]
  /// Destinations whose last legs run otherwise than their class's.
  let excluded: Set<NodeID>
  let tables: EngineTables

  /// An engine without disruptions.
  convenience init(_ frame: EngineFrame, segments: [BlockSegment?], version: UInt64 = 1) {
    let ground = EngineGround(frame, segments: segments)
    self.init(
      ground, frame: frame, states: Array(repeating: nil, count: segments.count), excluded: [],
      disruption: nil, version: version)
  }

  /// An engine on the ground of another.
  init(
    _ ground: EngineGround, frame: EngineFrame, states: [SegmentState?], excluded: Set<NodeID>,
    disruption: DisruptedNetwork?, version: UInt64
  ) {
    self.ground = ground
    self.frame = frame
    self.states = states
    self.excluded = excluded
    self.disruption = disruption
    self.version = version
    network = frame.network
    scope = frame.scope
    tables = ground.tables.overlaid(states, excluded: excluded, frame: frame, version: version)
  }

  deinit { tables.freeOverlay() }

  /// Blocks as they were built first, by origin and day.
  var segments: [BlockSegment?] { ground.segments }

  /// Bytes of blocks.
  public var memory: Int {
    ground.segments.reduce(0) { $0 + ($1?.memory ?? 0) }
      + states.reduce(0) { $0 + ($1?.patch?.memory ?? 0) }
  }

  /// The itinerary of an option of a quote this engine gave.
  public func itinerary(
    _ option: QuickOption, of quote: QuickQuote, to destination: NodeID
  ) -> PlannedItinerary? {
    let position = Int(quote.segment)
    guard quote.version == version, position >= 0,
      let segment = position < states.count
        ? ground.segments[position] : states[position - states.count]?.patch
    else { return nil }
    let incoming = network.bundle.topology.incoming
    let last = incoming.legs[Int(incoming.starts[destination.position]) + Int(option.lastLeg)]
    return PlannedItinerary(
      vector: option.vector,
      legs: segment.legs(ofPath: Int(option.path)).map { LegID($0) } + [LegID(last)])
  }
}

/// What versions of an engine that differ by disruptions only have in common.
final class EngineGround: Sendable {
  let frame: EngineFrame
  let segments: [BlockSegment?]
  let tables: EngineTables
  /// Legs on the paths of each segment, one bit each.
  let legsOnPaths: [[UInt64]]
  /// Destination classes that each segment has a block for, one bit each.
  let held: [[UInt64]]
  private let sheets: [FreightSheet]
  private let landing = Mutex<LandedTables.Owner?>(nil)

  init(_ frame: EngineFrame, segments: [BlockSegment?]) {
    self.frame = frame
    self.segments = segments
    sheets = FreightSheet.sheets(
      frame.network.tariff, frame.network.classes, on: frame.tenderDates,
      in: frame.scope.currency, sharing: frame.options.sharesSheets)
    tables = EngineTables(frame, segments: segments, sheets: sheets)
    let legCount = frame.network.bundle.topology.legCount
    held = segments.map { segment in
      var bits = [UInt64](repeating: 0, count: (frame.destinations.count + 63) / 64)
      guard let index = segment?.index else { return bits }
      for position in index.indices where index[position] != BlockLayout.absent {
        bits.insert(bit: position)
      }
      return bits
    }
    legsOnPaths = segments.map { $0?.legsOnPaths(of: legCount) ?? [] }
  }

  deinit { tables.free() }

  /// What landed prices are made from, put together when somebody first asks.
  var landedTables: LandedTables.Owner {
    landing.withLock { known in
      if let known { return known }
      let made = LandedTables.Owner(frame)
      known = made
      return made
    }
  }
}
