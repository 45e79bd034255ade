import LogisticsModel

/// Takes the numbers of a file one after another and notes, with its place, what does not fit.
struct NumberCursor {
  private(set) var text: NumberText
  private(set) var next = 0

  init(_ bytes: [UInt8], file: String) { text = NumberText(bytes, file: file) }

  /// Numbers that are left.
  var left: Int { text.count - next }
  /// Whether anything was wrong so far.
  var isSound: Bool { text.findings.isEmpty }
  /// What was.
  var findings: [Finding] { text.findings }

  /// The first word is a fault, unless the format expects words.
  mutating func refuseWords() {
    for word in text.words.prefix(NumberText.mostFindings) {
      text.complain(
        at: word.offset, code: PlacementCodes.notANumber, "\"\(word.text)\" is not a number")
    }
  }

  /// A whole number within a range; the least of the range where there is none.
  mutating func whole(_ what: String, in range: ClosedRange<Int64>) -> Int64 {
    guard next < text.count else {
      missing(what)
      return range.lowerBound
    }
    defer { next += 1 }
    guard text.places[next] == 0 else {
      text.complain(
        number: next, code: PlacementCodes.notWhole,
        "\(what) \(text.written(next)) is not a whole number")
      return range.lowerBound
    }
    let value = text.digits[next]
    guard range.contains(value) else {
      text.complain(
        number: next, code: value < 0 ? PlacementCodes.negative : PlacementCodes.outOfRange,
        "\(what) \(value) is not within \(range.lowerBound)...\(range.upperBound)")
      return range.lowerBound
    }
    return value
  }

  /// The positions of the next so many numbers, none negative; nil where the file ends before.
  mutating func amounts(_ what: String, _ count: Int) -> Range<Int>? {
    guard left >= count else {
      next = text.count
      missing("\(what) (\(count) wanted)")
      return nil
    }
    let range = next..<next + count
    for number in range where text.digits[number] < 0 { refuse(number, what) }
    next += count
    return range
  }

  private mutating func refuse(_ number: Int, _ what: String) {
    text.complain(
      number: number, code: PlacementCodes.negative, "\(what) \(text.written(number)) is negative")
  }

  private mutating func missing(_ what: String) {
    text.complain(
      number: text.count, code: PlacementCodes.tooShort, "the file ends where \(what) should stand")
  }

  /// Passes over the next number.
  mutating func skip() { next += 1 }

  /// The file must end here.
  mutating func finish() {
    guard isSound, left > 0 else { return }
    text.complain(
      number: next, code: PlacementCodes.tooLong,
      "\(left) numbers more than the file announces, the first being \(text.written(next))")
  }

  /// Adds a finding at a number that was read.
  mutating func complain(number: Int, code: String, _ message: String) {
    text.complain(number: number, code: code, message)
  }

  /// The most decimals of the numbers at these positions.
  func decimals(_ ranges: [Range<Int>]) -> Int {
    var most: Int8 = 0
    for range in ranges { for number in range { most = max(most, text.places[number]) } }
    return Int(most)
  }

  /// The numbers at these positions in units of 10^-`decimals`; too great a one is a finding.
  mutating func values(_ range: Range<Int>, decimals: Int) -> [Int64] {
    var result: [Int64] = []
    result.reserveCapacity(range.count)
    for number in range {
      var value = text.digits[number]
      var places = Int(text.places[number])
      while places < decimals, value != 0 {
        let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
        if overflow || tenfold >= PlacementProblem.greatestTotal {
          value = PlacementProblem.greatestTotal
          break
        }
        value = tenfold
        places += 1
      }
      if value >= PlacementProblem.greatestTotal {
        text.complain(
          number: number, code: PlacementCodes.overflow,
          "\(text.written(number)) with \(decimals) decimals is more than is reckoned exactly")
        value = 0
      }
      result.append(value)
    }
    return result
  }
}
