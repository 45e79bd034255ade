import ArgumentParser
import Fulfilment
import LogisticsModel
import RouteGraph
import RoutePlanning

/// `tradewind promise`: backwards from a date to the last ready minute.
struct PromiseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promise",
    abstract: "Plan backwards: when must a parcel be ready to arrive by a date?",
    discussion: """
      Lists every way that keeps the date when ready now, each with its own last ready minute, and the last
      chance over all ways. Exit 3 when the date can no longer be kept. With --curve: the date of every service level of the
      cheapest plan, and which costs least with the refund to be expected.

      Examples:
        tradewind promise CNYIU ES:28013 0.48kg --deliver-by 2026-12-10
        tradewind promise CNYIU ES:28013 0.48kg --curve --refund 10EUR
      """)

  @OptionGroup var places: PlaceArguments

  @Option(help: "Civil date at the destination: 2026-12-03.")
  var deliverBy: String?

  @OptionGroup var curve: CurveOptions

  @OptionGroup var request: RequestOptions

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var options: NetworkOptions

  struct WayDocument: Encodable {
    let ready_by: String
    let freight: QuoteDocument.Amount
    let promise_minute: String
    let legs: [String]
  }

  struct Document: Encodable {
    let deliver_by: String
    let zone: String
    let service_level: Double
    let feasible: Bool
    let last_chance: WayDocument?
    let ways: [WayDocument]
  }

  func validate() throws {
    if curve.curve == (deliverBy != nil) {
      throw ValidationError("give --deliver-by DATE, or --curve")
    }
    if !curve.curve, curve.refund != nil || curve.state != nil {
      throw ValidationError("--refund and --state go with --curve")
    }
    if curve.seller != nil, curve.state == nil {
      throw ValidationError("--seller goes with --state")
    }
  }

  func run() throws {
    let settings = try options.settings()
    let asked = try checked { () throws(RequestFault) in
      try request.request(
        from: places.from, to: places.to, weight: places.weight, settings)
    }
    let now = try options.clock()
    guard let deliverBy else {
      var desk = QuoteDesk(try options.source(settings, ready: asked.ready).planner())
      return try curve.run(asked, &desk, now: now, json: json)
    }
    let date = try checked { () throws(RequestFault) in try RequestText.date(deliverBy) }
    var desk = QuoteDesk(try options.source(settings, ready: asked.ready, through: date).planner())
    let plan = try checked { () throws(RequestFault) in
      try desk.deadlinePlan(asked, deliverBy: date, now: now)
    }
    let bundle = desk.network.bundle
    let origin = bundle.zone(of: plan.question.origin)
    let destination = bundle.zone(of: plan.question.destination)
    func document(_ way: DeadlinePlan.Way) -> WayDocument {
      WayDocument(
        ready_by: way.readyBy.rfc3339(in: origin), freight: .init(way.option.freight),
        promise_minute: Instant(minutes: way.option.vector.promise).rfc3339(in: destination),
        legs: way.option.legs.map { bundle.legs.name(of: $0.leg) })
    }
    if json {
      let answer = Document(
        deliver_by: date.description, zone: destination.name,
        service_level: QuoteWords.fraction(plan.question.level), feasible: plan.lastChance != nil,
        last_chance: plan.lastChance.map(document), ways: plan.ways.map(document))
      Streams.out(try JSONText.pretty(answer) + "\n")
    } else {
      Streams.out(text(plan, date, destination.name, document))
    }
    if plan.lastChance == nil { throw ExitStatus.refused }
  }

  private func text(
    _ plan: DeadlinePlan, _ date: CivilDate, _ zone: String,
    _ document: (DeadlinePlan.Way) -> WayDocument
  ) -> String {
    guard let last = plan.lastChance else {
      return "no way keeps \(date.spoken(zone: zone)) any more\n"
    }
    let chance = document(last)
    var text = "deliver by \(date.spoken(zone: zone)): ready by \(chance.ready_by) at the latest\n"
    text += "  over \(chance.legs.joined(separator: " ")) for \(last.option.freight)\n"
    guard !plan.ways.isEmpty else { return text }
    text += "\n"
    var table = TextTable(
      ["READY BY", "FREIGHT", "ARRIVES", "LEGS"], [.left, .right, .left, .left])
    for way in plan.ways {
      let row = document(way)
      table.append([
        row.ready_by, way.option.freight.description, row.promise_minute,
        row.legs.joined(separator: " "),
      ])
    }
    return text + table.text
  }
}
