import Fulfilment
import LogisticsModel
import RoutePlanning
import Tariffs
import TestSupport
import Testing

/// Taxes of states, on the world network.
@Suite struct SubdivisionTests {
  /// The rules of the sales tax of each option of an order to an American address; estimates are allowed, since the
  /// duty rate of no heading is known.
  private func salesTaxes(_ to: String, state: String? = nil) throws -> Set<String> {
    let network = try LoadedNetworks.world.get()
    let lines = try RequestText.lines(["610910:1:20USD"], value: nil)
    var request = QuoteRequest(
      from: try RequestText.place("CNYIU"), to: try RequestText.place(to),
      parcel: try RequestText.parcel(
        weight: "480g", dims: nil, goods: nil, value: nil, lines: lines))
    request.order.lines = lines
    request.order.allowsEstimate = true
    request.order.subdivision = state
    var desk = QuoteDesk(network)
    let quote = try desk.quote(request, now: LoadedNetworks.now)
    #expect(!quote.options.isEmpty)
    return Set(
      quote.options.flatMap { option in
        option.landing?.price.assessment.lines.compactMap {
          $0.kind == .salesTax ? $0.rule : nil
        } ?? []
      })
  }

  @Test("the postal zone tells the state, and the order may name another")
  func states() throws {
    #expect(try salesTaxes("US:10001") == ["sales-us-ny"])
    #expect(try salesTaxes("US:90001") == ["sales-us-ca"])
    #expect(try salesTaxes("US:10001", state: "NJ") == ["sales-us-nj"])
    // A city is its nearest postal zone.
    #expect(try salesTaxes("US:Las Vegas") == ["sales-us-nv"])
  }
}
