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

  /// Why a piece of the waterfall on this leg is there.
  public func why(_ piece: Waterfall.Piece, on leg: LegID) -> String {
    let node = NodeID(network.bundle.topology.tail[leg.position])
    switch piece.cause {
    case .handOver: return "hand-over before boarding"
    case .departure(let minute, let missed):
      let next = "next departure \(spoken(minute, at: node))" + holidays(piece, leg)
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
      case .departure where !daysOff(piece, leg).isEmpty:
        let days = daysOff(piece, leg)
        let pattern = network.bundle.legs[leg].pattern
        word = days.last.map { "calendar:\(pattern):\(days[0])..\($0)" }
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

  private func holidays(_ piece: Waterfall.Piece, _ leg: LegID) -> String {
    let days = daysOff(piece, leg)
    return days.last.map { "; no departure on \(days[0])..\($0)" } ?? ""
  }

  /// Days of a wait on which a scheduled leg would run by its week but does not: its holidays.
  ///
  /// A day counts where the leg departs on the same weekday a week or two before, and after: so neither the
  /// beginning nor the end of a season is taken for a holiday.
  private func daysOff(_ piece: Waterfall.Piece, _ leg: LegID) -> [CivilDate] {
    guard piece.minutes >= 1440 else { return [] }
    let zone = network.bundle.zone(of: NodeID(network.bundle.topology.tail[leg.position]))
    func runs(_ date: CivilDate) -> Bool {
      let begins = zone.instants(of: LocalTime(date, .midnight)).earliest
      let ends = zone.instants(of: LocalTime(date.adding(days: 1), .midnight)).earliest
      let next = network.bundle.timetable.boarding(leg, atOrAfter: begins.minutes)
      return next.map { $0.minute < ends.minutes } ?? false
    }
    let last = zone.date(Instant(minutes: piece.begins + piece.minutes))
    var date = zone.date(Instant(minutes: piece.begins))
    var days: [CivilDate] = []
    while date < last {
      let isInSeason =
        [-7, -14].contains { runs(date.adding(days: $0)) }
        && [7, 14].contains { runs(date.adding(days: $0)) }
      if isInSeason, !runs(date) { days.append(date) }
      date = date.adding(days: 1)
    }
    return days
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
