import PostgresClient
import TestSupport
import Testing

@testable import JobQueue

/// Other programs enqueue jobs and read what came of them.
@Suite(.needsServer, .timeLimit(.minutes(1))) struct OpenContractTests {
  private var kinds: JobKinds {
    var kinds = JobKinds()
    kinds.registerEach("double") { job, _ in
      let number = Int(job.payload.text.filter(\.isNumber)) ?? 0
      return .done(result: JSONB("{\"n\":\(number * 2)}"))
    }
    return kinds
  }

  @Test("psql: named arguments, a key, a wake-up, and the result")
  func psql() async throws {
    let depot = try await QueueServer.depot()
    let first = try ClientProgram.run(
      [
        "psql", "-XqAt", "-d", depot.conninfo, "-c",
        "SELECT tradewind.enqueue('default', 'double', '{\"n\":21}', key => 'k', priority => 2)",
      ])
    let again = try ClientProgram.run(
      [
        "psql", "-XqAt", "-d", depot.conninfo, "-c",
        "SELECT tradewind.enqueue('default', 'double', '{\"n\":99}', key => 'k')", "-c",
        "SELECT tradewind.wake('default')",
      ])
    #expect(first.status == 0 && again.status == 0)
    let id = try #require(UniqueID(String(first.output.prefix(36))))
    #expect(again.output.hasPrefix(first.output.prefix(36)))
    try await depot.working(depot.worker(kinds)) {
      let isDone = try await depot.eventually { try await depot.done() == 1 }
      #expect(isDone)
    }
    let result = try ClientProgram.run(
      [
        "psql", "-XqAt", "-d", depot.conninfo, "-c",
        "SELECT state, result FROM tradewind.job_status WHERE tenant_id = 1 AND id = '\(id)'",
      ])
    #expect(result.output == "done|{\"n\": 42}\n")
    let refused = try ClientProgram.run(
      [
        "psql", "-XqAt", "-d", depot.conninfo, "-c",
        "SELECT tradewind.enqueue('nowhere', 'double')",
      ])
    #expect(refused.status == 1)
  }

  @Test("psycopg: many in a transaction, and the results", .enabled(if: ClientProgram.hasPsycopg))
  func psycopg() async throws {
    let depot = try await QueueServer.depot()
    let script = """
      import json, psycopg, sys
      with psycopg.connect(sys.argv[1]) as db:
          for n in range(50):
              db.execute("SELECT tradewind.enqueue(%s, %s, %s)", ("default", "double", json.dumps({"n": n})))
      """
    let sent = try ClientProgram.run([ClientProgram.python, "-c", script, depot.conninfo])
    #expect(sent.status == 0)
    try await depot.working(depot.worker(kinds)) {
      let isDone = try await depot.eventually { try await depot.done() == 50 }
      #expect(isDone)
    }
    let read = try ClientProgram.run([
      ClientProgram.python, "-c",
      """
      import psycopg, sys
      with psycopg.connect(sys.argv[1]) as db:
          print(sum(row[0]["n"] for row in db.execute("SELECT result FROM tradewind.job_status WHERE state = 'done'")))
      """, depot.conninfo,
    ])
    #expect(read.output == "2450\n")
  }

  @Test("pgbench: as many clients as there are")
  func pgbench() async throws {
    let depot = try await QueueServer.depot()
    let script = try ClientProgram.file(
      "\\set n random(1, 1000)\nSELECT tradewind.enqueue('default', 'double', jsonb_build_object('n', :n::int), tenant => :client_id + 1);\n"
    )
    let sent = try ClientProgram.run(
      ["pgbench", "-n", "-c", "4", "-t", "50", "-f", script, depot.conninfo])
    #expect(sent.status == 0, "\(sent.output)")
    try await depot.working(depot.worker(kinds)) {
      let isDone = try await depot.eventually { try await depot.done() == 200 }
      #expect(isDone)
    }
    #expect(try await depot.count("SELECT count(DISTINCT tenant_id) FROM tradewind.job_done") == 4)
  }
}
