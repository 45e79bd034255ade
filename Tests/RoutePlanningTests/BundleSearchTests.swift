import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// The search on dated bundles against an enumeration made on paper, and against itself.
@Suite struct BundleSearchTests {
  @Test(
    "every vector of every front equals full enumeration on 560 random dated bundles",
    arguments: 0..<8)
  func equalsEnumeration(_ chunk: Int) throws {
    var vectors = 0
    var questions = 0
    for seed in UInt64(chunk * 70 + 1)...UInt64(chunk * 70 + 70) {
      var random = RandomBundle(seed: seed)
      let planner = try random.planner()
      let reference = BundleEnumerator(random.text, now: random.now)
      var scratch = ExactPlanner<DatedTimetable>()
      for number in 0..<4 {
        let question = try random.question(on: planner)
        let expected = reference.front(
          from: planner.bundle.nodes.name(of: question.origin),
          to: planner.bundle.nodes.name(of: question.destination), question)
        let found = try planner.front(question, with: &scratch).map(\.vector)
        #expect(found == expected, "seed \(seed), question \(number): \(question)")
        vectors += expected.count
        questions += 1
      }
    }
    #expect(questions == 280)
    // The property is empty if the bundles never connect anything.
    #expect(vectors > 280, "only \(vectors) vectors compared")
  }

  @Test(
    "switching an optimisation off changes no vector",
    arguments: [
      SearchOptions(prunesByBounds: false, seedsFront: true, dropsDominated: true),
      SearchOptions(prunesByBounds: true, seedsFront: false, dropsDominated: true),
      SearchOptions(prunesByBounds: true, seedsFront: true, dropsDominated: false),
      SearchOptions(prunesByBounds: false, seedsFront: false, dropsDominated: true),
      SearchOptions(prunesByBounds: false, seedsFront: false, dropsDominated: false),
      SearchOptions(countsAlikeLegs: false),
      SearchOptions(skipsDisjointLaws: false),
      SearchOptions(skipsOutrunLegs: false),
    ])
  func optimisationsChangeNothing(_ options: SearchOptions) throws {
    for seed in UInt64(2001)...2150 {
      var random = RandomBundle(seed: seed)
      let planner = try random.planner()
      var plain = ExactPlanner<DatedTimetable>(options: options)
      var optimised = ExactPlanner<DatedTimetable>()
      for _ in 0..<4 {
        let question = try random.question(on: planner)
        let left = try planner.front(question, with: &plain).map(\.vector)
        let right = try planner.front(question, with: &optimised).map(\.vector)
        #expect(left == right, "seed \(seed), \(question)")
      }
    }
  }

  /// One departure, Tuesday 12 January 2027 at 12:00 UTC, and nothing else.
  private static func lastChance() -> BundleText {
    var text = BundleText()
    text["nodes.csv"] = .init("node,kind,name,country,tz")
    text["nodes.csv"].append("O,origin,O,ES,UTC")
    text["nodes.csv"].append("Z,zone,Z,ES,UTC")
    text["delay_laws.csv"] = .init("law,delay_min,weight")
    text["delay_laws.csv"].append("none,0,1024")
    text["departures.csv"] = .init(
      "schedule,weekdays,departs,duration_min,law,dates,valid_from,valid_to")
    text["departures.csv"].append("s,0100000,12:00,,,,2027-01-12,2027-01-12")
    text["legs.csv"] = .init(
      "leg,from,to,mode,stage,service,goods,max_weight_g,handling_min,card,co2_mg_per_g,kind,schedule,"
        + "calendar,duration_min,law,price_basis,time_basis")
    text["legs.csv"].append("g,O,Z,air,linehaul,x,general,900,7,,1,S,s,,60,none,included,real")
    return text
  }

  /// ```
  ///   O ── direct ──▶ M ── on ──▶ Y ── last ──▶ Z      O ── a ──▶ X ── b ──▶ M ── slow ──▶ Z
  /// ```
  /// The detour over X reaches M earlier and cleaner, but of three legs it leaves one, the slow one: 5060 minutes.
  /// By way of Y it takes a fourth.
  @Test("a partial itinerary better in all but its legs does not displace the one that can go on")
  func legsCount() throws {
    var text = BundleSearchTests.lastChance()
    for node in ["M", "X", "Y"] { text["nodes.csv"].append("\(node),hub,\(node),ES,UTC") }
    text["calendars.csv"] = .init("calendar,weekdays,opens,closes,dates")
    text["calendars.csv"].append("always,1111111,00:00,24:00,")
    let ways = [
      ("direct", "O", "M", 9, 600), ("a", "O", "X", 1, 30), ("b", "X", "M", 1, 30),
      ("on", "M", "Y", 1, 30), ("last", "Y", "Z", 1, 30), ("slow", "M", "Z", 1, 5000),
    ]
    for (leg, from, to, emission, minutes) in ways {
      text["legs.csv"].append(
        "\(leg),\(from),\(to),road,linehaul,x,general,900,0,,\(emission),C,,always,\(minutes),none,"
          + "included,real")
    }
    let now: Instant = "2026-11-10T00:00Z"
    let planner = try text.planner(now: now)
    let reference = BundleEnumerator(text, now: now)
    var scratch = ExactPlanner<DatedTimetable>()
    for (legs, minutes) in [(3, [660, 5060]), (4, [120, 5060])] as [(Int, [Int64])] {
      let question = NetworkPlanner.Question(
        origin: NodeID(0), destination: NodeID(1), parcel: Parcel(weight: Grams(100)), ready: now,
        level: .standard, currency: .eur, greatestLegs: legs)
      let front = try planner.front(question, with: &scratch).map(\.vector)
      #expect(front.map { $0.promise - now.minutes } == minutes, "\(legs) legs")
      #expect(front == reference.front(from: "O", to: "Z", question), "\(legs) legs")
    }
  }

  @Test("boarding on the last minute of nine weeks is allowed, a minute later it is not")
  func horizonIsIncluded() throws {
    let text = BundleSearchTests.lastChance()
    let departs: Instant = "2027-01-12T12:00Z"
    let now: Instant = "2026-11-10T00:00Z"
    let planner = try text.planner(now: now)
    let reference = BundleEnumerator(text, now: now)
    var scratch = ExactPlanner<DatedTimetable>()
    // 9 weeks before, a minute earlier; 7 minutes of handling before, a minute later.
    for (wait, isFeasible) in [(90_720, true), (90_721, false), (7, true), (6, false)] {
      let question = NetworkPlanner.Question(
        origin: NodeID(0), destination: NodeID(1), parcel: Parcel(weight: Grams(100)),
        ready: departs.advanced(byMinutes: -Int64(wait)), level: .standard, currency: .eur)
      let front = try planner.front(question, with: &scratch).map(\.vector)
      #expect(front.isEmpty != isFeasible, "\(wait) minutes before")
      #expect(front == reference.front(from: "O", to: "Z", question), "\(wait) minutes before")
    }
  }

  @Test("scratch that has answered one network answers another the same")
  func scratchIsForgetful() throws {
    var used = ExactPlanner<DatedTimetable>()
    for seed in UInt64(2201)...2240 {
      var random = RandomBundle(seed: seed)
      let planner = try random.planner()
      for _ in 0..<3 {
        let question = try random.question(on: planner)
        var fresh = ExactPlanner<DatedTimetable>()
        let expected = try planner.front(question, with: &fresh)
        #expect(try planner.front(question, with: &used) == expected, "seed \(seed)")
      }
    }
  }
}
