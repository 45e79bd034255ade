/// What a listener has to tell.
public enum ListenerEvent: Hashable, Sendable {
  /// From here on messages come; some may have been missed before. Look once at what they would have told of.
  case mayHaveMissed
  /// A message.
  case message(Notification)
}

/// Messages that nobody has taken yet, not more than a limit: beyond it they are dropped, and that is told instead.
struct NotificationBuffer: Sendable {
  private(set) var messages: [Notification] = []
  private(set) var hasGap = false
  let limit: Int

  init(limit: Int) { self.limit = limit }

  var isEmpty: Bool { messages.isEmpty && !hasGap }

  /// Messages have come.
  mutating func add(_ more: [Notification]) {
    guard messages.count + more.count <= limit else {
      addGap()
      return
    }
    messages += more
  }

  /// Messages may have been missed: a look tells more than any that came before.
  mutating func addGap() {
    messages = []
    hasGap = true
  }

  /// All there is to tell.
  mutating func take() -> [ListenerEvent] {
    defer {
      messages = []
      hasGap = false
    }
    return (hasGap ? [.mayHaveMissed] : []) + messages.map { .message($0) }
  }
}
