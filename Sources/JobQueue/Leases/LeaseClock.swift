/// When to beat, and when to stop trusting the own lease.
///
/// A beat goes out every third of the term. A lease is only believed in until two thirds of the term after the last answered beat was
/// *sent*: the server cannot have counted from earlier, so by its clock a third is left when the worker drops everything. Intervals
/// are measured by a clock that nobody sets.
struct LeaseClock: Hashable, Sendable {
  let term: Duration
  /// When the last beat that was answered went out.
  private(set) var confirmed: Duration
  private(set) var nextBeat: Duration
  private(set) var sent: Duration?

  /// A lease whose registration went out at that time.
  init(term: Duration, registered: Duration) {
    self.term = term
    confirmed = registered
    nextBeat = registered + term / 3
  }

  /// When trust ends, unless a beat is answered before.
  var fence: Duration { confirmed + term * 2 / 3 }

  /// Whether a beat is to go out now; one that is still unanswered by then is given up.
  mutating func isDue(at now: Duration) -> Bool {
    guard now >= nextBeat else { return false }
    sent = now
    nextBeat = now + term / 3
    return true
  }

  /// A beat was answered.
  mutating func answered(sent time: Duration) {
    confirmed = Swift.max(confirmed, time)
    if sent == time { sent = nil }
  }

  /// A beat failed: another goes out soon, while there is time.
  mutating func failed(sent time: Duration, at now: Duration) {
    guard sent == time else { return }
    sent = nil
    nextBeat = Swift.min(nextBeat, now + term / 15)
  }
}
