import LogisticsModel
import WarehousePlacement

/// What `place` prints; the JSON keys are those of the product page.
struct PlacementReport: Encodable {
  let instance: String
  let kind: String
  /// The exact value: a number, or a decimal string where the file has decimals; null without a plan.
  let value: Amount?
  /// What no plan is better than; for `maximum-coverage`, whose values are to be great, from above.
  let lowerBound: Amount?
  /// The same under its own name where values are to be great; not written otherwise.
  let upperBound: Amount?
  /// (value - bound) / value.
  let gap: Double?
  let proved: Bool
  let seconds: Double
  /// Open sites as numbered in the file.
  let open: [Int]
  let certificate: String
  /// What deciding each site the other way would cost; nil where nobody asked.
  var why: [Worth]?
  /// Requirements that cannot be met together; nil where there is a plan.
  var conflict: [Part]?

  /// A site decided the other way.
  struct Worth: Encodable {
    let site: Int
    let open: Bool
    let value_otherwise: Amount?
    let bound_otherwise: Amount?

    init(_ worth: SiteWorth, all: Int64?, decimals: Int) {
      site = worth.site + 1
      open = worth.isOpen
      let amount = { (units: Int64) in
        Amount(units: all.map { $0 - units } ?? units, decimals: decimals)
      }
      value_otherwise = worth.cost.map(amount)
      bound_otherwise = worth.bound.map(amount)
    }
  }

  /// A requirement of a conflict.
  struct Part: Encodable {
    let requirement: String
    let enough: String?
    let helps: Bool

    init(_ part: Conflict.Part, decimals: Int) {
      helps = part.helps
      switch part.requirement {
      case .sites(let sites):
        requirement = "sites \(sites)"
        enough = part.enough.map { "\($0)" }
      case .capacity(let capacity):
        requirement = "capacity \(capacity)"
        enough = part.enough.map { "\($0)" }
      case .reach(let reach):
        requirement = "reach \(Amount(units: reach, decimals: decimals).text)"
        enough = part.enough.map { Amount(units: $0, decimals: decimals).text }
      case .open(let site):
        requirement = "site \(site) open"
        enough = nil
      case .closed(let site):
        requirement = "site \(site) closed"
        enough = nil
      }
    }

    var text: String {
      if let enough { return "\(requirement): \(enough) would do" }
      return helps ? "\(requirement): leaving it free would do" : requirement
    }
  }

  enum CodingKeys: String, CodingKey {
    case instance, kind, value
    case lowerBound = "lower_bound"
    case upperBound = "upper_bound"
    case gap, proved, seconds, open, certificate, why, conflict
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
    upperBound = written.question.kind == .maximumCoverage ? lowerBound : nil
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
      guard proved else {
        return "\(instance): no plan was found in \(seconds.text(3)) s\n"
      }
      var text = "\(instance): no plan meets the conditions (proved)\n"
      if let conflict {
        text += "these cannot be met together:\n"
        for part in conflict { text += "  \(part.text)\n" }
      }
      return text
    }
    let gapText = gap.map { ($0 * 100).text(4) } ?? "?"
    var text = "\(instance), \(kind)\n"
    text += "value \(value.text), bound \(lowerBound?.text ?? "?"), gap \(gapText) %"
    text += proved ? ", proved" : ", not proved"
    text += ", \(seconds.text(3)) s\n"
    text += "open \(open.map(String.init).joined(separator: " "))\n"
    for site in why ?? [] {
      let otherwise = site.value_otherwise?.text ?? "no plan"
      text += "site \(site.site) \(site.open ? "closed" : "open") instead: \(otherwise)\n"
    }
    text += "certificate \(certificate)\n"
    return text
  }
}
