/// What is done on a leg: it decides which events it can meet.
public enum LegRole: String, CaseIterable, Sendable {
  /// The goods move: they depart and arrive.
  case carriage
  /// Customs look at them: they are in clearance, then cleared or refused.
  case clearance
  /// Work at one place: it begins and is completed.
  case handling
}

/// How far a leg of a shipment has come.
///
///     carriage   planned ─41▶ handed_over ─24▶ departed ─1▶ arrived       first leg also 13, last leg 113 and 21
///     clearance  planned ─126▶ in_clearance ─12▶ cleared                  17 refuses; 12 may still follow
///     handling   planned ─5▶ begun ─14▶ completed
///
/// A step in between may be missing (carriers leave some out) except a departure: what never departed cannot arrive.
public enum LegState: String, CaseIterable, Sendable {
  /// Nothing has happened.
  case planned
  /// With whoever runs the leg.
  case handedOver = "handed_over"
  /// Under way.
  case departed
  /// At the leg's head.
  case arrived
  /// Customs are at it.
  case inClearance = "in_clearance"
  /// Customs have said no.
  case refused
  /// Customs have let go.
  case cleared
  /// Work is under way.
  case begun
  /// Work is done.
  case completed
  /// Given up before it began, because the shipment ended; its place is free again.
  case released

  /// Whether the next leg may begin.
  public var isEnded: Bool { self == .arrived || self == .cleared || self == .completed }

  /// Order within a leg's life.
  var rank: Int {
    switch self {
    case .planned: 0
    case .handedOver: 1
    case .departed, .inClearance, .begun: 2
    case .refused: 3
    case .arrived, .cleared, .completed, .released: 4
    }
  }
}

/// One change of a leg that an event makes.
public struct LegTransition: Hashable, Sendable {
  /// What is done on the leg.
  public let role: LegRole
  /// Its state before.
  public let from: LegState
  /// The event.
  public let status: TransportStatus
  /// Its state after.
  public let to: LegState

  /// All there are; the CHECK constraints of the database say the same.
  public static let all: [LegTransition] = {
    func step(
      _ role: LegRole, _ from: [LegState], _ status: TransportStatus, _ to: LegState
    ) -> [LegTransition] {
      from.map { LegTransition(role: role, from: $0, status: status, to: to) }
    }
    let waiting: [LegState] = [.planned, .handedOver]
    return [
      step(.carriage, [.planned], .handedOver, .handedOver),
      step(.carriage, waiting, .departed, .departed),
      step(.carriage, waiting, .collected, .departed),
      step(.carriage, waiting, .outForDelivery, .departed),
      step(.carriage, [.departed], .arrived, .arrived),
      step(.carriage, [.departed], .delivered, .arrived),
      step(.clearance, [.planned], .inClearance, .inClearance),
      step(.clearance, [.planned, .inClearance], .clearanceRefused, .refused),
      step(.clearance, [.planned, .inClearance, .refused], .cleared, .cleared),
      step(.handling, [.planned], .begun, .begun),
      step(.handling, [.planned, .begun], .completed, .completed),
    ].flatMap(\.self)
  }()

  /// The transitions of a role under an event.
  static func of(_ role: LegRole, _ status: TransportStatus) -> [LegTransition] {
    all.filter { $0.role == role && $0.status == status }
  }

  /// The states a leg of a role can be in.
  public static func states(of role: LegRole) -> Set<LegState> {
    Set(all.filter { $0.role == role }.flatMap { [$0.from, $0.to] }).union([.planned, .released])
  }
}
