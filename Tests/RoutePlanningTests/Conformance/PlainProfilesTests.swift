import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

/// The fast engine against the exact one: blocks must change no vector, whatever the network.
@Suite struct PlainProfilesTests {
  @Test("fast equals exact, vector for vector, on 1,500 random networks")
  func equalsExact() throws {
    var fallbacks = 0
    var vectors = 0
    for seed in ExactSearchTests.seeds {
      var random = RandomPlainNetwork(seed: seed)
      let network = try random.load()
      let queries = ExactSearchTests.queries(&random, count: 12)
      var fast = PlainAnswers(network, blocksFor: queries)
      var exact = PlainAnswers(network)
      for query in queries {
        let expected = try exact.front(query)
        let found = try fast.front(query)
        #expect(found.map(\.vector) == expected.map(\.vector), "seed \(seed), query \(query)")
        vectors += expected.count
      }
      fallbacks += fast.fallbacks
    }
    // The property would be empty if the exact search answered for the blocks.
    #expect(fallbacks == 0)
    #expect(vectors > 3000, "only \(vectors) vectors compared")
  }

  @Test("one block answers many parcels, levels and ready times of an origin")
  func manyQueriesOfAnOrigin() throws {
    var vectors = 0
    for seed in UInt64(5000)...5040 {
      var random = RandomPlainNetwork(seed: seed)
      let network = try random.load()
      let queries = ExactSearchTests.queries(&random, count: 100).map { query in
        PlainQuery(
          name: query.name, origin: "n0", destination: query.destination, ready: query.ready,
          weight: query.weight, goods: query.goods, level: query.level,
          greatestLegs: query.greatestLegs)
      }
      var fast = PlainAnswers(network, blocksFor: queries)
      var exact = PlainAnswers(network)
      #expect(fast.build?.blocks == 1, "seed \(seed)")
      for query in queries {
        let expected = try exact.front(query)
        #expect(
          try fast.front(query).map(\.vector) == expected.map(\.vector),
          "seed \(seed), query \(query)")
        vectors += expected.count
      }
      #expect(fast.fallbacks == 0, "seed \(seed)")
    }
    #expect(vectors > 1000, "only \(vectors) vectors compared")
  }

  @Test("answers equal the independent ones", arguments: ConformanceTests.cases)
  func agrees(_ name: String) throws {
    let folder = ConformanceTests.folder + "/" + name
    let network = try PlainNetwork.load(text: try Fixtures.plainFiles(folder))
    let queries = try Fixtures.queries(folder + "/queries.csv")
    var answers = PlainAnswers(network, blocksFor: queries)
    var text = PlainAnswers.header + "\n"
    for query in queries { text += try answers.lines(query) }
    let found = try ConformanceTests.compared(text)
    let expected = try ConformanceTests.compared(Fixtures.text(folder + "/answers.csv"))
    #expect(found == expected)
    #expect(answers.fallbacks == 0)
  }

  @Test("every leg sequence is a real itinerary with its vector", arguments: ConformanceTests.cases)
  func itinerariesAreReal(_ name: String) throws {
    let folder = ConformanceTests.folder + "/" + name
    let network = try PlainNetwork.load(text: try Fixtures.plainFiles(folder))
    let search = SearchNetwork(
      topology: network.topology, timetable: network.timetable, laws: network.laws)
    let queries = try Fixtures.queries(folder + "/queries.csv")
    var answers = PlainAnswers(network, blocksFor: queries)
    for query in queries {
      for member in try answers.front(query) where !member.legs.isEmpty {
        let promise = ItineraryPromise.minute(
          member.legs, ready: query.ready, level: query.level, horizon: 9 * 10080, on: search)
        #expect(promise == member.vector.promise, "query \(query.name)")
        #expect(member.legs.count <= query.greatestLegs)
      }
    }
  }

  // 10^9 g at 10^9 cents a gram is 10^18 cents a leg; over three nodes the bound is 2^63 / 4 / 3 = 7.7 x 10^17.
  @Test("a query whose sums leave exact arithmetic is refused as by the exact engine")
  func outOfRange() throws {
    let network = try PlainNetwork.load(text: [
      "pmf.csv": "pmf,delay_min,weight\nz,0,1024\n",
      "calendars.csv": "cal,open_min,close_min\nc,0,10080\n",
      "rates.csv": "rate,upto_g,base_cents,unit_g,unit_cents\nr,1000000000,0,1,1000000000\n",
      "legs.csv": """
      leg,from,to,mode,goods_mask,max_weight_g,handling_min,rate,co2_mg_per_g,sched,cal,dur_min,pmf
      A,o,h,road,1,1000000000,0,r,0,C,c,10,z
      B,h,d,road,1,1000000000,0,r,0,C,c,10,z

      """,
    ])
    func query(_ grams: Int64) -> PlainQuery {
      PlainQuery(
        name: "q", origin: "o", destination: "d", ready: 0, weight: grams, goods: 0, level: 973,
        greatestLegs: 6)
    }
    var fast = PlainAnswers(network, blocksFor: [query(1_000_000_000), query(7)])
    var exact = PlainAnswers(network)
    #expect(throws: PlainAnswers.Obstacle.self) { _ = try exact.front(query(1_000_000_000)) }
    #expect(throws: PlainAnswers.Obstacle.self) { _ = try fast.front(query(1_000_000_000)) }
    // Its neighbour in the block is answered: two legs of 7 x 10^9 cents.
    #expect(try fast.front(query(7)).map(\.vector.price) == [14_000_000_000])
    #expect(fast.fallbacks == 0)
  }

  /// A chain of legs that may each be a minute late, one in two: after n legs the promise at level 1024 is n late.
  private static func chain(_ legs: Int) throws -> (PlainNetwork, PlainQuery) {
    var text =
      "leg,from,to,mode,goods_mask,max_weight_g,handling_min,rate,co2_mg_per_g,sched,cal,dur_min,pmf\n"
    for leg in 0..<legs { text += "L\(leg),n\(leg),n\(leg + 1),road,1,10,0,r,0,C,c,10,p\n" }
    let network = try PlainNetwork.load(text: [
      "pmf.csv": "pmf,delay_min,weight\np,0,512\np,1,512\n",
      "calendars.csv": "cal,open_min,close_min\nc,0,10080\n",
      "rates.csv": "rate,upto_g,base_cents,unit_g,unit_cents\nr,10,1,1,0\n", "legs.csv": text,
    ])
    let query = PlainQuery(
      name: "q", origin: "n0", destination: "n\(legs)", ready: 0, weight: 5, goods: 0, level: 1024,
      greatestLegs: legs)
    return (network, query)
  }

  // 6 uncertain legs fit 64 bits, 12 fit 128, 51 fit 512.
  @Test("blocks widen their arithmetic with the uncertain legs", arguments: [6, 8, 14, 30])
  func widens(_ legs: Int) throws {
    let (network, query) = try PlainProfilesTests.chain(legs)
    var fast = PlainAnswers(network, blocksFor: [query])
    #expect(
      try fast.front(query).map(\.vector)
        == [PlanVector(price: Int64(legs), promise: Int64(11 * legs), emission: 0)])
    #expect(fast.fallbacks == 0)
  }

  @Test("beyond all arithmetic no block is built, and the refusal is that of the exact search")
  func beyondArithmetic() throws {
    let (network, query) = try PlainProfilesTests.chain(52)
    var fast = PlainAnswers(network, blocksFor: [query])
    #expect(fast.build?.refused == 1)
    #expect(throws: PlainAnswers.Obstacle.self) { _ = try fast.front(query) }
    #expect(fast.fallbacks == 1)
  }

  // 64 exceptions in a row cover F's departures at 0, 100, ..., 6300: from minute 0 nothing is boarded, from minute 1
  // the departure at 6400 is (the case is worked out in PlainAnswersTests).
  @Test("where arriving later can help, the exact search answers, and it is counted")
  func notMonotone() throws {
    var exceptions = "leg,from_min,to_min\n"
    for k in 0...63 { exceptions += "F,\(100 * k),\(100 * k + 1)\n" }
    var departures = "leg,dep_min,dur_min,pmf\n"
    for k in 0...100 { departures += "F,\(100 * k),10,z\n" }
    let network = try PlainNetwork.load(text: [
      "pmf.csv": "pmf,delay_min,weight\nz,0,1024\n",
      "calendars.csv": "cal,open_min,close_min\nc,0,10080\n",
      "rates.csv": "rate,upto_g,base_cents,unit_g,unit_cents\nr,1000,0,1,0\n",
      "departures.csv": departures, "exceptions.csv": exceptions,
      "legs.csv": """
      leg,from,to,mode,goods_mask,max_weight_g,handling_min,rate,co2_mg_per_g,sched,cal,dur_min,pmf
      A,o,h,road,1,1000,0,r,0,C,c,1,z
      B,o,h,road,1,1000,0,r,0,C,c,50,z
      F,h,d,air,1,1000,0,r,0,S,,,

      """,
    ])
    let query = PlainQuery(
      name: "q", origin: "o", destination: "d", ready: -1, weight: 5, goods: 0, level: 973,
      greatestLegs: 2)
    var fast = PlainAnswers(network, blocksFor: [query])
    #expect(try fast.lines(query) == "q,0,6410,0,B F,economy+standard+premium\n")
    #expect(fast.fallbacks == 1)
    #expect(fast.build?.blocks == 0)
  }
}
