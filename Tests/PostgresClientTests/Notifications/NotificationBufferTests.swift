import Testing

@testable import PostgresClient

@Suite struct NotificationBufferTests {
  func message(_ payload: String) -> PostgresClient.Notification {
    PostgresClient.Notification(channel: "c", payload: payload, senderProcessID: 1)
  }

  @Test func inOrder() {
    var buffer = NotificationBuffer(limit: 3)
    buffer.add([message("a")])
    buffer.add([message("b"), message("c")])
    #expect(
      buffer.take() == [.message(message("a")), .message(message("b")), .message(message("c"))])
    #expect(buffer.isEmpty)
  }

  /// Beyond the limit one look tells more than what was dropped.
  @Test func overflowIsAGap() {
    var buffer = NotificationBuffer(limit: 2)
    buffer.add([message("a"), message("b")])
    buffer.add([message("c")])
    buffer.add([message("d")])
    #expect(buffer.take() == [.mayHaveMissed, .message(message("d"))])
  }
}
