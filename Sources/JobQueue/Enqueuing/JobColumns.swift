import PostgresClient

/// New jobs, column by column.
struct JobColumns {
  private var tenants: [Int32] = []
  private var ids: [UniqueID] = []
  private var queues: [Int16] = []
  private var kinds: [Int32] = []
  private var priorities: [Int16] = []
  private var times: [Timestamp?] = []
  private var attempts: [Int16] = []
  private var timeouts: [Int32?] = []
  private var traces: [String?] = []
  private var payloads: [JSONB] = []
  private var keys: [String] = []
  private var kept: [Int64] = []

  init(_ jobs: [NewJob], numbers: (NewJob) -> (queue: Int16, kind: Int32)) {
    for job in jobs {
      let (queue, kind) = numbers(job)
      tenants.append(job.tenant)
      ids.append(job.id)
      queues.append(queue)
      kinds.append(kind)
      priorities.append(job.priority)
      times.append(job.runAt)
      attempts.append(job.maxAttempts)
      timeouts.append(job.timeout.map { Int32(clamping: $0.microseconds / 1000) })
      traces.append(job.trace)
      payloads.append(job.payload)
      keys.append(job.key ?? "")
      kept.append(job.keyKept.microseconds)
    }
  }

  /// As `enqueue_jobs` takes them.
  var parameters: Parameters {
    Parameters(
      tenants, ids, queues, kinds, priorities, times, attempts, timeouts, traces, payloads)
  }

  /// As `enqueue_once` takes them.
  var keyedParameters: Parameters {
    Parameters(
      tenants, ids, queues, kinds, priorities, times, attempts, timeouts, traces, payloads, keys,
      kept)
  }
}
