import LogisticsModel
import RoutePlanning

/// The id of a quote: a fingerprint of everything the answer depends on.
///
/// The same question to the same bundle at the same clock has the same id, so a repeated quote is
/// byte-equal. FNV-1a in two lanes (G. Fowler, L. C. Noll, K.-P. Vo); not a secret, not cryptographic.
enum QuoteIdentity {
  static func text(
    bundle: String, asOf: Instant, question: NetworkPlanner.Question, request: QuoteRequest
  ) -> String {
    let parcel = question.parcel
    var parts: [String] = [
      bundle, "\(asOf.minutes)", request.from.text, request.to.text, "\(question.ready.minutes)",
      "\(parcel.weight.value)", parcel.goods.word, "\(question.level.q1024)",
      question.currency.code, "\(question.greatestLegs)",
    ]
    parts.append(parcel.dimensions.map { "\($0)" } ?? "")
    parts.append(parcel.declaredValue.map { "\($0)" } ?? "")
    let order = request.order
    if order.asksForLandedPrice {
      parts += [order.incoterm.rawValue, "\(order.allowsEstimate)", order.subdivision ?? ""]
      parts += order.programmes.sorted()
      parts += order.lines.map(text)
    }
    var low: UInt64 = 0xCBF2_9CE4_8422_2325
    var high: UInt64 = 0x6C62_272E_07BB_0142
    for byte in parts.joined(separator: "\u{1F}").utf8 {
      low = (low ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      high = (high ^ UInt64(byte) ^ (low >> 57)) &* 0x0000_0100_0000_01B3
    }
    return "q-" + hex(high) + hex(low)
  }

  private static func text(_ line: OrderLine) -> String {
    let words = [
      line.code?.description, "\(line.quantity)", "\(line.unitValue)", line.origin?.code,
      line.goods?.word, line.battery?.word, line.eprCategory,
    ]
    return words.map { $0 ?? "" }.joined(separator: ":")
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
