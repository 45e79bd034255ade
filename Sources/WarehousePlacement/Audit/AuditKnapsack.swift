/// What things gain at most that have to fit a room and, sometimes, to fill a part of it: the auditor's own way.
struct AuditKnapsack {
  private let room: Int128
  private let owed: Int128
  private var items: [(gain: Int128, need: Int128)] = []

  /// More than anything is worth, in fine units.
  static let never = Int128(1) << 100

  /// Cells of a table at most.
  private static let mostCells = Int128(1) << 27

  init(room: Int64?, owed: Int64) {
    self.room = Int128(room ?? .max)
    self.owed = Int128(owed)
  }

  mutating func add(_ gain: Int128, _ need: Int128) { items.append((gain, need)) }

  /// Things that may be cut, rounded up; nil where they cannot fill what is owed.
  func filled() -> Int128? {
    var left = room
    var sum = Int128(0)
    var taken = Int128(0)
    for item in items.sorted(by: { $0.gain * $1.need > $1.gain * $0.need }) {
      if item.need == 0 {
        sum += max(0, item.gain)
        continue
      }
      // Gains as far as there is room, losses only as far as they are owed.
      let wanted = item.gain > 0 ? left : min(left, max(0, owed - taken))
      let part = min(item.need, wanted)
      if part == item.need {
        sum += item.gain
      } else if part > 0 {
        let product = item.gain * part
        sum += product > 0 ? (product + item.need - 1) / item.need : product / item.need
      }
      left -= part
      taken += part
    }
    return taken < owed ? nil : sum
  }

  /// Whole things; by a table over the room, or by the best of all fillings as long as they are few, else as if they
  /// could be cut.
  func packed() -> Int128? {
    let all = items.reduce(Int128(0)) { $0 + max(0, $1.need) }
    if owed == 0, all <= room { return items.reduce(Int128(0)) { $0 + max(0, $1.gain) } }
    var step = Int128(0)
    for item in items { step = AuditProblem.divisor(step, item.need) }
    let high = min(room, all) / max(step, 1)
    let low = (owed + max(step, 1) - 1) / max(step, 1)
    guard low <= high else { return nil }
    if (high + 1) * Int128(items.count) <= AuditKnapsack.mostCells {
      return table(Int(high), Int(low), step: max(step, 1))
    }
    return owed == 0 ? (listed() ?? filled()) : filled()
  }

  private func table(_ high: Int, _ low: Int, step: Int128) -> Int128? {
    var best = [Int64](repeating: .min, count: high + 1)
    best[0] = 0
    for item in items where item.need <= room {
      let need = Int(item.need / step)
      let gain = Int64(clamping: item.gain)
      for load in stride(from: high, through: need, by: -1) where best[load - need] != .min {
        best[load] = max(best[load], best[load - need] &+ gain)
      }
    }
    return best[low...high].max().flatMap { $0 == .min ? nil : Int128($0) }
  }

  /// All fillings of which no other gains as much with less need; nil where there are too many.
  ///
  /// After Nemhauser and Ullmann (1969).
  private func listed() -> Int128? {
    var fillings: [(need: Int128, gain: Int128)] = [(0, 0)]
    for item in items where item.gain > 0 && item.need <= room {
      let more = fillings.lazy.map { (need: $0.need + item.need, gain: $0.gain + item.gain) }
        .filter { $0.need <= room }
      var merged = fillings + more
      merged.sort { $0.need != $1.need ? $0.need < $1.need : $0.gain > $1.gain }
      var kept: [(need: Int128, gain: Int128)] = []
      for filling in merged where filling.gain > kept.last?.gain ?? -1 { kept.append(filling) }
      if kept.count > 200_000 { return nil }
      fillings = kept
    }
    return fillings.last?.gain
  }
}
