import LogisticsModel
import RouteGraph

/// Where and when goods clear customs, found by following them from the origin with their status in hand.
///
/// The product looks for the leg from the end of the itinerary (``ClearanceWindow``); this follows the goods
/// forward: they are foreign, or cleared, and every leg may change that.
struct AuditClearance {
  /// Position of the leg after which the goods stay cleared; nil where they never needed it.
  private(set) var step: Int?
  /// Possible minutes at the end of that leg: the earliest and the one reached with the asked probability.
  private(set) var minutes: (earliest: Int64, atLevel: Int64)?

  private let bundle: NetworkBundle
  private let isInside: (String) -> Bool

  init(_ bundle: NetworkBundle, isInside: @escaping (String) -> Bool) {
    self.bundle = bundle
    self.isInside = isInside
  }

  /// Takes the goods over one more leg.
  mutating func follow(_ leg: LegID, step: Int, law: AuditLaw, level: Int32) {
    let row = bundle.legs[leg]
    let from = bundle.nodes[NodeID(bundle.topology.tail[leg.position])]
    let to = bundle.nodes[NodeID(bundle.topology.head[leg.position])]
    let enters = isInside(to.country) && !isInside(from.country)
    let isCleared = row.stage == .import && to.kind == .customs
    guard enters || isCleared, let first = law.minutes.first, let last = law.quantile(level: level)
    else { return }
    self.step = step
    minutes = (first, last)
  }

  /// Compares with what is claimed; nil where both agree.
  func discrepancy(_ claim: ClearanceWindow, legs: [LegID]) -> Discrepancy? {
    guard let step, let minutes else {
      return Discrepancy(
        code: Discrepancy.Code.clearance, step: claim.step, leg: claim.leg,
        claimed: "\(claim.dates)", found: "no customs on the way")
    }
    let place = NodeID(bundle.topology.head[legs[step].position])
    let zone = bundle.zone(of: place)
    func day(_ minute: Int64) -> CivilDate { zone.local(Instant(minutes: minute)).date }
    let found =
      "leg \(step + 1) \(bundle.nodes[place].name) \(bundle.nodes[place].country) "
      + "\(day(minutes.earliest)) (\(minutes.earliest)) to \(day(minutes.atLevel)) (\(minutes.atLevel))"
    let claimed =
      "leg \(claim.step + 1) \(bundle.nodes[claim.place].name) \(claim.entry) "
      + "\(claim.dates.lowerBound) (\(claim.earliest.minutes)) to "
      + "\(claim.dates.upperBound) (\(claim.atLevel.minutes))"
    guard found != claimed || claim.leg != legs[step] else { return nil }
    return Discrepancy(
      code: Discrepancy.Code.clearance, step: step, leg: legs[step], claimed: claimed, found: found)
  }
}
