import LogisticsModel
import RouteGraph
import TestSupport
import Testing

@testable import RoutePlanning

/// Disruptions of the demo network, worked out by hand from the times in its README.
///
/// The parcel of that page: ready Friday 20 November 2026 at 17:30 in Yiwu, by air to Madrid, level 0.95. It flies on
/// Tuesday 24 at 23:00 Beijing time; the law of its arrival is Fri 27 Nov 15:00 with 49/64, Sat 28 with 14/64, Mon 30
/// with 1/64, all at 15:00 in Madrid (14:00 UTC). Promised: Sat 28 Nov.
@Suite struct DisruptionOverlayTests {
  static let byAir = ["pickup", "truck-pvg", "air", "clear-lgg", "truck-lgg-mad", "lm-28"]

  static func question(
    _ planner: NetworkPlanner, from: String = "O-YIWU", ready: Instant = "2026-11-20T09:30Z",
    grams: Int64 = 480, goods: GoodsClass = .general
  ) throws -> NetworkPlanner.Question {
    NetworkPlanner.Question(
      origin: try #require(planner.bundle.nodeID(named: from)),
      destination: try #require(planner.bundle.nodeID(named: "Z-ES-28")),
      parcel: Parcel(weight: Grams(grams), goods: goods), ready: ready, level: .standard,
      currency: .eur)
  }

  private static func legs(_ planner: NetworkPlanner, from start: Int = 0) throws -> [LegID] {
    try byAir[start...].map { try #require(planner.bundle.legID(named: $0)) }
  }

  /// The promise of the way by air under some events; nil: not bookable.
  ///
  /// A ready time at the airport starts there.
  private func promise(
    _ words: [(Disruption.Kind, String)], atAirport ready: Instant? = nil
  ) throws -> Instant? {
    let planned = try LoadedNetworks.demo.get()
    let overlay = DisruptionOverlay(try words.map { try Disruption(word: $0.1, of: $0.0) })
    let network = DisruptedNetwork(planned, under: overlay)
    #expect(network.effect.faults.isEmpty)
    #expect(!network.effect.isApproximate)
    let legs = try DisruptionOverlayTests.legs(planned, from: ready == nil ? 0 : 2)
    let question = try DisruptionOverlayTests.question(
      planned, from: ready == nil ? "O-YIWU" : "A-PVG", ready: ready ?? "2026-11-20T09:30Z")
    let timing = network.planner.timing(legs, question)
    // The search finds the same way, and whatever it finds the auditor reckons anew.
    var scratch = ExactPlanner<DatedTimetable>()
    let front = try network.planner.front(question, with: &scratch)
    #expect(front.first { $0.legs == legs }?.vector.promise == timing?.promise)
    let auditor = PlanAuditor(bundle: network.planner.bundle, tariff: network.planner.tariff)
    for member in front {
      #expect(auditor.audit(PlanClaim(member), of: question).isEmpty)
    }
    return timing.map { Instant(minutes: $0.promise) }
  }

  @Test("as planned it is there on Saturday")
  func planned() throws {
    #expect(try promise([]) == "2026-11-28T14:00Z")
  }

  /// Everything from the flight on is a day later.
  ///
  /// Trucks on Thursday (7/8) and Friday (1/8) at 20:00, in Madrid on Friday
  /// and Saturday at 21:00. Sat 28 with 49/64, Mon 30 (Sunday is no delivery day) with 14/64, Tue 1 Dec with 1/64.
  @Test("cancelled or full, the flight is taken a day later, and the date is a Monday")
  func cancelled() throws {
    #expect(try promise([(.cancel, "air@2026-11-24")]) == "2026-11-30T14:00Z")
    #expect(try promise([(.full, "air@2026-11-24T23:00")]) == "2026-11-30T14:00Z")
  }

  /// Lands at 08:00 (3/4) or 12:00 (1/4) in Liege; customs begin at 09:00 or 13:00 and let go at 13:00 or 17:00 (7/8),
  /// or on Thursday at 13:00 or 17:00 (1/8): the 20:00 truck of Wednesday or Thursday, exactly as planned.
  @Test("four hours late vanish in the wait for the evening truck")
  func absorbed() throws {
    #expect(try promise([(.delay, "air@2026-11-24:+4h")]) == "2026-11-28T14:00Z")
  }

  /// Lands at 13:00 (3/4) or 17:00 (1/4).
  ///
  /// From 14:00 customs let go at 18:00, in time for the truck, with 3/4 x 7/8 =
  /// 21/32; the rest of Wednesday's and 7/8 of the others on Thursday, 3/32 + 7/32 = 10/32; 1/32 on Friday. In Madrid
  /// by Saturday: 21/32 + 10/32 x 7/8 = 238/256 = 0.93, less than 0.95. Monday.
  @Test("nine hours late break the date")
  func late() throws {
    #expect(try promise([(.delay, "air@2026-11-24:+9h")]) == "2026-11-30T14:00Z")
  }

  /// Ready at the airport on Tuesday at 18:00, boarding from 24:00: the flight of 23:00 is missed.
  ///
  /// The date is that of the flight on Wednesday, Mon 30. If the flight waits until 03:00 for late freight, it lands at 08:00 or 12:00.
  @Test("four hours late with the cut-off moved, a parcel that missed the flight catches it")
  func cutOff() throws {
    let ready: Instant = "2026-11-24T10:00Z"
    #expect(try promise([], atAirport: ready) == "2026-11-30T14:00Z")
    #expect(try promise([(.delay, "air@2026-11-24:+4h")], atAirport: ready) == "2026-11-30T14:00Z")
    #expect(
      try promise([(.delay, "air@2026-11-24:+4h:moved")], atAirport: ready) == "2026-11-28T14:00Z")
  }

