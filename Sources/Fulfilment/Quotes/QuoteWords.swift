public import LogisticsModel
import RouteGraph
public import RoutePlanning

/// Puts a quote's minutes, places and causes into words, each in the zone of the place it belongs to.
public struct QuoteWords {
  private let network: NetworkPlanner
  private let originZone: ZoneTable
  private let destinationZone: ZoneTable

  /// Words for one quote.
  public init(_ quote: Quote, _ network: NetworkPlanner) {
    self.network = network
    originZone = network.bundle.zone(of: quote.question.origin)
    destinationZone = network.bundle.zone(of: quote.question.destination)
  }

  /// A minute as RFC 3339 at the origin.
  public func origin(_ minute: Int64) -> String { Instant(minutes: minute).rfc3339(in: originZone) }

  /// A minute as RFC 3339 at the destination.
  public func destination(_ minute: Int64) -> String {
    Instant(minutes: minute).rfc3339(in: destinationZone)
  }

  /// A minute as RFC 3339 at a node.
  public func local(_ minute: Int64, at node: NodeID) -> String {
    Instant(minutes: minute).rfc3339(in: network.bundle.zone(of: node))
  }

  /// A minute as `Mon 23 Nov 17:00` at a node.
  public func spoken(_ minute: Int64, at node: NodeID) -> String {
    let local = network.bundle.zone(of: node).local(Instant(minutes: minute))
    let parts = local.date.spoken.split(separator: " ")
    return parts.dropLast().joined(separator: " ") + " \(local.clock)"
  }

  /// The civil date of a minute at the destination.
  public func date(_ minute: Int64) -> String {
    destinationZone.date(Instant(minutes: minute)).description
  }

  /// Milligrams as whole grams, half up.
  public static func grams(_ milligrams: Int64) -> Int64 { (milligrams + 500) / 1000 }

  /// A service level as the nearest thousandth.
  public static func fraction(_ level: ServiceLevel) -> Double {
    Double((Int64(level.q1024) * 1000 + 512) / 1024) / 1000
  }

  /// Why a piece of the waterfall is there.
  public func why(_ piece: Waterfall.Piece, at node: NodeID) -> String {
    switch piece.cause {
    case .handOver: return "hand-over before boarding"
    case .departure(let minute, let missed):
      let next = "next departure \(spoken(minute, at: node))"
      return missed.map { "cut-off for \(spoken($0, at: node)) missed; \(next)" } ?? next
    case .opening(let minute): return "closed until \(spoken(minute, at: node))"
    case .duration: return "planned"
    case .pauses: return "closed hours and days in between"
    case .delay: return "delay the service level allows for"
    }
  }

  /// The constraints that hold the promise back: what to change to get an earlier date.
  public func binding(_ option: QuoteOption) -> [String] {
    var words: [String] = []
    for piece in option.waterfall.pieces {
      let leg = option.timing.steps[piece.step].leg
      let tail = NodeID(network.bundle.topology.tail[leg.position])
      let zone = network.bundle.zone(of: tail)
      var word: String?
      switch piece.cause {
      case .departure where network.bundle.legs.stage(of: leg) == .pickup:
        word = "pickup_cutoff"
      case .departure where piece.minutes >= 720:
        word = "timetable:\(network.bundle.legs.name(of: leg))"
      case .opening, .pauses:
        let last = Instant(minutes: piece.begins + piece.minutes - 1)
        let from = zone.date(Instant(minutes: piece.begins))
        word = calendarWord(leg, from, zone.date(last))
      default: word = nil
      }
      if let word, !words.contains(word) { words.append(word) }
    }
    return words
  }

  /// The closed days a pause runs over; nil for a pause within opening hours of working days only.
  private func calendarWord(_ leg: LegID, _ from: CivilDate, _ to: CivilDate) -> String? {
    let pattern = network.bundle.legs[leg].pattern
    guard let calendar = network.bundle.calendars.calendar(named: pattern) else { return nil }
    var closed: [CivilDate] = []
    var date = from
    while date <= to {
      if !calendar.isWorkingDay(date) { closed.append(date) }
      date = date.adding(days: 1)
    }
    guard let first = closed.first, let last = closed.last else { return nil }
    return "calendar:\(pattern):\(first)..\(last)"
  }
}
