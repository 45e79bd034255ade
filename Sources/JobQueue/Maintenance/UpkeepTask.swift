/// What one worker does for all of them, and how often.
enum UpkeepTask: String, CaseIterable, Sendable {
  /// Days of finished jobs are made ahead and dropped when they are old.
  case days
  /// Keys that have run out are forgotten.
  case keys
  /// Statistics are gathered, of the parents too, which no server does by itself.
  case statistics
  /// Dead rows of the hot table are removed, where this login may do that.
  case vacuum
  /// Jobs whose lease is not there at all are freed.
  case orphans

  var interval: Duration {
    switch self {
    case .days: .seconds(3600)
    case .keys, .orphans: .seconds(60)
    case .statistics, .vacuum: .seconds(300)
    }
  }
}
