import CSVTables
import LogisticsModel

/// A node on its way into `nodes.csv`.
struct DraftNode: Hashable {
  var id: String
  var kind: String
  var name: String
  var country: String
  var position: Position
  var zone: String
  var unlocode = ""
  /// People it stands for; nil: nothing is said.
  var population: Int?
}

/// A leg on its way into `legs.csv`; see `config/networks/FORMAT.md` for the columns.
struct DraftLeg {
  enum Running {
    /// Boards departures of a schedule.
    case scheduled(String)
    /// Elapsed time from an open minute.
    case continuous(calendar: String)
    /// Working time only.
    case working(calendar: String)
  }

  var id: String
  var from: String
  var to: String
  var mode: String
  var stage: String
  var service: String
  var carrier = ""
  var goods: GoodsMask = .all
  var maxWeight: Int
  var handling = 0
  /// Rate-card family; nil where another leg of the line has paid.
  var card: String?
  var kilometres = 0
  var running: Running
  var duration: Int
  var law: String
  var priceBasis: Basis = .assumed
  var timeBasis: Basis = .assumed
}

/// The bundle being made: parts add to it, in a fixed order, and it writes the files.
struct BundleDraft {
  let ledger: FindingLedger
  private(set) var nodes: [String: DraftNode] = [:]
  private(set) var legs: [DraftLeg] = []
  var calendars = DraftCalendars()
  var cards = DraftCards()
  var laws = DraftLaws()
  var postalZones: [(country: String, prefix: String, node: String)] = []
  var cities: [(country: String, name: String, admin1: String, node: String)] = []
  var successors: [(code: String, successor: String, note: String)] = []
  var rates: [RateRow] = []
  /// Grams of CO2e per tonne and kilometre by mode, and where the figure is from.
  var emissions: [(mode: String, gramsPerTonneKilometre: Decimal6, source: String)] = []
  /// Files that are copied out of the assumptions row by row.
  var plainFiles: [String: String] = [:]

  private var legIDs: Set<String> = []

  init(ledger: FindingLedger) { self.ledger = ledger }

  mutating func add(_ node: DraftNode) {
    if let there = nodes[node.id] {
      if there != node {
        ledger.report(SourceCode.idTwice, file: "nodes.csv", "node \(node.id) is made twice")
      }
      return
    }
    nodes[node.id] = node
  }

  mutating func add(_ leg: DraftLeg) {
    guard legIDs.insert(leg.id).inserted else {
      ledger.report(SourceCode.idTwice, file: "legs.csv", "leg \(leg.id) is made twice")
      return
    }
    for end in [leg.from, leg.to] where nodes[end] == nil {
      ledger.report(
        SourceCode.referenceUnknown, file: "legs.csv", "leg \(leg.id): no node \(end) was made")
    }
    legs.append(leg)
  }

  /// Says how many people a node stands for.
  mutating func setPopulation(_ population: Int, of id: String) {
    nodes[id]?.population = population
  }

  func hasNode(_ id: String) -> Bool { nodes[id] != nil }

  func hasLeg(_ id: String) -> Bool { legIDs.contains(id) }

  func node(_ id: String) -> DraftNode? { nodes[id] }

  /// Milligrams of CO2e per gram for `kilometres` by `mode`.
  ///
  /// Grams per tonne-kilometre times kilometres is grams per tonne, which is micrograms per gram; rounded half
  /// up to whole milligrams.
  func emission(mode: String, kilometres: Int) -> Int {
    guard let factor = emissions.first(where: { $0.mode == mode })?.gramsPerTonneKilometre else {
      return 0
    }
    let microgramsMillionths = factor.micros * Int64(kilometres)
    return Int((microgramsMillionths + 500_000_000) / 1_000_000_000)
  }
}
