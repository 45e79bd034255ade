import PostgresClient
import Testing

@Suite(.needsServer, .serialized, .timeLimit(.minutes(1))) struct CopyTests {
  struct Odd: Error {}

  func withTable(_ body: (Connection) async throws -> Void) async throws {
    let connection = try await Server.connect()
    defer { connection.close() }
    try await connection.run(
      script: "CREATE TEMP TABLE leg (id int8 PRIMARY KEY, name text, minutes int4[])")
    try await body(connection)
    #expect(try await connection.query("SELECT 1").count == 1, "the connection goes on")
  }

  @Test func thereAndBack() async throws {
    try await withTable { connection in
      let copied = try await connection.copyIn(into: CopyTarget("leg")) { rows in
        for id in 0..<3000 {
          try await rows.write(id, id % 3 == 0 ? nil : "leg '\(id)'", [Int32(id), nil])
        }
      }
      #expect(copied == 3000)
      var next = 0
      for try await row in try await connection.copyRows(
        of: CopyTarget("leg", columns: ["id", "name", "minutes"]))
      {
        let (id, name, minutes) = try row.decode(Int.self, String?.self, [Int32?].self)
        #expect(id == next)
        #expect(name == (id % 3 == 0 ? nil : "leg '\(id)'"))
        #expect(minutes == [Int32(id), nil])
        next += 1
      }
      #expect(next == 3000)
    }
  }

  @Test func fromASequence() async throws {
    try await withTable { connection in
      let ids = AsyncStream<Int> { sink in
        for id in 0..<100 { sink.yield(id) }
        sink.finish()
      }
      let copied = try await connection.copyIn(into: CopyTarget("leg", columns: ["id"]), from: ids)
      {
        id, row in
        row.append(id)
      }
      #expect(copied == 100)
    }
  }

  @Test func otherForms() async throws {
    try await withTable { connection in
      let copied = try await connection.copyIn("COPY leg (id, name) FROM STDIN (FORMAT csv)") {
        writer in
        try await writer.write("1,\"a, b\"\n")
        try await writer.write("2,\n")
      }
      #expect(copied == 2)
      var text = ""
      for try await piece in try await connection.copyOut(
        "COPY (SELECT id, name FROM leg ORDER BY id) TO STDOUT")
      {
        text += String(decoding: piece, as: UTF8.self)
      }
      #expect(text == "1\ta, b\n2\t\\N\n")
    }
  }

  /// The client gives up: nothing is kept.
  @Test func abortedByTheClient() async throws {
    try await withTable { connection in
      await #expect(throws: Odd.self) {
        try await connection.copyIn(into: CopyTarget("leg", columns: ["id"])) { rows in
          for id in 0..<100_000 {
            if id == 60_000 { throw Odd() }
            try await rows.write(id)
          }
        }
      }
      let kept = try await connection.query("SELECT count(*) FROM leg")[0].decode(Int.self)
      #expect(kept == 0)
    }
  }

  /// The server gives up: the error comes out at the end, and nothing is kept.
  @Test func abortedByTheServer() async throws {
    try await withTable { connection in
      let error = await #expect(throws: PostgresError.self) {
        try await connection.copyIn(into: CopyTarget("leg", columns: ["id"])) { rows in
          for id in 0..<200_000 { try await rows.write(id % 50_000) }
        }
      }
      #expect(error?.errorClass == .duplicate)
      let kept = try await connection.query("SELECT count(*) FROM leg")[0].decode(Int.self)
      #expect(kept == 0)
      let missing = await #expect(throws: PostgresError.self) {
        try await connection.copyIn(into: CopyTarget("no such table")) { _ in }
      }
      #expect(missing?.sqlState == "42P01")
      let short = await #expect(throws: PostgresError.self) {
        try await connection.copyIn("COPY leg FROM STDIN (FORMAT binary)") {
          try await $0.write([1, 2, 3])
        }
      }
      #expect(short?.sqlState == "22P04")
    }
  }

  @Test func cancelledIn() async throws {
    try await withTable { connection in
      let task = Task {
        try await connection.copyIn(into: CopyTarget("leg", columns: ["id"])) { rows in
          for id in 0... { try await rows.write(id) }
        }
      }
      try await Task.sleep(for: .milliseconds(50))
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      let kept = try await connection.query("SELECT count(*) FROM leg")[0].decode(Int.self)
      #expect(kept == 0)
    }
  }

  /// Nothing is written, so nothing is waited for: a cancelled writer is noticed all the same.
  @Test func cancelledBeforeTheEnd() async throws {
    try await withTable { connection in
      let task = Task {
        try await connection.copyIn(into: CopyTarget("leg", columns: ["id"])) { rows in
          try await rows.write(1)
          while !Task.isCancelled { await Task.yield() }
        }
      }
      try await Task.sleep(for: .milliseconds(20))
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      let kept = try await connection.query("SELECT count(*) FROM leg")[0].decode(Int.self)
      #expect(kept == 0)
    }
  }

  @Test func lettingGoEarlyOut() async throws {
    try await withTable { connection in
      do {
        let pieces = try await connection.copyOut(
          "COPY (SELECT generate_series(1, 1000000000)) TO STDOUT")
        var count = 0
        for try await _ in pieces {
          count += 1
          if count == 1000 { break }
        }
      }
      #expect(!connection.isClosed)
    }
  }

  @Test func failureMidwayOut() async throws {
    try await withTable { connection in
      var count = 0
      let error = await #expect(throws: PostgresError.self) {
        for try await _ in try await connection.copyOut(
          "COPY (SELECT 1 / (500 - n) FROM generate_series(1, 1000) n) TO STDOUT")
        {
          count += 1
        }
      }
      #expect(error?.sqlState == "22012")
      #expect(count == 499)
    }
  }

  /// A lock keeps the server from reading: the writer waits instead of gathering everything in memory.
  @Test func slowServer() async throws {
    let holder = try await Server.connect()
    let writer = try await Server.connect()
    defer {
      holder.close()
      writer.close()
    }
    try await holder.run(script: "CREATE TABLE slow_copy (n int8, filling text)")
    try await holder.run(script: "BEGIN; LOCK slow_copy IN ACCESS EXCLUSIVE MODE")
    let written = Counter()
    let filling = String(repeating: "x", count: 1000)
    let task = Task {
      // The copy itself waits for the lock before it says that it is ready.
      try await writer.copyIn(into: CopyTarget("slow_copy")) { rows in
        for n in 0..<50_000 {
          try await rows.write(n, filling)
          written.add()
        }
      }
    }
    try await Task.sleep(for: .milliseconds(200))
    #expect(written.count == 0)
    try await holder.run(script: "ROLLBACK")
    #expect(try await task.value == 50_000)
    try await holder.run(script: "DROP TABLE slow_copy")
  }
}