  /// 30 hours late it lands after the flight of the next day, and nobody waits for it.
  @Test("overtaken by the next day's flight, it is as good as cancelled")
  func overtaken() throws {
    #expect(try promise([(.delay, "air@2026-11-24:+30h")]) == "2026-11-30T14:00Z")
    let bundle = try LoadedNetworks.demo.get().bundle
    let late = try Disruption(word: "air@2026-11-24:+30h", of: .delay)
    let none = try Disruption(word: "air@2026-11-24", of: .cancel)
    let air = try #require(bundle.legID(named: "air"))
    func runs(_ disruption: Disruption) -> [Boarding] {
      DisruptionOverlay([disruption]).applied(to: bundle).bundle.timetable.departures(of: air)
    }
    #expect(runs(late) == runs(none))
    #expect(runs(late).count == bundle.timetable.departures(of: air).count - 1)
  }

  /// From Thursday's arrival 15:00 on Friday with 7/8, from Friday's none on Saturday.
  ///
  /// Else nine open hours more end on Monday at 15:00, as Saturday is
  /// closed; from Friday's arrival Monday or Tuesday. Fri 49/64, Mon 14/64, Tue 1/64.
  @Test("the hub closed over the weekend gives up the Saturday")
  func weekend() throws {
    #expect(try promise([(.close, "H-MAD@2026-11-28..2026-11-29")]) == "2026-11-30T14:00Z")
    // After the last minute it may arrive nothing is met.
    #expect(try promise([(.close, "H-MAD@2026-12-01..2026-12-03")]) == "2026-11-28T14:00Z")
  }

  /// Wednesday's work is done on Thursday: let go at 12:00 (7/8) or, after ten more hours, on Friday at 12:00 (1/8).
  @Test("customs closed for a day cost a day")
  func customs() throws {
    #expect(try promise([(.cancel, "clear-lgg@2026-11-25")]) == "2026-11-30T14:00Z")
  }

