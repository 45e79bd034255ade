public import RouteGraph

/// All that goes other than planned at one moment: a numbered, immutable set of disruptions.
///
/// Every change makes a new overlay with the next number; a quote that names the number of its overlay names the state
/// it was made from. Disruptions stand in the order they came in, which matters only between delays of one departure:
/// the last one stands. Events of different legs commute.
public struct DisruptionOverlay: Hashable, Sendable {
  /// Its number: 0 for none, one more with every change.
  public let version: UInt64
  /// What goes other than planned, each once, in the order it was told.
  public let disruptions: [Disruption]

  /// Everything as planned.
  public static let none = DisruptionOverlay(version: 0, disruptions: [])

  private init(version: UInt64, disruptions: [Disruption]) {
    self.version = version
    self.disruptions = disruptions
  }

  /// The overlay number 1, of these disruptions.
  public init(_ disruptions: some Sequence<Disruption>) {
    self = DisruptionOverlay.none.adding(disruptions)
  }

  /// The next overlay, with more disruptions; one that is told again moves to the end.
  public func adding(_ more: some Sequence<Disruption>) -> DisruptionOverlay {
    var known: Set<Disruption> = []
    let latest = (disruptions + more).reversed().filter { known.insert($0).inserted }
    return DisruptionOverlay(version: version + 1, disruptions: latest.reversed())
  }

  /// The next overlay, without some disruptions: what was closed is open again.
  public func removing(_ some: some Sequence<Disruption>) -> DisruptionOverlay {
    let gone = Set(some)
    return DisruptionOverlay(
      version: version + 1, disruptions: disruptions.filter { !gone.contains($0) })
  }

  /// The bundle as it runs under this overlay.
  ///
  /// Works on any version of a bundle: a disruption whose leg, node or departure is not there is left out and
  /// reported. The given bundle stays as it is and may go on being read.
  /// - Complexity: O(legs + departures) bytes copied, plus one pass over each distinct series of the legs concerned.
  public func applied(to bundle: NetworkBundle) -> DisruptedBundle {
    DisruptedBundle(self, on: bundle)
  }
}
