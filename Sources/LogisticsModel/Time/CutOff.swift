/// The latest minute at which goods may be handed over for a departure; that minute still counts.
///
/// Ready at 17:00 makes a 17:00 cut-off, ready at 17:01 does not.
public struct CutOff: Hashable, Comparable, Sendable {
  /// The last minute that still makes the departure.
  public let latestHandOver: Instant

  /// A cut-off at a stated minute.
  public init(latestHandOver: Instant) { self.latestHandOver = latestHandOver }

  /// The cut-off of a departure whose goods need `handling` minutes before it leaves.
  public init(departure: Instant, handling: Int32) {
    latestHandOver = departure.advanced(byMinutes: -Int64(handling))
  }

  /// Whether goods ready at `instant` still make it.
  public func admits(_ instant: Instant) -> Bool { instant <= latestHandOver }

  /// Minutes to spare at `instant`; negative when missed.
  public func slack(at instant: Instant) -> Int64 { latestHandOver.minutes(since: instant) }

  /// Orders by time.
  public static func < (left: CutOff, right: CutOff) -> Bool {
    left.latestHandOver < right.latestHandOver
  }
}
