/// The cheapest choice of sites for given values: a number of them within a range, with capacity enough.
///
/// Choosing by value under one linear condition is a bound whatever the condition's multiplier: with `price` for
/// each site and `rate` for each unit of capacity,
///
///     sum of values >= price * count + rate * demand + sum of min(0, value - price - rate * capacity)
///
/// where `price * count` stands for the least count if the price is positive and for the greatest if it is
/// negative. Multipliers are found by selection; they need not be the best ones for the bound to hold.
struct SiteChoice {
  /// Multipliers of the conditions on the chosen sites.
  struct Multipliers: Hashable, Sendable {
    /// Of each site, for the number of sites.
    var price: Int64 = 0
    /// Of each unit of capacity, for enough of it.
    var rate: Int64 = 0
  }

  /// The bound's part that stems from sites.
  private(set) var value: Int64 = 0
  /// One or two sets of multipliers that give this value.
  private(set) var multipliers: [Multipliers] = []
  /// Which sites are chosen.
  private(set) var chosen: [Bool]
  /// False where no choice meets the conditions.
  private(set) var isPossible = true

  private let problem: PlacementProblem
  private let count: ClosedRange<Int>
  private let capacity: [Int64]
  private let demand: Int64
  private var free: [Int32] = []
  private var keys: [Int64] = []

  init(_ scaled: ScaledProblem) {
    problem = scaled.problem
    count = scaled.count
    demand = scaled.demand
    capacity = demand > 0 ? scaled.problem.capacity : []
    chosen = Array(repeating: false, count: scaled.problem.siteCount)
  }

  /// Chooses among the sites that are not closed; those that stand open are always in.
  ///
  /// - Complexity: O(m) expected, O(m log m) where capacity is short.
  mutating func choose(_ values: [Int64], standing: [PlacementProblem.Standing]) {
    free.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    var opened = 0
    var sum: Int64 = 0
    var room: Int64 = 0
    var below = 0
    var owed: Int64 = 0
    func open(_ site: Int) {
      opened += 1
      sum += values[site]
      if demand > 0 { room += capacity[site] }
      chosen[site] = true
      owed += problem.least(site)
    }
    func offer(_ site: Int) {
      free.append(Int32(site))
      keys.append(values[site])
      if values[site] < 0 { below += 1 }
    }
    for site in 0..<values.count { chosen[site] = false }
    if let places = problem.places {
      for (place, members) in places.members.enumerated() {
        if let site = members.first(where: { standing[$0] == .open }) {
          open(site)
          continue
        }
        let cheapest = members.filter { standing[$0] == .free }.min {
          values[$0] != values[$1] ? values[$0] < values[$1] : $0 < $1
        }
        if let cheapest {
          if places.isWanted[place] { open(cheapest) } else { offer(cheapest) }
        } else if places.isWanted[place] {
          isPossible = false
          return
        }
      }
      owed = 0
      for site in values.indices where standing[site] == .open { owed += problem.least(site) }
    } else {
      for site in 0..<values.count {
        switch standing[site] {
        case .closed: continue
        case .open: open(site)
        case .free: offer(site)
        }
      }
    }
    // What open sites must hand out, somebody must want.
    if owed > demand {
      isPossible = false
      return
    }
    let least = count.lowerBound - opened
    let most = min(count.upperBound - opened, free.count)
    isPossible = least <= free.count && most >= 0 && least <= most
    guard isPossible else { return }
    let taken = min(max(below, least), most)
    var prices: (low: Int64, high: Int64) = (0, 0)
    if taken != below {
      // The taken-th least value, and the next: any price between them gives the same bound.
      let next = taken < keys.count ? Selection.value(at: taken, of: &keys) : nil
      var low: Int64?
      for key in keys[..<taken] { low = max(low ?? key, key) }
      prices = (low ?? next ?? 0, next ?? low ?? 0)
      if taken > below {
        prices.low = max(prices.low, 0)
      } else {
        prices.high = min(prices.high, 0)
      }
    }
    let price = taken > below ? prices.low : prices.high
    var left = taken
    for site in free where values[Int(site)] < price && left > 0 {
      take(Int(site), values, &sum, &room)
      left -= 1
    }
    if taken != below {
      for site in free where left > 0 && values[Int(site)] == price {
        take(Int(site), values, &sum, &room)
        left -= 1
      }
      for site in free where left > 0 && !chosen[Int(site)] && values[Int(site)] <= prices.high {
        take(Int(site), values, &sum, &room)
        left -= 1
      }
    }
    value = sum
    multipliers.removeAll(keepingCapacity: true)
    multipliers.append(Multipliers(price: prices.low))
    if prices.high != prices.low { multipliers.append(Multipliers(price: prices.high)) }
    if demand > 0, room < demand { chooseByRate(values, standing) }
  }

