internal import LogisticsModel

/// How much longer than expected legs take that depart now: known within a day of a change.
///
/// An order by sea is under way for weeks, and tells of a shock only when it has arrived or has not; but every order
/// under way runs short legs every day. So minutes taken over minutes expected of short legs, by the day they departed,
/// say how slow the network is; legs that depart now are believed to be as slow, the long ones too. Sums are whole
/// numbers, so that the order of news within a day is no matter. Only legs that are over enter: parcels that are overdue
/// somewhere shorten nothing.
struct LegSlowness: Sendable {
  /// Minutes of the short legs that departed on one day.
  struct Day: Hashable, Sendable {
    var expected: Int64 = 0
    var taken: Int64 = 0

    mutating func add(_ other: Day) {
      expected += other.expected
      taken += other.taken
    }
  }

  /// What a parcel's usual duration is multiplied by, and what it counts for.
  typealias Conditions = (stretch: Double, worth: Double)

  /// Minutes expected of a leg that counts: those of yesterday are then over, unless they take twice as long.
  static let longest: Int32 = 720
  /// Days that are told apart.
  static let remembered = 400
  /// Expected minutes that no slowness at all weighs: a few dozen short legs.
  private static let weight: Int64 = 7200
  /// Days that the present rests on, and those of a week.
  private static let days = 5
  private static let week = 7
  /// Days ahead that a trend is believed for.
  private static let reach = 45.0

  /// By the day of departure, of the last days only.
  private(set) var byDay: [Int: Day] = [:]
  /// Minutes between an order and the departure of its longest leg: how many orders, and their sum.
  private(set) var leads = Day()
  /// The same of the day that is not over.
  private(set) var byDayToday: [Int: Day] = [:]
  private(set) var leadsToday = Day()

  // As of the end of a day.
  private(set) var closed = Int.min
  /// Slowness of the remembered days before, of each with its neighbours.
  private var seen: [Double] = []
  /// By the same days, what parcels placed on them tell.
  private var worths: [Double] = []
  private(set) var level = 1.0
  private(set) var trend = 0.0

  /// Takes a run that is over.
  mutating func take(_ run: LegRun) {
    guard let taken = run.taken, run.expected <= LegSlowness.longest else { return }
    let day = Int(run.departed.date.days)
    byDayToday[day, default: Day()].add(Day(expected: Int64(run.expected), taken: Int64(taken)))
  }

  /// The longest leg of an order departed.
  mutating func depart(placed: Int64, departed: Int64) {
    leadsToday.add(Day(expected: 1, taken: departed - placed))
  }

  /// Orders whose longest leg departed.
  var departures: Int64 { leads.expected }

  /// Days from an order to the departure of its longest leg.
  var lead: Double {
    leads.expected > 0 ? Double(leads.taken) / Double(leads.expected) / 1440 : 0
  }

  /// Takes what a state says: what was known at the end of a day, and what came since.
  mutating func restore(
    known: (days: [Int: Day], leads: Day), today: (days: [Int: Day], leads: Day), closed: Int,
    steadiness: Double
  ) {
    byDay = known.days
    leads = known.leads
    if closed != .min { close(closed, steadiness: steadiness) }
    byDayToday = today.days
    leadsToday = today.leads
  }

  /// Ends a day.
  ///
  /// - Complexity: O(days remembered)
  mutating func close(_ day: Int, steadiness: Double) {
    closed = day
    for (departed, sums) in byDayToday { byDay[departed, default: Day()].add(sums) }
    byDayToday = [:]
    leads.add(leadsToday)
    leadsToday = Day()
    guard !byDay.isEmpty else {
      worths = Array(repeating: 1, count: LegSlowness.remembered)
      return
    }
    byDay[day - LegSlowness.remembered] = nil
    seen = (day - LegSlowness.remembered..<day).map { slowness(of: $0 - 1...min($0 + 1, day - 1)) }
    var least = Double.infinity
    var most = 0.0
    worths = seen.reversed().map { slowness in
      least = min(least, slowness)
      most = max(most, slowness)
      let change = (most - least) / steadiness
      return 1 / (1 + change * change * change * change)
    }
    worths.reverse()
    level = slowness(of: day - LegSlowness.days...day - 1)
    trend = weeklyTrend(before: day) / Double(LegSlowness.week)
  }

  /// What minutes of legs departing on a day are multiplied by: seen, or expected from what was seen.
  func slowness(on day: Int) -> Double {
    guard closed != .min else { return 1 }
    if day < closed {
      let place = day - closed + seen.count
      return seen.indices.contains(place) ? seen[place] : 1
    }
    let middle = closed - (LegSlowness.days + 1) / 2
    let ahead = min(Double(day - middle), LegSlowness.reach)
    return min(max(level + trend * ahead, level / 2), level * 2)
  }

  /// The day an order's longest leg departs on, as long after it as they do.
  func departure(_ placed: CivilDate) -> Int { Int(placed.days) + Int(lead) }

  /// Days that the legs of a plan take longer than it says, if the longest departs on a day.
  func delay(of keys: TraitBook.Keys, departing day: Int) -> Double {
    let longest = slowness(on: day)
    let rest = slowness(on: day + Int(keys.longest * longest))
    return keys.longest * (longest - 1) + (keys.moving - keys.longest) * (rest - 1)
  }

  /// The same of a parcel under way, as far as it is known on the last day closed.
  ///
  /// Its longest leg is as slow as the day it departs on, the others as the days behind it.
  func delay(of parcel: ParcelLedger.Parcel, on day: Int) -> Double {
    let keys = parcel.keys
    guard let departed = parcel.departed else {
      let placed = Int(parcel.placed.dividedDown(by: 1440))
      return delay(of: keys, departing: max(placed + Int(lead), day))
    }
    let departure = Int(departed.dividedDown(by: 1440))
    let longest = slowness(on: departure)
    let arrival = departure + Int(keys.longest * longest)
    let rest = slowness(on: max(arrival, (arrival + day) / 2))
    return keys.longest * (longest - 1) + (keys.moving - keys.longest) * (rest - 1)
  }

  /// What a parcel tells of others, from nought to one: little where legs became faster or slower since it was placed,
  /// because that is not how such orders usually go.
  func worth(of parcel: ParcelLedger.Parcel) -> Double {
    let age = closed - Int(parcel.placed.dividedDown(by: 1440))
    return age < 1 ? 1 : age <= worths.count ? worths[worths.count - age] : 0
  }

  private func slowness(of days: ClosedRange<Int>) -> Double {
    var sum = Day(expected: LegSlowness.weight, taken: LegSlowness.weight)
    for day in days {
      if let there = byDay[day] { sum.add(there) }
    }
    return Double(sum.taken) / Double(sum.expected)
  }

  /// What changes from week to week.
  ///
  /// Of four changes running the two in the middle are asked: the smaller if they agree, nothing if they do not. A step
  /// spoils at most two of the four, and is no trend.
  private func weeklyTrend(before day: Int) -> Double {
    let weeks = (0..<5).map { back in
      slowness(of: day - LegSlowness.week * (back + 1)...day - 1 - LegSlowness.week * back)
    }
    let changes = (0..<4).map { weeks[$0] - weeks[$0 + 1] }.sorted()
    if changes[1] > 0 { return changes[1] }
    return changes[2] < 0 ? changes[2] : 0
  }
}
