extension NumberText {
  /// Takes up numbers of at most 17 digits without sign and power, until something else stands there.
  ///
  /// Bounds relied on: every byte read is before `bytes.count`, which is compared first.
  /// - Returns: where the first thing stands that is not such a number, or the end.
  mutating func takePlain(_ bytes: [UInt8], from first: Int) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      let end = bytes.count
      var position = first
      while true {
        while position < end, Self.isBlank(bytes[position]) { position &+= 1 }
        let start = position
        var value: UInt64 = 0
        var count = 0
        while position < end {
          let digit = bytes[position] &- 0x30
          guard digit <= 9 else { break }
          value = value &* 10 &+ UInt64(digit)
          position &+= 1
        }
        count = position &- start
        // Up to the last digit behind the point that is no nought.
        var (kept, behind, keptBehind) = (value, 0, 0)
        if count > 0, position < end, bytes[position] == 0x2E {
          position &+= 1
          while position < end {
            let digit = bytes[position] &- 0x30
            guard digit <= 9 else { break }
            value = value &* 10 &+ UInt64(digit)
            position &+= 1
            behind &+= 1
            if digit != 0 { (kept, keptBehind) = (value, behind) }
          }
          count &+= behind
        }
        guard count > 0, count <= 17, position == end || Self.isBlank(bytes[position]) else {
          return start
        }
        digits.append(Int64(truncatingIfNeeded: kept))
        places.append(Int8(truncatingIfNeeded: keptBehind))
        offset.append(Int32(truncatingIfNeeded: start))
      }
    }
  }
}
