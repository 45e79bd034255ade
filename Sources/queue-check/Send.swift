import ArgumentParser
import Glibc
import JobQueue
import PostgresClient

/// Enqueues jobs, and notes outside the database what was asked for and what was acknowledged.
struct Send: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Enqueue jobs; note what was asked for and what was acknowledged.")

  @OptionGroup var database: DatabaseOptions

  @Option(help: "How many.")
  var jobs = 1000

  @Option(help: "How many in a transaction.")
  var batch = 500

  @Option(help: "Kinds and weights: effect=90,contend=5,flaky=4,deaf=1.")
  var mix = "effect=1"

  @Option(help: "Tenants to spread them over.")
  var tenants: Int32 = 1

  @Option(help: "Name of the queue.")
  var queue = "default"

  @Option(help: "Attempts of a poison job.")
  var poisonAttempts: Int16 = 3

  @Option(help: "Milliseconds between two transactions.")
  var every = 0

  @Option(help: "Where it is noted.")
  var log: String?

  @Option(help: "Bytes of padding in the payload.")
  var padding = 40

  @Flag(help: "Under keys, and each batch twice: the second one is to be answered with the first.")
  var twice = false

  func run() async throws {
    let notes = try log.map { try AppendLog($0) }
    let queries = try QueryCatalogue.read(database.sql + "/queries").table(of: JobQuery.self)
    var settings = ConnectionSettings(database.database)
    if database.pooled { settings.preparedStatements = 0 }
    let pool = Pool(settings, PoolSettings(maximum: 2))
    let sender = JobSender(pool, queries)
    let kinds = mix.split(separator: ",").flatMap { part -> [String] in
      let halves = part.split(separator: "=")
      return Array(
        repeating: String(halves[0]), count: halves.count > 1 ? Int(halves[1]) ?? 1 : 1)
    }
    let pad = String(repeating: "x", count: padding)
    let began = ContinuousClock.now
    var sent = 0
    let request = self
    @Sendable func made(from start: Int) -> [NewJob] {
      (start..<Swift.max(start, Swift.min(start + request.batch, request.jobs))).map { number in
        let kind = kinds[number % kinds.count]
        return NewJob(
          kind, JSONB("{\"n\":\(number),\"pad\":\"\(pad)\"}"),
          tenant: 1 + Int32(number) % request.tenants, queue: request.queue,
          key: request.twice ? "key-\(getpid())-\(number)" : nil,
          maxAttempts: kind == "poison" ? request.poisonAttempts : 1000)
      }
    }
    var next = made(from: 0)
    while sent < jobs {
      let some = next
      let start = sent + some.count
      // Made while those before them are on their way, as by any program that has more to do than to wait.
      async let later = made(from: start)
      notes?.write(some.map { "ask \($0.id) \($0.kind)\n" }.joined())
      await acknowledge(some, sender, notes)
      sent = start
      next = await later
      if every > 0 { try await Task.sleep(for: .milliseconds(every)) }
    }
    let milliseconds = max(1, began.duration(to: .now).inMilliseconds)
    print(
      "{\"enqueued\":\(sent),\"milliseconds\":\(milliseconds),\"cpu_ms\":\(ProcessTimes.processorMilliseconds),\"per_second\":\(Int64(sent) * 1000 / milliseconds)}"
    )
    await pool.drain(patience: .seconds(1))
  }

  /// Tried until it is acknowledged; jobs whose fate nobody can tell are left as asked for, under new ids.
  private func acknowledge(_ jobs: [NewJob], _ sender: JobSender, _ notes: AppendLog?) async {
    var jobs = jobs
    while true {
      do {
        let ids = try await sender.enqueue(jobs)
        notes?.write(zip(ids, jobs).map { "ack \($0) \($1.kind)\n" }.joined())
        if twice {
          let again = jobs.map { job in
            var job = job
            job.id = .now()
            return job
          }
          let same = try await sender.enqueue(again)
          if same != ids { notes?.write("doubled \(ids.count)\n") }
        }
        return
      } catch {
        notes?.write("setback \(error)\n".replacing("\n", with: " ") + "\n")
        try? await Task.sleep(for: .milliseconds(100))
        // Under keys the same jobs may be sent again, whatever became of them. Others may be there already: they are asked for as
        // new ones, and the old ones may be done or not.
        if !twice {
          jobs = jobs.map { job in
            var job = job
            job.id = .now()
            return job
          }
          notes?.write(jobs.map { "ask \($0.id) \($0.kind)\n" }.joined())
        }
      }
    }
  }
}

extension String {
  /// With every occurrence of a character replaced.
  fileprivate func replacing(_ character: Character, with other: Character) -> String {
    String(map { $0 == character ? other : $0 })
  }
}
