import Foundation
import LogisticsModel
import RouteGraph
import RoutePlanning
import TestSupport
import Testing

@testable import Fulfilment

/// Quotes that were stored, read back.
@Suite struct StoredQuoteTests {
  private static func document(
    _ request: QuoteRequest, view: QuoteView = .ops
  ) throws -> (json: String, planner: NetworkPlanner) {
    let planner = try DemoNetwork.planner()
    var desk = QuoteDesk(planner)
    let quote = try desk.quote(request, now: LoadedNetworks.now)
    let bytes = try JSONEncoder().encode(QuoteDocument(quote, network: planner, view: view))
    return (String(decoding: bytes, as: UTF8.self), planner)
  }

  private static func stored(_ json: String) throws -> StoredQuote {
    try StoredQuote(JSONValue.parse(Array(json.utf8)), greatestLegs: 10)
  }

  @Test("a stored quote says of itself what its request says now")
  func equalsRequest() throws {
    var request = try DemoNetwork.request("480g", dims: "20x15x8cm", value: "40EUR")
    request.level = try ServiceLevel("99%")
    request.currency = .cny
    let (json, planner) = try StoredQuoteTests.document(request)
    let stored = try StoredQuoteTests.stored(json)
    #expect(stored.request.parcel == request.parcel)
    #expect(stored.bundle == "demo@1")
    let overlay = DisruptionOverlay([.cancel(leg: "air", .init("2026-11-24"))])
    var desk = ImpactDesk(DisruptedNetwork(planner, under: overlay))
    let old = try desk.impact(on: stored, now: LoadedNetworks.now)
    let new = try desk.impact(of: request, id: stored.id, now: LoadedNetworks.now)
    #expect(old.options == new.options)
    #expect(!old.options.isEmpty)
    // A line of a batch around it has the id of the batch.
    #expect(try StoredQuoteTests.stored("{\"id\":\"x\",\"quote\":\(json)}").id == "x")
  }

  @Test("what cannot be read, or is not on this network, is coded and says what to do")
  func faults() throws {
    let request = try DemoNetwork.request("480g")
    let (json, planner) = try StoredQuoteTests.document(request)
    let (buyer, _) = try StoredQuoteTests.document(request, view: .buyer)
    for (text, part) in [
      ("[]", "no JSON object"), ("{}", "\"quote_id\""), (buyer, "--view ops"),
      (json.replacing("\"weight_g\":480", with: "\"weight_g\":\"480\""), "weight_g"),
      (json.replacing("\"deliver_by\":\"2026-11-28\"", with: "\"deliver_by\":7"), "deliver_by"),
      (json.replacing("\"q1024\":973", with: "\"q1024\":2000"), "q1024"),
    ] {
      #expect {
        try StoredQuoteTests.stored(text)
      } throws: { error in
        guard let fault = error as? RequestFault else { return false }
        return fault.code == RequestFault.storedQuote
          && "\(fault.message) \(fault.advice)".contains(part)
      }
    }
    let strange = try StoredQuoteTests.stored(
      json.replacing("\"leg\":\"air\"", with: "\"leg\":\"zeppelin\""))
    var desk = ImpactDesk(DisruptedNetwork(planner, under: .none))
    #expect {
      try desk.impact(on: strange, now: LoadedNetworks.now)
    } throws: { error in
      (error as? RequestFault)?.message.contains("zeppelin") ?? false
    }
  }
}
