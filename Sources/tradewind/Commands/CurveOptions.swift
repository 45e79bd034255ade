import ArgumentParser
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning
import TransitTimes

/// `promise --curve`: what each date costs, and the one that costs least.
struct CurveOptions: ParsableArguments {
  @Flag(help: "Show the date of every service level, and mark the one that costs least.")
  var curve = false

  @Option(help: "With --curve: what is paid back when the date is missed; default the freight.")
  var refund: String?

  @Option(
    help:
      "With --curve: dates learned from a history (calibrate --state), never before the plan's earliest."
  )
  var state: String?

  @Option(help: "With --state: who sends it, as the history names sellers.")
  var seller: String?

  struct PointDocument: Encodable {
    let service_level: Double
    /// Level of the plan's own law that has this date; none: the law has none so late, or nothing was learned.
    let plan_level: Double?
    let date: String
    let price: QuoteDocument.Amount
    let expected_refund: QuoteDocument.Amount
    let best: Bool
  }

  struct Document: Encodable {
    let source: String
    let level: String?
    let sample: Int?
    let points: [PointDocument]
  }

  /// Prints the curve of the cheapest option.
  func run(_ asked: QuoteRequest, _ desk: inout QuoteDesk, now: Instant, json: Bool) throws {
    let request = asked
    let found = try checked { () throws(RequestFault) in
      try desk.quote(request, now: now)
    }
    guard let option = found.options.first else {
      Streams.complain("error TW-CLI-080: no plan, hence no curve; explain says why")
      throw ExitStatus.refused
    }
    let question = found.question
    let zone = desk.network.bundle.zone(of: question.destination)
    let freight = option.freight
    let back =
      try refund.map { text in
        try checked { () throws(RequestFault) in try RequestText.money(text) }
      } ?? freight
    guard back.currency == freight.currency else {
      Streams.complain(
        "error TW-CLI-081: the refund is in \(back.currency.code), the freight in "
          + "\(freight.currency.code)")
      throw ExitStatus.usage
    }
    var dates = desk.dates(of: option, question)
    var source = "the plan's own law"
    var curve: PromiseCurve?
    // With a learned curve: the plan's own dates, of which it chooses.
    var own: [(level: Int, date: CivilDate)]?
    if let state {
      var learner = try CurveOptions.learner(state)
      let nodes = desk.network.bundle.nodes
      var traits = OrderTraits(
        origin: nodes.name(of: question.origin),
        destination: nodes.country(of: question.destination),
        zone: nodes.name(of: question.destination), seller: seller)
      var placed = zone.local(question.ready)
      if learner.knowsPlans, let minutes = desk.minutesPlanned(option, question, since: now) {
        // What is learned is how plans are kept: this one counts from the order, its ready time included.
        placed = zone.local(now)
        traits.planned = minutes.whole
        if learner.followsLegs {
          traits.moving = minutes.moving
          traits.longest = minutes.longest
        }
      }
      learner.advance(to: placed.date)
      let earliest = desk.earliestDate(of: option, question) ?? placed.date
      let learned = learner.dates(for: traits, at: placed, notBefore: earliest)
      own = dates
      dates = learned.dates
      curve = learned.curve
      source = "learned, \(learned.curve.level.word), \(learned.curve.sample) orders"
    }
    let value = desk.network.valueOfHour(
      in: freight.currency, on: desk.network.tenderDate(question))
    guard
      let costs = CurveCosts(
        dates, ready: zone.date(question.ready), freight: freight, valueOfHour: value, refund: back)
    else { throw ExitStatus.refused }
    if json {
      Streams.out(try JSONText.pretty(document(costs, source, curve, own)) + "\n")
    } else {
      Streams.out(text(costs, source, zone.name, own))
    }
  }

  private static func learner(_ path: String) throws -> PromiseLearner {
    let bytes = try InputFiles.read(path)
    do throws(LearnerStateFault) {
      return try PromiseLearner(state: bytes)
    } catch {
      Streams.complain("error \(error.code): \(path): \(error.message)")
      throw ExitStatus.data
    }
  }

  private func document(
    _ costs: CurveCosts, _ source: String, _ curve: PromiseCurve?,
    _ own: [(level: Int, date: CivilDate)]?
  ) -> Document {
    Document(
      source: source, level: curve?.level.word, sample: curve?.sample,
      points: costs.points.enumerated().map { index, point in
        PointDocument(
          service_level: Double(point.level) / 1000,
          plan_level: own.flatMap { CurveCosts.planLevel(serving: point.date, of: $0) }
            .map { Double($0) / 1000 },
          date: point.date.description,
          price: .init(point.price), expected_refund: .init(point.expectedRefund),
          best: index == costs.best)
      })
  }

  private func text(
    _ costs: CurveCosts, _ source: String, _ zone: String,
    _ own: [(level: Int, date: CivilDate)]?
  ) -> String {
    let head = ["LEVEL", "DELIVER BY", "PRICE", "EXPECTED REFUND", "BOTH", ""]
    var table = TextTable(
      head + (own == nil ? [] : ["PLAN'S LEVEL"]),
      [.right, .left, .right, .right, .right, .left] + (own == nil ? [] : [.right]))
    for (index, point) in costs.points.enumerated() {
      let cells = [
        "\(point.level / 10) %", point.date.spoken(zone: zone), point.price.description,
        point.expectedRefund.description,
        Money(minorUnits: point.total, point.price.currency).description,
        index == costs.best ? "least" : "",
      ]
      let serving = own.map { dates in
        CurveCosts.planLevel(serving: point.date, of: dates).map { "\($0 / 10) %" } ?? "beyond"
      }
      table.append(cells + (serving.map { [$0] } ?? []))
    }
    return "dates from \(source)\n" + table.text
  }
}
