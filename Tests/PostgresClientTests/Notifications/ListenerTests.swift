import PostgresClient
import Testing

@Suite(.needsServer, .serialized, .timeLimit(.minutes(1))) struct ListenerTests {
  @Test func whileIdle() async throws {
    let listener = try await Server.connect()
    let sender = try await Server.connect()
    defer {
      listener.close()
      sender.close()
    }
    let (messages, sink) = AsyncStream<PostgresClient.Notification>.makeStream()
    listener.onNotification { for one in $0 { sink.yield(one) } }
    try await listener.query("LISTEN idle_channel")
    try await sender.query("SELECT pg_notify($1, $2)", "idle_channel", "it's \"here\" 😀")
    let first = await messages.first { _ in true }
    #expect(first?.channel == "idle_channel")
    #expect(first?.payload == "it's \"here\" 😀")
    #expect(first?.senderProcessID == sender.processID)
  }

  /// Messages that come with the answers to other statements are not lost.
  @Test func amongAnswers() async throws {
    let listener = try await Server.connect()
    defer { listener.close() }
    let (messages, sink) = AsyncStream<PostgresClient.Notification>.makeStream()
    listener.onNotification { for one in $0 { sink.yield(one) } }
    try await listener.query("LISTEN own_channel")
    for number in 0..<100 {
      try await listener.query("SELECT pg_notify('own_channel', $1)", String(number))
    }
    var next = 0
    for await message in messages {
      #expect(message.payload == String(next))
      next += 1
      if next == 100 { break }
    }
  }

  /// The connection is cut; the listener connects again and says that something may have been missed.
  @Test func connectsAgain() async throws {
    let sender = try await Server.connect()
    defer { sender.close() }
    var settings = try Server.settings()
    settings.applicationName = "listener_again"
    let channel = "odd \"name\"; DROP"
    var events = Listener(settings, channels: [channel, "other"]).makeAsyncIterator()
    #expect(try await events.next() == .mayHaveMissed)
    for round in 0..<3 {
      try await sender.query("SELECT pg_notify($1, $2)", channel, "round \(round)")
      guard case .message(let message) = try await events.next() else {
        Issue.record("no message")
        return
      }
      #expect(message.payload == "round \(round)")
      #expect(message.channel == channel)
      try await sender.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'listener_again'"
      )
      #expect(try await events.next() == .mayHaveMissed)
    }
  }

  @Test func cancelled() async throws {
    let settings = try Server.settings()
    let task = Task {
      var count = 0
      for try await _ in Listener(settings, channels: ["quiet"]) { count += 1 }
      return count
    }
    try await Task.sleep(for: .milliseconds(100))
    task.cancel()
    #expect(try await task.value <= 1)
  }

  /// What would fail the same way for ever is an error.
  @Test func refused() async throws {
    var events = Listener(ConnectionSettings("host=db.example.com"), channels: ["x"])
      .makeAsyncIterator()
    let error = await #expect(throws: PostgresError.self) { try await events.next() }
    #expect(error?.code == .unverifiedHost)
  }
}
