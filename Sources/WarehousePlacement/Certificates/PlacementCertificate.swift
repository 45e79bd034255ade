/// An answer written down so that somebody else can check it: the question, the plan, and the proof of the bound.
///
/// Plain text, one fact a line; `Audit/` reads it without a line of this target's other code.
public struct PlacementCertificate: Sendable {
  /// Where the instance was read from.
  public var instance: String
  /// The bytes of the instance, as ``fingerprint(of:)`` gives them.
  public var fingerprint: UInt64
  /// The instance's format.
  public var format: PlacementFormat
  /// What was asked.
  public var question: PlacementQuestion
  /// Decimals of all costs below.
  public var decimals: Int
  /// The range of the number of open sites.
  public var count: ClosedRange<Int>
  /// The value of the plan: its cost, or the reach for `center`; nil without a plan.
  public var value: Int64?
  /// No plan has a lower value; nil where there is none at all.
  public var bound: Int64?
  /// The plan.
  public var plan: PlacementPlan?
  /// The reach that is proved not to do, for `center`.
  public var refusedReach: Int64?
  /// The proof; nil where none is needed.
  public var proof: ProofTree?
  /// The price of what the question's budget or share limits, at which the proof holds.
  public var price: SidePrice?
  /// The demands the plan has to serve, if there are several; value and bound are then by their measure.
  public var scenarios: DemandScenarios?

  /// Makes a certificate.
  public init(
    instance: String, fingerprint: UInt64, format: PlacementFormat, question: PlacementQuestion,
    decimals: Int, count: ClosedRange<Int>, value: Int64?, bound: Int64?, plan: PlacementPlan?,
    refusedReach: Int64? = nil, proof: ProofTree?
  ) {
    self.instance = instance
    self.fingerprint = fingerprint
    self.format = format
    self.question = question
    self.decimals = decimals
    self.count = count
    self.value = value
    self.bound = bound
    self.plan = plan
    self.refusedReach = refusedReach
    self.proof = proof
  }

  /// FNV-1a over the bytes of a file.
  public static func fingerprint(of bytes: [UInt8]) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }

  /// The certificate as text.
  public var text: String {
    var text = "tradewind placement certificate 1\n"
    text += "instance \(instance)\n"
    text += "fingerprint \(String(fingerprint, radix: 16))\n"
    text += "format \(format.rawValue)\n"
    text += "kind \(question.kind.rawValue)\n"
    text += "count \(count.lowerBound) \(count.upperBound)\n"
    if let capacity = question.capacity { text += "capacity \(capacity)\n" }
    if let reach = question.reach { text += "reach \(reach)\n" }
    if let budget = question.budget { text += "budget \(budget)\n" }
    if let share = question.share { text += "share \(share)\n" }
    if let least = question.least { text += "least \(least)\n" }
    for level in question.levels {
      text += "level \(level.site + 1) \(level.opening) \(level.capacity) \(level.least)\n"
    }
    if let scenarios { write(scenarios, into: &text) }
    if let price { text += "price \(price.numerator)\n" }
    text += line("forced-open", question.forcedOpen)
    text += line("forced-closed", question.forcedClosed)
    text += "decimals \(decimals)\n"
    text += "value \(value.map(String.init) ?? "none")\n"
    text += "bound \(bound.map(String.init) ?? "none")\n"
    if let refusedReach { text += "refused-reach \(refusedReach)\n" }
    if let plan {
      // A plan without sites is one as well: nobody is covered.
      text += plan.open.isEmpty ? "open\n" : line("open", plan.open.map { $0 + 1 })
      for delivery in plan.deliveries {
        text += "serve \(delivery.client + 1) \(delivery.site + 1) \(delivery.quantity)\n"
      }
    }
    if let proof {
      text += "proof \(proof.scale) \(proof.limit) \(proof.nodes.count)\n"
      for node in proof.nodes { write(node, into: &text) }
    }
    return text + "end\n"
  }

  private func write(_ scenarios: DemandScenarios, into text: inout String) {
    text += "across \(scenarios.measure.rawValue)\nfactor-decimals \(scenarios.factorDecimals)\n"
    text += line("references", scenarios.references.map { Int($0) })
    for scenario in scenarios.all {
      text += "scenario \(scenario.weight) :"
      for factor in scenario.factor { text += " \(factor)" }
      text += "\n"
    }
  }

  private func line(_ name: String, _ numbers: [Int]) -> String {
    numbers.isEmpty ? "" : name + " " + numbers.map(String.init).joined(separator: " ") + "\n"
  }

  private func write(_ node: ProofTree.Node, into text: inout String) {
    for step in node.steps {
      text += line("weigh", step.weights.map { Int($0) })
      text += "step"
      for condition in step.conditions { text += " \(condition.price) \(condition.rate)" }
      text += " :"
      for multiplier in step.multipliers { text += " \(multiplier)" }
      text += "\n"
    }
    switch node.ending {
    case .closed: text += "closed\n"
    case .unserved(let client): text += "unserved \(client + 1)\n"
    case .impossible: text += "impossible\n"
    case .branch(let site, let open, let closed):
      text += "branch \(site + 1) \(open) \(closed)\n"
    case .bind(let client, let site, let bound, let free):
      text += "bind \(client + 1) \(site + 1) \(bound) \(free)\n"
    case .transport(let prices, let fine):
      text += "transport \(fine) :"
      for price in prices { text += " \(price)" }
      text += "\n"
    case .left: text += "left\n"
    }
  }
}
