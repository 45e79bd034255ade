import LogisticsModel
import RouteGraph
import Tariffs

/// All that is common to the blocks of one version of a network: classes of legs and destinations, origins, days.
///
/// Derived from the network alone, so that whoever loads the same version derives the same numbers.
struct EngineFrame: Sendable {
  private(set) var network: NetworkPlanner
  let scope: EngineScope
  private(set) var charges: BundleChargeScope
  private(set) var destinations: DestinationClasses
  let customs: CustomsTable
  private let compactCharges: CompactCharges
  /// Nodes parcels start from that have few enough ready classes, ascending; none where there are more charge classes than
  /// blocks can number.
  let origins: [NodeID]
  /// Position of a node among ``origins``; -1: none.
  let originOfNode: [Int32]

  /// Of all that decides what blocks hold, but for the day.
  let fingerprint: UInt64
  /// How blocks are built; whatever is switched off, they answer alike.
  let options: ProfileOptions
  /// Dates on which a parcel may be tendered at some origin.
  let dates: ClosedRange<CivilDate>

  init(
    _ network: NetworkPlanner, scope: EngineScope, options: ProfileOptions = ProfileOptions()
  ) {
    self.network = network
    self.options = options
    self.scope = scope
    let last = scope.start + Int64(scope.days) * EngineScope.minutesOfDay - 1
    // A zone is at most 14 hours from UTC, so one day more on either side covers all.
    let dates =
      LocalTime(minutes: scope.start).date.adding(
        days: -1)...LocalTime(minutes: last).date.adding(days: 1)
    self.dates = dates
    charges = BundleChargeScope(
      network,
      order: ChargeOrder(network.tariff, network.classes, in: scope.currency, on: dates),
      sheet: FreightSheet(
        network.tariff, network.classes, on: dates.lowerBound, in: scope.currency),
      greatestWeight: scope.greatestWeight)
    destinations = DestinationClasses(network, scope: charges, options: options)
    customs = CustomsTable(network)
    compactCharges = CompactCharges(
      network.tariff, network.classes, on: dates, in: scope.currency,
      greatestWeight: scope.greatestWeight)
    let nodes = network.bundle.nodes
    let days = scope.start..<(last + 1)
    let isNumbered = charges.classes.count <= BlockLayout.greatestChargeCount
    let origins = nodes.ids.filter { node in
      isNumbered
        && (nodes.kind(of: node) == .origin || nodes.kind(of: node) == .warehouse)
        && OriginProfiles.readyClasses(
          at: node, within: days, on: network.search, atMost: 64 * scope.days) != nil
    }
    var originOfNode = [Int32](repeating: -1, count: network.bundle.topology.nodeCount)
    for (position, node) in origins.enumerated() { originOfNode[node.position] = Int32(position) }
    self.origins = origins
    let parts =
      "\(network.fingerprint) \(BlockLayout.version) \(scope.currency) \(scope.greatestWeight) "
      + "\(scope.greatestLegs) \(StoredLevels.q1024)"
    fingerprint = SnapshotStamp.fingerprint(of: parts)
    self.originOfNode = originOfNode
  }

  /// The frame of the same network under disruptions that change some legs; destinations left out have no class.
  func following(
    _ disrupted: NetworkPlanner, changed legs: Set<LegID>, excluding nodes: Set<NodeID>
  ) -> EngineFrame {
    var next = self
    next.network = disrupted
    next.charges = charges.following(disrupted, changed: legs.sorted())
    next.destinations = destinations.represented(without: nodes)
    return next
  }

  /// Values of an hour with which price x 60 and value x minutes add up within 64 bits; for others searches are asked.
  static let usableHourValues: Range<Int64> = 0..<(1 << 40)

  /// By tender date: what an hour is worth; negative where searches are to be asked.
  var hourValues: [Int64] {
    tenderDates.map { date in
      let value = network.valueOfHour(in: scope.currency, on: date)
      return EngineFrame.usableHourValues.contains(value) ? value : -1
    }
  }

  /// The lists of who can win, for one thread's builds.
  var shortlisting: Shortlisting? {
    Shortlisting(charges, compactCharges, hourValues: hourValues)
  }

  /// The same, one by one.
  var tenderDates: [CivilDate] {
    (dates.lowerBound.days...dates.upperBound.days).map { CivilDate(days: Int($0)) }
  }

  /// Number of segments: one for each origin and day.
  var segmentCount: Int { origins.count * scope.days }

  /// One thread's searches from the origins.
  func profiles() -> OriginProfiles {
    OriginProfiles(
      network, scope: charges, destinations: destinations, customs: customs,
      shortlisting: shortlisting, greatestLegs: scope.greatestLegs, options: options)
  }
}
