/// Whether it pays to stay awake for the answer to a statement.
///
/// A server on the same machine answers a small statement sooner than a thread can be put to sleep and woken again. So
/// who asks may poll the socket for some microseconds before it suspends, as network stacks do under the name of busy
/// polling (Linux: `SO_BUSY_POLL`). That pays only while answers come in time: each time one does not, twice as many
/// statements are asked without it.
struct BusyPolling {
  /// How long one statement polls at most; a cooperative thread is kept from other tasks for no longer.
  static let patience: Duration = .microseconds(40)
  /// Most statements that are asked without polling after one that polled in vain.
  static let greatestPause = 256

  private var pause = 0
  private var left = 0

  /// Whether the next statement is to be polled for.
  mutating func begins() -> Bool {
    guard left == 0 else {
      left -= 1
      return false
    }
    return true
  }

  /// Takes note of whether polling saw the answer.
  mutating func ended(inTime: Bool) {
    pause = inTime ? 0 : min(max(2 * pause, 1), Self.greatestPause)
    left = pause
  }
}
