/// Why a text is no RFC 3339 time with an offset.
public enum TimestampFault: Error, Hashable, Sendable {
  /// Not of the form `YYYY-MM-DDTHH:MM[:SS[.fff]](Z|+HH:MM|-HH:MM)`.
  case malformed
  /// The form is right, the date or clock time does not exist.
  case impossible
  /// A local time: the offset is missing.
  case offsetMissing
}

extension Instant {
  /// Reads an RFC 3339 time, which must carry `Z` or an offset; seconds, if any, round up to a minute.
  ///
  /// `2026-11-20T17:30:00+08:00` is 09:30 UTC. A leap second `:60` is accepted and rounds up like any other.
  public init(rfc3339 text: some StringProtocol) throws(TimestampFault) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 16, bytes.count <= 64 else { throw .malformed }
    let mark = bytes[10] | 0x20  // lower case, a blank stays a blank
    guard mark == UInt8(ascii: "t") || mark == UInt8(ascii: " "), bytes[4] == UInt8(ascii: "-"),
      bytes[7] == UInt8(ascii: "-"), bytes[13] == UInt8(ascii: ":"),
      let hour = DecimalDigits.number(bytes[11..<13]),
      let minute = DecimalDigits.number(bytes[14..<16]),
      DecimalDigits.number(bytes[0..<4]) != nil, DecimalDigits.number(bytes[5..<7]) != nil,
      DecimalDigits.number(bytes[8..<10]) != nil
    else { throw .malformed }
    var rest = bytes[16...]
    let roundsUp = try Instant.hasSeconds(&rest)
    guard let offset = try Instant.offset(rest) else { throw .offsetMissing }
    guard let date = CivilDate(iso: String(decoding: bytes[0..<10], as: UTF8.self)), hour < 24,
      minute < 60
    else { throw .impossible }
    self.init(
      minutes: Int64(date.days) * 1440 + Int64(hour * 60 + minute) - Int64(offset)
        + (roundsUp ? 1 : 0))
  }

  /// Takes `:SS` and `.fff` off the front; true when they are more than zero.
  private static func hasSeconds(_ rest: inout ArraySlice<UInt8>) throws(TimestampFault) -> Bool {
    guard rest.first == UInt8(ascii: ":") else { return false }
    guard rest.count >= 3, let seconds = DecimalDigits.number(rest.dropFirst().prefix(2)) else {
      throw .malformed
    }
    guard seconds <= 60 else { throw .impossible }
    rest = rest.dropFirst(3)
    var more = seconds > 0
    guard rest.first == UInt8(ascii: ".") else { return more }
    let fraction = rest.dropFirst().prefix { DecimalDigits.number(CollectionOfOne($0)) != nil }
    guard !fraction.isEmpty else { throw .malformed }
    more = more || fraction.contains { $0 != UInt8(ascii: "0") }
    rest = rest.dropFirst(1 + fraction.count)
    return more
  }

  /// Offset in minutes east of UTC; nil when there is none.
  private static func offset(_ text: ArraySlice<UInt8>) throws(TimestampFault) -> Int? {
    guard let sign = text.first else { return nil }
    if text.count == 1, sign | 0x20 == UInt8(ascii: "z") { return 0 }
    let start = text.startIndex
    guard text.count == 6, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      text[start + 3] == UInt8(ascii: ":"),
      let hours = DecimalDigits.number(text[(start + 1)..<(start + 3)]),
      let minutes = DecimalDigits.number(text[(start + 4)..<(start + 6)])
    else { throw .malformed }
    guard hours < 24, minutes < 60 else { throw .impossible }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
  }

  /// The RFC 3339 text at an offset of so many minutes east of UTC; `Z` for none.
  public func rfc3339(offsetMinutes: Int = 0) -> String {
    let local = LocalTime(minutes: minutes + Int64(offsetMinutes))
    guard offsetMinutes != 0 else { return "\(local):00Z" }
    let size = abs(offsetMinutes)
    return "\(local):00\(offsetMinutes < 0 ? "-" : "+")\(DecimalDigits.padded(size / 60, 2)):"
      + DecimalDigits.padded(size % 60, 2)
  }

  /// The RFC 3339 text with the offset the zone has at this instant.
  public func rfc3339(in zone: ZoneTable) -> String {
    rfc3339(offsetMinutes: Int(zone.offset(at: self)))
  }
}
