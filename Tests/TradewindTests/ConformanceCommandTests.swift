import TestSupport
import Testing

@Suite struct ConformanceCommandTests {
  static let folder =
    Fixtures.root(above: #filePath) + "/Tests/RoutePlanningTests/Fixtures/conformance"

  @Test("the hand-computable network prints exactly the answers of its description")
  func hand() throws {
    let outcome = try Tradewind.run([
      "conformance", "--network", ConformanceCommandTests.folder + "/hand", "--queries",
      ConformanceCommandTests.folder + "/hand/queries.csv",
    ])
    #expect(outcome.status == 0)
    #expect(
      outcome.out == """
        query,price_cents,promise_min,co2_mg,legs,tiers
        1,400,7880,3750,P T,economy
        1,950,5280,12500,P F,standard+premium
        2,400,8120,3750,P T,economy
        2,950,5280,12500,P F,standard+premium
        3,400,8120,3750,P T,economy+standard+premium
        5,480,8120,6003,P T,economy
        5,1550,5280,20010,P F,standard+premium
        6,0,7,0,,economy+standard+premium

        """)
  }

  @Test("the fast engine prints the same bytes, and the cost of its blocks beside its own")
  func fast() throws {
    let arguments = [
      "conformance", "--network", ConformanceCommandTests.folder + "/n07", "--queries",
      ConformanceCommandTests.folder + "/n07/queries.csv", "--statistics", "--engine",
    ]
    let exact = try Tradewind.run(arguments + ["exact"])
    let fast = try Tradewind.run(arguments + ["fast"])
    #expect(exact.status == 0 && fast.status == 0)
    #expect(fast.out == exact.out)
    #expect(fast.errors.contains(" blocks with "))
    #expect(fast.errors.contains("0 queries left to the exact search"))
  }

  @Test("an invalid network prints nothing on standard output and exits 65")
  func invalid() throws {
    let outcome = try Tradewind.run([
      "conformance", "--network", ConformanceCommandTests.folder + "/invalid/not-fifo",
      "--queries", ConformanceCommandTests.folder + "/hand/queries.csv",
    ])
    #expect(outcome.status == 65)
    #expect(outcome.out.isEmpty)
    #expect(outcome.errors.contains("departures.csv:5"))
    #expect(outcome.errors.contains("not stochastically FIFO: split it into parallel legs"))
  }

  @Test("a missing folder or query file exits 66")
  func missing() throws {
    let hand = ConformanceCommandTests.folder + "/hand"
    let noFolder = try Tradewind.run([
      "conformance", "--network", hand + "-none", "--queries", hand + "/queries.csv",
    ])
    #expect(noFolder.status == 66)
    let noQueries = try Tradewind.run([
      "conformance", "--network", hand, "--queries", hand + "/none.csv",
    ])
    #expect(noQueries.status == 66)
    #expect(noQueries.errors.contains("none.csv: no such file"))
  }
}
