public import LogisticsModel
public import RouteGraph

/// Where the time between ready and promise goes, piece by piece, in order.
///
/// The pieces describe the course of events that ends exactly at the promise minute (of several, the most
/// probable), so their minutes always sum to promise minus ready.
public struct Waterfall: Hashable, Sendable {
  /// What the parcel does meanwhile.
  public enum Kind: String, Sendable {
    /// On its way between two places.
    case moving
    /// Being worked on, or handed over ahead of a cut-off.
    case handling
    /// Standing until the next departure.
    case waiting
    /// Standing because a calendar is closed.
    case closed
  }

  /// Why a piece is there.
  public enum Cause: Hashable, Sendable {
    /// Handed over this long before boarding.
    case handOver
    /// The next departure leaves at this minute; `missed` is one that left while the parcel was handed over.
    case departure(Int64, missed: Int64?)
    /// The leg's calendar opens again at this minute.
    case opening(Int64)
    /// The planned duration.
    case duration
    /// Open minutes needed are spread over closed ones.
    case pauses
    /// A delay that the service level allows for.
    case delay
  }

  /// One piece.
  public struct Piece: Hashable, Sendable {
    /// What the parcel does.
    public let kind: Kind
    /// How long, at least 1.
    public let minutes: Int64
    /// Position of the leg in the itinerary.
    public let step: Int
    /// Minute at which the piece begins.
    public let begins: Int64
    /// Why.
    public let cause: Cause
  }

  /// The pieces in order of time.
  public let pieces: [Piece]

  /// Cuts the steps of a timing into pieces.
  ///
  /// - Parameters:
  ///   - timing: the itinerary as it runs.
  ///   - network: the network it runs on.
  ///   - isScheduled: whether a leg boards departures rather than open minutes.
  ///   - isHandling: whether a leg is work at one place rather than a way between two.
  public init<Times: Timetable>(
    _ timing: ItineraryTiming, on network: SearchNetwork<Times>, isScheduled: (LegID) -> Bool,
    isHandling: (LegID) -> Bool
  ) {
    var pieces: [Piece] = []
    func add(_ kind: Kind, _ minutes: Int64, _ step: Int, _ begins: Int64, _ cause: Cause) {
      guard minutes > 0 else { return }
      pieces.append(
        Piece(kind: kind, minutes: minutes, step: step, begins: begins, cause: cause))
    }
    for (index, step) in timing.steps.enumerated() {
      var at = step.arrivesAtTail
      add(.handling, step.handling, index, at, .handOver)
      at += step.handling
      if isScheduled(step.leg) {
        let first = network.timetable.boarding(step.leg, atOrAfter: step.arrivesAtTail)?.minute
        let missed = first.flatMap { $0 < step.start ? $0 : nil }
        add(.waiting, step.wait, index, at, .departure(step.start, missed: missed))
      } else {
        add(.closed, step.wait, index, at, .opening(step.start))
      }
      at = step.start
      let way: Kind = isHandling(step.leg) ? .handling : .moving
      add(way, step.duration, index, at, .duration)
      add(.closed, step.closed, index, at + step.duration, .pauses)
      add(way, step.delay, index, step.arrives - step.delay, .delay)
    }
    self.pieces = pieces
  }

  /// Minutes of all pieces: promise minus ready.
  public var total: Int64 { pieces.reduce(0) { $0 + $1.minutes } }
}
