import ArgumentParser
import Fulfilment
import LogisticsModel

/// The request flags of `quote`, `explain` and `promise`.
struct RequestOptions: ParsableArguments {
  @Option(help: "Size with unit: 20x15x8cm (also mm, in).")
  var dims: String?

  @Option(help: "general, battery, liquid, textile; else the lines say.")
  var goods: String?

  @Option(help: "Declared value: 40EUR; with --line their sum counts.")
  var value: String?

  @Option(
    help: "When it is ready: 2026-11-20T17:30 (local to the origin) or RFC 3339; default now.")
  var ready: String?

  @Option(help: "How sure the promise shall be: 0.95 or 95%.")
  var serviceLevel: String?

  @Option(help: "Currency of all charges; default the network's.")
  var currency: String?

  @Option(help: "Most legs of an itinerary, 1 to 50.")
  var maxLegs: Int?

  func validate() throws {
    if let maxLegs, !(1...50).contains(maxLegs) {
      throw ValidationError("--max-legs is within 1...50")
    }
  }

  /// The request for one parcel; with lines their sum is its value.
  func request(
    from: String, to: String, weight: String, lines: [OrderLine] = [], _ settings: Settings
  ) throws(RequestFault) -> QuoteRequest {
    var request = QuoteRequest(
      from: try RequestText.place(from), to: try RequestText.place(to),
      parcel: try RequestText.parcel(
        weight: weight, dims: dims, goods: goods, value: value, lines: lines))
    if let ready { request.ready = try RequestText.ready(ready) }
    try apply(settings, to: &request)
    return request
  }

  /// The request for one parcel whose landed price is asked for where lines or a value are given.
  func request(
    from: String, to: String, weight: String, order: OrderOptions, _ settings: Settings
  ) throws -> QuoteRequest {
    try checked { () throws(RequestFault) in
      let lines = try RequestText.lines(order.line, value: value)
      var request = try request(from: from, to: to, weight: weight, lines: lines, settings)
      request.order = try order.terms(lines)
      return request
    }
  }

  /// Whether a flag says something of one parcel that a file of parcels would say of each.
  var describesOneParcel: Bool { [dims, goods, value, ready].contains { $0 != nil } }

  /// What flags and settings say of every request alike.
  func apply(_ settings: Settings, to request: inout QuoteRequest) throws(RequestFault) {
    request.level = try RequestText.level(serviceLevel ?? settings.serviceLevel.value)
    if let currency { request.currency = try RequestText.currency(currency) }
    request.greatestLegs = maxLegs ?? settings.greatestLegs.value
  }
}

extension QuoteRequest {
  /// Whether a local ready time was given, and its zone has to be said.
  var isReadyLocal: Bool {
    if case .local = ready { true } else { false }
  }
}
