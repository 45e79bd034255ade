public import PostgresClient

/// A job that comes again and again.
///
/// Whatever number of workers run, each firing enqueues one job: a row of its own in `tradewind.job_firing` sees to that.
public struct Schedule: Hashable, Sendable {
  /// Of the tenant's; the same name again replaces it.
  public var name: String
  /// Whose it is.
  public var tenant: Int32
  /// When it comes.
  public var pattern: CronPattern
  /// The zone whose clock is meant, by its IANA name.
  public var zone: String
  /// Name of the queue.
  public var queue: String
  /// Kind of the job.
  public var kind: String
  /// Version of its payload.
  public var version: Int32
  /// What it is about.
  public var payload: JSONB
  /// 0 is the most urgent.
  public var priority: Int16
  /// Tried so often.
  public var maxAttempts: Int16
  /// Whether firings missed while no worker ran are made up for, one by one; else one stands for all.
  public var catchesUp: Bool

  /// A schedule.
  public init(
    _ name: String, _ pattern: CronPattern, zone: String = "UTC", tenant: Int32 = 1,
    queue: String = "default", kind: String, version: Int32 = 1, payload: JSONB = JSONB("{}"),
    priority: Int16 = 4, maxAttempts: Int16 = 20, catchesUp: Bool = false
  ) {
    self.name = name
    self.pattern = pattern
    self.zone = zone
    self.tenant = tenant
    self.queue = queue
    self.kind = kind
    self.version = version
    self.payload = payload
    self.priority = priority
    self.maxAttempts = maxAttempts
    self.catchesUp = catchesUp
  }

  /// The firing after one that is due, seen at a time on the clock of the zone: the very next where all are made up for, else
  /// the first that has not passed.
  static func following(
    _ due: CivilMinute, _ pattern: CronPattern, now: CivilMinute, catchesUp: Bool
  ) -> CivilMinute? {
    pattern.next(after: catchesUp ? due : Swift.max(due, now))
  }
}
