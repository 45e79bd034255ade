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

  @Test("a query whose sums leave exact arithmetic is refused as by the exact engine")
  func outOfRange() throws {
    let network = try PlainNetwork.load(text: [
      "pmf.csv": "pmf,delay_min,weight\nz,0,1024\n",
      "calendars.csv": "cal,open_min,close_min\nc,0,10080\n",
      "rates.csv": "rate,upto_g,base_cents,unit_g,unit_cents\nr,1000000000,0,1,1000000000\n",
      "legs.csv": """
      leg,from,to,mode,goods_mask,max_weight_g,handling_min,rate,co2_mg_per_g,sched,cal,dur_min,pmf
      A,o,d,road,1,1000000000,0,r,0,C,c,10,z

      """,
    ])
    // 10^9 g at 10^9 cents a gram is 10^18 cents, over 2^63 / 4 / 2 = 1.15 x 10^18 with neither: one more gram does.
    func query(_ grams: Int64) -> PlainQuery {
      PlainQuery(
        name: "q", origin: "o", destination: "d", ready: 0, weight: grams, goods: 0, level: 973,
        greatestLegs: 9)
    }
    let queries = [query(1_000_000_000), query(7)]
    var fast = PlainAnswers(network, blocksFor: queries)
    var exact = PlainAnswers(network)
    for query in queries {
      let expected = Result { try exact.front(query).map(\.vector) }
      let found = Result { try fast.front(query).map(\.vector) }
      #expect((try? found.get()) == (try? expected.get()), "\(query.weight) g")
    }
  }
}
