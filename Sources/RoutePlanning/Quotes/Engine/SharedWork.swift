import Synchronization

/// Jobs done by some workers, results in the order of the jobs.
struct SharedWork<Result: Sendable> {
  let results: [Result]

  /// Does every job once; `workers` runs its argument for each of its threads.
  init<Job: Sendable>(
    _ jobs: [Job], workers: (@Sendable (Int) -> Void) -> Void,
    _ work: @escaping @Sendable (Job) -> Result
  ) {
    self.init(jobs, workers: workers, scratch: {}) { job, _ in work(job) }
  }

  /// The same with something for each worker to work in, made when it gets its first job.
  init<Job: Sendable, Scratch>(
    _ jobs: [Job], workers: (@Sendable (Int) -> Void) -> Void,
    scratch: @escaping @Sendable () -> Scratch,
    _ work: @escaping @Sendable (Job, inout Scratch) -> Result
  ) {
    let state = Mutex(WorkState<Result>(results: Array(repeating: nil, count: jobs.count)))
    workers { _ in
      var own: Scratch?
      while true {
        let job = state.withLock { state -> Int? in
          defer { state.next += 1 }
          return state.next < jobs.count ? state.next : nil
        }
        guard let job else { return }
        // Taken out while it is changed: what two hold would be copied.
        var mine = own ?? scratch()
        own = nil
        let result = work(jobs[job], &mine)
        own = mine
        state.withLock { $0.results[job] = result }
      }
    }
    results = state.withLock { $0.results.compactMap { $0 } }
  }
}

private struct WorkState<Result: Sendable>: Sendable {
  var next = 0
  var results: [Result?]
}
