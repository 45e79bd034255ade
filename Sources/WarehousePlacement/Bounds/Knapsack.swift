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

  /// The greatest sum of gains of things that fit as a whole, and which they are.
  ///
  /// Branch and bound in the order of gain by need; for instances where that goes astray, a table over the room.
  static func best(
    gains: [Int64], needs: [Int64], room: Int64
  ) -> (gain: Int64, taken: [Bool]) {
    var search = WholeSearch(gains: gains, needs: needs, room: room)
    return search.run()
  }

  private struct WholeSearch {
    let order: [Int]
    let gains: [Int64]
    let needs: [Int64]
    let room: Int64
    var best: Int64 = -1
    var bestTaken: [Bool]
    var taken: [Bool]
    var visits = 0

    /// Visits after which the table is cheaper.
    static let mostVisits = 20_000

    init(gains: [Int64], needs: [Int64], room: Int64) {
      let order = gains.indices.sorted {
        let (a, b) = (
          gains[$0].multipliedFullWidth(by: needs[$1]), gains[$1].multipliedFullWidth(by: needs[$0])
        )
        if a.high != b.high { return a.high > b.high }
        return a.low != b.low ? a.low > b.low : $0 < $1
      }
      self.order = order
      self.gains = order.map { gains[$0] }
      self.needs = order.map { needs[$0] }
      self.room = room
      taken = Array(repeating: false, count: order.count)
      bestTaken = taken
    }

    mutating func run() -> (gain: Int64, taken: [Bool]) {
      descend(0, room: room, gain: 0)
      if visits > Self.mostVisits { tabulate() }
      var result = [Bool](repeating: false, count: order.count)
      for (place, item) in order.enumerated() { result[item] = bestTaken[place] }
      return (max(best, 0), result)
    }

    private mutating func descend(_ first: Int, room: Int64, gain: Int64) {
      visits += 1
      if visits > Self.mostVisits { return }
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
          return sum + needs[place].dividingFullWidth(product).quotient
        }
      }
      return sum
    }

    /// The classical table over the room, row by row.
    private mutating func tabulate() {
      let size = Int(room) + 1
      var value = [Int64](repeating: 0, count: size)
      var took = [Bool](repeating: false, count: size * order.count)
      for place in order.indices where needs[place] <= room {
        let need = Int(needs[place])
        var left = size - 1
        while left >= need {
          let with = value[left - need] + gains[place]
          if with > value[left] {
            value[left] = with
            took[place * size + left] = true
          }
          left -= 1
        }
      }
      best = value[size - 1]
      var left = size - 1
      for place in order.indices.reversed() {
        bestTaken[place] = took[place * size + left]
        if bestTaken[place] { left -= Int(needs[place]) }
      }
    }
  }
}
