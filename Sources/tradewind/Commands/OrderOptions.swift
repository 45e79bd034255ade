import ArgumentParser
import Fulfilment
import LogisticsModel

/// What is in a parcel and on what terms it is sold: the flags that make freight a landed price.
struct OrderOptions: ParsableArguments {
  @Option(
    help: """
      An order line, repeated: HS:QUANTITY:UNIT VALUE, then as known :ORIGIN, :battery kind (alone, \
      with_equipment, in_equipment), :goods class, :epr=CATEGORY.
      """)
  var line: [String] = []

  @Option(help: "DDP (default): duty in the price; DAP: at the door.")
  var incoterm: String?

  @Option(help: "Programme the seller is in, such as ioss; repeated.")
  var programme: [String] = []

  @Option(help: "State or province that taxes; default the zone's.")
  var state: String?

  @Flag(help: "Also prices that cannot be guaranteed, flagged.")
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
