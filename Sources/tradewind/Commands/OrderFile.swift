import Fulfilment
import LogisticsModel
import RouteGraph

/// Reads one order of a pool from JSON, collecting every fault.
///
///     {"id": "a", "from": "CNYIU", "to": "ES:28013", "weight": "0.48kg", "dims": "20x15x8cm", "goods": "general",
///      "ready": "2026-11-20T17:30", "tier": "standard", "promised": "2026-12-05",
///      "lines": ["851830:2:30EUR", {"hs": "610910", "quantity": 1, "value": "12.50EUR", "origin": "BD",
///                "goods": "textile", "battery": "in_equipment", "epr": "textiles"}]}
///
/// `from`, `to` and `weight` are required. Instead of `lines` a single `value` may stand. An unknown key is an error: a
/// misspelt one would change the price unseen.
struct OrderFile {
  let path: String
  private(set) var findings: [Finding] = []

  /// No JSON object.
  static let malformed = "TW-ORD-001"
  /// A key that is missing, unknown or of the wrong type.
  static let key = "TW-ORD-002"
  /// A value that cannot be read; the message names the request's own code.
  static let value = "TW-ORD-003"

  private static let keys: Set<String> = [
    "id", "from", "to", "weight", "dims", "goods", "ready", "tier", "promised", "lines", "value",
  ]
  private static let lineKeys: Set<String> = [
    "hs", "quantity", "value", "origin", "goods", "battery", "epr",
  ]

  init(path: String) { self.path = path }

  /// The order, or nil with the reasons among the findings.
  mutating func order(_ bytes: [UInt8]) -> PoolOrder? {
    let members: [String: JSONValue]
    do throws(JSONValue.Fault) {
      guard case .object(let found) = try JSONValue.parse(bytes) else {
        throw JSONValue.Fault(line: 1, message: "an order is a JSON object")
      }
      members = found
    } catch {
      findings.append(
        Finding(code: OrderFile.malformed, file: path, line: error.line, message: error.message))
      return nil
    }
    for key in members.keys.sorted() where !OrderFile.keys.contains(key) {
      report(
        OrderFile.key,
        "unknown key \"\(key.prefix(40))\"; an order has "
          + OrderFile.keys.sorted().joined(separator: ", "))
    }
    let lines = lines(members)
    let from = required("from", members) { (text) throws(RequestFault) in
      try RequestText.place(text)
    }
    let to = required("to", members) { (text) throws(RequestFault) in try RequestText.place(text) }
    let dims = string("dims", members)
    let goods = string("goods", members)
    let value = string("value", members)
    let parcel = required("weight", members) { (text) throws(RequestFault) in
      try RequestText.parcel(
        weight: text, dims: dims, goods: goods, value: value, lines: lines ?? [])
    }
    let ready = optional("ready", members) { (text) throws(RequestFault) in
      try RequestText.ready(text)
    }
    let promised = optional("promised", members) { (text) throws(RequestFault) in
      try RequestText.date(text)
    }
    let tier = optional("tier", members) { (text) throws(RequestFault) in
      try RequestText.tier(text)
    }
    guard findings.isEmpty, let from, let to, let parcel, let lines else { return nil }
    var request = QuoteRequest(from: from, to: to, parcel: parcel, ready: ready)
    request.order.lines = lines
    return PoolOrder(
      id: string("id", members) ?? name, request: request, tier: tier ?? .standard,
      promised: promised)
  }

  /// The name of the file without folder and ending.
  private var name: String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".json") ? String(file.dropLast(5)) : file
  }

  private mutating func report(_ code: String, _ message: String) {
    findings.append(Finding(code: code, file: path, message: message))
  }

  private mutating func report(_ fault: RequestFault) {
    report(
      OrderFile.value,
      "\(fault.code): \(fault.message)" + (fault.advice.isEmpty ? "" : "; \(fault.advice)"))
  }

  private mutating func string(_ key: String, _ members: [String: JSONValue]) -> String? {
    switch members[key] {
    case nil, .null?: return nil
    case .string(let text)?: return text
    default:
      report(OrderFile.key, "\"\(key)\" is no string")
      return nil
    }
  }

  private mutating func required<Value>(
    _ key: String, _ members: [String: JSONValue], _ read: (String) throws(RequestFault) -> Value
  ) -> Value? {
    if members[key] == nil || members[key] == .null {
      report(OrderFile.key, "\"\(key)\" is missing")
      return nil
    }
    return optional(key, members, read)
  }

  private mutating func optional<Value>(
    _ key: String, _ members: [String: JSONValue], _ read: (String) throws(RequestFault) -> Value
  ) -> Value? {
    guard let text = string(key, members) else { return nil }
    do throws(RequestFault) {
      return try read(text)
    } catch {
      report(error)
      return nil
    }
  }

  private mutating func lines(_ members: [String: JSONValue]) -> [OrderLine]? {
    guard let value = members["lines"], value != .null else {
      return optional("value", members) { (text) throws(RequestFault) in
        try RequestText.lines([], value: text)
      } ?? (members["value"] == nil ? [] : nil)
    }
    if members["value"] != nil {
      report(OrderFile.key, "\"value\" stands beside \"lines\": the value is their sum")
    }
    guard case .array(let elements) = value else {
      report(OrderFile.key, "\"lines\" is no list")
      return nil
    }
    var lines: [OrderLine] = []
    for (index, element) in elements.enumerated() {
      if let line = line(element, index + 1) { lines.append(line) }
    }
    do throws(RequestFault) {
      return lines.count == elements.count ? try OrderLineText.checked(lines) : nil
    } catch {
      report(error)
      return nil
    }
  }

  private mutating func line(_ element: JSONValue, _ number: Int) -> OrderLine? {
    do throws(RequestFault) {
      switch element {
      case .string(let text): return try OrderLineText.line(text)
      case .object(let members):
        for key in members.keys.sorted() where !OrderFile.lineKeys.contains(key) {
          report(
            OrderFile.key,
            "line \(number): unknown key \"\(key.prefix(40))\"; a line has "
              + OrderFile.lineKeys.sorted().joined(separator: ", "))
        }
        guard let hs = string("hs", members), let value = string("value", members) else {
          report(OrderFile.key, "line \(number) needs \"hs\" and \"value\"")
          return nil
        }
        var words = ["origin", "goods", "battery"].compactMap { string($0, members) }
        if let epr = string("epr", members) { words.append("epr=\(epr)") }
        return try OrderLineText.line(
          hs: hs, quantity: quantity(members, number), value: value, words: words)
      default:
        report(OrderFile.key, "line \(number) is neither a text nor an object")
        return nil
      }
    } catch {
      report(error)
      return nil
    }
  }

  /// One piece where nothing is said; a quantity that is no whole number counts as none, and is refused as such.
  private func quantity(_ members: [String: JSONValue], _ number: Int) -> Int64 {
    switch members["quantity"] {
    case nil, .null?: 1
    case .number(let text)?: Int64(text) ?? 0
    case .string(let text)?: Int64(text) ?? 0
    default: 0
    }
  }
}
