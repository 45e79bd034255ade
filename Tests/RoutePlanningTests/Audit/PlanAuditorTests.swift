import LogisticsModel
import RouteGraph
import RoutePlanning
import Testing

@Suite struct PlanAuditorTests {
  /// Friday 20 November 2026, 17:30 in Shanghai.
  ///
  /// P starts at 17:30 and is at H at 18:30 or, 205/1024, 22:30. The flight needs 120 minutes, so Friday's 20:00
  /// is missed either way; Tuesday 24 November 20:00 (12:00 UTC) arrives 800 minutes later: Wednesday 01:20 UTC,
  /// 02:20 in Madrid. Customs counts open minutes: 180 from 09:00 end at 12:00 (11:00 UTC) with 900/1024; 480 end
  /// at 17:00, when it closes (16:00 UTC). The last mile takes 60 minutes: 12:00 or 17:00 UTC on Wednesday.
  /// P(12:00) = 900/1024 = 0.879.
  static let ready = minute("2026-11-20T09:30")
  static let early = minute("2026-11-25T12:00")
  static let late = minute("2026-11-25T17:00")
  // P 3 CNY = 0.375 -> 0.38 EUR; F 10 + 480 x 0.05 = 34 CNY = 4.25; C included; L 2.00. 6.63 EUR.
  static let price: Int64 = 663
  /// 480 x (1 + 9 + 0 + 2) mg.
  static let emission: Int64 = 5760

  static func minute(_ text: String) -> Int64 {
    let (date, clock) = (text.prefix(10), text.suffix(5))
    let days = CivilDate(iso: date).map { Int64($0.days) } ?? 0
    return days * 1440 + (Int64(clock.prefix(2)) ?? 0) * 60 + (Int64(clock.suffix(2)) ?? 0)
  }

  let world: AuditWorld
  let truth: PlanClaim
  let question: NetworkPlanner.Question

  init() throws {
    let world = try AuditWorld(AuditWorld.hand)
    self.world = world
    truth = PlanClaim(
      legs: try ["P", "F", "C", "L"].map { try world.leg($0) },
      vector: PlanVector(price: Self.price, promise: Self.late, emission: Self.emission),
      half: Self.early, ninety: Self.late, charges: [38, 425, 0, 200])
    question = try world.question("O", "Z", Parcel(weight: Grams(480)), ready: Self.ready)
  }

  private func codes(_ claim: PlanClaim, _ question: NetworkPlanner.Question? = nil) -> [String] {
    world.auditor.audit(claim, of: question ?? self.question).map(\.code)
  }

  @Test func theTruthHasNoDiscrepancy() {
    #expect(world.auditor.audit(truth, of: question) == [])
  }

  @Test func aLowerLevelHasAnEarlierPromise() throws {
    var question = question
    question.level = try ServiceLevel("0.8")
    var claim = truth
    #expect(codes(claim, question) == [Discrepancy.Code.promise])
    claim.vector = PlanVector(price: Self.price, promise: Self.early, emission: Self.emission)
    #expect(codes(claim, question) == [])
    question.level = try #require(ServiceLevel(q1024: 900))
    #expect(codes(claim, question) == [])
    question.level = try #require(ServiceLevel(q1024: 901))
    #expect(codes(claim, question) == [Discrepancy.Code.promise])
  }

  @Test func everyFalsifiedFigureIsFoundAndOnlyThat() {
    for change in [Int64(-1), 1, 100_000] {
      var claim = truth
      claim.vector = PlanVector(
        price: Self.price + change, promise: Self.late, emission: Self.emission)
      #expect(codes(claim) == [Discrepancy.Code.price])
      claim.vector = PlanVector(
        price: Self.price, promise: Self.late + change, emission: Self.emission)
      #expect(codes(claim) == [Discrepancy.Code.promise])
      claim.vector = PlanVector(
        price: Self.price, promise: Self.late, emission: Self.emission + change)
      #expect(codes(claim) == [Discrepancy.Code.emission])
      claim = truth
      claim.half = Self.early + change
      #expect(codes(claim) == [Discrepancy.Code.estimate])
      claim = truth
      claim.ninety = Self.late + change
      #expect(codes(claim) == [Discrepancy.Code.estimate])
      claim = truth
      claim.charges = [38 + change, 425, 0, 200]
      #expect(codes(claim) == [Discrepancy.Code.legCharge])
    }
    var claim = truth
    claim.charges = [38, 425, 0]
    #expect(codes(claim) == [Discrepancy.Code.legCharge])
    claim.charges = [38, 425, 0, 200, 1]
    #expect(codes(claim) == [Discrepancy.Code.legCharge])
  }

