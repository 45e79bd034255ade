import ArgumentParser
import Fulfilment
import LogisticsModel

/// The request flags of `quote`, `explain` and `promise`.
struct RequestOptions: ParsableArguments {
  @OptionGroup var parcel: ParcelOptions

  @Option(
    help: "When it is ready: 2026-11-20T17:30 (local to the origin) or RFC 3339; default now.")
  var ready: String?

  @Option(help: "Probability with which the promise shall hold: 0.95 or 95%.")
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

  /// The request for one parcel.
  func request(
    from: String, to: String, weight: String, _ settings: Settings
  ) throws -> QuoteRequest {
    let parcel = try parcel.parcel(weight: weight)
    return try checked { () throws(RequestFault) in
      var request = QuoteRequest(
        from: try RequestText.place(from), to: try RequestText.place(to), parcel: parcel)
      if let ready { request.ready = try RequestText.ready(ready) }
      try apply(settings, to: &request)
      return request
    }
  }

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
