import CSVTables
import LogisticsModel

/// Reads the six files of a plain network; rules are numbered as in the format's section 4.
struct PlainLoader {
  let tables: [String: CSVTable]
  var findings: [Finding] = []

  private var lawPositions: [String: Int32] = [:]
  private var laws: [DelayLaw] = []
  private var windows: [String: [Window]] = [:]
  private var cardPositions: [String: Int32] = [:]
  private var cards: [[PlainNetwork.RateRow]] = []
  private var exceptions: [String: [Range<Int64>]] = [:]
  private var departures: [String: [Departure]] = [:]

  /// Beyond these a value is a slip, and sums could leave 64 bits.
  private static let greatestMinutes: Int64 = 1_000_000_000
  private static let greatestAmount: Int64 = 1_000_000_000

  private struct Window {
    let opens: Int64
    let closes: Int64
  }

  private struct Departure {
    let minute: Int64
    let duration: Int64
    let law: String
    let row: Int
  }

  init(tables: [String: CSVTable]) { self.tables = tables }

  mutating func network() -> PlainNetwork? {
    readNodes()
    readLaws()
    readWindows()
    readCards()
    readExceptions()
    readDepartures()
    return readLegs()
  }

  private func columns(_ file: String, _ required: [String]) -> CSVColumns {
    let table = tables[file] ?? CSVTable.empty(file: file, columns: required)
    return CSVColumns(table, required: required, warnsAboutUnknown: false)
  }

  /// Rule 6 covers everything a reader itself can find; it is named in the message.
  private mutating func collect(_ columns: CSVColumns) {
    findings += columns.findings.map { finding in
      guard finding.code.hasPrefix("TW-CSV") else { return finding }
      return Finding(
        finding.severity, code: PlainCode.malformed, file: finding.file, line: finding.line,
        column: finding.column, message: "rule 6: " + finding.message)
    }
  }

  private mutating func readNodes() {
    collect(columns("nodes.csv", ["node", "kind"]))
  }

  private mutating func readLaws() {
    var file = columns("pmf.csv", ["pmf", "delay_min", "weight"])
    var order: [String] = []
    var atoms: [String: [DelayLaw.Atom]] = [:]
    var rows: [String: (first: Int, last: Int)] = [:]
    var isBroken: Set<String> = []
    let bound = PlainLoader.greatestMinutes
    if file.isUsable {
      for row in 0..<file.table.rowCount {
        let name = file.text(row, "pmf")
        if rows[name] == nil { order.append(name) }
        rows[name] = (rows[name]?.first ?? row, row)
        let delay = file.integer(row, "delay_min", in: -bound...bound)
        let weight = file.integer(row, "weight", in: -bound...bound)
        guard let delay, let weight else {
          isBroken.insert(name)
          continue
        }
        if delay < 0 {
          isBroken.insert(name)
          file.report(
            code: PlainCode.law, row: row, column: "delay_min",
            "rule 1: delay \(delay) of law \(name) is negative")
        }
        if weight <= 0 {
          isBroken.insert(name)
          file.report(
            code: PlainCode.law, row: row, column: "weight",
            "rule 1: weight \(weight) of law \(name) is not positive")
        }
        atoms[name, default: []].append(
          DelayLaw.Atom(delay: Int32(delay), weight: Int32(weight)))
      }
    }
    for name in order where !isBroken.contains(name) {
      do throws(DelayLaw.Fault) {
        laws.append(try DelayLaw(atoms: atoms[name] ?? []))
        lawPositions[name] = Int32(laws.count - 1)
      } catch {
        let range = rows[name] ?? (0, 0)
        let first = file.table.line(range.first)
        let last = file.table.line(range.last)
        let lines = first == last ? "line \(first)" : "lines \(first)-\(last)"
        if case .weightsSum(let sum) = error {
          file.report(
            code: PlainCode.law, row: range.first,
            "rule 1: weights of law \(name) (\(lines)) add up to \(sum), not 1024")
        }
        isBroken.insert(name)
      }
    }
    for name in order where isBroken.contains(name) {
      // Known but broken: reported above, so that uses of it are not reported as unknown.
      lawPositions[name] = -1
    }
    collect(file)
  }

  private mutating func readWindows() {
    var file = columns("calendars.csv", ["cal", "open_min", "close_min"])
    if file.isUsable {
      for row in 0..<file.table.rowCount {
        let bound = PlainLoader.greatestMinutes
        guard let opens = file.integer(row, "open_min", in: -bound...bound),
          let closes = file.integer(row, "close_min", in: -bound...bound)
        else { continue }
        if !(0..<PeriodicTimetable.week).contains(opens) {
          file.report(
            code: PlainCode.malformed, row: row, column: "open_min",
            "rule 6: open_min \(opens) is not within 0...10079")
        } else if closes <= opens {
          file.report(
            code: PlainCode.malformed, row: row, column: "close_min",
            "rule 6: the window closes at \(closes), not after it opens at \(opens)")
        } else {
          windows[file.text(row, "cal"), default: []].append(Window(opens: opens, closes: closes))
        }
      }
    }
    collect(file)
  }

