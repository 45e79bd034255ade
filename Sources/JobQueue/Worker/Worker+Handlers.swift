import PostgresClient
import Synchronization

/// Running handlers, and stopping them.
extension Worker {
  /// Hands a group to the handler of its kind, on the process's usual threads.
  func run(_ group: Int) {
    guard let entry = state.withLock({ $0.running[group] }) else { return }
    let kind = kinds.all[entry.kind]
    let task = Task.detached { [self] in
      let outcome = await Self.outcome(of: kind, entry.jobs, entry.control)
      let duration = entry.started.duration(to: .now)
      change { state, now in
        // A group that was timed out or dropped meanwhile has its outcome already, or is none any more.
        guard state.running[group] != nil, state.running[group]?.outcome == nil else { return }
        state.running[group]?.outcome = outcome
        state.running[group]?.duration = duration
        state.machine.handled(group, at: now)
      }
    }
    state.withLock { state in
      if state.running[group] != nil { state.running[group]?.task = task } else { task.cancel() }
    }
  }

  private static func outcome(
    of kind: JobKinds.Kind, _ jobs: [Job], _ control: JobControl
  ) async -> BatchOutcome {
    do {
      let outcome = try await kind.handler(jobs, control)
      guard outcome.outcomes.count == jobs.count else {
        let setback = Setback(
          "handler", "the handler gave \(outcome.outcomes.count) outcomes for \(jobs.count) jobs")
        return BatchOutcome(jobs.map { _ in .retry(setback) })
      }
      return outcome
    } catch {
      // Asked to stop by a cancellation, or gone wrong.
      let setback = Setback(error)
      return BatchOutcome(
        jobs.map { job in
          error is CancellationError && control.isCancelled(job) ? .cancelled : .retry(setback)
        })
    }
  }

  func timeOut(_ group: Int) {
    let task = state.withLock { state -> Task<Void, Never>? in
      guard let entry = state.running[group], entry.outcome == nil else { return nil }
      state.running[group]?.outcome = BatchOutcome(entry.jobs.map { _ in .retry(.timeout) })
      state.running[group]?.duration = entry.started.duration(to: .now)
      entry.control.stop()
      return entry.task
    }
    task?.cancel()
  }

  /// A job alone in its group has its task cancelled; one of many is only marked, since the others go on.
  func cancel(_ group: Int, _ key: AttemptKey) {
    let task = state.withLock { state -> Task<Void, Never>? in
      guard let entry = state.running[group] else { return nil }
      entry.control.cancel(key.id)
      return entry.jobs.count == 1 ? entry.task : nil
    }
    task?.cancel()
  }

  /// Stops all handlers; what they give is not looked at any more.
  func stopHandlers() {
    let entries = state.withLock { state -> [Running] in
      let known = state.machine.groups
      let gone = state.running.filter { known[$0.key] == nil }
      for group in gone.keys { state.running[group] = nil }
      return Array(gone.values)
    }
    for entry in entries {
      entry.control.stop()
      entry.task?.cancel()
    }
  }
}
