public import LogisticsModel

/// Something that goes other than planned: one event, named by the bundle's ids and by local dates.
///
/// A pure value that knows no network; it holds for every version of a bundle that still has its leg or node.
/// ``description`` is the word ``Disruption/init(word:of:)`` reads.
public enum Disruption: Hashable, Sendable {
  /// The departures of a leg do not run; a leg without departures is closed that day.
  case cancel(leg: String, DepartureDay)
  /// The departures of a leg run late. With a moved cut-off they can be boarded so much longer; without, the goods
  /// are handed over as planned and the delay is spent on the way.
  case delay(leg: String, DepartureDay, minutes: Int32, movesCutOff: Bool)
  /// The departures of a leg run, but take nobody new.
  case full(leg: String, DepartureDay)
  /// From the first to the last of these civil dates, in the node's zone, nothing is planned to arrive at or leave
  /// from a node, and no work is done there.
  case close(node: String, from: CivilDate, through: CivilDate)
  /// A leg, or every leg that touches a node, takes no parcel of a class, and none heavier than a weight.
  case restrict(subject: String, goods: GoodsClass?, over: Grams?)
  /// A leg departs once more; nil: it takes as long as the leg usually does.
  case add(leg: String, departs: Moment, duration: Int32?)

  /// The departures of one local date at the leg's tail, as scheduled, whatever delay they may have.
  public struct DepartureDay: Hashable, Sendable {
    /// The date.
    public let date: CivilDate
    /// The scheduled clock time of the only departure meant; nil: all of the date.
    public let clock: ClockTime?

    /// Names the departures of a date, or one of them.
    public init(_ date: CivilDate, _ clock: ClockTime? = nil) {
      self.date = date
      self.clock = clock
    }
  }

  /// When an added departure leaves.
  public enum Moment: Hashable, Sendable {
    /// What the clock shows at the leg's tail.
    case local(LocalTime)
    /// An instant.
    case instant(Instant)
  }

  /// What kind of event it is; the name of the flag that makes one.
  public enum Kind: String, CaseIterable, Sendable {
    /// ``Disruption/cancel(leg:_:)``.
    case cancel
    /// ``Disruption/delay(leg:_:minutes:movesCutOff:)``.
    case delay
    /// ``Disruption/full(leg:_:)``.
    case full
    /// ``Disruption/close(node:from:through:)``.
    case close
    /// ``Disruption/restrict(subject:goods:over:)``.
    case restrict
    /// ``Disruption/add(leg:departs:duration:)``.
    case add
  }

  /// What kind of event this is.
  public var kind: Kind {
    switch self {
    case .cancel: .cancel
    case .delay: .delay
    case .full: .full
    case .close: .close
    case .restrict: .restrict
    case .add: .add
    }
  }

  /// Most minutes of a delay or of an added departure: sixty days.
  public static let greatestMinutes: Int32 = 86_400
}

extension Disruption.DepartureDay: CustomStringConvertible {
  /// `2026-11-20`, or `2026-11-20T23:30`.
  public var description: String { clock.map { "\(date)T\($0)" } ?? date.description }
}

extension Disruption.Moment: CustomStringConvertible {
  /// `2026-11-20T23:30`, or the same with `Z`.
  public var description: String {
    switch self {
    case .local(let local): local.description
    case .instant(let instant): instant.rfc3339()
    }
  }
}

extension Disruption: CustomStringConvertible {
  /// The word it is read from, such as `fly@2026-11-20:+240m`.
  public var description: String {
    switch self {
    case .cancel(let leg, let day), .full(let leg, let day): return "\(leg)@\(day)"
    case .delay(let leg, let day, let minutes, let movesCutOff):
      return "\(leg)@\(day):+\(minutes)m\(movesCutOff ? ":moved" : "")"
    case .close(let node, let from, let through): return "\(node)@\(from)..\(through)"
    case .restrict(let subject, let goods, let over):
      let words = [goods?.word, over.map { "over:\($0.value)g" }].compactMap(\.self)
      return "\(subject)@\(words.joined(separator: "+"))"
    case .add(let leg, let departs, let duration):
      return "\(leg)@\(departs)" + (duration.map { "/\($0)m" } ?? "")
    }
  }
}
