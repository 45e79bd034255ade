import LogisticsModel
import WarehousePlacement

/// What `place` prints; the JSON keys are those of the product page.
struct PlacementReport: Encodable {
  let instance: String
  let kind: String
  /// The exact value: a number, or a decimal string where the file has decimals; null without a plan.
  let value: Amount?
  let lowerBound: Amount?
  /// (value - bound) / value.
  let gap: Double?
  let proved: Bool
  let seconds: Double
  /// Open sites as numbered in the file.
  let open: [Int]
  let certificate: String

  enum CodingKeys: String, CodingKey {
    case instance, kind, value
    case lowerBound = "lower_bound"
    case gap, proved, seconds, open, certificate
  }

  /// A whole number, or a decimal text.
  struct Amount: Encodable {
    let units: Int64
    let decimals: Int

    /// Without needless noughts.
    var text: String {
      var text = DecimalText.text(units, places: decimals)
      guard decimals > 0 else { return text }
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
      return text
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      if decimals == 0 { try container.encode(units) } else { try container.encode(text) }
    }
  }

  /// From a certificate; for `maximum-coverage` values are what is covered, so the bound is from above.
  init(_ written: PlacementCertificate, seconds: Double, demand table: SiteTable, path: String) {
    instance = written.instance
    kind = written.question.kind.rawValue
    var value = written.value
    var bound = written.bound
    if written.question.kind == .maximumCoverage {
      let all = table.demand.reduce(0, +)
      value = value.map { all - $0 }
      bound = bound.map { all - $0 }
    }
    self.value = value.map { Amount(units: $0, decimals: written.decimals) }
    lowerBound = bound.map { Amount(units: $0, decimals: written.decimals) }
    proved = value != nil ? value == bound : bound == nil
    if let value, let bound {
      gap = value == bound ? 0 : Double(abs(value - bound)) / Double(max(abs(value), 1))
    } else {
      gap = nil
    }
    self.seconds = seconds
    open = written.plan?.open.map { $0 + 1 } ?? []
    certificate = path
  }

  /// Lines for people.
  var text: String {
    guard let value else {
      return proved
        ? "\(instance): no plan meets the conditions (proved)\n"
        : "\(instance): no plan was found in \(seconds.text(3)) s\n"
    }
    let gapText = gap.map { ($0 * 100).text(4) } ?? "?"
    var text = "\(instance), \(kind)\n"
    text += "value \(value.text), bound \(lowerBound?.text ?? "?"), gap \(gapText) %"
    text += proved ? ", proved" : ", not proved"
    text += ", \(seconds.text(3)) s\n"
    text += "open \(open.map(String.init).joined(separator: " "))\n"
    text += "certificate \(certificate)\n"
    return text
  }
}
