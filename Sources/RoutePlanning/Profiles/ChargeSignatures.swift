/// The charges of a partial itinerary as one number, and how two of them compare.
///
/// A signature is a multiset of charge classes, interned: itineraries with one signature cost every parcel the
/// same. What both have in common cancels before the scope compares the rest; each answer is remembered, since
/// a search asks for the same pairs again and again.
struct ChargeSignatures<Scope: ChargeScope> {
  /// The signature of an itinerary that is not charged.
  static var none: Int32 { 0 }

  private let scope: Scope
  private let options: ProfileOptions
  /// Classes of all signatures, one signature after the other, ascending within each.
  private var classes: [Int32] = []
  private var starts: [Int32] = [0, 0]
  /// Sum of the probes of each signature.
  private var probes: [SIMD4<Int32>] = [SIMD4()]
  private var interned: [[Int32]: Int32] = [[]: 0]
  private var extensions = PairTable()
  private var compared = ComparisonTable()
  /// Answers, each once: there are few different ones.
  private var answers: [UInt64] = []
  private var numberOfAnswer: [UInt64: Int32] = [:]
  /// What two signatures have of their own.
  private var left: [Int32] = []
  private var right: [Int32] = []

  /// Knows no signature but ``none``.
  init(_ scope: Scope, options: ProfileOptions = ProfileOptions()) {
    self.scope = scope
    self.options = options
  }

  /// Number of signatures met.
  var count: Int { starts.count - 1 }

  /// Bytes held, about: two lists of classes, probe, and places in tables for each signature.
  var memory: Int { compared.memory + extensions.memory + 8 * classes.count + 160 * count }

  /// What the probes cost under a signature.
  func probe(_ signature: Int32) -> SIMD4<Int32> { probes[Int(signature)] }

  /// The classes of a signature, ascending.
  func members(_ signature: Int32) -> ArraySlice<Int32> {
    classes[Int(starts[Int(signature)])..<Int(starts[Int(signature) + 1])]
  }

  /// The signature with one more class; a negative class leaves it as it is.
  mutating func adding(_ chargeClass: Int32, to signature: Int32) -> Int32 {
    if chargeClass < 0 { return signature }
    if let found = extensions[signature, chargeClass] { return found }
    var list = Array(members(signature))
    list.insert(chargeClass, at: list.firstIndex { $0 > chargeClass } ?? list.count)
    let result: Int32
    if let found = interned[list] {
      result = found
    } else {
      result = Int32(count)
      interned[list] = result
      classes += list
      starts.append(Int32(classes.count))
      // All alike, probes tell nothing.
      probes.append(
        options.comparesProbes ? list.reduce(SIMD4()) { $0 &+ scope.probe(of: $1) } : SIMD4())
    }
    extensions[signature, chargeClass] = result
    return result
  }

  /// The cells in which the first signature is sure to cost no parcel more than the second.
  mutating func cells(where cheap: Int32, isNoDearerThan dear: Int32) -> UInt64 {
    if cheap == dear { return .max }
    if any(probes[Int(cheap)] .> probes[Int(dear)]) { return 0 }
    if let found = compared[dear, against: cheap] { return answers[Int(found)] }
    separate(cheap, dear)
    let answer = scope.cells(where: left, areNoDearerThan: right)
    guard options.remembersComparisons else { return answer }
    let number = numberOfAnswer[answer] ?? Int32(answers.count)
    if number == answers.count {
      numberOfAnswer[answer] = number
      answers.append(answer)
    }
    compared.insert(number, dear, against: cheap)
    return answer
  }

  /// Fills `left` and `right` with the classes of two signatures less what both have in common.
  private mutating func separate(_ one: Int32, _ other: Int32) {
    left.removeAll(keepingCapacity: true)
    right.removeAll(keepingCapacity: true)
    var place = Int(starts[Int(one)])
    var otherPlace = Int(starts[Int(other)])
    let end = Int(starts[Int(one) + 1])
    let otherEnd = Int(starts[Int(other) + 1])
    while place < end || otherPlace < otherEnd {
      if otherPlace == otherEnd || place < end && classes[place] < classes[otherPlace] {
        left.append(classes[place])
        place += 1
      } else if place == end || classes[otherPlace] < classes[place] {
        right.append(classes[otherPlace])
        otherPlace += 1
      } else {
        place += 1
        otherPlace += 1
      }
    }
  }
}
