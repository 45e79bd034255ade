import LogisticsModel
import TestSupport

@testable import TransitTimes

/// Seeded histories for tests of learning: lanes of different length, sellers of different speed, weeks of slump.
struct RandomWorld {
  var orders: [HistoryOrder] = []

  /// Orders from 2017-01-02 on.
  ///
  /// - Parameters:
  ///   - seed: the same seed makes the same world.
  ///   - days: days with orders.
  ///   - perDay: orders a day.
  ///   - lost: one in so many is never delivered; 0: none.
  init(seed: UInt64, days: Int = 120, perDay: Int = 8, lost: Int = 0) {
    var random = SeededGenerator(seed: seed)
    let start = "2017-01-02" as CivilDate
    for day in 0..<days {
      for number in 0..<perDay {
        let destination = random.int(0...5)
        let origin = random.int(0...2)
        let seller = random.int(0...9)
        let placed = LocalTime(
          minutes: Int64(start.adding(days: day).days) * 1440 + random.integer(0...1439))
        let slump = (60..<80).contains(day) ? 2 : 1
        let handled = Int64(random.int(60...(1440 * (1 + seller / 3))))
        let carried = Int64(random.int(1440...(1440 * (3 + 2 * destination))) * slump)
        let handedOver = LocalTime(minutes: placed.minutes + handled)
        let isLost = lost > 0 && random.chance(oneIn: lost)
        let known = !random.chance(oneIn: 3)
        orders.append(
          HistoryOrder(
            name: "o\(day)-\(number)", placed: placed, handedOver: handedOver,
            delivered: isLost ? nil : LocalTime(minutes: handedOver.minutes + carried),
            traits: known
              ? OrderTraits(
                origin: "O\(origin)", destination: "D\(destination)",
                zone: "z\(random.int(0...3))", seller: "s\(seller)",
                distance: Int32(100 + 300 * destination)) : OrderTraits()))
      }
    }
  }

  /// All events by time.
  var events: [ParcelEvent] {
    orders.flatMap(\.events).enumerated().sorted {
      ($0.element.at, $0.element.kind.rank, $0.offset)
        < ($1.element.at, $1.element.kind.rank, $1.offset)
    }.map(\.element)
  }

  /// A learner fed with all events up to one moment.
  func learner(until end: LocalTime? = nil) -> PromiseLearner {
    var learner = PromiseLearner(pace: .parcels)
    for event in events where end.map({ event.at < $0 }) ?? true {
      learner.feed(event, now: event.at)
    }
    return learner
  }
}
