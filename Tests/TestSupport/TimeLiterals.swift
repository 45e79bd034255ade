public import LogisticsModel

// Dates, clock times and weekday masks as literals, so that a test reads like the calendar it checks.
// A malformed literal stops the test: it is the test's own mistake.

extension CivilDate: ExpressibleByStringLiteral {
  /// `"2026-11-20"`.
  public init(stringLiteral text: String) {
    guard let value = CivilDate(iso: text) else { fatalError("\(text) is no date") }
    self = value
  }
}

extension ClockTime: ExpressibleByStringLiteral {
  /// `"17:30"`.
  public init(stringLiteral text: String) {
    guard let value = ClockTime(text: text) else { fatalError("\(text) is no clock time") }
    self = value
  }
}

extension LocalTime: ExpressibleByStringLiteral {
  /// `"2026-11-20T17:30"`.
  public init(stringLiteral text: String) {
    guard let value = LocalTime(text: text) else { fatalError("\(text) is no local time") }
    self = value
  }
}

extension WeekdaySet: ExpressibleByStringLiteral {
  /// `"1111100"`.
  public init(stringLiteral text: String) {
    guard let value = WeekdaySet(mask: text) else { fatalError("\(text) is no weekday mask") }
    self = value
  }
}

extension ClockWindow: ExpressibleByStringLiteral {
  /// `"08:00-17:00"`.
  public init(stringLiteral text: String) {
    let parts = text.split(separator: "-")
    guard parts.count == 2, let opens = ClockTime(text: parts[0]),
      let closes = ClockTime(text: parts[1]), let value = ClockWindow(opens: opens, closes: closes)
    else { fatalError("\(text) is no window") }
    self = value
  }
}

extension Instant: ExpressibleByStringLiteral {
  /// `"2026-11-20T17:30Z"`.
  public init(stringLiteral text: String) {
    guard let value = try? Instant(rfc3339: text) else { fatalError("\(text) is no instant") }
    self = value
  }
}
