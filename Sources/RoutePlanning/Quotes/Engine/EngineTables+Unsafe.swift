import LogisticsModel
import RouteGraph
import Tariffs

/// What a look-up reads besides blocks: flat tables behind bare pointers, made once for a version.
///
/// Bounds relied on: ``QuoteEngine`` owns the tables and frees them; node positions are checked against the network's
/// count, and everything found in a table is a position in the next by construction (``EngineFrame``, ``SegmentDraft``).
struct EngineTables: BitwiseCopyable, @unchecked Sendable {
  private(set) var version: UInt64 = 0
  let start: Int64
  let days: Int
  let currency: Currency
  let greatestWeight: Int64
  let greatestLegs: Int
  let nodeCount: Int
  let dateCount: Int
  /// Number of charge classes.
  private(set) var chargeCount: Int
  private let compact: CompactParcels
  let originOfNode: UnsafeMutablePointer<Int32>
  /// By node.
  private(set) var destinations: UnsafeMutablePointer<DestinationTerms>
  /// Last legs, those into one node together.
  let lastLegs: UnsafeMutablePointer<LastLegTerms>
  private let segments: UnsafeMutablePointer<SegmentView?>
  let segmentCount: Int
  /// What disruptions changed; nil: nothing.
  private var overlaid: UnsafeMutablePointer<OverlaidSegment>?
  /// By charge class.
  private var charges: UnsafeMutablePointer<ChargeTerms>
  /// By origin, then by date: the first minute of the date there; one more than there are dates.
  private let tenderStarts: UnsafeMutablePointer<Int64>
  private let sheets: UnsafeMutablePointer<Unmanaged<FreightSheet>>
  private let hourValues: UnsafeMutablePointer<Int64>
  private let isDateValid: UnsafeMutablePointer<Bool>

  init(
    _ frame: EngineFrame, segments: [BlockSegment?], sheets: [FreightSheet]
  ) {
    let network = frame.network
    let topology = network.bundle.topology
    let dates = frame.tenderDates
    start = frame.scope.start
    days = frame.scope.days
    currency = frame.scope.currency
    greatestWeight = frame.scope.greatestWeight
    greatestLegs = frame.scope.greatestLegs
    nodeCount = topology.nodeCount
    chargeCount = frame.charges.classes.count
    compact = CompactParcels(network.tariff)
    dateCount = dates.count
    originOfNode = EngineTables.copied(frame.originOfNode)
    destinations = EngineTables.copied(frame.destinationTerms)
    lastLegs = EngineTables.copied(
      topology.incoming.legs.indices.map { position in
        let leg = Int(topology.incoming.legs[position])
        // Of more charge classes than fit nothing is built (``EngineFrame/origins``).
        return LastLegTerms(
          emission: topology.emission[leg],
          charge: UInt16(clamping: frame.charges.chargeClass(of: leg) + 1))
      })
    self.segments = EngineTables.copied(segments.map { $0.flatMap { SegmentView($0) } })
    segmentCount = segments.count
    charges = EngineTables.copied(frame.charges.classes.map { ChargeTerms($0) })
    tenderStarts = EngineTables.copied(
      frame.origins.flatMap { origin in
        (dates + [dates[dates.count - 1].adding(days: 1)]).map { date in
          network.bundle.zone(of: origin).instants(of: LocalTime(date, .midnight)).earliest.minutes
        }
      })
    self.sheets = EngineTables.copied(sheets.map { Unmanaged.passUnretained($0) })
    hourValues = EngineTables.copied(frame.hourValues)
    let manifest = network.bundle.manifest
    isDateValid = EngineTables.copied(
      dates.map { date in
        manifest.validFrom.map { $0 <= date } ?? true && manifest.validTo.map { date <= $0 } ?? true
      })
  }

