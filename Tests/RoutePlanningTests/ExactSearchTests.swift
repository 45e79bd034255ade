import CSVTables
import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

@Suite struct ExactSearchTests {
  /// Seeds of the random networks; 1,500 networks of 4 to 18 nodes, six queries each.
  static let seeds = UInt64(1)...1500

  static func queries(_ network: inout RandomPlainNetwork, count: Int) -> [PlainQuery] {
    var text = "query,origin,dest,ready_min,weight_g,goods,q1024,max_legs\n"
    for number in 0..<count { text += network.query(number) + "\n" }
    var findings: [Finding] = []
    guard
      let table = CSVTable.parse(Array(text.utf8), file: "queries.csv", findings: &findings)
    else { return [] }
    return PlainQuery.load(table, findings: &findings)
  }

  @Test("every vector of every front equals full enumeration on 1,500 random networks")
  func equalsBruteForce() throws {
    var compared = 0
    var vectors = 0
    for seed in ExactSearchTests.seeds {
      var random = RandomPlainNetwork(seed: seed)
      let network = try random.load()
      let reference = BruteForcePlanner(network)
      var answers = PlainAnswers(network)
      for query in ExactSearchTests.queries(&random, count: 6) {
        let expected = reference.front(query)
        let found = try answers.front(query)
        #expect(found.map(\.vector) == expected, "seed \(seed), query \(query)")
        compared += 1
        vectors += expected.count
      }
    }
    // The property is empty if the networks never connect anything.
    #expect(compared == 9000)
    #expect(vectors > 1500, "only \(vectors) vectors compared")
  }

  @Test(
    "switching an optimisation off changes no vector",
    arguments: [
      SearchOptions(prunesByBounds: false, seedsFront: true, dropsDominated: true),
      SearchOptions(prunesByBounds: true, seedsFront: false, dropsDominated: true),
      SearchOptions(prunesByBounds: true, seedsFront: true, dropsDominated: false),
      SearchOptions(prunesByBounds: false, seedsFront: false, dropsDominated: false),
    ])
  func optimisationsChangeNothing(_ options: SearchOptions) throws {
    for seed in UInt64(1000)...1060 {
      var random = RandomPlainNetwork(seed: seed)
      let network = try random.load()
      var plain = PlainAnswers(network, options: options)
      var optimised = PlainAnswers(network)
      for query in ExactSearchTests.queries(&random, count: 4) {
        let left = try plain.front(query)
        let right = try optimised.front(query)
        #expect(left.map(\.vector) == right.map(\.vector), "seed \(seed), query \(query)")
      }
    }
  }

  @Test("a later ready time never gives an earlier promise, a higher level never an earlier one")
  func promisesAreMonotone() throws {
    for seed in UInt64(2000)...2060 {
      var random = RandomPlainNetwork(seed: seed)
      let network = try random.load()
      var answers = PlainAnswers(network)
      for query in ExactSearchTests.queries(&random, count: 4) {
        let base = try answers.front(query).map(\.vector.promise).min()
        let later = try answers.front(query.changed(ready: query.ready + 777)).map(\.vector.promise)
          .min()
        let surer = try answers.front(query.changed(level: min(1024, query.level + 100)))
          .map(\.vector.promise).min()
        if let base, let later { #expect(later >= base, "seed \(seed)") }
        if let base, let surer { #expect(surer >= base, "seed \(seed)") }
      }
    }
  }

  @Test("allowing more legs never worsens the best price or date")
  func moreLegsNeverHurt() throws {
    for seed in UInt64(3000)...3060 {
      var random = RandomPlainNetwork(seed: seed)
      let network = try random.load()
      var answers = PlainAnswers(network)
      for query in ExactSearchTests.queries(&random, count: 4) {
        let few = try answers.front(query).map(\.vector)
        let many = try answers.front(query.changed(legs: query.greatestLegs + 1)).map(\.vector)
        for vector in few {
          #expect(many.contains { $0.dominates(vector) }, "seed \(seed), query \(query)")
        }
      }
    }
  }
}

extension PlainQuery {
  func changed(ready: Int64? = nil, level: Int32? = nil, legs: Int? = nil) -> PlainQuery {
    PlainQuery(
      name: name, origin: origin, destination: destination, ready: ready ?? self.ready,
      weight: weight,
      goods: goods, level: level ?? self.level, greatestLegs: legs ?? greatestLegs)
  }
}
