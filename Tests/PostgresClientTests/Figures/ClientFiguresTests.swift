import Glibc
import PostgresClient
import TestSupport
import Testing

/// The figures of the client, beside those of the C library by itself in the same run.
///
/// Asked for by `make measure-client`; without that, one small round of each shows that they still run.
@Suite(.needsServer, .serialized) struct ClientFiguresTests {
  static let isMeasuring = getenv("TRADEWIND_MEASURE_CLIENT") != nil

  static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try await body()
    return seconds(clock.now - start)
  }

  static func seconds(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
  }

  static func report(_ name: String, _ value: Double, _ unit: String) {
    if isMeasuring { print("figure \(name): \((value * 1000).rounded() / 1000) \(unit)") }
  }

  static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  /// Where the two ends of a connection run.
  enum Processors: String, CaseIterable {
    case one = "one processor"
    case two = "two processors"
    case any = "wherever the scheduler puts them"
  }

  @Test("a prepared round trip, beside the C library", .timeLimit(.minutes(1)))
  func roundTrip() async throws {
    let connection = try await Server.connect()
    let bare = try #require(BareLink(try Server.shared.conninfo()))
    try #require(bare.prepare("plus", "SELECT $1::int8 + 1"))
    for number in 0..<10 { try await connection.query("SELECT $1::int8 + 1", number) }
    let servers = [connection.processID, bare.processID]
    defer { for process in servers + [getpid()] { Placement.release(process) } }
    for processors in Self.isMeasuring ? Processors.allCases : [.any] {
      if processors != .any {
        let server = processors == .one ? 0 : 1
        guard Placement.keep(getpid(), on: 0),
          servers.allSatisfy({ Placement.keep($0, on: server) })
        else {
          print("figure round trip, \(processors.rawValue): skipped, no leave to place processes")
          continue
        }
      } else {
        for process in servers + [getpid()] { Placement.release(process) }
      }
      try await roundTrips(connection, bare, on: processors)
    }
    connection.close()
  }

  /// In turns, so that whatever else the machine does falls on all of them.
  private func roundTrips(
    _ connection: Connection, _ bare: BareLink, on processors: Processors
  ) async throws {
    let statement: Statement = "SELECT $1::int8 + 1"
    let (rounds, trips) = Self.isMeasuring ? (31, 1000) : (1, 20)
    @Sendable func ask() async throws -> Double {
      try await Self.seconds {
        for number in 0..<trips {
          let sum = try await connection.query(statement, number)[0].decode(Int.self)
          if sum != number + 1 { Issue.record("\(number) + 1 is \(sum)") }
        }
      }
    }
    var bareTimes: [Double] = []
    var anyTask: [Double] = []
    var onThread: [Double] = []
    for _ in 0..<rounds {
      bareTimes.append(
        await Self.seconds { for number in 0..<trips { _ = bare.run("plus", Int64(number)) } })
      onThread.append(
        try await withTaskExecutorPreference(connection.thread) { try await ask() })
      anyTask.append(try await ask())
    }
    let name = "round trip, \(processors.rawValue)"
    let unit = 1e6 / Double(trips)
    Self.report("\(name), C library, median", Self.median(bareTimes) * unit, "us")
    Self.report("\(name), client on its thread, median", Self.median(onThread) * unit, "us")
    Self.report("\(name), client, any task, median", Self.median(anyTask) * unit, "us")
    Self.report(
      "\(name), on its thread / C, median",
      Self.median(zip(onThread, bareTimes).map { $0 / $1 }), "x")
    Self.report(
      "\(name), any task / C, median", Self.median(zip(anyTask, bareTimes).map { $0 / $1 }), "x")
  }

  @Test("pipelined statements, 100 to a sync", .timeLimit(.minutes(1)))
  func pipelined() async throws {
    let connection = try await Server.connect()
    let bare = try #require(BareLink(try Server.shared.conninfo()))
    try #require(bare.prepare("plus", "SELECT $1::int8 + 1"))
    let statement: Statement = "SELECT $1::int8 + 1"
    let (rounds, batches) = Self.isMeasuring ? (21, 200) : (1, 3)
    var bareTimes: [Double] = []
    var times: [Double] = []
    for _ in 0..<rounds {
      bareTimes.append(
        await Self.seconds {
          for _ in 0..<batches where bare.pipeline("plus", count: 100) != 100 {
            Issue.record("rows are missing")
          }
        })
      times.append(
        try await Self.seconds {
          try await connection.pipeline { pipeline in
            for _ in 0..<batches {
              var pending: [PendingResult] = []
              pending.reserveCapacity(100)
              for number in 0..<100 { pending.append(try await pipeline.send(statement, number)) }
              for (number, one) in pending.enumerated() {
                let sum = try await one.rows[0].decode(Int.self)
                if sum != number + 1 { Issue.record("\(number) + 1 is \(sum)") }
              }
            }
          }
        })
    }
    let count = Double(batches * 100)
    Self.report("pipeline, C library, best", count / (bareTimes.min() ?? 1), "statements/s")
    Self.report("pipeline, client, median", count / Self.median(times), "statements/s")
    Self.report("pipeline, client, best", count / (times.min() ?? 1), "statements/s")
    connection.close()
  }

  @Test("COPY BINARY in, one transaction", .timeLimit(.minutes(1)))
  func copyIn() async throws {
    let connection = try await Server.connect()
    // The columns of a queued job (design note, section 4), with its two indexes.
    try await connection.run(
      script: """
        CREATE TABLE figures_copy (tenant_id int4 NOT NULL, id uuid NOT NULL, queue int2 NOT NULL, kind int2 NOT NULL,
          priority int2 NOT NULL, run_at timestamptz NOT NULL, payload jsonb NOT NULL, PRIMARY KEY (queue, tenant_id, id));
        CREATE INDEX ON figures_copy (queue, priority, run_at, id)
        """)
    let (rounds, rows) = Self.isMeasuring ? (5, 150_000) : (1, 500)
    let payload = JSONB(#"{"a": "0123456789012345678901234567890123456789", "b": 12345678}"#)
    var times: [Double] = []
    for round in 0..<rounds {
      try await connection.query("TRUNCATE figures_copy")
      times.append(
        try await Self.seconds {
          let copied = try await connection.copyIn(into: CopyTarget("figures_copy")) { writer in
            for number in 0..<rows {
              try await writer.write(
                Int32(number % 7),
                UniqueID.version7(
                  milliseconds: UInt64(number), randomHigh: UInt16(round), randomLow: UInt64(number)
                ),
                Int16(1), Int16(2), Int16(100), Timestamp(microseconds: Int64(number)), payload)
            }
          }
          if copied != rows { Issue.record("\(copied) of \(rows) rows were copied") }
        })
    }
    Self.report("COPY in, median", Double(rows) / Self.median(times), "rows/s")
    try await connection.query("DROP TABLE figures_copy")
    connection.close()
  }

  @Test("memory over a streamed result", .timeLimit(.minutes(2)))
  func streamed() async throws {
    let connection = try await Server.connect()
    let rows = Self.isMeasuring ? 10_000_000 : 200_000
    var (count, sum) = (0, 0)
    var peakEarly = 0
    let time = try await Self.seconds {
      for try await row in try connection.rows(
        "SELECT n, repeat('x', 100) FROM generate_series(1, $1::int8) n", rows)
      {
        sum += try row.value(0, as: Int.self)
        count += 1
        if count == rows / 20 { peakEarly = Self.residentKilobytes() }
      }
    }
    let grown = Self.residentKilobytes() - peakEarly
    #expect(count == rows)
    #expect(sum == rows * (rows + 1) / 2)
    // The rows weigh 1.2 GB, or 24 MB in the small round; what is held is a backlog.
    // Other tests of the process take memory, too, so this is held only when it runs alone.
    if Self.isMeasuring {
      #expect(grown < 8192, "memory grew by \(grown) kB after the first twentieth")
    }
    Self.report("streamed rows", Double(rows) / time, "rows/s")
    Self.report("memory growth after the first twentieth", Double(grown), "kB")
    connection.close()
  }

  static func residentKilobytes() -> Int {
    let lines = (try? ScratchPostgres.text(of: "/proc/self/status")) ?? ""
    let line = lines.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
  }
}
