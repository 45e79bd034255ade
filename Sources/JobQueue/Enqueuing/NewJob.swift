public import PostgresClient

/// A job to be enqueued.
public struct NewJob: Sendable {
  /// Made by whoever enqueues it; the same id twice is refused by the server.
  public var id: UniqueID
  /// Whose it is.
  public var tenant: Int32
  /// Name of the queue.
  public var queue: String
  /// What is to be done.
  public var kind: String
  /// Version of the payload.
  public var version: Int32
  /// What it is about, as a JSON document.
  public var payload: JSONB
  /// 0 is the most urgent, 7 the least.
  public var priority: Int16
  /// Not before; nil: at once.
  public var runAt: Timestamp?
  /// Under the same key of the tenant's only one job is enqueued, until the key is forgotten.
  public var key: String?
  /// How long the key is kept, whatever becomes of the job.
  public var keyKept: Duration
  /// After so many attempts it is dead.
  public var maxAttempts: Int16
  /// How long an attempt may take; nil: as its kind says.
  public var timeout: Duration?
  /// Whatever it is to be found by.
  public var trace: String?

  /// A job, due at once unless told otherwise.
  public init(
    _ kind: String, _ payload: JSONB = JSONB("{}"), id: UniqueID = .now(), tenant: Int32 = 1,
    queue: String = "default", version: Int32 = 1, priority: Int16 = 4, runAt: Timestamp? = nil,
    key: String? = nil, keyKept: Duration = .seconds(86_400), maxAttempts: Int16 = 20,
    timeout: Duration? = nil, trace: String? = nil
  ) {
    self.id = id
    self.tenant = tenant
    self.queue = queue
    self.kind = kind
    self.version = version
    self.payload = payload
    self.priority = priority
    self.runAt = runAt
    self.key = key
    self.keyKept = keyKept
    self.maxAttempts = maxAttempts
    self.timeout = timeout
    self.trace = trace
  }
}
