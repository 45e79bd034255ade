import LogisticsModel
import RouteGraph
import RoutePlanning
import Tariffs
import TestSupport
import Testing

/// What must hold of every network: seeded random dated bundles, a few questions each.
@Suite struct InvariantTests {
  static let seeds = UInt64(1)...160

  /// Asks every bundle a few questions and hands each front to `body`; counts the fronts with a member.
  static func forEachFront(
    _ seeds: ClosedRange<UInt64> = seeds, questions: Int = 3,
    _ body: (UInt64, NetworkPlanner, NetworkPlanner.Question, [PlannedItinerary]) throws -> Void
  ) throws -> Int {
    var count = 0
    var scratch = ExactPlanner<DatedTimetable>()
    for seed in seeds {
      var random = RandomBundle(seed: seed)
      let planner = try random.planner()
      for _ in 0..<questions {
        let question = try random.question(on: planner)
        let front = try planner.front(question, with: &scratch)
        if !front.isEmpty { count += 1 }
        try body(seed, planner, question, front)
      }
    }
    return count
  }

  static func covers(_ front: [PlannedItinerary], _ vectors: [PlannedItinerary]) -> Bool {
    vectors.allSatisfy { old in front.contains { $0.vector.dominates(old.vector) } }
  }

  @Test("a later ready time never gives an earlier promise on one option, nor over all options")
  func laterReady() throws {
    var options = 0
    var wholes = 0
    var scratch = ExactPlanner<DatedTimetable>()
    _ = try InvariantTests.forEachFront { seed, planner, question, front in
      let costs = planner.costs(question)
      for wait: Int64 in [1, 59, 720, 2880] {
        var later = question
        later.ready = question.ready.advanced(byMinutes: wait)
        for member in front {
          guard let timing = planner.timing(member.legs, later) else { continue }
          #expect(timing.promise >= member.vector.promise, "seed \(seed), \(question), +\(wait)")
          options += 1
        }
        // Over all options only while no leg is sold later that was not sold before: cards and rules carry dates.
        let laterCosts = planner.costs(later)
        let opens = zip(costs.price, laterCosts.price).contains { $0 < 0 && $1 >= 0 }
        guard !opens else { continue }
        let best = front.map(\.vector.promise).min()
        if let after = try planner.front(later, with: &scratch).map(\.vector.promise).min() {
          #expect(best.map { after >= $0 } ?? false, "seed \(seed), \(question), +\(wait)")
          wholes += 1
        }
      }
    }
    #expect(options > 1000)
    #expect(wholes > 500)
  }

  @Test("a higher service level never gives an earlier date")
  func higherLevel() throws {
    var scratch = ExactPlanner<DatedTimetable>()
    let count = try InvariantTests.forEachFront { seed, planner, question, front in
      var surer = question
      for level: Int32 in [1, 512, 900, 973, 1023, 1024] where level > question.level.q1024 {
        surer.level = try #require(ServiceLevel(q1024: level))
        let sure = try planner.front(surer, with: &scratch)
        // The same itineraries exist: every surer vector is weakly dominated by a less sure one.
        #expect(InvariantTests.covers(front, sure), "seed \(seed), \(question), level \(level)")
        for member in front {
          let timing = try #require(planner.timing(member.legs, surer))
          #expect(timing.promise >= member.vector.promise, "seed \(seed), \(question)")
        }
      }
    }
    #expect(count > 200)
  }

  @Test("a promise is never before the itinerary's earliest possible date, nor after its latest")
  func promiseIsPossible() throws {
    let count = try InvariantTests.forEachFront { seed, planner, question, front in
      for member in front where !member.legs.isEmpty {
        let timing = try #require(planner.timing(member.legs, question))
        let last = try #require(timing.arrivals.last)
        #expect(timing.promise == member.vector.promise, "seed \(seed)")
        #expect((last.earliest...last.latest).contains(member.vector.promise), "seed \(seed)")
        #expect(last.half <= last.ninety, "seed \(seed)")
        #expect(
          planner.waterfall(timing).total == member.vector.promise - question.ready.minutes,
          "seed \(seed)")
      }
    }
    #expect(count > 200)
  }

  @Test("price lines sum exactly, leg by leg and currency by currency")
  func pricesSum() throws {
    var lines = 0
    _ = try InvariantTests.forEachFront { seed, planner, question, front in
      for member in front {
        var total: Int64 = 0
        for leg in member.legs {
          guard case .sold(let sold) = planner.outcome(leg, question) else { continue }
          total += sold.total.minorUnits
          lines += sold.lines.count
          var converted: Int64 = 0
          for (amount, rate) in zip(sold.amounts, sold.rates) {
            let own = sold.lines.filter { $0.money.currency == amount.currency }
            #expect(own.reduce(0) { $0 + $1.money.minorUnits } == amount.minorUnits, "seed \(seed)")
            converted += try #require(rate.convert(minorUnits: amount.minorUnits))
          }
          #expect(sold.amounts.count == sold.rates.count)
          #expect(Set(sold.lines.map(\.money.currency)) == Set(sold.amounts.map(\.currency)))
          #expect(converted == sold.total.minorUnits, "seed \(seed)")
        }
        #expect(total == member.vector.price, "seed \(seed), \(question)")
      }
    }
    #expect(lines > 1000)
  }

  @Test("the auditor finds nothing on any member of any front")
  func auditorIsContent() throws {
    var members = 0
    _ = try InvariantTests.forEachFront { seed, planner, question, front in
      let auditor = PlanAuditor(bundle: planner.bundle, tariff: planner.tariff)
      for member in front {
        var claim = PlanClaim(member)
        let timing = try #require(planner.timing(member.legs, question))
        claim.half = timing.half
        claim.ninety = timing.ninety
        claim.charges = member.legs.map { leg in
          if case .sold(let sold) = planner.outcome(leg, question) { return sold.total.minorUnits }
          return 0
        }
        #expect(auditor.audit(claim, of: question).map(\.description) == [], "seed \(seed)")
        members += 1
      }
    }
    #expect(members > 400)
  }
}
