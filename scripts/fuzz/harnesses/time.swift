import LogisticsModel

/// Every text is a time or a fault; what is a time prints as one that reads the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  if let instant = try? Instant(rfc3339: text) {
    for offset in [0, 480, -570] {
      let printed = instant.rfc3339(offsetMinutes: offset)
      // Years 0 and 10000 appear at the very ends, where no date stands for them.
      let local = LocalTime(minutes: instant.minutes + Int64(offset))
      guard local.date != .first, local.date != .last else { continue }
      expect((try? Instant(rfc3339: printed)) == instant, "\(text) -> \(printed)")
    }
  }
  if let date = CivilDate(iso: text) {
    expect(date.description == text)
    _ = date.spoken(zone: text)
  }
  if let time = LocalTime(text: text) {
    expect(LocalTime(text: time.description) == time)
  }
  if let clock = ClockTime(text: text) { expect(clock.description == text) }
  if let days = WeekdaySet(mask: text) { expect(days.description == text) }
  return 0
}