  /// The same tables under disruptions.
  ///
  /// - Parameters:
  ///   - states: by segment.
  ///   - excluded: destinations that differ now from their class: they have no block.
  ///   - frame: the frame under the disruptions, whose charge classes go on from those of this one's.
  ///   - version: number of the engine.
  /// - Returns: tables that share what is not changed; ``freeOverlay()`` frees the rest.
  func overlaid(
    _ states: [SegmentState?], excluded: Set<NodeID>, frame: EngineFrame, version: UInt64
  ) -> EngineTables {
    var tables = self
    tables.version = version
    let memory = UnsafeMutablePointer<OverlaidSegment>.allocate(capacity: max(states.count, 1))
    for (position, state) in states.enumerated() {
      (memory + position).initialize(
        to: OverlaidSegment(
          stale: state.map { EngineTables.copied($0.hidden) },
          fresh: state.map { EngineTables.copied($0.fresh) },
          patch: state?.patch.flatMap { SegmentView($0) }))
    }
    tables.overlaid = memory
    var terms = (0..<nodeCount).map { destinations[$0] }
    for (node, own) in frame.destinations.classOfNode.enumerated() { terms[node].blockClass = own }
    for node in excluded { terms[node.position].blockClass = EngineTables.excluded }
    tables.destinations = EngineTables.copied(terms)
    tables.chargeCount = frame.charges.classes.count
    tables.charges = EngineTables.copied(frame.charges.classes.map { ChargeTerms($0) })
    return tables
  }

  /// Stands for the class of a destination that differs from its class under disruptions.
  private static let excluded: Int32 = -2

  /// Ends the life of what ``overlaid(_:excluded:frame:version:)`` made.
  func freeOverlay() {
    guard let overlaid else { return }
    for segment in 0..<segmentCount {
      overlaid[segment].stale?.deallocate()
      overlaid[segment].fresh?.deallocate()
    }
    overlaid.deallocate()
    destinations.deallocate()
    charges.deallocate()
  }

  private static func copied<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
    memory.initialize(from: elements, count: elements.count)
    return memory
  }

  /// Ends the life of all tables; every element is trivial.
  func free() {
    originOfNode.deallocate()
    destinations.deallocate()
    lastLegs.deallocate()
    segments.deallocate()
    charges.deallocate()
    tenderStarts.deallocate()
    sheets.deallocate()
    hourValues.deallocate()
    isDateValid.deallocate()
  }
}

// MARK: - Looking up

extension EngineTables {
  /// Where the answer to a question lies, or why it has none.
  struct Place: BitwiseCopyable {
    var outcome: QuickQuote.Outcome
    var segment = 0
    var destination = 0
    var origin = 0
    /// Among the days of the engine.
    var day = 0
    var row = 0
  }

  /// A segment, or past their number the patch of one.
  @inline(__always)
  func view(_ segment: Int) -> SegmentView? {
    segment < segmentCount ? segments[segment] : overlaid?[segment &- segmentCount].patch
  }

  /// Finds the block and the row of a question; reads the segment's directory only.
  @inline(__always)
  func place(
    of question: borrowing NetworkPlanner.Question, _ options: LookUpOptions = LookUpOptions()
  ) -> Place {
    let origin = question.origin.position
    let destination = question.destination.position
    guard origin >= 0, origin < nodeCount, destination >= 0, destination < nodeCount else {
      return Place(outcome: .notBuilt)
    }
    if question.currency != currency { return Place(outcome: .otherCurrency) }
    if question.parcel.weight.value > greatestWeight { return Place(outcome: .tooHeavy) }
    if question.greatestLegs != greatestLegs { return Place(outcome: .otherLegs) }
    let since = question.ready.minutes &- start
    guard since >= 0, since < Int64(days) &* EngineScope.minutesOfDay else {
      return Place(outcome: .outsideDays)
    }
    let from = originOfNode[origin]
    let to = destinations[destination].blockClass
    if to == EngineTables.excluded { return Place(outcome: .stale) }
    guard from >= 0, to >= 0 else { return Place(outcome: .notBuilt) }
    let day = Int(truncatingIfNeeded: since / EngineScope.minutesOfDay)
    var segment = Int(from) &* days &+ day
    if let overlaid, overlaid[segment].hides(Int(to)) {
      guard overlaid[segment].renews(Int(to)) else { return Place(outcome: .stale) }
      segment &+= segmentCount
    }
    guard let view = view(segment) else { return Place(outcome: .notBuilt) }
    let row =
      options.usesRowDirectory
      ? view.quickRow(of: question.ready.minutes) : view.row(of: question.ready.minutes)
    guard row >= 0 else { return Place(outcome: .notBuilt) }
    return Place(
      outcome: .answered, segment: segment, destination: Int(to), origin: Int(from), day: day,
      row: row)
  }

