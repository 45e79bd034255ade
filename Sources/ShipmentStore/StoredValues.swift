import Fulfilment
import LogisticsModel
import PostgresClient

extension Timestamp {
  /// A moment of the planner, which counts whole minutes.
  init(_ instant: Instant) {
    // The planner's minutes lie within some centuries of now, far inside the server's range.
    self = Timestamp(unixMicroseconds: instant.minutes * 60_000_000) ?? .infinity
  }

  /// The whole minute this is; rounded up, as everywhere a boundary reads seconds.
  func instant() throws -> Instant {
    guard let microseconds = unixMicroseconds else { throw StoreFault.unreadable("a time") }
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 60_000_000)
    return Instant(minutes: remainder > 0 ? quotient + 1 : quotient)
  }
}

extension CalendarDay {
  /// Days from 1970-01-01 to 2000-01-01.
  private static let epoch: Int32 = 10_957

  init(_ date: CivilDate) { self.init(days: date.days - CalendarDay.epoch) }

  var civilDate: CivilDate { CivilDate(days: Int(days) + Int(CalendarDay.epoch)) }
}

extension UniqueID {
  init(_ id: RecordID) { self.init(high: id.high, low: id.low) }

  var recordID: RecordID { RecordID(high: high, low: low) }
}

extension Row {
  /// The promise that begins at a column: id, quote, tier, deliver_by, promise_at, zone, level, price, currency, quoted_by,
  /// made_at.
  func promise(from column: Int) throws -> Promise {
    let tier = try value(column + 2, as: String.self)
    let currency = try value(column + 8, as: String.self)
    guard let tier = Tier(word: tier), let currency = Currency(code: currency),
      let level = ServiceLevel(q1024: Int32(try value(column + 6, as: Int16.self)))
    else { throw StoreFault.unreadable("a promise") }
    return Promise(
      id: try value(column, as: UniqueID.self).recordID,
      quote: try value(column + 1, as: String.self), tier: tier,
      deliverBy: try value(column + 3, as: CalendarDay.self).civilDate,
      minute: try value(column + 4, as: Timestamp.self).instant(),
      zone: try value(column + 5, as: String.self), level: level,
      price: Money(minorUnits: try value(column + 7, as: Int64.self), currency),
      quotedBy: try value(column + 9, as: CalendarDay.self).civilDate,
      made: try value(column + 10, as: Timestamp.self).instant())
  }
}