  private mutating func readCards() {
    var file = columns("rates.csv", ["rate", "upto_g", "base_cents", "unit_g", "unit_cents"])
    let amounts = 0...PlainLoader.greatestAmount
    if file.isUsable {
      for row in 0..<file.table.rowCount {
        let upto = file.integer(row, "upto_g", in: 0...Int64(1_000_000_000_000))
        let base = file.integer(row, "base_cents", in: amounts)
        let unit = file.integer(row, "unit_g", in: 1...Int64(1_000_000_000_000))
        let cents = file.integer(row, "unit_cents", in: amounts)
        guard let upto, let base, let unit, let cents else { continue }
        let card = cardPosition(file.text(row, "rate"))
        cards[Int(card)].append(
          PlainNetwork.RateRow(uptoGrams: upto, baseCents: base, unitGrams: unit, unitCents: cents))
      }
    }
    collect(file)
  }

  private mutating func cardPosition(_ name: String) -> Int32 {
    if let position = cardPositions[name] { return position }
    cards.append([])
    cardPositions[name] = Int32(cards.count - 1)
    return Int32(cards.count - 1)
  }

  private mutating func readExceptions() {
    var file = columns("exceptions.csv", ["leg", "from_min", "to_min"])
    let range = Int64(-1_000_000_000_000)...Int64(1_000_000_000_000)
    if file.isUsable {
      for row in 0..<file.table.rowCount {
        guard let from = file.integer(row, "from_min", in: range),
          let to = file.integer(row, "to_min", in: range), from < to
        else { continue }
        exceptions[file.text(row, "leg"), default: []].append(from..<to)
      }
    }
    collect(file)
  }

  private mutating func readDepartures() {
    var file = columns("departures.csv", ["leg", "dep_min", "dur_min", "pmf"])
    let bound = PlainLoader.greatestMinutes
    if file.isUsable {
      for row in 0..<file.table.rowCount {
        guard let minute = file.integer(row, "dep_min", in: -bound...bound),
          let duration = file.integer(row, "dur_min", in: -bound...bound)
        else { continue }
        if !(0..<PeriodicTimetable.week).contains(minute) {
          file.report(
            code: PlainCode.departureOutsideWeek, row: row, column: "dep_min",
            "rule 2: dep_min \(minute) is not within 0...10079")
          continue
        }
        departures[file.text(row, "leg"), default: []].append(
          Departure(minute: minute, duration: duration, law: file.text(row, "pmf"), row: row))
      }
    }
    collect(file)
  }

  /// Reports at a departure's row once the leg it belongs to is known.
  private mutating func reportDeparture(
    _ code: String, _ departure: Departure, _ column: String, _ message: String
  ) {
    var file = columns("departures.csv", ["leg", "dep_min", "dur_min", "pmf"])
    file.report(code: code, row: departure.row, column: column, message)
    findings += file.findings
  }

  private mutating func readLegs() -> PlainNetwork? {
    let required = [
      "leg", "from", "to", "mode", "goods_mask", "max_weight_g", "handling_min", "rate",
      "co2_mg_per_g", "sched", "cal", "dur_min", "pmf",
    ]
    var file = columns("legs.csv", required)
    guard file.isUsable else {
      collect(file)
      return nil
    }
    var parts = PlainParts()
    var firstRow: [String: Int] = [:]
    for row in 0..<file.table.rowCount {
      let name = file.text(row, "leg")
      if let first = firstRow[name] {
        file.report(
          code: PlainCode.malformed, row: row, column: "leg",
          "rule 6: leg \(name) stands already in line \(file.table.line(first))")
        continue
      }
      firstRow[name] = row
      let goods = file.integer(row, "goods_mask", in: 0...Int64.max)
      let weight = file.integer(row, "max_weight_g", in: 0...Int64(1_000_000_000_000))
      let handling = file.integer(row, "handling_min", in: 0...PlainLoader.greatestMinutes)
      let emission = file.integer(row, "co2_mg_per_g", in: 0...Int64(1_000_000))
      let kind = file.word(row, "sched", expected: "S or C") { $0 == "S" || $0 == "C" ? $0 : nil }
      guard let goods, let weight, let handling, let emission, let kind else { continue }
      let line = kind == "S" ? scheduledLine(name) : continuousLine(row, name, &file)
      guard let line else { continue }
      parts.append(
        name: name, from: file.text(row, "from"), to: file.text(row, "to"), goods: UInt64(goods),
        weight: weight, handling: Int32(handling), card: cardPosition(file.text(row, "rate")),
        emission: emission, line: line, laws: laws)
    }
    collect(file)
    let nodes = columns("nodes.csv", ["node", "kind"])
    for row in 0..<nodes.table.rowCount where nodes.isUsable {
      _ = parts.node(nodes.text(row, "node"))
    }
    guard !findings.contains(where: { $0.severity == .error }) else { return nil }
    return parts.network(laws: laws, cards: cards)
  }

