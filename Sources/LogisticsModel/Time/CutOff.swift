/// The latest minute at which goods may be handed over for a departure; that minute still counts.
///
/// Ready at 17:00 makes a 17:00 cut-off, ready at 17:01 does not.
public struct CutOff: Hashable, Sendable {
  /// The last minute that still makes the departure.
  public let latestHandOver: Instant

  /// The cut-off of a departure whose goods need `handling` minutes before it leaves.
  public init(departure: Instant, handling: Int32) {
    latestHandOver = departure.advanced(byMinutes: -Int64(handling))
  }
}
