/// Why bytes are no usable zone file.
public enum ZoneFault: Error, Hashable, Sendable {
  /// No bytes for this name: the zone does not exist here.
  case unknown
  /// The file does not begin with `TZif`.
  case notZoneFile
  /// The file ends in the middle.
  case truncated
  /// The file counts leap seconds (a `right/` zone); our minutes do not.
  case leapSeconds
  /// A field that contradicts another.
  case inconsistent
}

extension ZoneTable {
  /// Reads a TZif file (RFC 8536), version 1 to 4; the footer's rule is written out up to 2100.
  public init(name: String, tzif bytes: [UInt8]) throws(ZoneFault) {
    var reader = TZifReader(bytes: bytes)
    let first = try reader.header()
    var block: TZifReader.Block
    var rule: ZoneRule?
    if first.version == 0 {
      block = try reader.block(first, wide: false)
    } else {
      try reader.skip(first, wide: false)
      block = try reader.block(try reader.header(), wide: true)
      rule = try reader.footer()
    }
    if let rule {
      let last = block.changes.last ?? -9_000_000_000
      // Begin one year early: a rule may already hold in the year of the last listed change.
      let year = Instant(minutes: last.flooredDivision(by: 60).quotient).utcDate.year
      let start = Swift.min(Swift.max(year - 1, 1970), 2100)
      for change in rule.changes(years: start...2100) where change.second > last {
        block.changes.append(change.second)
        block.offsets.append(Int64(change.offset))
      }
      if block.changes.isEmpty { block.offsets = [Int64(rule.standardOffset)] }
    }
    let table = try block.wholeMinutes()
    guard let made = ZoneTable(name: name, changes: table.changes, offsets: table.offsets) else {
      throw .inconsistent
    }
    self = made
  }
}

extension Instant {
  /// The date in UTC.
  var utcDate: CivilDate { LocalTime(minutes: minutes).date }
}

/// Walks through the big-endian fields of a TZif file.
struct TZifReader {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Counts at the start of a data block.
  struct Header {
    var version: UInt8
    var utFlags = 0
    var standardFlags = 0
    var leaps = 0
    var changes = 0
    var types = 0
    var characters = 0

    func size(wide: Bool) -> Int {
      let time = wide ? 8 : 4
      return changes * (time + 1) + types * 6 + characters + leaps * (time + 4) + standardFlags
        + utFlags
    }
  }

  /// Changes in seconds since the epoch; offsets in seconds, one more than changes.
  struct Block {
    var changes: [Int64] = []
    var offsets: [Int64] = []

    /// Rounds to minutes, and drops changes that change nothing.
    func wholeMinutes() throws(ZoneFault) -> (changes: [Int64], offsets: [Int32]) {
      var minutes: [Int64] = []
      var kept: [Int32] = []
      for (index, offset) in offsets.enumerated() {
        guard (-93_600...93_600).contains(offset) else { throw .inconsistent }
        let value = Int32(offset.flooredDivision(by: 60).quotient)
        guard index > 0 else {
          kept.append(value)
          continue
        }
        // Times before year 1 or so mean "always"; dividing keeps them far in the past.
        let change = (changes[index - 1] &+ 59).flooredDivision(by: 60).quotient
        if change == minutes.last {
          kept[kept.count - 1] = value
        } else if value != kept[kept.count - 1] {
          minutes.append(change)
          kept.append(value)
        }
      }
      return (minutes, kept)
    }
  }

  private mutating func take(_ count: Int) throws(ZoneFault) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - position else { throw .truncated }
    defer { position += count }
    return bytes[position..<(position + count)]
  }

  private mutating func integer(_ size: Int) throws(ZoneFault) -> Int64 {
    let slice = try take(size)
    let bits = slice.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return size == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
  }

  private mutating func count() throws(ZoneFault) -> Int {
    let value = try integer(4)
    guard (0...100_000).contains(value) else { throw .inconsistent }
    return Int(value)
  }

  mutating func header() throws(ZoneFault) -> Header {
    guard bytes.count >= position + 4 else {
      throw bytes.isEmpty ? .unknown : position == 0 ? .notZoneFile : .truncated
    }
    guard Array(try take(4)) == Array("TZif".utf8) else { throw .notZoneFile }
    var header = Header(version: try take(1).first ?? 0)
    _ = try take(15)
    header.utFlags = try count()
    header.standardFlags = try count()
    header.leaps = try count()
    header.changes = try count()
    header.types = try count()
    header.characters = try count()
    guard header.types > 0 else { throw .inconsistent }
    return header
  }

  mutating func skip(_ header: Header, wide: Bool) throws(ZoneFault) {
    _ = try take(header.size(wide: wide))
  }

  mutating func block(_ header: Header, wide: Bool) throws(ZoneFault) -> Block {
    guard header.leaps == 0 else { throw .leapSeconds }
    guard header.size(wide: wide) <= bytes.count - position else { throw .truncated }
    var changes: [Int64] = []
    for _ in 0..<header.changes { changes.append(try integer(wide ? 8 : 4)) }
    let types = Array(try take(header.changes)).map(Int.init)
    var offsets: [Int64] = []
    for _ in 0..<header.types {
      offsets.append(try integer(4))
      _ = try take(2)
    }
    _ = try take(header.characters + header.standardFlags + header.utFlags)
    guard zip(changes, changes.dropFirst()).allSatisfy({ $0 < $1 }),
      types.allSatisfy({ $0 < offsets.count })
    else { throw .inconsistent }
    // Before the first change the first type holds.
    return Block(changes: changes, offsets: [offsets[0]] + types.map { offsets[$0] })
  }

  /// The rule between the two line feeds at the end; nil when it is empty.
  mutating func footer() throws(ZoneFault) -> ZoneRule? {
    guard try take(1).first == UInt8(ascii: "\n") else { throw .inconsistent }
    let text = bytes[position...].prefix { $0 != UInt8(ascii: "\n") }
    guard position + text.count < bytes.count else { throw .truncated }
    guard !text.isEmpty else { return nil }
    guard let rule = ZoneRule(posix: Array(text)) else { throw .inconsistent }
    return rule
  }
}
