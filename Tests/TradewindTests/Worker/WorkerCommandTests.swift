import Foundation
import Glibc
import TestSupport
import Testing

/// `tradewind worker` as a process of its own, told what to do by psql.
@Suite(
  .enabled(if: ScratchPostgres.programs != nil, "no PostgreSQL server is installed"), .serialized,
  .timeLimit(.minutes(3)))
struct WorkerCommandTests {
  /// A migrated database, a network that may be edited, and a worker on both.
  final class Place {
    let cluster: ScratchPostgres
    let folder: ScratchFolder
    let port: Int
    private(set) var process = Process()
    private let log: String

    init(_ arguments: [String] = []) throws {
      cluster = try ScratchPostgres()
      folder = try ScratchFolder()
      try folder.copyDemo()
      port = try WorkerCommandTests.freePort()
      log = try folder.write("worker.log", "")
      let migrated = try Tradewind.run(
        ["db", "migrate", "--quiet", "--database", cluster.conninfo()])
      try #require(migrated.status == 0, "\(migrated.errors)")
      process.executableURL = URL(fileURLWithPath: Tradewind.binary)
      process.arguments =
        [
          "worker", "--network", folder.path, "--database", cluster.conninfo(), "--port", "\(port)",
          "--log", "json", "--files", folder.path,
        ] + Tradewind.now + arguments
      process.currentDirectoryURL = URL(fileURLWithPath: Fixtures.root(above: #filePath))
      process.environment = Tradewind.environment.merging([
        "TRADEWIND_CACHE": folder.path + "/cache"
      ]) { $1 }
      process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      try #require(eventually { try self.get("/readyz") == "ready\n" }, "\(records)")
    }

    deinit {
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
      cluster.remove()
    }

    /// What it has logged.
    var records: String { (try? Fixtures.text(log)) ?? "" }

    func get(_ path: String) throws -> String {
      try WorkerCommandTests.output(
        "/usr/bin/env", ["curl", "--silent", "--max-time", "5", "http://127.0.0.1:\(port)\(path)"])
    }

    /// Runs SQL through psql, with values quoted by psql itself.
    func ask(_ sql: String, _ values: [String: String] = [:]) throws -> String {
      let file = try folder.write("ask.sql", sql)
      let set = values.flatMap { ["--set", "\($0.key)=\($0.value)"] }
      let programs = ScratchPostgres.programs ?? ""
      return try WorkerCommandTests.output(
        programs + "/psql",
        ["--no-psqlrc", "--tuples-only", "--no-align", "--quiet"] + set + [
          "--file", file, cluster.conninfo(),
        ]
      ).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Enqueues a job and waits for its end: its state, its result and its errors.
    func done(_ kind: String, _ payload: String) throws -> (String, [String: Any], String) {
      let id = try ask(
        "SELECT tradewind.enqueue('default', :'kind', :'payload');",
        ["kind": kind, "payload": payload])
      let status = "SELECT state FROM tradewind.job_status WHERE id = :'id';"
      _ = try eventually {
        !["waiting", "running"].contains(try self.ask(status, ["id": id]))
      }
      let state = try ask(status, ["id": id])
      let result = try ask(
        "SELECT coalesce(result, '{}') FROM tradewind.job_status WHERE id = :'id';", ["id": id])
      let errors = try ask(
        "SELECT coalesce(errors::text, '') FROM tradewind.job_status WHERE id = :'id';",
        ["id": id])
      let object = try JSONSerialization.jsonObject(with: Data(result.utf8)) as? [String: Any]
      return (state, object ?? [:], errors)
    }

    /// Waits for a condition, ten seconds at most.
    func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
      for _ in 0..<500 {
        if try condition() { return true }
        usleep(20_000)
      }
      return try condition()
    }

    /// Sends a signal, and waits for the end.
    func end(_ signals: Int32...) -> Int32 {
      for signal in signals {
        kill(process.processIdentifier, signal)
        usleep(300_000)
      }
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  private static func output(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  /// A port of the loopback address that nobody listened on a moment ago.
  private static func freePort() throws -> Int {
    let found = try output(
      "/usr/bin/env",
      [
        "bash", "-c",
        "while :; do p=$((20000 + RANDOM % 20000)); (: </dev/tcp/127.0.0.1/$p) 2>/dev/null || break; done; echo $p",
      ])
    return try #require(Int(found.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  private static let parcel =
    #"{"from":"CNYIU","to":"ES:28013","weight":"480g","dims":"20x15x8cm","ready":"2026-11-20T17:30"}"#

  @Test("quote, book, track, replan: from plain SQL to a new date beside the promise")
  func loop() throws {
    let place = try Place()
    let (state, quotes, _) = try place.done(
      "quote",
      "{\"save\":true,\"merchant\":\"acme\",\"requests\":[\(Self.parcel),{\"from\":\"XX\",\"to\":\"ES:28013\",\"weight\":\"1kg\"}]}"
    )
    #expect(state == "done")
    let answers = try #require(quotes["quotes"] as? [[String: Any]])
    let options = try #require(answers[0]["options"] as? [[String: Any]])
    // The demo's README: by sea for 4.33 EUR, by air for 6.73 EUR.
    #expect(options.map { $0["freight"] as? String } == ["4.33", "6.73"])
    #expect(options.map { $0["deliver_by"] as? String } == ["2027-01-07", "2026-11-28"])
    #expect((answers[1]["error"] as? String)?.contains("TW-REQ-101") == true)
    let quote = try #require(answers[0]["quote_id"] as? String)

    let order = #"{"orders":[{"key":"o-1","quote":"\#(quote)","tier":"standard"}]}"#
    let (_, booked, _) = try place.done("book", order)
    let first = try #require((booked["orders"] as? [[String: Any]])?.first)
    #expect(first["outcome"] as? String == "booked")
    let promise = try #require(first["promise"] as? [String: Any])
    let shipment = try #require(promise["shipment"] as? String)
    let (_, again, _) = try place.done("book", order)
    #expect((again["orders"] as? [[String: Any]])?.first?["outcome"] as? String == "repeated")

    let event =
      #"{"shipment":"\#(shipment)","status":"collected","occurred":"2026-11-23T17:30:00+08:00"}"#
    let (_, tracked, _) = try place.done(
      "track",
      "{\"events\":[\(event),\(event.replacingOccurrences(of: "collected", with: "sung"))]}")
    #expect(tracked["recorded"] as? Int == 1 && tracked["refused"] as? Int == 1)

    let (_, replanned, _) = try place.done("replan", #"{"delay":["air@2026-11-24:+9h"]}"#)
    #expect(replanned["outcomes"] as? [String: Int] == ["re_promised": 1])
    let found = try #require((replanned["shipments"] as? [[String: Any]])?.first)
    #expect(
      found["promised"] as? String == "2026-11-28" && found["deliver_by"] as? String == "2026-11-30"
    )
    // The promise stands as it was given; the new date is an estimate.
    #expect(
      try place.ask("SELECT deliver_by FROM tradewind.promise;") == "2026-11-28")
    #expect(try place.ask("SELECT count(*) FROM tradewind.arrival_estimate;") == "1")

    let (failed, _, errors) = try place.done("quote", #"{"requests":1}"#)
    #expect(failed == "failed" && errors.contains("bad_payload"))
    _ = try place.ask("SELECT tradewind.enqueue('default', 'of-another-version', '{}');")
    let metrics = try place.get("/metrics")
    #expect(metrics.contains(#"tradewind_jobs_total{kind="quote",outcome="done"} 1"#))
    #expect(metrics.contains(#"tradewind_jobs_total{kind="quote",outcome="failed"} 1"#))
    #expect(metrics.contains("tradewind_job_duration_seconds_bucket{kind=\"book\",le=\"+Inf\"} 2"))
    #expect(try place.get("/healthz") == "ok\n")
    #expect(place.end(SIGTERM) == 0, "\(place.records)")
    // Nobody here knew that kind, so it waits for somebody who does.
    #expect(
      try place.ask("SELECT state FROM tradewind.job_status WHERE kind = 'of-another-version';")
        == "waiting")
    #expect(try place.ask("SELECT count(*) FROM tradewind.job_lease;") == "0")
  }

  @Test("SIGHUP takes a new network; one that does not hold leaves the old one in force")
  func reload() throws {
    let place = try Place()
    let request = "{\"requests\":[\(Self.parcel)]}"
    func freights() throws -> [String?] {
      let (_, result, _) = try place.done("quote", request)
      let answer = (result["quotes"] as? [[String: Any]])?.first
      return (answer?["options"] as? [[String: Any]] ?? []).map { $0["freight"] as? String }
    }
    #expect(try freights() == ["4.33", "6.73"])
    // Ten cents more for the last mile, whatever the way.
    try place.folder.edit("rate_bands.csv", "door,0,5000,2.6,", "door,0,5000,2.7,")
    kill(place.process.processIdentifier, SIGHUP)
    #expect(
      try place.eventually { try place.get("/metrics").contains("tradewind_network_edition 2.0") })
    #expect(try freights() == ["4.43", "6.83"])
    try place.folder.edit("rate_bands.csv", "door,0,5000,2.7,", "door,0,5000,nonsense,")
    kill(place.process.processIdentifier, SIGHUP)
    #expect(place.eventually { place.records.contains("the network stays as it is") })
    #expect(try freights() == ["4.43", "6.83"])
    let (state, _, errors) = try place.done("reload", "{}")
    #expect(state == "failed" && errors.contains("bad_network"))
    #expect(place.end(SIGTERM) == 0)
  }

  @Test("a second signal leaves at once, and the job for others")
  func secondSignal() throws {
    let place = try Place(["--grace", "60", "--lease", "3600"])
    // A pipe that nobody writes to: who reads the instance waits for ever.
    #expect(mkfifo(place.folder.path + "/graph.txt", 0o600) == 0)
    _ = try place.ask(
      "SELECT tradewind.enqueue('default', 'place', '{\"instance\":\"graph.txt\",\"format\":\"orlib-pmed\"}');"
    )
    var child: Int32?
    _ = try place.eventually {
      child = Int32(
        try Self.output("/usr/bin/env", ["pgrep", "-P", "\(place.process.processIdentifier)"])
          .trimmingCharacters(in: .whitespacesAndNewlines))
      return child != nil
    }
    let running = try #require(child)
    kill(running, SIGSTOP)
    defer { kill(running, SIGKILL) }
    #expect(place.end(SIGTERM, SIGTERM) == 75)
    #expect(place.records.contains("second signal"))
    #expect(try place.ask("SELECT state FROM tradewind.job_status;") == "running")
  }
}
