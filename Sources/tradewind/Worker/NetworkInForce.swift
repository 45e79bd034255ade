import Fulfilment
import Glibc
import LogisticsModel
import RouteGraph
import RoutePlanning
import Synchronization

/// The network a worker quotes from: exchanged as a whole, while whoever works with the one before ends undisturbed.
///
/// Nothing that is asked for during an exchange fails or mixes two versions: an edition is taken once for a batch and holds for it.
final class NetworkInForce: Sendable {
  /// One version of the network, with everything made from it.
  final class Edition: Sendable {
    /// Counted from 1.
    let number: Int
    let network: NetworkPlanner
    let versions: QuoteVersions
    /// The day its timetable begins around.
    let day: Int64
    /// Looks winners up and builds what is missed; nil: all is searched.
    let background: BackgroundBlocks?
    private let validity: Int64

    fileprivate init(
      number: Int, network: NetworkPlanner, versions: QuoteVersions, day: Int64, validity: Int64,
      background: BackgroundBlocks?
    ) {
      self.number = number
      self.network = network
      self.versions = versions
      self.day = day
      self.validity = validity
      self.background = background
    }

    /// A desk over this edition, for one thread.
    func desk() -> QuoteDesk {
      var desk = QuoteDesk(network, lazy: background?.blocks)
      desk.validity = validity
      return desk
    }
  }

  /// A network that cannot be taken: what is wrong with it.
  struct Refusal: Error, CustomStringConvertible {
    let findings: [String]
    var description: String { findings.joined(separator: "; ") }
  }

  private let settings: Settings
  private let options: NetworkOptions
  private let current: Mutex<Edition>

  /// Loads the first edition.
  ///
  /// - Throws: ``Refusal`` with every finding.
  init(_ settings: Settings, _ options: NetworkOptions) throws {
    self.settings = settings
    self.options = options
    current = Mutex(try NetworkInForce.load(settings, options, number: 1))
  }

  /// What is in force now.
  var edition: Edition { current.withLock { $0 } }

  /// Whether the day has changed since the timetable was written out.
  func isOfAnEarlierDay() throws -> Bool {
    try options.clock().minutes / 1440 != edition.day
  }

  /// Loads the network anew and puts it in force; the one before stays where that fails.
  ///
  /// - Throws: ``Refusal`` with every finding.
  func reload() throws -> Edition {
    let next = try NetworkInForce.load(settings, options, number: edition.number + 1)
    let before = current.withLock { current in
      defer { current = next }
      return current
    }
    before.background?.stop()
    return next
  }

  private static func load(
    _ settings: Settings, _ options: NetworkOptions, number: Int
  ) throws -> Edition {
    let now = try options.clock()
    let source = try options.source(settings)
    let loaded = try NetworkLoading.load(
      directory: source.directory, now: source.now, cache: source.cache, days: source.days)
    let errors = loaded.findings.filter { $0.severity == .error }
    guard let network = loaded.planner, errors.isEmpty else {
      throw Refusal(findings: errors.map(\.description))
    }
    let versions = try QuoteKeeping.versions(source, network)
    var background: BackgroundBlocks?
    if let memory = settings.lazyMemory.value {
      let stored = StoredBlocks(network, cache: Home.cache(settings.cache.value))
      let board = try stored.board(around: now, options) ?? stored.emptyBoard(from: now)
      background = BackgroundBlocks(board, memory: memory)
    }
    return Edition(
      number: number, network: network, versions: versions, day: now.minutes / 1440,
      validity: Int64(settings.quoteValidity.value), background: background)
  }
}
