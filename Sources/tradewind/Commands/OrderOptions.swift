import ArgumentParser
import Fulfilment
import LogisticsModel

/// What is in a parcel and on what terms it is sold: the flags that make freight a landed price.
struct OrderOptions: ParsableArguments {
  @Option(
    help: """
      A line of the order, HS:QUANTITY:UNIT VALUE[:ORIGIN][:WORD...]: 851830:2:30EUR or \
      850760:1:40EUR:CN:alone. Repeat for each; words: alone, with_equipment, in_equipment, a goods \
      class, epr=CATEGORY.
      """)
  var line: [String] = []

  @Option(help: "DDP: duty and tax in the price; DAP: asked for at the door. Default DDP.")
  var incoterm: String?

  @Option(help: "A programme the seller is registered for, such as ioss. Repeat for each.")
  var programme: [String] = []

  @Option(help: "State or province of the consignee where tax depends on it: CA or US-CA.")
  var state: String?

  @Flag(help: "Give a landed price also where it cannot be guaranteed, flagged as an estimate.")
  var allowEstimate = false

  /// The terms for an order of these lines.
  func terms(_ lines: [OrderLine]) throws(RequestFault) -> OrderTerms {
    var terms = OrderTerms()
    terms.lines = lines
    if let incoterm { terms.incoterm = try RequestText.incoterm(incoterm) }
    terms.programmes = Set(programme.map { $0.lowercased() })
    if let state { terms.subdivision = try RequestText.subdivision(state) }
    terms.allowsEstimate = allowEstimate
    return terms
  }
}