  /// The row of a place; nil: the block was not built.
  @inline(__always)
  func row(at place: Place, _ options: LookUpOptions = LookUpOptions()) -> RowView? {
    guard let segment = view(place.segment) else { return nil }
    if options.usesRowDirectory {
      return segment.rowStart(place.row, of: place.destination).map { RowView(start: $0) }
    }
    return segment.block(of: place.destination)?.row(place.row)
  }

  /// Looks a question up in the row of its place.
  ///
  /// - Complexity: O(candidates of a list x their charges)
  @inline(__always)
  func answer(
    _ question: borrowing NetworkPlanner.Question, at place: Place, _ row: RowView,
    scratch: ChargeScratch, _ listed: ListPricing, _ options: LookUpOptions
  ) -> QuickQuote {
    guard let level = StoredLevels.position(of: question.level) else {
      return QuickQuote(.otherLevel)
    }
    guard let segment = view(place.segment) else { return QuickQuote(.notBuilt) }
    let date = tenderDate(origin: place.origin, ready: question.ready.minutes)
    if hourValues[date] < 0 { return QuickQuote(.notBuilt) }
    guard isDateValid[date] else { return QuickQuote(.none) }
    let base = start &+ Int64(place.day) &* EngineScope.minutesOfDay
    let destination = destinations[question.destination.position]
    let own = question.parcel
    let ready = question.ready.minutes
    let sheet = sheets[date]
    let parcel = sheet._withUnsafeGuaranteedRef { $0.prepare(own) }
    let weight = own.weight.value
    scratch.begin()
    let charges = ChargeReader(
      sheet: sheet, parcel: parcel, weight: weight,
      goods: 1 &<< UInt32(own.goods.rawValue), scratch: scratch, terms: charges)
    let path = PathReader(
      segment: segment, lastLegs: lastLegs + Int(destination.firstLeg))
    var winners = RowWinners(
      row: row, level: level, base: base, ready: ready &- base,
      weight: weight, hourValue: hourValues[date], end: destination.end, paths: path)
    let band = WeightBands.band(of: weight)
    if options.usesShortlists, row.hasLists, band < WeightBands.count, compact.contains(parcel) {
      let list = row.list(ofCell: Shortlisting.cell(own.goods, band: band))
      if options.pricesTogether, list.memberCount <= ListPricing.capacity {
        winners.consider(list, charges, together: listed)
      } else {
        winners.consider(list, charges)
      }
    }
    // Whoever is off the list lost to one on it, but only if that one may be promised at all.
    if !winners.isSettled { winners.considerAll(charges) }
    var quote = winners.quote(segment: Int32(truncatingIfNeeded: place.segment))
    quote.version = version
    return quote
  }

  /// The date of a ready minute at an origin: as many as have begun since the first, which all minutes are past.
  @inline(__always)
  func tenderDate(origin: Int, ready: Int64) -> Int {
    let starts = tenderStarts + origin &* (dateCount &+ 1)
    var date = 0
    for next in 1..<max(dateCount, 1) { date &+= starts[next] <= ready ? 1 : 0 }
    return date
  }
}