  @Test func brokenChainsAreFound() throws {
    func claim(_ names: [String]) throws -> Set<String> {
      var claim = truth
      claim.legs = try names.map { try world.leg($0) }
      claim.charges = nil
      return Set(codes(claim))
    }
    #expect(try claim(["F", "C", "L"]).contains(Discrepancy.Code.origin))
    #expect(try claim(["P", "C", "L"]).contains(Discrepancy.Code.chain))
    #expect(try claim(["P", "F", "C"]).contains(Discrepancy.Code.destination))
    #expect(try claim(["P", "F", "C", "L", "L"]).contains(Discrepancy.Code.destination))
    #expect(try claim([]).contains(Discrepancy.Code.destination))
    var short = question
    short.greatestLegs = 3
    #expect(codes(truth, short) == [Discrepancy.Code.tooManyLegs])
    var unknown = truth
    unknown.legs[2] = LegID(99)
    #expect(codes(unknown).contains(Discrepancy.Code.legUnknown))
  }

  @Test func whatNoLegTakesIsFound() throws {
    var question = question
    question.parcel = Parcel(weight: Grams(480), goods: .liquid)
    #expect(codes(truth, question) == Array(repeating: Discrepancy.Code.goods, count: 4))
    // 21 kg: the last mile takes 20. P 0.38 + F (10 + 1050) / 8 = 132.50 + L 2 = 134.88 EUR.
    question.parcel = Parcel(weight: Grams(21_000))
    let heavy = PlanClaim(
      legs: truth.legs,
      vector: PlanVector(price: 13_488, promise: Self.late, emission: 21_000 * 12))
    #expect(codes(heavy, question) == [Discrepancy.Code.weight])
    // From 1 December a rule bars batteries from the air.
    let battery = Parcel(weight: Grams(480), goods: .battery)
    #expect(
      try codes(truth, world.question("O", "Z", battery, ready: Self.ready)) == [])
    let later = try world.question(
      "O", "Z", battery, ready: Self.minute("2026-12-01T00:00"))
    #expect(codes(truth, later).contains(Discrepancy.Code.notSold))
  }

  @Test func anItineraryThatCannotBeBoardedIsFound() throws {
    // The timetable is written out for 154 days from 9 November 2026: until 12 April 2027.
    let tooLate = try world.question(
      "O", "Z", Parcel(weight: Grams(480)), ready: Self.minute("2027-04-11T23:00"))
    #expect(codes(truth, tooLate) == [Discrepancy.Code.boarding])
    let tooEarly = try world.question(
      "O", "Z", Parcel(weight: Grams(480)), ready: Self.minute("2026-11-08T23:00"))
    #expect(codes(truth, tooEarly) == [Discrepancy.Code.boarding])
  }

  @Test func boardingAfterTheHorizonIsFound() throws {
    // Ready 09:30 UTC on the 20th; customs starts on the 25th at 08:00 UTC, the last mile at 11:00 or 16:00 UTC:
    // 5 days and 6.5 hours = 7590 minutes after ready. That very minute is allowed, one less is not.
    let world = world
    for (horizon, expected) in [(Int64(7590), []), (7589, [Discrepancy.Code.horizon])] {
      let auditor = PlanAuditor(bundle: world.bundle, tariff: world.tariff, horizon: horizon)
      #expect(auditor.audit(truth, of: question).map(\.code) == expected)
    }
  }

  @Test func thePlannersFrontPasses() throws {
    var planner = ExactPlanner<DatedTimetable>()
    let front = try world.planner.front(question, with: &planner)
    // By air, or by sea: Monday 23 November 10:00, cheaper and slower.
    #expect(front.count == 2)
    for member in front { #expect(codes(PlanClaim(member)) == []) }
    #expect(front.contains { $0.legs == truth.legs && $0.vector == truth.vector })
  }

  @Test func describesItselfInOneLine() {
    var claim = truth
    claim.vector = PlanVector(price: 660, promise: Self.late, emission: Self.emission)
    #expect(
      world.auditor.audit(claim, of: question).map(\.description)
        == ["TW-AUD-009: claimed 660, found 663"])
  }
}
