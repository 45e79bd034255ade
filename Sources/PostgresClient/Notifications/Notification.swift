/// A message of `NOTIFY`.
public struct Notification: Hashable, Sendable {
  /// The channel it was sent on.
  public let channel: String
  /// What was sent, empty unless given.
  public let payload: String
  /// The server process of the connection that sent it.
  public let senderProcessID: Int32

  /// A message.
  public init(channel: String, payload: String, senderProcessID: Int32) {
    self.channel = channel
    self.payload = payload
    self.senderProcessID = senderProcessID
  }
}
