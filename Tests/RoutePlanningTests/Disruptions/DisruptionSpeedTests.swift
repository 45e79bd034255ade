import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// What an event costs on the world network, printed; the figures stand in ARCHITECTURE.md.
@Suite(.serialized) struct DisruptionSpeedTests {
  /// Random departures of the coming month, all different.
  private static func cancellations(_ count: Int, on bundle: NetworkBundle) -> DisruptionOverlay {
    var random = SeededGenerator(seed: 11)
    var events: Set<Disruption> = []
    while events.count < count {
      let leg = LegID(Int32(random.int(0...bundle.legs.count - 1)))
      let minute = LoadedNetworks.now.minutes + random.integer(0...30 * 1440)
      guard bundle.legs.kind(of: leg) == .scheduled,
        let run = bundle.timetable.boarding(leg, atOrAfter: minute)
      else { continue }
      let zone = bundle.zone(of: NodeID(bundle.topology.tail[leg.position]))
      events.insert(
        .cancel(
          leg: bundle.legs.name(of: leg), .init(zone.date(Instant(minutes: run.minute)))))
    }
    return DisruptionOverlay(events.sorted { $0.description < $1.description })
  }

  @Test("prints how long an event takes to a network that runs under it")
  func printsMicroseconds() throws {
    let planned = try LoadedNetworks.world.get()
    let clock = ContinuousClock()
    for (name, event) in [
      ("one flight cancelled", try Disruption(word: "air-PVG-FRA@2026-11-23", of: .cancel)),
      ("a day's delay", try Disruption(word: "express-PVG-ES1@2026-11-24:+1d", of: .delay)),
      ("a gateway closed", try Disruption(word: "A-FRA@2026-11-24..2026-11-26", of: .close)),
      (
        "a hub with 1,047 legs closed",
        try Disruption(word: "H-US3@2026-11-24..2026-11-26", of: .close)
      ),
      ("a class refused at that hub", try Disruption(word: "H-US3@battery", of: .restrict)),
    ] {
      let overlay = DisruptionOverlay([event])
      var best = Duration.seconds(1)
      var changes = 0
      for _ in 0..<40 {
        best = min(
          best,
          clock.measure {
            let network = DisruptedNetwork(planned, under: overlay)
            changes = network.effect.changes.count
          })
      }
      #expect(changes > 0)
      print("\(name): \(best), \(changes) changes")
    }
    let many = DisruptionSpeedTests.cancellations(1000, on: planned.bundle)
    var changes = 0
    let laying = clock.measure {
      changes = DisruptedNetwork(planned, under: many).effect.changes.count
    }
    #expect(changes > 900)
    let standing = DisruptedNetwork(planned, under: many)
    let news = many.adding([try Disruption(word: "air-PVG-FRA@2026-12-23", of: .cancel)])
    var best = Duration.seconds(1)
    for _ in 0..<40 {
      best = min(best, clock.measure { changes = standing.updated(to: news).effect.changes.count })
    }
    print("one more flight cancelled beside them: \(best), \(changes) changes")
    print("1,000 departures cancelled at once: \(laying), \(changes) changes")
    var generator = RequestGenerator(planned, seed: 5, now: LoadedNetworks.now)
    var scratch = ExactPlanner<DatedTimetable>()
    var times: [Duration] = []
    for _ in 0..<60 {
      let question = generator.next()
      guard let member = try planned.front(question, with: &scratch).first,
        let leg = member.legs.first(where: { planned.bundle.legs.kind(of: $0) == .scheduled }),
        let timing = planned.timing(member.legs, question),
        let step = timing.steps.first(where: { $0.leg == leg })
      else { continue }
      let zone = planned.bundle.zone(of: NodeID(planned.bundle.topology.tail[leg.position]))
      let event = Disruption.cancel(
        leg: planned.bundle.legs.name(of: leg), .init(zone.date(Instant(minutes: step.start))))
      var size = 0
      times.append(
        try clock.measure {
          let network = DisruptedNetwork(planned, under: DisruptionOverlay([event]))
          size = try network.planner.front(question, with: &scratch).count
        })
      #expect(size >= 0)
    }
    times.sort()
    try #require(!times.isEmpty)
    print(
      "cancelled to first exact answer: p50 \(times[times.count / 2]), worst \(times[times.count - 1])"
        + " of \(times.count)")
  }
}
