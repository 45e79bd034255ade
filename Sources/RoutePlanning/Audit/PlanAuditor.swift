import LogisticsModel
public import RouteGraph
public import Tariffs

/// Recomputes an itinerary from scratch and says where a claim about it is wrong.
///
/// Shares no code with the search: minutes and weights in a dictionary with numbers of any size, boardings by
/// reading departures and windows one by one, prices leg by leg through ``Tariff/outcome(for:parcel:on:in:)``.
/// It judges what is claimed, not whether a better itinerary exists; tests, the command line and, sampled, the
/// worker use it.
public struct PlanAuditor: Sendable {
  private let bundle: NetworkBundle
  private let tariff: Tariff

  /// Boarding is allowed up to this many minutes after ready, inclusive: nine weeks.
  public let horizon: Int64

  /// Makes an auditor of one version of the world.
  public init(bundle: NetworkBundle, tariff: Tariff, horizon: Int64 = 9 * 7 * 1440) {
    self.bundle = bundle
    self.tariff = tariff
    self.horizon = horizon
  }

  /// Everything that is wrong with a claim: chain, goods, price, emission, time.
  ///
  /// An empty list means that the claim holds.
  /// - Complexity: O(legs x possible minutes x departures); milliseconds for a real itinerary.
  public func audit(_ claim: PlanClaim, of question: NetworkPlanner.Question) -> [Discrepancy] {
    var report = Report()
    checkChain(claim, question, &report)
    guard !report.hasUnknownLeg else { return report.discrepancies }
    checkAcceptance(claim, question, &report)
    checkPrice(claim, question, &report)
    checkEmission(claim, question, &report)
    checkTimes(claim, question, &report)
    return report.discrepancies
  }

  private struct Report {
    var discrepancies: [Discrepancy] = []
    var hasUnknownLeg = false

    mutating func add(
      _ code: String, _ step: Int? = nil, _ leg: LegID? = nil,
      claimed: some CustomStringConvertible,
      found: some CustomStringConvertible
    ) {
      discrepancies.append(
        Discrepancy(
          code: code, step: step, leg: leg, claimed: claimed.description, found: found.description))
    }
  }

  private func name(_ node: Int32) -> String { bundle.nodes.name(of: NodeID(node)) }

  private func checkChain(
    _ claim: PlanClaim, _ question: NetworkPlanner.Question, _ report: inout Report
  ) {
    if claim.legs.count > question.greatestLegs {
      report.add(
        Discrepancy.Code.tooManyLegs, claimed: claim.legs.count, found: question.greatestLegs)
    }
    let destination = question.destination.rawValue
    var here = question.origin.rawValue
    for (step, leg) in claim.legs.enumerated() {
      guard leg.position >= 0, leg.position < bundle.topology.legCount else {
        report.hasUnknownLeg = true
        report.add(
          Discrepancy.Code.legUnknown, step, leg, claimed: leg.rawValue, found: "no such leg")
        continue
      }
      let tail = bundle.topology.tail[leg.position]
      if tail != here {
        report.add(
          step == 0 ? Discrepancy.Code.origin : Discrepancy.Code.chain, step, leg,
          claimed: name(here), found: name(tail))
      }
      if here == destination {
        report.add(
          Discrepancy.Code.destination, step, leg, claimed: "under way", found: "there already")
      }
      here = bundle.topology.head[leg.position]
    }
    if here != destination {
      report.add(Discrepancy.Code.destination, claimed: name(destination), found: name(here))
    }
  }

  private func checkAcceptance(
    _ claim: PlanClaim, _ question: NetworkPlanner.Question, _ report: inout Report
  ) {
    let parcel = question.parcel
    for (step, leg) in claim.legs.enumerated() {
      let accepted = GoodsMask(bits: bundle.topology.goods[leg.position])
      if !accepted.contains(parcel.goods) {
        report.add(
          Discrepancy.Code.goods, step, leg, claimed: parcel.goods.word, found: "not accepted")
      }
      let greatest = bundle.topology.greatestWeight[leg.position]
      if parcel.weight.value > greatest {
        report.add(
          Discrepancy.Code.weight, step, leg, claimed: parcel.weight, found: Grams(greatest))
      }
    }
  }

