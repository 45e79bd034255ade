/// Knapsacks: what is worth taking along when room is short.
enum Knapsack {
  /// The price of a unit of room at which the room is just filled, rounded down.
  ///
  /// Reorders its arguments. Ratios are compared in floating point, since any price serves as a bound.
  ///
  /// - Complexity: O(n) expected.
  static func price(gains: inout [Int64], needs: inout [Int64], room: Int64) -> Int64 {
    var ratios: [Double] = []
    ratios.reserveCapacity(gains.count)
    for index in gains.indices {
      ratios.append(Double(gains[index]) / Double(max(needs[index], 1)))
    }
    var low = 0
    var high = gains.count - 1
    var left = room
    // Invariant: whatever stands before `low` is taken whole and has been subtracted from `left`.
    while low < high {
      let middle = (low + high) / 2
      let pivot = ratios[middle]
      var i = low
      var j = high
      while i <= j {
        while ratios[i] > pivot { i += 1 }
        while ratios[j] < pivot { j -= 1 }
        if i <= j {
          gains.swapAt(i, j)
          needs.swapAt(i, j)
          ratios.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if i == low, j == high { break }
      var weight: Int64 = 0
      for index in low..<i { weight += needs[index] }
      if weight > left {
        if i - 1 == high { break }
        high = i - 1
      } else {
        left -= weight
        low = i
      }
    }
    guard low < gains.count else { return 0 }
    return gains[low] / max(needs[low], 1)
  }

  /// Cells of a table at most.
  static let mostCells = 8 << 20

  /// The greatest sum of gains of things that fit as a whole, and which they are.
  ///
  /// Branch and bound in the order of gain by need; for instances where that goes astray, a table over the room, or
  /// where that would be too great, the bound of things that may be cut.
  static func best(
    gains: [Int64], needs: [Int64], room: Int64
  ) -> (gain: Int64, taken: [Bool]) {
    var search = WholeSearch(gains: gains, needs: needs, room: room)
    return search.run()
  }

  /// The greatest sum of gains of whole things that fill the room between two limits; some of them may be losses.
  ///
  /// By a table over the room; where that would be too great, the bound of things that may be cut. Nil where nothing
  /// fills it.
  static func filled(
    gains: [Int64], needs: [Int64], between least: Int64, and room: Int64
  ) -> (gain: Int64, taken: [Bool])? {
    let step = max(1, needs.reduce(0) { divisor($0, $1) })
    let (low, high) = (Int((least + step - 1) / step), Int(room / step))
    guard low <= high else { return nil }
    guard (high + 1) * max(gains.count, 1) <= mostCells else {
      let gain = cut(gains: gains, needs: needs, least: least)
      return (gain, gains.map { $0 > 0 })
    }
    let never = Int64.min / 2
    var value = [Int64](repeating: never, count: high + 1)
    value[0] = 0
    var took = [Bool](repeating: false, count: (high + 1) * gains.count)
    for item in gains.indices where needs[item] <= room {
      let need = Int(needs[item] / step)
      for load in stride(from: high, through: need, by: -1) where value[load - need] > never {
        let with = value[load - need] + gains[item]
        if with > value[load] {
          value[load] = with
          took[item * (high + 1) + load] = true
        }
      }
    }
    guard var load = (low...high).max(by: { value[$0] < value[$1] }), value[load] > never else {
      return nil
    }
    let gain = value[load]
    var taken = [Bool](repeating: false, count: gains.count)
    for item in gains.indices.reversed() where took[item * (high + 1) + load] {
      taken[item] = true
      load -= Int(needs[item] / step)
    }
    return (gain, taken)
  }

  /// What things that may be cut gain at most if they have to fill so much room: those that lose least for what they
  /// take are added, at a price of a unit that is rounded up.
  static func cut(gains: [Int64], needs: [Int64], least: Int64) -> Int64 {
    var missing = least
    var sum: Int64 = 0
    var others: [(loss: Int64, need: Int64)] = []
    for item in gains.indices {
      if gains[item] > 0 {
        sum += gains[item]
        missing -= needs[item]
      } else if needs[item] > 0 {
        others.append((-gains[item], needs[item]))
      }
    }
    guard missing > 0 else { return sum }
    others.sort { Double($0.loss) * Double($1.need) < Double($1.loss) * Double($0.need) }
    let wanted = missing
    var price: Int64 = 0
    for other in others where missing > 0 {
      missing -= other.need
      price = other.loss / other.need + 1
    }
    sum -= price * wanted
    for other in others { sum += max(0, price * other.need - other.loss) }
    return sum
  }

  private static func divisor(_ a: Int64, _ b: Int64) -> Int64 { b == 0 ? a : divisor(b, a % b) }

  private struct WholeSearch {
    let order: [Int]
    let gains: [Int64]
    let needs: [Int64]
    let room: Int64
    var best: Int64 = -1
    var bestTaken: [Bool]
    var taken: [Bool]
    var visits = 0
    /// What is earned at most where neither way ended.
    var bounded: Int64 = -1

    /// Visits after which the table is cheaper, where it is not too great.
    let mostVisits: Int
    private let isTabulated: Bool

    init(gains: [Int64], needs: [Int64], room: Int64) {
      // Ratios in floating point: nearly equal ones may stand the wrong way round, which bounds allow for.
      var ratios: [(Double, Int)] = []
      ratios.reserveCapacity(gains.count)
      for index in gains.indices {
        ratios.append((Double(gains[index]) / Double(max(needs[index], 1)), index))
      }
      ratios.sort { $0.0 != $1.0 ? $0.0 > $1.0 : $0.1 < $1.1 }
      let order = ratios.map { $0.1 }
      self.order = order
      self.gains = order.map { gains[$0] }
      self.needs = order.map { needs[$0] }
      self.room = room
      taken = Array(repeating: false, count: order.count)
      bestTaken = taken
      let cells = (Int(room) + 1).multipliedReportingOverflow(by: order.count)
      isTabulated = !cells.overflow && cells.partialValue <= Knapsack.mostCells
      // A visit reckons a bound, which walks a part of the things; a cell is one comparison.
      mostVisits = isTabulated ? min(20_000, 64 + (Int(room) + 1) / 8) : 20_000
    }

    mutating func run() -> (gain: Int64, taken: [Bool]) {
      descend(0, room: room, gain: 0)
      if visits > mostVisits, isTabulated {
        tabulate()
      } else if visits > mostVisits {
        bounded = bound(0, room, 0)
      }
      var result = [Bool](repeating: false, count: order.count)
      for (place, item) in order.enumerated() { result[item] = bestTaken[place] }
      return (max(best, bounded, 0), result)
    }

    /// What whatever is better than the best takes for certain, and the things on which it still hangs.
    ///
    /// A thing is in, or out, for certain if the bound without it, or with it, is no more than the best: a unit of room
    /// is worth what the first thing earns that does not fit whole. S. Martello and P. Toth (1988),
    /// doi:10.1287/mnsc.34.5.633.
    private func core() -> (taken: [Bool], undecided: [Int], room: Int64, gain: Int64) {
      var taken = [Bool](repeating: false, count: order.count)
      var place = 0
      var left = room
      while place < order.count, needs[place] <= left {
        left -= needs[place]
        place += 1
      }
      let most = Double(bound(0, room, 0))
      let ratio = place < order.count ? Double(gains[place]) / Double(max(needs[place], 1)) : 0
      var undecided: [Int] = []
      var (rest, gain) = (room, Int64(0))
      for item in order.indices {
        let worth = Double(gains[item]) - ratio * Double(needs[item])
        // Rounded in favour of what is undecided.
        let other = (most - (item < place ? worth : -worth)) * (1 + 0x1p-40) + 2
        if other > Double(best) {
          undecided.append(item)
        } else if item < place {
          taken[item] = true
          rest -= needs[item]
          gain += gains[item]
        }
      }
      return (taken, undecided, rest, gain)
    }

    private mutating func descend(_ first: Int, room: Int64, gain: Int64) {
      visits += 1
      if visits > mostVisits { return }
      // Take what fits in order; the first that does not gives the bound.
      var place = first
      var left = room
      var sum = gain
      while place < order.count, needs[place] <= left {
        taken[place] = true
        left -= needs[place]
        sum += gains[place]
        place += 1
      }
      if sum > best {
        best = sum
        bestTaken = taken
        for rest in place..<max(place, order.count) { bestTaken[rest] = false }
      }
      if place < order.count {
        // Without the one that did not fit.
        if bound(place + 1, left, sum) > best { descend(place + 1, room: left, gain: sum) }
      }
      // Give back what was taken, the last first, and go on without it.
      while place > first {
        place -= 1
        taken[place] = false
        left += needs[place]
        sum -= gains[place]
        if bound(place + 1, left, sum) > best { descend(place + 1, room: left, gain: sum) }
      }
    }

    private func bound(_ first: Int, _ room: Int64, _ gain: Int64) -> Int64 {
      var left = room
      var sum = gain
      for place in first..<max(first, order.count) {
        if needs[place] <= left {
          left -= needs[place]
          sum += gains[place]
        } else {
          let product = gains[place].multipliedFullWidth(by: left)
          let whole = sum + needs[place].dividingFullWidth(product).quotient
          return whole + whole >> 44 + 1
        }
      }
      return sum
    }

    /// The classical table over the room, row by row, for what is undecided.
    private mutating func tabulate() {
      var (taken, undecided, room, gain) = core()
      guard room >= 0 else { return }
      let size = Int(room) + 1
      var value = [Int64](repeating: 0, count: size)
      var took = [Bool](repeating: false, count: size * undecided.count)
      for (row, place) in undecided.enumerated() where needs[place] <= room {
        let need = Int(needs[place])
        var left = size - 1
        while left >= need {
          let with = value[left - need] + gains[place]
          if with > value[left] {
            value[left] = with
            took[row * size + left] = true
          }
          left -= 1
        }
      }
      guard gain + value[size - 1] > best else { return }
      best = gain + value[size - 1]
      var left = size - 1
      for (row, place) in undecided.enumerated().reversed() {
        taken[place] = took[row * size + left]
        if taken[place] { left -= Int(needs[place]) }
      }
      bestTaken = taken
    }
  }
}
