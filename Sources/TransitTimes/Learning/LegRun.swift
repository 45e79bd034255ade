public import LogisticsModel

/// One leg of one order as it ran: when it departed, how long it should have been under way, and how long it was.
public struct LegRun: Hashable, Sendable {
  /// When it departed, on the clock of the history.
  public let departed: LocalTime
  /// Minutes under way that were expected of it.
  public let expected: Int32
  /// Minutes it took; nil: it has not arrived.
  public let taken: Int32?

  /// Makes a run.
  public init(departed: LocalTime, expected: Int32, taken: Int32? = nil) {
    self.departed = departed
    self.expected = expected
    self.taken = taken
  }

  /// When it arrived, and so became known.
  public var arrived: LocalTime? {
    taken.map { LocalTime(minutes: departed.minutes + Int64($0)) }
  }

  /// Whether it can be true: it took some time, and no longer than a parcel can take.
  var isPossible: Bool {
    let most = Int32(PromiseLearner.greatestDays * 1440)
    return (1...most).contains(expected) && (0...most).contains(taken ?? 0)
  }

  /// As a history writes it: `2026-01-05T10:03/240/250`, with nothing behind the last stroke before it has arrived.
  public var text: String { "\(departed)/\(expected)/" + (taken.map { "\($0)" } ?? "") }

  /// Reads what ``text`` writes.
  public init?(text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, let departed = HistoryTime.time(String(parts[0])),
      let expected = Int32(parts[1])
    else { return nil }
    var taken: Int32?
    if !parts[2].isEmpty {
      guard let minutes = Int32(parts[2]) else { return nil }
      taken = minutes
    }
    self.init(departed: departed, expected: expected, taken: taken)
  }
}