  /// Which sites are levels of one place.
  var places: PlaceLevels? { problem.places }

  func decide(
    _ site: Int, _ decision: PlacementProblem.Standing,
    in standing: inout [PlacementProblem.Standing]
  ) {
    problem.decide(site, decision, in: &standing)
  }

  private mutating func take(
    _ site: Int, _ values: [Int64], _ sum: inout Int64, _ room: inout Int64
  ) {
    chosen[site] = true
    sum += values[site]
    if demand > 0 { room += capacity[site] }
  }

  /// The bound for the condition on capacity alone, kept where it is better than that on the number.
  private mutating func chooseByRate(
    _ values: [Int64], _ standing: [PlacementProblem.Standing]
  ) {
    let usable = values.indices.filter { standing[$0] == .free && capacity[$0] > 0 }
    // The order only finds a good rate; the bound below holds for any.
    let order = usable.sorted {
      let (a, b) = (
        Double(values[$0]) / Double(capacity[$0]), Double(values[$1]) / Double(capacity[$1])
      )
      return a != b ? a < b : $0 < $1
    }
    var room: Int64 = 0
    for site in values.indices where standing[site] == .open { room += capacity[site] }
    var picked: [Int] = []
    var rate: Int64 = 0
    var taken = Set<Int>()
    for site in order {
      if room >= demand, values[site] >= 0 { break }
      if let places, !taken.insert(places.place[site]).inserted { continue }
      room += capacity[site]
      picked.append(site)
      rate = max(0, values[site] / capacity[site])
    }
    // Of some places a greater level might have been taken.
    let most =
      room >= demand || problem.places == nil
      ? room
      : problem.oneLevelEach(values.indices.filter { standing[$0] != .closed })
        .reduce(0) { $0 + capacity[$1] }
    guard most >= demand else {
      isPossible = false
      return
    }
    let bound = bound(values, standing, rate: rate)
    // Sites taken for their capacity guide the ascent even where the bound is no better.
    if bound > value {
      value = bound
      multipliers = [Multipliers(rate: rate)]
      for site in values.indices where standing[site] == .free { chosen[site] = false }
      for site in picked { chosen[site] = true }
    }
  }

  private func bound(
    _ values: [Int64], _ standing: [PlacementProblem.Standing], rate: Int64
  ) -> Int64 {
    var bound = rate * demand
    if problem.places != nil {
      let reduced = values.indices.map { values[$0] - rate * capacity[$0] }
      for place in parts(reduced, standing) { bound += place.part ?? 0 }
      return bound
    }
    for site in values.indices {
      let reduced = values[site] - rate * capacity[site]
      switch standing[site] {
      case .open: bound += reduced
      case .free: bound += min(0, reduced)
      case .closed: break
      }
    }
    return bound
  }

  /// What the bound rises by at least if a free site is decided against its sign: opened where its reduced value
  /// is positive, closed where it is negative.
  func reduced(_ value: Int64, site: Int, by multipliers: Multipliers) -> Int64 {
    value - multipliers.price - (demand > 0 ? multipliers.rate * capacity[site] : 0)
  }
}

/// Selection by rank.
enum Selection {
  /// Reorders so that the value of a rank (from 0) stands in its place, none greater before it; gives that value.
  ///
  /// - Complexity: O(n) expected.
  static func value(at rank: Int, of keys: inout [Int64]) -> Int64 {
    var low = 0
    var high = keys.count - 1
    while low < high {
      let (a, b, c) = (keys[low], keys[(low + high) / 2], keys[high])
      let pivot = max(min(a, b), min(max(a, b), c))
      var left = low
      var right = high
      while left <= right {
        while keys[left] < pivot { left += 1 }
        while keys[right] > pivot { right -= 1 }
        if left <= right {
          keys.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if rank <= right { high = right } else if rank >= left { low = left } else { break }
    }
    return keys[rank]
  }
}
