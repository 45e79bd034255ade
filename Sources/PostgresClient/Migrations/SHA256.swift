/// The hash that recognises an applied migration (FIPS 180-4), as the server's own `sha256` computes it.
enum SHA256 {
  /// 32 bytes for any number of them.
  static func digest(of bytes: some Collection<UInt8>) -> [UInt8] {
    var message = Array(bytes)
    let bitCount = UInt64(message.count) * 8
    message.append(0x80)
    message += Array(repeating: 0, count: (120 - message.count % 64) % 64)
    message += (0..<8).map { UInt8(truncatingIfNeeded: bitCount >> (56 - 8 * $0)) }
    var state = start
    for block in stride(from: 0, to: message.count, by: 64) {
      mix(message[block..<(block + 64)], into: &state)
    }
    return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) }
    }
  }

  private static func mix(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
    var words = (0..<16).map { index in
      (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(block[block.startIndex + 4 * index + $1]) }
    }
    for index in 16..<64 {
      let (early, late) = (words[index - 15], words[index - 2])
      let first = early.rotated(7) ^ early.rotated(18) ^ early >> 3
      let second = late.rotated(17) ^ late.rotated(19) ^ late >> 10
      words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let choice = e & f ^ ~e & g
      let majority = a & b ^ a & c ^ b & c
      let low = e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)
      let high = a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)
      let first = h &+ low &+ choice &+ constants[index] &+ words[index]
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ high &+ majority)
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
  }

  private static let primes = (2...311).filter { number in
    (2..<number).allSatisfy { number % $0 != 0 }
  }

  /// The first 32 bits of the fractional parts of the square roots of the first eight primes.
  private static let start = primes.prefix(8).map { fraction(ofRoot: 2, $0) }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants = primes.map { fraction(ofRoot: 3, $0) }

  /// floor(root(number) * 2^32) modulo 2^32: the greatest whole number whose power does not exceed number * 2^(32 * degree).
  private static func fraction(ofRoot degree: Int, _ number: Int) -> UInt32 {
    let bound = UInt128(number) << UInt128(32 * degree)
    var root: UInt128 = 0
    for bit in (0..<38).reversed() {
      let trial = root | UInt128(1) << UInt128(bit)
      if (1..<degree).reduce(trial, { power, _ in power * trial }) <= bound { root = trial }
    }
    return UInt32(truncatingIfNeeded: root)
  }
}

extension UInt32 {
  /// Turned right.
  fileprivate func rotated(_ places: UInt32) -> UInt32 { self >> places | self << (32 - places) }
}
