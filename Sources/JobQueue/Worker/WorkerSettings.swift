/// How a worker behaves.
public struct WorkerSettings: Hashable, Sendable {
  /// Names of the queues it serves; those that are not there are opened.
  public var queues: [String]
  /// Those of them that are shared out tenant by tenant; counts where a queue is opened.
  public var fairQueues: Set<String>
  /// Jobs in hand at most: claimed, running, or waiting to be settled.
  public var slots: Int
  /// Jobs in one claim at most.
  public var batch: Int
  /// Transactions under way at most, each on a connection of its own.
  public var exchanges: Int
  /// How long after its last sign of life a worker is given up for dead; its jobs are then taken over.
  public var leaseTerm: Duration
  /// Between two looks for work right after there was some.
  public var shortestPoll: Duration
  /// Between two looks where there has been none for long.
  public var longestPoll: Duration
  /// Whether to listen for hints on a connection of its own; needs a session, so not through a pooler that hands servers on.
  public var listens: Bool
  /// Whether statements are prepared; not through such a pooler.
  public var prepares: Bool
  /// Whether this worker looks after leases, days, keys and statistics for all.
  public var maintains: Bool
  /// How long finished jobs are kept.
  public var retention: Duration
  /// Between two measurements of depth and age.
  public var measureEvery: Duration
  /// Whether strict claims go on where the last one stopped; else each begins at the oldest.
  public var usesFloor = true
  /// Whether claimed rows are found where they lay; else each is looked up by its key.
  public var usesPlaces = true
  /// Shown in the list of workers.
  public var version: String
  /// Shown in the list of workers; nil: the name of the machine.
  public var node: String?

  /// A worker of one queue, two hundred jobs in hand.
  public init(
    queues: [String] = ["default"], fairQueues: Set<String> = [], slots: Int = 200,
    batch: Int = 100,
    exchanges: Int = 2, leaseTerm: Duration = .seconds(15),
    shortestPoll: Duration = .milliseconds(25), longestPoll: Duration = .seconds(5),
    listens: Bool = true, prepares: Bool = true, maintains: Bool = true,
    retention: Duration = .seconds(14 * 86_400), measureEvery: Duration = .seconds(15),
    version: String = "0", node: String? = nil
  ) {
    precondition(slots >= 1 && batch >= 1 && exchanges >= 1, "a worker works on something")
    self.queues = queues
    self.fairQueues = fairQueues
    self.slots = slots
    self.batch = batch
    self.exchanges = exchanges
    self.leaseTerm = leaseTerm
    self.shortestPoll = shortestPoll
    self.longestPoll = longestPoll
    self.listens = listens
    self.prepares = prepares
    self.maintains = maintains
    self.retention = retention
    self.measureEvery = measureEvery
    self.version = version
    self.node = node
  }

  /// For a pooler that hands servers on after each transaction, such as PgBouncer in transaction mode: no connection is
  /// expected to remember anything.
  public var throughTransactionPooler: WorkerSettings {
    var settings = self
    settings.listens = false
    settings.prepares = false
    return settings
  }
}