  private func checkPrice(
    _ claim: PlanClaim, _ question: NetworkPlanner.Question, _ report: inout Report
  ) {
    let date = bundle.zone(of: question.origin).date(question.ready)
    var total: Int128 = 0
    for (step, leg) in claim.legs.enumerated() {
      let row = bundle.legs[leg]
      let card = bundle.topology.card[leg.position]
      let outcome = tariff.outcome(
        for: NamedLeg(
          card: card < 0 ? nil : bundle.cardNames[Int(card)], service: row.service,
          mode: row.mode.word, stage: row.stage.word, node: name(bundle.topology.head[leg.position])
        ),
        parcel: question.parcel, on: date, in: question.currency)
      var charge: Int64 = 0
      switch outcome {
      case .included: break
      case .sold(let sold): charge = sold.total.minorUnits
      case .refused(let refusal):
        report.add(Discrepancy.Code.notSold, step, leg, claimed: "sold", found: refusal)
        continue
      }
      total += Int128(charge)
      if let charges = claim.charges {
        let claimed = step < charges.count ? String(charges[step]) : "nothing"
        if claimed != String(charge) {
          report.add(Discrepancy.Code.legCharge, step, leg, claimed: claimed, found: charge)
        }
      }
    }
    if let charges = claim.charges, charges.count > claim.legs.count {
      report.add(
        Discrepancy.Code.legCharge, claimed: "\(charges.count) charges",
        found: "\(claim.legs.count) legs")
    }
    if total != Int128(claim.vector.price) {
      report.add(Discrepancy.Code.price, claimed: claim.vector.price, found: total)
    }
  }

  private func checkEmission(
    _ claim: PlanClaim, _ question: NetworkPlanner.Question, _ report: inout Report
  ) {
    var total: Int128 = 0
    for leg in claim.legs {
      total += Int128(question.parcel.weight.value) * Int128(bundle.topology.emission[leg.position])
    }
    if total != Int128(claim.vector.emission) {
      report.add(Discrepancy.Code.emission, claimed: claim.vector.emission, found: total)
    }
  }

  private func checkTimes(
    _ claim: PlanClaim, _ question: NetworkPlanner.Question, _ report: inout Report
  ) {
    let last = question.ready.minutes + horizon
    var times = AuditTimes(bundle)
    var law = AuditLaw(certain: question.ready.minutes)
    let union = tariff.unions.territory(of: bundle.nodes[question.destination].country)
    var customs = AuditClearance(bundle) { union.contains($0) }
    for (step, leg) in claim.legs.enumerated() {
      let handling = Int64(bundle.topology.handling[leg.position])
      var latest = Int64.min
      var failed: Int64 = 0
      do throws(AuditTimes.Obstacle) {
        law = try law.after { (minute) throws(AuditTimes.Obstacle) in
          failed = minute
          let run = try times.boarding(leg, atOrAfter: minute + handling)
          latest = max(latest, run.start)
          return try run.law.atoms.map { (atom) throws(AuditTimes.Obstacle) in
            let end = try times.arrival(
              leg, start: run.start, after: run.duration + Int64(atom.delay))
            return (end, atom.weight)
          }
        }
      } catch {
        report.add(
          Discrepancy.Code.boarding, step, leg, claimed: "boards from minute \(failed)",
          found: "\(error)")
        return
      }
      if latest > last {
        report.add(
          Discrepancy.Code.horizon, step, leg, claimed: "boards by \(last)", found: latest)
      }
      if !law.isComplete {
        report.add(Discrepancy.Code.arithmetic, step, leg, claimed: "probability 1", found: "less")
      }
      customs.follow(leg, step: step, law: law, level: question.level.q1024)
    }
    if let claimed = claim.clearance,
      let discrepancy = customs.discrepancy(claimed, legs: claim.legs)
    {
      report.discrepancies.append(discrepancy)
    }
    compare(
      claim.vector.promise, law.quantile(level: question.level.q1024), Discrepancy.Code.promise,
      &report)
    if let half = claim.half {
      compare(half, law.quantile(level: 512), Discrepancy.Code.estimate, &report)
    }
    if let ninety = claim.ninety {
      compare(ninety, law.quantile(level: 922), Discrepancy.Code.estimate, &report)
    }
  }

  private func compare(_ claimed: Int64, _ found: Int64?, _ code: String, _ report: inout Report) {
    if found != claimed {
      report.add(code, claimed: claimed, found: found.map { String($0) } ?? "never")
    }
  }
}
