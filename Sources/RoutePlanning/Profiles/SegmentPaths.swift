/// The paths of a segment being put together: numbered as they come, with what is charged and where goods clear.
struct SegmentPaths {
  private var numbers: [[Int32]: UInt16] = [:]
  private(set) var starts: [UInt32] = [0]
  private(set) var legs: [Int32] = []
  /// Milligrams per gram over each path.
  private(set) var emissions: [Int64] = []
  /// Which of the signatures is each path's.
  private(set) var signatureOf: [UInt16] = []
  /// Charge classes that some path meets, each list once.
  private var signatures: [[Int32]] = []
  private var placeOfSignature: [[Int32]: UInt16] = [:]
  /// By row, then by path as far as they are known.
  private var clearances: [[PathClearance]] = []

  /// The number of a path, new or known; nil when there are too many, or a charge class has too high a number.
  mutating func number(
    of key: [Int32], emission: Int64, charges: @autoclosure () -> ArraySlice<Int32>
  ) -> UInt16? {
    if let known = numbers[key] { return known }
    guard numbers.count < BlockLayout.greatestPaths else { return nil }
    let own = Array(charges())
    guard own.count <= BlockLayout.greatestWidth,
      own.allSatisfy({ Int($0) < BlockLayout.greatestChargeCount })
    else { return nil }
    let next = UInt16(numbers.count)
    numbers[key] = next
    legs += key
    starts.append(UInt32(legs.count))
    emissions.append(emission)
    signatureOf.append(place(of: own))
    return next
  }

  private mutating func place(of signature: [Int32]) -> UInt16 {
    if let known = placeOfSignature[signature] { return known }
    // No more than there are paths.
    let next = UInt16(signatures.count)
    placeOfSignature[signature] = next
    signatures.append(signature)
    return next
  }

  /// Says when and where a path clears customs that is taken from a row.
  mutating func setClearance(_ clearance: PathClearance, ofPath path: Int, row: Int) {
    while clearances.count <= row { clearances.append([]) }
    let missing = path + 1 - clearances[row].count
    if missing > 0 { clearances[row] += repeatElement(.unknown, count: missing) }
    clearances[row][path] = clearance
  }

  /// Their width, the length of the longest; then all signatures, classes numbered from one and 0 behind the last.
  var signatureWords: [UInt16] {
    let width = signatures.reduce(0) { max($0, $1.count) }
    var words = [UInt16](repeating: 0, count: 1 + width * signatures.count)
    words[0] = UInt16(width)
    for (place, signature) in signatures.enumerated() {
      for (position, charge) in signature.enumerated() {
        words[1 + place * width + position] = UInt16(charge + 1)
      }
    }
    return words
  }

  /// Each way to clear once, and which is whose: path after path, each with its rows.
  ///
  /// Beyond what two bytes number they are unknown.
  func distinctClearances(rows: Int) -> (each: [UInt64], ofPath: [UInt16]) {
    var each = [PathClearance.unknown.bits]
    var places: [UInt64: UInt16] = [each[0]: 0]
    var ofPath = [UInt16](repeating: 0, count: numbers.count * rows)
    for (row, own) in clearances.enumerated() {
      for (path, clearance) in own.enumerated() {
        let known = places[clearance.bits]
        if known == nil, each.count <= Int(UInt16.max) {
          places[clearance.bits] = UInt16(each.count)
          each.append(clearance.bits)
        }
        ofPath[path * rows + row] = places[clearance.bits] ?? 0
      }
    }
    return (each, ofPath)
  }
}
