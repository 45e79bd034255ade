import Glibc
import JobQueue
import PostgresClient

/// The kinds of job that are worked off under fire.
enum CheckKinds {
  /// All of them.
  ///
  /// - Parameters:
  ///   - log: Told of every attempt that begins.
  ///   - pause: How long a handler takes.
  /// - Returns: What a worker can do.
  static func all(log: AppendLog?, pause: Duration) -> JobKinds {
    var kinds = JobKinds()
    let backoff = Backoff(base: .milliseconds(50), ceiling: .seconds(1))
    // Nothing but a result row.
    kinds.register("noop", batch: 1000) { jobs, _ in
      if pause > .zero { try await Task.sleep(for: pause) }
      return BatchOutcome(jobs.map { _ in .done(result: noopResult) })
    }
    // One row for each job, in one statement for the batch.
    kinds.register("effect", batch: 100, timeout: .seconds(20), backoff: backoff) { jobs, _ in
      log?.begins(jobs)
      if pause > .zero { try await Task.sleep(for: pause) }
      return BatchOutcome(jobs.map { _ in .done(result: noopResult) }) { done in
        [effectRows(done.map { jobs[$0] })]
      }
    }
    // Effects that depend on answers, on rows that all contend for.
    kinds.registerEach("contend", timeout: .seconds(20), backoff: backoff) { job, _ in
      log?.begins([job])
      return .done(effects: [
        .work { connection in
          let place = Int32(job.id.low % 8)
          let value = try await connection.query(
            "SELECT value FROM queue_check.counter WHERE n = $1 FOR UPDATE", place)[0].decode(
              Int64.self)
          try await connection.query(
            "UPDATE queue_check.counter SET value = $2 WHERE n = $1", place, value + 1)
          guard case .statement(let statement, let parameters) = effectRows([job]) else { return }
          try await connection.query(statement, parameters: parameters)
        }
      ])
    }
    // Goes wrong twice, then right.
    kinds.registerEach("flaky", timeout: .seconds(20), backoff: backoff) { job, _ in
      log?.begins([job])
      if job.attempt < 3 { return .retry(Setback("flaky", "attempt \(job.attempt)")) }
      return .done(effects: [effectRows([job])])
    }
    // Takes its process with it, each time.
    kinds.registerEach("poison", timeout: .seconds(20), backoff: backoff) { job, _ in
      log?.begins([job])
      kill(getpid(), SIGKILL)
      return .done(effects: [effectRows([job])])
    }
    // Does not listen when it is told to stop.
    kinds.registerEach("deaf", timeout: .milliseconds(200), backoff: backoff) { job, _ in
      log?.begins([job])
      if job.attempt == 1 {
        let end = ContinuousClock.now + .milliseconds(600)
        while ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(20)) }
      }
      return .done(effects: [effectRows([job])])
    }
    return kinds
  }

  private static let noopResult = JSONB("{\"ok\":true}")

  private static func effectRows(_ jobs: [Job]) -> Effect {
    .statement(
      "INSERT INTO queue_check.effect SELECT * FROM unnest($1::int4[], $2::uuid[], $3::int2[], $4::int8[])",
      Parameters(
        jobs.map(\.tenant), jobs.map(\.id), jobs.map(\.attempt), jobs.map { Int64($0.priority) }))
  }
}
