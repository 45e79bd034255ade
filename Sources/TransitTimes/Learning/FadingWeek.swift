/// Events and exposure by bin, of the last week whole and of what is older as far as the week bears it.
///
/// Sailings and doors have a rhythm of weeks, hence a whole one. And a slump leaves many parcels at ages that few reach
/// otherwise: by their number they would outweigh for months what comes after them, hence the past is never worth more
/// than a multiple of the week. More exposure never raises a rate, whichever day it falls on: both keep parcels under way
/// from shortening a promise.
struct FadingWeek: Sendable {
  /// Sums by bin.
  struct Sums: Sendable {
    var events: [Double]
    var exposure: [Double]

    init(bins: Int) {
      events = Array(repeating: 0, count: bins)
      exposure = events
    }

    mutating func forget(_ kept: Double, adding today: Sums) {
      forget(Array(repeating: kept, count: events.count), adding: today)
    }

    mutating func forget(_ kept: [Double], adding today: Sums) {
      for index in events.indices {
        events[index] = events[index] * kept[index] + today.events[index]
        exposure[index] = exposure[index] * kept[index] + today.exposure[index]
      }
    }
  }

  static let days = 7

  /// The last week, and as much of what is older as it bears.
  private(set) var present: Sums
  /// Days that left the week, decayed.
  private(set) var older: Sums
  /// The days of the last week.
  private(set) var week: [Sums]
  /// The place of the oldest of them.
  private(set) var place = 0
  /// The day that is not over.
  var today: Sums
  /// What is left of older days after one more, by bin.
  let kept: [Double]
  /// Exposure of the week that older days may be worth, and by bin what they may be worth besides.
  let echo: Double
  let least: [Double]

  init(kept: [Double], echo: Double, least: [Double]) {
    self.kept = kept
    self.echo = echo
    self.least = least
    let none = Sums(bins: least.count)
    present = none
    older = none
    today = none
    week = Array(repeating: none, count: FadingWeek.days)
  }

  mutating func restore(older: Sums, today: Sums, week: [Sums], place: Int) {
    self.older = older
    self.today = today
    self.week = week
    self.place = place
    present = recent()
  }

  /// Ends the day.
  mutating func close() {
    older.forget(kept, adding: week[place])
    week[place] = today
    place = (place + 1) % FadingWeek.days
    today = Sums(bins: least.count)
    present = recent()
  }

  private func recent() -> Sums {
    var sums = Sums(bins: least.count)
    for day in week { sums.forget(1, adding: day) }
    for index in least.indices where older.exposure[index] > 0 {
      let bears = echo * sums.exposure[index] + least[index]
      let share = min(1, bears / older.exposure[index])
      sums.events[index] += share * older.events[index]
      sums.exposure[index] += share * older.exposure[index]
    }
    return sums
  }
}
