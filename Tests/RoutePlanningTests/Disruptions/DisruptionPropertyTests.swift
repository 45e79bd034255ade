import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// What must hold of every overlay, on seeded random bundles.
@Suite struct DisruptionPropertyTests {
  @Test("under an overlay the search finds what enumeration finds in tables that say the same")
  func equalsRewrittenTables() throws {
    var (overlays, vectors, changed) = (0, 0, 0)
    var seed: UInt64 = 0
    while overlays < 150, seed < 500 {
      seed += 1
      var random = RandomDisruptions(seed: seed)
      let questions = try (0..<4).map { _ in try random.bundle.question(on: random.planner) }
      let overlay = random.overlay(
        count: random.random.int(1...4), kinds: [.cancel, .full, .delay, .add, .restrict],
        befalling: questions)
      let network = DisruptedNetwork(random.planner, under: overlay)
      guard !network.effect.isApproximate,
        let edited = EditedTables(random, overlay.disruptions)
      else { continue }
      overlays += 1
      let reference = BundleEnumerator(edited.text, now: random.bundle.now)
      let auditor = PlanAuditor(bundle: network.planner.bundle, tariff: network.planner.tariff)
      var scratch = ExactPlanner<DatedTimetable>()
      for question in questions {
        let names = random.planner.bundle.nodes
        let front = try network.planner.front(question, with: &scratch)
        #expect(
          front.map(\.vector)
            == reference.front(
              from: names.name(of: question.origin), to: names.name(of: question.destination),
              question), "seed \(seed), \(overlay.disruptions), \(question)")
        for member in front {
          #expect(auditor.audit(PlanClaim(member), of: question).isEmpty, "seed \(seed)")
        }
        vectors += front.count
        if try random.planner.front(question, with: &scratch) != front { changed += 1 }
      }
    }
    #expect(overlays == 150)
    #expect(vectors > 500)
    #expect(changed > 100)
  }

  /// Fronts of the same questions as planned and under overlays of some kinds.
  private func compare(
    _ seeds: ClosedRange<UInt64>, count: ClosedRange<Int>, kinds: [Disruption.Kind],
    _ body: (UInt64, DisruptedNetwork, [PlannedItinerary], [PlannedItinerary]) -> Void
  ) throws -> Int {
    var changed = 0
    var scratch = ExactPlanner<DatedTimetable>()
    for seed in seeds {
      var random = RandomDisruptions(seed: seed)
      let questions = try (0..<4).map { _ in try random.bundle.question(on: random.planner) }
      let overlay = random.overlay(
        count: random.random.int(count), kinds: kinds, befalling: questions)
      let network = DisruptedNetwork(random.planner, under: overlay)
      for question in questions {
        let planned = try random.planner.front(question, with: &scratch)
        let now = try network.planner.front(question, with: &scratch)
        body(seed, network, planned, now)
        if planned != now { changed += 1 }
      }
    }
    return changed
  }

  @Test("closing, cancelling, filling up and refusing never improve a price or a date")
  func worsening() throws {
    let changed = try compare(
      1001...1150, count: 1...5, kinds: [.cancel, .full, .close, .restrict]
    ) { seed, network, planned, now in
      #expect(network.effect.isOnlyWorsening, "seed \(seed)")
      #expect(InvariantTests.covers(planned, now), "seed \(seed)")
    }
    #expect(changed > 100)
  }

  @Test("a delay without a moved cut-off never improves a price or a date")
  func delays() throws {
    let changed = try compare(1201...1320, count: 1...5, kinds: [.delay]) {
      seed, network, planned, now in
      let moves = network.effect.overlay.disruptions.contains {
        if case .delay(_, _, _, let moves) = $0 { moves } else { false }
      }
      guard !moves else { return }
      #expect(network.effect.isOnlyWorsening, "seed \(seed)")
      #expect(InvariantTests.covers(planned, now), "seed \(seed)")
    }
    #expect(changed > 20)
  }

  @Test("an added departure never worsens a price or a date")
  func adding() throws {
    let changed = try compare(1401...1550, count: 1...1, kinds: [.add]) {
      seed, network, planned, now in
      #expect(InvariantTests.covers(now, planned), "seed \(seed)")
      #expect(network.effect.changes.allSatisfy { $0.isImproving }, "seed \(seed)")
    }
    #expect(changed > 10)
  }

  @Test("events of different legs give the same network in either order")
  func commuting() throws {
    var compared = 0
    for seed in UInt64(1601)...1680 {
      var random = RandomDisruptions(seed: seed)
      let (one, other) = (random.overlay(count: 2), random.overlay(count: 2))
      let base = random.planner.bundle
      let legs = [one, other].map { Set($0.applied(to: base).concerned.joined()) }
      guard legs[0].isDisjoint(with: legs[1]) else { continue }
      let there = one.adding(other.disruptions).applied(to: base)
      let back = other.adding(one.disruptions).applied(to: base)
      #expect(there.changes == back.changes, "seed \(seed)")
      #expect(there.approximateLegs == back.approximateLegs, "seed \(seed)")
      #expect(isSame(there, back), "seed \(seed)")
      var scratch = ExactPlanner<DatedTimetable>()
      let networks = [one.adding(other.disruptions), other.adding(one.disruptions)].map {
        DisruptedNetwork(random.planner, under: $0)
      }
      for _ in 0..<3 {
        let question = try random.bundle.question(on: random.planner)
        #expect(
          try networks[0].planner.front(question, with: &scratch)
            == networks[1].planner.front(question, with: &scratch), "seed \(seed)")
        compared += 1
      }
    }
    #expect(compared > 60)
  }

  @Test("news laid over event by event makes the network that all of it laid over at once makes")
  func updating() throws {
    var steps = 0
    for seed in UInt64(1901)...1980 {
      var random = RandomDisruptions(seed: seed)
      let base = random.planner.bundle
      var overlay = DisruptionOverlay.none
      var laid = overlay.applied(to: base)
      for _ in 0..<6 {
        // Now and then news that names nothing, and news that takes some back.
        let news = random.overlay(count: 1).disruptions
        overlay =
          random.random.chance(oneIn: 6)
          ? overlay.removing(overlay.disruptions.prefix(1)) : overlay.adding(news)
        if random.random.chance(oneIn: 6) {
          overlay = overlay.adding([.cancel(leg: "nothing", .init("2026-11-20"))])
        }
        laid = laid.updated(to: overlay)
        let anew = overlay.applied(to: base)
        #expect(laid.overlay == overlay)
        #expect(isSame(laid, anew), "seed \(seed), \(overlay.disruptions)")
        #expect(laid.changes == anew.changes, "seed \(seed), \(overlay.disruptions)")
        #expect(laid.approximateLegs == anew.approximateLegs, "seed \(seed)")
        #expect(laid.concerned == anew.concerned, "seed \(seed)")
        #expect(laid.faults.map(\.position) == anew.faults.map(\.position), "seed \(seed)")
        steps += 1
      }
    }
    #expect(steps == 480)
  }

  /// Every leg boards the same departures or windows and takes the same parcels.
  private func isSame(_ one: DisruptedBundle, _ other: DisruptedBundle) -> Bool {
    one.base.legs.ids.allSatisfy { leg in
      one.bundle.timetable.departures(of: leg) == other.bundle.timetable.departures(of: leg)
        && one.bundle.timetable.openWindows(of: leg) == other.bundle.timetable.openWindows(of: leg)
        && one.bundle.topology.goods[leg.position] == other.bundle.topology.goods[leg.position]
        && one.bundle.topology.greatestWeight[leg.position]
          == other.bundle.topology.greatestWeight[leg.position]
    }
  }

  @Test("an itinerary that meets no change arrives as planned, minute for minute")
  func touching() throws {
    var (untouched, touched) = (0, 0)
    var scratch = ExactPlanner<DatedTimetable>()
    for seed in UInt64(1701)...1850 {
      var random = RandomDisruptions(seed: seed)
      let questions = try (0..<4).map { _ in try random.bundle.question(on: random.planner) }
      let network = DisruptedNetwork(
        random.planner, under: random.overlay(count: 4, befalling: questions))
      let changed = Set(network.effect.changes.map(\.leg))
      for question in questions {
        for member in try random.planner.front(question, with: &scratch) {
          guard !network.touches(member.legs, question) else {
            touched += 1
            continue
          }
          let before = try #require(random.planner.timing(member.legs, question))
          let after = try #require(network.planner.timing(member.legs, question))
          #expect(before.arrivals == after.arrivals, "seed \(seed), \(question)")
          #expect(before.steps == after.steps, "seed \(seed), \(question)")
          #expect(network.takes(member.legs, question), "seed \(seed), \(question)")
          // Only those on a changed leg, at another time, say something.
          if !changed.isDisjoint(with: member.legs) { untouched += 1 }
        }
      }
    }
    #expect(untouched > 50)
    #expect(touched > 100)
  }
}
