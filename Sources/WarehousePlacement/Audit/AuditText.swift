/// A certificate as read by the auditor.
///
/// Everything in this folder is written without the rest of the target: it has its own readers, its own
/// arithmetic and its own idea of each kind of problem, and compiles by itself (`scripts/check-layers.sh`).
struct AuditText {
  struct Step {
    var conditions: [(price: Int128, rate: Int128)]
    var multipliers: [Int64]
    /// How often each scenario counts.
    var weights: [Int64] = []
  }

  enum Ending {
    case closed, impossible, left
    case unserved(Int)
    case branch(Int, Int, Int)
    case bind(Int, Int, Int, Int)
    case transport(Int64, [Int64])
  }

  struct Node {
    var steps: [Step] = []
    var ending = Ending.left
  }

  var words: [String: [String]] = [:]
  var deliveries: [(client: Int, site: Int, quantity: Int64)] = []
  var levels: [AuditLevel] = []
  /// Weights and factors of scenarios.
  var scenarios: [(weight: Int64, factor: [Int64])] = []
  var scale: Int64 = 1
  var limit: Int64 = 0
  var nodes: [Node] = []
  var hasProof = false
  var isEnded = false
  /// What is wrong, with its line.
  var fault: String?

  init(_ bytes: [UInt8]) {
    var line = 0
    var first = 0
    var current = Node()
    var weights: [Int64] = []
    while first < bytes.count, fault == nil {
      line += 1
      var end = first
      while end < bytes.count, bytes[end] != 10 { end += 1 }
      let parts = AuditText.parts(bytes[first..<end])
      first = end + 1
      guard let name = parts.first else { continue }
      if line == 1 {
        if parts.joined(separator: " ") != "tradewind placement certificate 1" {
          fault = "1: not a placement certificate of version 1"
        }
        continue
      }
      let numbers = parts.dropFirst().map { Int64($0) }
      func number(_ index: Int) -> Int64? { index < numbers.count ? numbers[index] : nil }
      func place(_ index: Int) -> Int? { number(index).flatMap { Int(exactly: $0) } }
      var isSound = true
      switch name {
      case "serve":
        if let client = place(0), let site = place(1), let quantity = number(2) {
          deliveries.append((client - 1, site - 1, quantity))
        } else {
          isSound = false
        }
      case "level":
        let given = numbers.compactMap { $0 }
        isSound = numbers.count == 4 && given.count == 4
        if isSound { levels.append(AuditLevel(given)) }
      case "proof":
        if let scale = number(0), let limit = number(1), scale > 0, limit >= 0 {
          (self.scale, self.limit) = (scale, limit)
          hasProof = true
        } else {
          isSound = false
        }
      case "step":
        let colon = parts.firstIndex(of: ":") ?? 0
        let head = numbers.prefix(max(colon - 1, 0)).compactMap { $0 }
        let multipliers = numbers.dropFirst(colon).compactMap { $0 }
        isSound =
          colon > 0 && head.count == colon - 1 && head.count % 2 == 0
          && multipliers.count == parts.count - colon - 1
        if isSound {
          current.steps.append(
            Step(
              conditions: stride(from: 0, to: head.count, by: 2).map {
                (Int128(head[$0]), Int128(head[$0 + 1]))
              }, multipliers: multipliers, weights: weights))
          weights = []
        }
      case "weigh":
        weights = numbers.compactMap { $0 }
        isSound = weights.count == numbers.count
      case "scenario":
        let factors = numbers.dropFirst(2).compactMap { $0 }
        if parts.count > 2, parts[2] == ":", let weight = number(0),
          factors.count == parts.count - 3
        {
          scenarios.append((weight, factors))
        } else {
          isSound = false
        }
      case "closed": close(&current, .closed)
      case "impossible": close(&current, .impossible)
      case "left": close(&current, .left)
      case "unserved":
        if let client = place(0) { close(&current, .unserved(client - 1)) } else { isSound = false }
      case "branch":
        if let site = place(0), let open = place(1), let closed = place(2) {
          close(&current, .branch(site - 1, open, closed))
        } else {
          isSound = false
        }
      case "bind":
        if let client = place(0), let site = place(1), let bound = place(2), let free = place(3) {
          close(&current, .bind(client - 1, site - 1, bound, free))
        } else {
          isSound = false
        }
      case "transport":
        let prices = numbers.dropFirst(2).compactMap { $0 }
        if let fine = number(0), fine > 0, prices.count == numbers.count - 2 {
          close(&current, .transport(fine, prices))
        } else {
          isSound = false
        }
      case "end": isEnded = true
      default: words[name] = Array(parts.dropFirst())
      }
      if !isSound { fault = "\(line): \(name) with other words than it takes" }
    }
    if fault == nil, !isEnded { fault = "\(line): the certificate does not end with \"end\"" }
  }

  private mutating func close(_ node: inout Node, _ ending: Ending) {
    node.ending = ending
    nodes.append(node)
    node = Node()
  }

  private static func parts(_ line: ArraySlice<UInt8>) -> [String] {
    line.split(separator: 32).map { String(decoding: $0, as: UTF8.self) }
  }

  /// A word's only value.
  func text(_ name: String) -> String? { words[name]?.joined(separator: " ") }
  /// A word's numbers.
  func numbers(_ name: String) -> [Int64] { (words[name] ?? []).compactMap { Int64($0) } }
}
