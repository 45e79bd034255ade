import LogisticsModel
import RoutePlanning
import TestSupport
import Testing

@testable import Fulfilment

@Suite struct QuoteIdentityTests {
  private static func id(
    bundle: String = "demo@1", asOf: Instant = LoadedNetworks.now,
    _ change: (inout NetworkPlanner.Question, inout QuoteRequest) -> Void = { _, _ in }
  ) throws -> String {
    var question = DemoNetwork.question(try LoadedNetworks.demo.get())
    var request = try DemoNetwork.request("480g")
    change(&question, &request)
    return QuoteIdentity.text(bundle: bundle, asOf: asOf, question: question, request: request)
  }

  @Test("the same question has the same id, of a fixed form")
  func stable() throws {
    let id = try QuoteIdentityTests.id()
    #expect(try QuoteIdentityTests.id() == id)
    #expect(id.hasPrefix("q-"))
    #expect(id.count == 34)
    #expect(id.dropFirst(2).allSatisfy { $0.isHexDigit && !$0.isUppercase })
  }

  @Test("everything the answer depends on changes the id")
  func sensitive() throws {
    let place = try RequestText.place("ES:28014")
    func with(_ parcel: Parcel) -> (inout NetworkPlanner.Question, inout QuoteRequest) -> Void {
      { question, _ in question.parcel = parcel }
    }
    let size = Dimensions(millimetres: 200, 150, 80)
    let value = Money(minorUnits: 4000, .eur)
    func parcel(
      _ grams: Int64 = 480, _ goods: GoodsClass = .general, _ size: Dimensions? = nil,
      _ value: Money? = nil
    ) -> Parcel {
      Parcel(weight: Grams(grams), dimensions: size, goods: goods, declaredValue: value)
    }
    let ids = [
      try QuoteIdentityTests.id(),
      try QuoteIdentityTests.id(bundle: "demo@2"),
      try QuoteIdentityTests.id(asOf: LoadedNetworks.now.advanced(byMinutes: 1)),
      try QuoteIdentityTests.id { _, request in request.to = place },
      try QuoteIdentityTests.id { _, request in request.from = place },
      try QuoteIdentityTests.id { question, _ in
        question.ready = question.ready.advanced(byMinutes: 1)
      },
      try QuoteIdentityTests.id { question, _ in question.currency = .usd },
      try QuoteIdentityTests.id { question, _ in question.greatestLegs = 9 },
      try QuoteIdentityTests.id { question, _ in
        question.level = ServiceLevel(q1024: 1000) ?? .standard
      },
      try QuoteIdentityTests.id(with(parcel(481))),
      try QuoteIdentityTests.id(with(parcel(480, .battery))),
      try QuoteIdentityTests.id(with(parcel(480, .general, size))),
      try QuoteIdentityTests.id(with(parcel(480, .general, nil, value))),
      try QuoteIdentityTests.id(
        with(parcel(480, .general, nil, Money(minorUnits: 4000, .usd)))),
    ]
    #expect(Set(ids).count == ids.count)
  }

  @Test("what stands in one part is not mistaken for the next")
  func partsAreKeptApart() throws {
    // Joined without a separator both would read O-YIWU1Z-ES-28.
    func id(_ from: String, _ to: String) throws -> String {
      let (from, to) = (try RequestText.place(from), try RequestText.place(to))
      return try QuoteIdentityTests.id { _, request in (request.from, request.to) = (from, to) }
    }
    #expect(try id("O-YIWU1", "Z-ES-28") != id("O-YIWU", "1Z-ES-28"))
  }
}
