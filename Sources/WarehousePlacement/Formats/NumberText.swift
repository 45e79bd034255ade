import LogisticsModel

/// A text of numbers parted by blanks and line ends, read exactly.
///
/// `6739.72500` is (6739725, 3), without trailing noughts, and `1.544e+04` is (15440, 0). Nothing is ever rounded.
struct NumberText {
  /// Digits of each number as a whole number, trailing noughts behind the point dropped.
  var digits: [Int64] = []
  /// How many of them stand behind the point.
  var places: [Int8] = []
  /// Where each number begins.
  var offset: [Int32] = []
  /// The words between the numbers, and which number each stands before.
  private(set) var words: [(text: String, before: Int, offset: Int)] = []
  private let bytes: [UInt8]
  private let file: String
  /// What is wrong with it.
  private(set) var findings: [Finding] = []

  /// Findings of one file that are kept: whoever reads the first few knows what is wrong.
  static let mostFindings = 20

  /// Reads all numbers; a word is kept apart, anything else is a finding.
  ///
  /// Numbers as most are written are taken up in passing; `isHurried` off has each read with all that can befall it.
  init(_ bytes: [UInt8], file: String, isHurried: Bool = true) {
    self.bytes = bytes
    self.file = file
    let guess = bytes.count / 6 + 4
    digits.reserveCapacity(guess)
    places.reserveCapacity(guess)
    offset.reserveCapacity(guess)
    var position = 0
    while true {
      if isHurried { position = takePlain(bytes, from: position) }
      while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
      guard position < bytes.count else { return }
      position = read(from: position)
    }
  }

  /// Blanks, tabs and line ends; other control characters are part of a word nobody can read.
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 9 && byte <= 13) }

  /// How many numbers there are.
  var count: Int { digits.count }

  private mutating func read(from first: Int) -> Int {
    let end = bytes.count
    var position = first
    var value: Int64 = 0
    var negative = false
    var behind = 0
    var sawPoint = false
    var sawDigit = false
    var isSound = true
    if bytes[position] == 0x2D || bytes[position] == 0x2B {
      negative = bytes[position] == 0x2D
      position += 1
    }
    while position < end {
      let byte = bytes[position]
      if byte >= 0x30, byte <= 0x39 {
        sawDigit = true
        let digit = Int64(byte &- 0x30)
        // Below this bound a further digit always fits.
        if value < 900_000_000_000_000_000 {
          value = value &* 10 &+ digit
          if sawPoint { behind += 1 }
        } else if digit == 0, sawPoint {
          // A nought behind the point changes nothing.
        } else {
          isSound = false
        }
      } else if byte == 0x2E, !sawPoint {
        sawPoint = true
      } else {
        break
      }
      position += 1
    }
    var power = 0
    if sawDigit, position < end, bytes[position] == 0x65 || bytes[position] == 0x45 {
      var next = position + 1
      var falls = false
      if next < end, bytes[next] == 0x2D || bytes[next] == 0x2B {
        falls = bytes[next] == 0x2D
        next += 1
      }
      var digitsRead = 0
      while next < end, bytes[next] >= 0x30, bytes[next] <= 0x39, digitsRead < 3 {
        power = power * 10 + Int(bytes[next] - 0x30)
        next += 1
        digitsRead += 1
      }
      if digitsRead > 0 {
        position = next
        if falls { power = -power }
      }
    }
    let isEnded = position >= end || Self.isBlank(bytes[position])
    guard sawDigit, isEnded else { return word(from: first) }
    behind -= power
    while behind > 0, value % 10 == 0 {
      value /= 10
      behind -= 1
    }
    while behind < 0, value != 0, isSound {
      if value < 900_000_000_000_000_000 { value *= 10 } else { isSound = false }
      behind += 1
    }
    if value == 0 { behind = 0 }
    if !isSound || behind > 18 {
      complain(
        at: first, code: PlacementCodes.overflow,
        "\(text(from: first)) has more digits than are read exactly; write at most 17")
      value = 0
      behind = 0
    }
    digits.append(negative ? -value : value)
    places.append(Int8(behind))
    offset.append(Int32(truncatingIfNeeded: first))
    return position
  }

  private mutating func word(from first: Int) -> Int {
    var position = first
    while position < bytes.count, !Self.isBlank(bytes[position]) { position += 1 }
    if words.count < 64 { words.append((text(from: first), digits.count, first)) }
    return position
  }

  private func text(from first: Int) -> String {
    var position = first
    while position < bytes.count, !Self.isBlank(bytes[position]), position - first < 40 {
      position += 1
    }
    return String(decoding: bytes[first..<position], as: UTF8.self)
  }

  /// Adds a finding at a byte.
  mutating func complain(at position: Int, code: String, _ message: String) {
    guard findings.count < NumberText.mostFindings else { return }
    var line = 1
    var column = 1
    for byte in bytes[..<min(position, bytes.count)] {
      column += 1
      if byte == 0x0A {
        line += 1
        column = 1
      }
    }
    findings.append(
      Finding(code: code, file: file, line: line, column: column, message: message))
  }

  /// Adds a finding at a number; one past the last stands for the end of the file.
  mutating func complain(number: Int, code: String, _ message: String) {
    complain(
      at: number < offset.count ? Int(offset[number]) : bytes.count, code: code, message)
  }

  /// A number as written, for messages.
  func written(_ number: Int) -> String {
    number < offset.count ? text(from: Int(offset[number])) : "the end of the file"
  }

  /// Where a number begins.
  func position(of number: Int) -> Int { number < offset.count ? Int(offset[number]) : bytes.count }
}