  /// A parcel at the airport on Tuesday 24 at 00:00, boarding from 06:00, flies at 23:00 as in the README: Sat 28.
  ///
  /// An extra flight at 07:00 lands at 12:00 (3/4) or 16:00 (1/4) in Liege. Customs, from 13:00 or 17:00, let go on
  /// Tuesday at 17:00 with 3/4 x 7/8 = 21/32, on Wednesday with 3/32 + 7/32, on Thursday with 1/32. In Madrid by Fri 27:
  /// 21/32 + 10/32 x 7/8 = 0.93, by Sat 28 0.996: Saturday still.
  ///
  /// If it takes five hours it lands at 05:00 or 09:00, and customs let go at 12:00 or 14:00 (7/8) or a day later: the
  /// law of the README a day earlier, whose 0.95 falls on Fri 27.
  @Test("an extra flight brings the date forward where it is quick enough")
  func added() throws {
    let ready: Instant = "2026-11-23T16:00Z"
    #expect(try promise([], atAirport: ready) == "2026-11-28T14:00Z")
    #expect(
      try promise([(.add, "air@2026-11-24T07:00")], atAirport: ready) == "2026-11-28T14:00Z")
    #expect(
      try promise([(.add, "air@2026-11-24T07:00/5h")], atAirport: ready) == "2026-11-27T14:00Z")
  }

  @Test("an overlay says the same on the bundle written out a week later")
  func rolled() throws {
    let folder = LoadedNetworks.folder("demo")
    let week: Int64 = 7 * 1440
    let later = try LoadedNetworks.load(folder, now: LoadedNetworks.now.advanced(byMinutes: week))
    let now = try LoadedNetworks.demo.get()
    let overlay = DisruptionOverlay([
      .delay(leg: "air", .init("2026-12-08"), minutes: 540, movesCutOff: false),
      .close(node: "H-MAD", from: "2026-12-14", through: "2026-12-15"),
      // Past in the second bundle, and said so.
      .cancel(leg: "air", .init("2026-11-10")),
    ])
    var fronts: [[PlannedItinerary]] = []
    for (planned, faults) in [(now, 0), (later, 1)] {
      let network = DisruptedNetwork(planned, under: overlay)
      #expect(network.effect.faults.count == faults)
      var scratch = ExactPlanner<DatedTimetable>()
      fronts.append(
        try network.planner.front(
          DisruptionOverlayTests.question(planned, ready: "2026-12-07T01:00Z"), with: &scratch))
    }
    #expect(fronts[0] == fronts[1])
    #expect(fronts[0].count == 2)
  }

  @Test("closed for a class or above a weight, a leg is not sold for those, and is for others")
  func restricted() throws {
    let planned = try LoadedNetworks.demo.get()
    let overlay = DisruptionOverlay([
      .restrict(subject: "air", goods: .battery, over: nil),
      .restrict(subject: "A-LGG", goods: nil, over: Grams(1000)),
    ])
    let network = DisruptedNetwork(planned, under: overlay)
    var scratch = ExactPlanner<DatedTimetable>()
    for (grams, goods, ways) in [
      (1000, GoodsClass.general, 2), (1001, .general, 1), (480, .battery, 0), (480, .liquid, 2),
    ] {
      let question = try DisruptionOverlayTests.question(
        planned, grams: Int64(grams), goods: goods)
      let front = try network.planner.front(question, with: &scratch)
      #expect(front.count == ways, "\(grams) g of \(goods)")
      let legs = try DisruptionOverlayTests.legs(planned)
      #expect(network.takes(legs, question) == front.contains { $0.legs == legs })
    }
    let concerned = network.effect.concerned.map { $0.map { planned.bundle.legs.name(of: $0) } }
    #expect(concerned == [["air"], ["clear-lgg", "air"]])
    #expect(network.effect.changes.allSatisfy { $0.isAcceptance && !$0.isImproving })
  }

  @Test("changes name the minutes asked: from after the departure before to the departure itself")
  func changes() throws {
    let bundle = try LoadedNetworks.demo.get().bundle
    let air = try #require(bundle.legID(named: "air"))
    func changes(_ kind: Disruption.Kind, _ word: String) throws -> [LegChange] {
      DisruptionOverlay([try Disruption(word: word, of: kind)]).applied(to: bundle).changes
    }
    let before: Instant = "2026-11-23T15:00Z"
    let itself: Instant = "2026-11-24T15:00Z"
    let worse = LegChange(
      leg: air, asked: before.minutes + 1...itself.minutes, isImproving: false, isAcceptance: false)
    #expect(try changes(.cancel, "air@2026-11-24") == [worse])
    #expect(try changes(.delay, "air@2026-11-24:+4h") == [worse])
    // Whoever came within four hours after it boards it now, instead of the next day's.
    let better = LegChange(
      leg: air, asked: itself.minutes + 1...itself.minutes + 240, isImproving: true,
      isAcceptance: false)
    #expect(try changes(.delay, "air@2026-11-24:+4h:moved") == [worse, better])
  }
}
