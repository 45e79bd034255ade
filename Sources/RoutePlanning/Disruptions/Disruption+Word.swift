import LogisticsModel

extension Disruption {
  /// Reads the word of an event, as people write it after the flag of its kind.
  ///
  ///     cancel, full   LEG@DATE                 LEG@DATETHH:MM for one departure of the day
  ///     delay          LEG@DATE:+4h             +90m, +1d, +1d12h; :+4h:moved where the cut-off moves too
  ///     close          NODE@DATE..DATE          NODE@DATE for one day
  ///     restrict       LEG@battery              NODE@over:10kg, NODE@battery+over:10kg
  ///     add            LEG@DATETHH:MM           .../14h where it does not take as long as usual
  ///
  /// Dates and clock times are those at the leg's tail, or at the node.
  /// - Throws: ``DisruptionFault/malformed`` with the word and its form.
  public init(word: String, of kind: Kind) throws(DisruptionFault) {
    guard let mark = word.utf8.lastIndex(of: UInt8(ascii: "@")), mark > word.startIndex else {
      throw Disruption.malformed(word, kind, "names nothing before an @")
    }
    let subject = String(word[..<mark])
    let rest = word[word.index(after: mark)...]
    switch kind {
    case .cancel:
      self = .cancel(leg: subject, try Disruption.day(rest, word, kind))
    case .full:
      self = .full(leg: subject, try Disruption.day(rest, word, kind))
    case .delay: self = try Disruption.delay(subject, rest, word)
    case .close: self = try Disruption.close(subject, rest, word)
    case .restrict: self = try Disruption.restrict(subject, rest, word)
    case .add: self = try Disruption.add(subject, rest, word)
    }
  }

  /// How a word of a kind is written.
  private static func form(_ kind: Kind) -> String {
    switch kind {
    case .cancel, .full: "write LEG@2026-11-20, or LEG@2026-11-20T23:30 for one departure"
    case .delay: "write LEG@2026-11-20:+4h (+90m, +1d), with :moved behind where the cut-off moves"
    case .close: "write NODE@2026-11-20..2026-11-22, both days included"
    case .restrict: "write LEG@battery, NODE@over:10kg or NODE@battery+over:10kg"
    case .add: "write LEG@2026-11-20T23:30, with /14h behind where it takes other than usual"
    }
  }

  private static func malformed(
    _ word: String, _ kind: Kind, _ reason: String
  ) -> DisruptionFault {
    DisruptionFault(
      code: DisruptionFault.malformed,
      message: "--\(kind.rawValue) \"\(word.prefix(80))\" \(reason)", advice: form(kind))
  }

  /// `DATE` or `DATETHH:MM`.
  private static func day(
    _ text: Substring, _ word: String, _ kind: Kind
  ) throws(DisruptionFault) -> DepartureDay {
    if let date = CivilDate(iso: text) { return DepartureDay(date) }
    if let local = LocalTime(text: text) { return DepartureDay(local.date, local.clock) }
    throw malformed(word, kind, "has no date of the calendar after the @")
  }

  private static func delay(
    _ leg: String, _ rest: Substring, _ word: String
  ) throws(DisruptionFault) -> Disruption {
    guard let plus = rest.firstRange(of: ":+") else {
      throw malformed(word, .delay, "does not say by how much")
    }
    let day = try day(rest[..<plus.lowerBound], word, .delay)
    var length = rest[plus.upperBound...]
    let movesCutOff = length.hasSuffix(":moved")
    if movesCutOff { length = length.dropLast(":moved".count) }
    guard let minutes = minutes(length) else {
      throw malformed(
        word, .delay, "has no length between a minute and sixty days after the +")
    }
    return .delay(leg: leg, day, minutes: minutes, movesCutOff: movesCutOff)
  }

  private static func close(
    _ node: String, _ rest: Substring, _ word: String
  ) throws(DisruptionFault) -> Disruption {
    let dots = rest.firstRange(of: "..")
    guard let from = CivilDate(iso: dots.map { rest[..<$0.lowerBound] } ?? rest),
      let through = CivilDate(iso: dots.map { rest[$0.upperBound...] } ?? rest)
    else { throw malformed(word, .close, "has no dates of the calendar after the @") }
    guard from <= through else { throw malformed(word, .close, "ends before it begins") }
    return .close(node: node, from: from, through: through)
  }

  private static func restrict(
    _ subject: String, _ rest: Substring, _ word: String
  ) throws(DisruptionFault) -> Disruption {
    var goods: GoodsClass?
    var over: Grams?
    for part in rest.split(separator: "+", omittingEmptySubsequences: false) {
      if part.hasPrefix("over:"), over == nil {
        do throws(MeasureFault) {
          over = try Grams(part.dropFirst("over:".count))
        } catch {
          throw DisruptionFault(
            code: error.code, message: "--restrict \"\(word.prefix(80))\": \(error.reason)",
            advice: error.advice)
        }
      } else if goods == nil, let found = GoodsClass(word: part) {
        goods = found
      } else {
        let classes = GoodsClass.allCases.map(\.word).joined(separator: ", ")
        throw malformed(
          word, .restrict, "has \"\(part.prefix(40))\", neither over:WEIGHT nor one of \(classes)")
      }
    }
    return .restrict(subject: subject, goods: goods, over: over)
  }

  private static func add(
    _ leg: String, _ rest: Substring, _ word: String
  ) throws(DisruptionFault) -> Disruption {
    let slash = rest.firstIndex(of: "/")
    let time = rest[..<(slash ?? rest.endIndex)]
    let departs: Moment
    if let local = LocalTime(text: time) {
      departs = .local(local)
    } else {
      do throws(TimestampFault) {
        departs = .instant(try Instant(rfc3339: String(time)))
      } catch {
        throw malformed(word, .add, "has no date and clock time after the @")
      }
    }
    guard let slash else { return .add(leg: leg, departs: departs, duration: nil) }
    guard let duration = minutes(rest[rest.index(after: slash)...]) else {
      throw malformed(word, .add, "has no length between a minute and sixty days after the /")
    }
    return .add(leg: leg, departs: departs, duration: duration)
  }

  /// `90m`, `4h`, `1d`, or several of them in a row; nil outside 1...``greatestMinutes``.
  private static func minutes(_ text: Substring) -> Int32? {
    var sum: Int32 = 0
    var number: Int32?
    for byte in text.utf8 {
      let unit: Int32
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let next = (number ?? 0) * 10 + Int32(byte - UInt8(ascii: "0"))
        guard next <= greatestMinutes else { return nil }
        number = next
        continue
      case UInt8(ascii: "m"): unit = 1
      case UInt8(ascii: "h"): unit = 60
      case UInt8(ascii: "d"): unit = 1440
      default: return nil
      }
      guard let count = number, count <= greatestMinutes / unit else { return nil }
      sum += count * unit
      number = nil
      guard sum <= greatestMinutes else { return nil }
    }
    return number == nil && sum >= 1 ? sum : nil
  }
}
