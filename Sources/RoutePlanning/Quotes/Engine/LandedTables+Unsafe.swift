import LogisticsModel
import RouteGraph
import Tariffs

/// What landing a quote reads besides blocks: flat tables behind bare pointers, made once for a version of a network.
///
/// Bounds relied on: an ``Owner`` holds the tables and frees them, and whoever reads them holds the owner; node positions and
/// last legs come from a quote that ``EngineTables`` answered, dates from its tables.
struct LandedTables: BitwiseCopyable, @unchecked Sendable {
  /// By tender date, as ``EngineFrame/tenderDates``.
  let pricers: UnsafeMutablePointer<Unmanaged<ImportPricer>>
  /// By node: country and customs territory.
  let countries: UnsafeMutablePointer<Int32>
  let territories: UnsafeMutablePointer<Int32>
  /// By node: the state or province it lies in; bit 32: it is known.
  let subdivisions: UnsafeMutablePointer<UInt64>
  /// First incoming leg of each node, and the territory each of them leaves from.
  let incomingStarts: UnsafeMutablePointer<Int32>
  let incomingTerritories: UnsafeMutablePointer<Int32>
  /// Of the programmes that the rules know.
  let programmeWords: UInt64

  /// Keeps the tables of a network.
  final class Owner: Sendable {
    let tables: LandedTables
    private let pricers: [ImportPricer]

    /// - Complexity: O(destinations x rules + nodes + legs + dates)
    init(_ frame: EngineFrame) {
      let network = frame.network
      let dates = frame.tenderDates
      let first = ImportPricer(
        network.tariff.imports, rates: network.tariff.rates, tender: dates[0],
        in: frame.scope.currency)
      pricers = [first] + dates.dropFirst().map { ImportPricer(first, tender: $0) }
      tables = LandedTables(frame, pricers)
    }

    deinit { tables.free() }
  }

  private init(_ frame: EngineFrame, _ pricers: [ImportPricer]) {
    let bundle = frame.network.bundle
    let incoming = bundle.topology.incoming
    self.pricers = LandedTables.copied(pricers.map { Unmanaged.passUnretained($0) })
    countries = LandedTables.copied(frame.customs.countries)
    territories = LandedTables.copied(frame.customs.territories)
    subdivisions = LandedTables.copied(
      bundle.nodes.ids.map { node in
        frame.network.tariff.subdivisions.code(ofNode: bundle.nodes.name(of: node))
          .map { 1 << 32 | UInt64(ImportTerms.subdivisionKey($0)) } ?? 0
      })
    incomingStarts = LandedTables.copied(incoming.starts.indices.map { incoming.starts[$0] })
    incomingTerritories = LandedTables.copied(
      incoming.legs.indices.map {
        frame.customs.territories[Int(bundle.topology.tail[Int(incoming.legs[$0])])]
      })
    programmeWords = LandedOrder.fingerprint(frame.network.tariff.imports.programmes)
  }

  private static func copied<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
    memory.initialize(from: elements, count: elements.count)
    return memory
  }

  /// Every element is trivial.
  private func free() {
    pricers.deallocate()
    countries.deallocate()
    territories.deallocate()
    subdivisions.deallocate()
    incomingStarts.deallocate()
    incomingTerritories.deallocate()
  }
}

// MARK: - Pricing

extension LandedTables {
  /// The terms of an import; nil where a country is not known.
  @inline(__always)
  func terms(
    _ question: borrowing NetworkPlanner.Question, _ order: LandedOrder.Head
  ) -> ImportTerms? {
    let destination = question.destination.position
    let country = countries[destination]
    let dispatch = countries[question.origin.position]
    guard country >= 0, dispatch >= 0 else { return nil }
    let own = subdivisions[destination]
    return ImportTerms(
      destination: country,
      subdivision: order.subdivision ?? (own == 0 ? nil : UInt32(truncatingIfNeeded: own)),
      entry: country, dispatch: dispatch, channel: .courier, programmes: order.programmes,
      grams: question.parcel.weight.value)
  }

  /// Calls with the pricer of a tender date, no reference counted.
  @inline(__always)
  func withPricer<Result>(on date: Int, _ body: (ImportPricer) -> Result) -> Result {
    pricers[date]._withUnsafeGuaranteedRef(body)
  }

  /// The landed total of an option for the order in a scratch; nil where the slow path is to be asked.
  ///
  /// The day is the segment's, in days since 1970-01-01.
  @inline(__always)
  func total(
    _ option: QuickOption, to destination: Int, _ segment: SegmentView, row: Int, level: Int,
    day: Int32, _ pricer: ImportPricer, _ scratch: ImportScratch
  ) -> ImportPricer.Total? {
    let last = Int(incomingStarts[destination]) &+ Int(option.lastLeg)
    // A last leg from another territory clears itself: what the path does before does not matter then.
    guard incomingTerritories[last] == territories[destination] else { return nil }
    let clearance = segment.clearance(path: Int(option.path), row: row)
    switch clearance.kind {
    case .free:
      return pricer.domesticTotal(scratch, freight: option.price)
    case .known:
      let days = clearance.days(level: level)
      return pricer.total(
        scratch, freight: option.price,
        clearing: (day &+ days.lowerBound)...(day &+ days.upperBound), entry: clearance.entry,
        channel: clearance.channel)
    default: return nil
    }
  }
}
