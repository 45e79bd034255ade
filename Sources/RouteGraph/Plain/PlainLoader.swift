import CSVTables
import LogisticsModel

/// Reads the files of a plain network; rules are numbered as in the format's section 4.
///
/// Here is what legs refer to: laws, windows, cards and exceptions.
struct PlainLoader {
  let tables: [String: CSVTable]
  var findings: [Finding] = []

  /// Position of each law in ``laws``; -1: named, but broken.
  var lawPositions: [String: Int32] = [:]
  var laws: [DelayLaw] = []
  var windows: [String: [Window]] = [:]
  private var cardPositions: [String: Int32] = [:]
  private(set) var cards: [[PlainNetwork.RateRow]] = []
  var exceptions: [String: [Range<Int64>]] = [:]
  var departures: [String: [Departure]] = [:]

  /// Beyond these a value is a slip, and sums could leave 64 bits.
  static let greatestMinutes: Int64 = 1_000_000_000
  private static let greatestAmount: Int64 = 1_000_000_000

  /// An open window of a calendar, in minutes of the week.
  struct Window {
    let opens: Int64
    let closes: Int64
  }

  /// A departure as its row has it.
  struct Departure {
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

  func columns(_ file: String, _ required: [String]) -> CSVColumns {
    let table = tables[file] ?? CSVTable.empty(file: file, columns: required)
    return CSVColumns(table, required: required, warnsAboutUnknown: false)
  }

  /// Rule 6 covers everything a reader itself can find; it is named in the message.
  mutating func collect(_ columns: CSVColumns) {
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

  mutating func cardPosition(_ name: String) -> Int32 {
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
}