  private mutating func scheduledLine(_ name: String) -> PeriodicTimetable.Line? {
    let ordered = (departures[name] ?? []).sorted {
      ($0.minute, $0.duration, $0.law) < ($1.minute, $1.duration, $1.law)
    }
    var isSound = true
    for departure in ordered {
      if departure.duration <= 0 {
        reportDeparture(
          PlainCode.duration, departure, "dur_min",
          "rule 3: duration \(departure.duration) of a departure of leg \(name) is not positive")
        isSound = false
      }
      if lawPositions[departure.law] == nil {
        reportDeparture(
          PlainCode.unknownLaw, departure, "pmf",
          "rule 4: law \"\(departure.law)\" is not in pmf.csv")
        isSound = false
      } else if lawPositions[departure.law] == -1 {
        isSound = false
      }
    }
    guard isSound else { return nil }
    checkFIFO(name, ordered)
    var slots: [PeriodicTimetable.Slot] = []
    for departure in ordered where slots.last?.minute != departure.minute {
      slots.append(
        PeriodicTimetable.Slot(
          minute: departure.minute, closes: departure.minute + 1,
          duration: Int32(departure.duration), law: LawID(lawPositions[departure.law] ?? 0)))
    }
    return PeriodicTimetable.Line(
      isScheduled: true, slots: slots, exceptions: orderedExceptions(name))
  }

  private mutating func checkFIFO(_ name: String, _ ordered: [Departure]) {
    guard ordered.count > 0 else { return }
    for (index, departure) in ordered.enumerated() {
      let isLast = index + 1 == ordered.count
      let next = ordered[isLast ? 0 : index + 1]
      let shift = isLast ? PeriodicTimetable.week : 0
      let earlier = laws[Int(lawPositions[departure.law] ?? 0)]
      let later = laws[Int(lawPositions[next.law] ?? 0)]
      if !earlier.isNowhereBelow(
        later,
        shiftedBy: next.minute + shift + next.duration - departure.minute - departure.duration)
      {
        let line = tables["departures.csv"]?.line(departure.row) ?? 0
        reportDeparture(
          PlainCode.notFIFO, next, "dep_min",
          "rule 5: not stochastically FIFO: split it into parallel legs (the departure of leg \(name) in "
            + "line \(line) may arrive after this later one)")
      }
    }
  }

  private mutating func continuousLine(
    _ row: Int, _ name: String, _ file: inout CSVColumns
  ) -> PeriodicTimetable.Line? {
    let open = windows[file.text(row, "cal")] ?? []
    guard !open.isEmpty else {
      // Rule 3 asks for a positive duration only where there are windows; it must still be a number.
      if !file.isEmpty(row, "dur_min") {
        let bound = PlainLoader.greatestMinutes
        guard file.integer(row, "dur_min", in: -bound...bound) != nil else {
          return nil
        }
      }
      return PeriodicTimetable.Line(isScheduled: false, slots: [], exceptions: [])
    }
    let bound = PlainLoader.greatestMinutes
    guard let duration = file.integer(row, "dur_min", in: -bound...bound) else { return nil }
    if duration <= 0 {
      file.report(
        code: PlainCode.duration, row: row, column: "dur_min",
        "rule 3: duration \(duration) of leg \(name) is not positive")
      return nil
    }
    guard let law = lawPositions[file.text(row, "pmf")] else {
      file.report(
        code: PlainCode.unknownLaw, row: row, column: "pmf",
        "rule 4: law \"\(file.text(row, "pmf"))\" is not in pmf.csv")
      return nil
    }
    guard law >= 0 else { return nil }
    var slots: [PeriodicTimetable.Slot] = []
    for window in open.sorted(by: { ($0.opens, -$0.closes) < ($1.opens, -$1.closes) })
    where slots.last?.minute != window.opens {
      slots.append(
        PeriodicTimetable.Slot(
          minute: window.opens, closes: window.closes, duration: Int32(duration), law: LawID(law)))
    }
    return PeriodicTimetable.Line(
      isScheduled: false, slots: slots, exceptions: orderedExceptions(name))
  }

  private func orderedExceptions(_ leg: String) -> [Range<Int64>] {
    (exceptions[leg] ?? []).sorted { $0.lowerBound < $1.lowerBound }
  }
}
