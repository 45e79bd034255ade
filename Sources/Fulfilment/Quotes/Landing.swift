import LogisticsModel
import RouteGraph
public import RoutePlanning
public import Tariffs

/// How the goods of one option come into the country, and what they cost at hand when they have.
public struct Landing: Hashable, Sendable {
  /// When and where they clear; nil: no border of customs is crossed.
  public let clearance: ClearanceWindow?
  /// As what they are declared.
  public let channel: ImportChannel
  /// The price over the window.
  public let price: LandedPrice
}

extension QuoteDesk {
  /// The landed price of an itinerary that costs `freight`; why there is none that can be answered for.
  ///
  /// - Parameters:
  ///   - legs: the itinerary.
  ///   - timing: when it is passed.
  ///   - freight: what carriage costs in all, in the question's currency.
  ///   - question: the parcel.
  ///   - order: its lines and terms; there is at least one line.
  /// - Returns: the price with its window, or the first thing that is missing.
  /// - Complexity: O(regimes of the window x (rules + lines))
  func landing(
    _ legs: [LegID], timing: ItineraryTiming, freight: Money, _ question: NetworkPlanner.Question,
    _ order: OrderTerms
  ) -> Result<Landing, Refusal> {
    let tariff = network.tariff
    let tender = network.tenderDate(question)
    guard let window = network.clearance(legs, timing: timing, question) else {
      return ImportRules.domesticPrice(
        lines: order.lines, freight: freight, rates: tariff.rates, tender: tender,
        in: question.currency
      ).map { Landing(clearance: nil, channel: .courier, price: $0) }
    }
    let channel = network.channel(legs, window)
    let nodes = network.bundle.nodes
    guard let destination = Country(code: nodes.country(of: question.destination)),
      let dispatch = Country(code: nodes.country(of: question.origin)),
      let imported = try? ImportOrder(
        destination: destination, subdivision: network.subdivision(question.destination, order),
        entry: Country(code: window.entry), dispatch: dispatch, channel: channel,
        programmes: order.programmes, lines: order.lines,
        weight: question.parcel.weight)
    else {
      // The loader lets no node without a country pass, and the request's lines were counted when it was read.
      return .failure(Refusal(.dutyRuleMissing, rule: nodes.country(of: question.destination)))
    }
    return tariff.imports.landedPrice(
      of: imported, freight: freight, clearing: window.dates, rates: tariff.rates, tender: tender,
      in: question.currency, allowsEstimate: order.allowsEstimate
    ).map { Landing(clearance: window, channel: channel, price: $0) }
  }

  /// Refuses programmes that no rule of the bundle asks for: a slip of the pen would change the price unseen.
  func checkProgrammes(_ order: OrderTerms) throws(RequestFault) {
    let known = network.tariff.imports.programmes
    guard let unknown = order.programmes.sorted().first(where: { !known.contains($0) }) else {
      return
    }
    throw RequestFault(
      code: RequestFault.programme,
      message: "no rule of this network asks for a programme \"\(unknown.prefix(40))\"",
      advice: known.isEmpty
        ? "the network has no import rules that ask for a programme"
        : "choose of \(known.joined(separator: ", "))")
  }
}

extension NetworkPlanner {
  /// The state or province that taxes an order: the one it names, otherwise the one its destination lies in.
  func subdivision(_ destination: NodeID, _ order: OrderTerms) -> String? {
    order.subdivision ?? tariff.subdivisions.code(ofNode: bundle.nodes.name(of: destination))
  }
}
