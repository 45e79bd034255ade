public import CSVTables
public import LogisticsModel

/// A history of orders read from tables: several files are one history.
public struct ShipmentHistory: Sendable {
  /// The orders in the files' order, each name once.
  public private(set) var orders: [HistoryOrder] = []
  /// Rows that say something again or differently; their events are fed all the same and held back by the learner.
  public private(set) var repeats: [HistoryOrder] = []
  /// Rows held back, by reason.
  public private(set) var quarantine = Quarantine()
  /// What is wrong with the files' columns; an error means a file could not be used.
  public private(set) var findings: [Finding] = []
  /// How its columns are read.
  public let columns: HistoryColumns

  /// How its parcels move through the week.
  ///
  /// Where nobody said, as parcels do; but where most orders were planned, every day alike: plans know the calendars, and
  /// a second one over them would count every Sunday twice.
  public var pace: WorkingPace {
    let planned = orders.count { $0.traits.planned != nil }
    return columns.pace ?? (planned > orders.count / 2 ? .everyDay : .parcels)
  }

  private var positions: [String: Int] = [:]

  /// A row or a field that cannot be read, and is held back.
  public static let rowUnreadable = "TW-HIS-001"
  /// A row whose times cannot be true.
  public static let rowImpossible = "TW-HIS-002"
  /// Findings of rows at most; all are counted.
  private static let greatestFindings = 20

  /// An empty history.
  public init(columns: HistoryColumns) { self.columns = columns }

  /// Adds the rows of one file.
  ///
  /// - Complexity: O(rows)
  public mutating func add(_ table: CSVTable) {
    let required: [HistoryColumns.Field] = [.order, .placed]
    var reader = CSVColumns(
      table, required: required.map { columns.names[$0] ?? $0.rawValue }, warnsAboutUnknown: false)
    // What the mapping names must be there: a misspelt column would silently teach nothing.
    if columns != .plain {
      for (field, name) in columns.names.sorted(by: { $0.value < $1.value })
      where !required.contains(field) && !table.header.contains(name) {
        reader.findings.append(
          Finding(
            code: CSVCode.columnMissing, file: table.file, line: 1,
            message: "column \(name), which the mapping takes \(field.rawValue) from, is missing"))
      }
    }
    defer { findings += reader.findings }
    guard reader.isUsable else { return }
    for row in 0..<table.rowCount {
      switch order(reader, row) {
      case .success(let order): keep(order, &reader, row)
      case .failure(let fault):
        hold(.unreadable, fault.text, ShipmentHistory.rowUnreadable, &reader, row)
      }
    }
  }

  /// Adds orders that come from elsewhere than a table.
  public mutating func adopt(_ found: [HistoryOrder]) {
    for order in found {
      guard order.isPossible else {
        quarantine.hold(.impossible, "times of order \(order.name) cannot be true")
        continue
      }
      if positions[order.name] != nil {
        repeats.append(order)
      } else {
        positions[order.name] = orders.count
        orders.append(order)
      }
    }
  }

  private struct Unreadable: Error {
    let text: String
  }

  private mutating func keep(_ order: HistoryOrder, _ reader: inout CSVColumns, _ row: Int) {
    guard order.isPossible else {
      hold(
        .impossible, "times of order \(order.name) cannot be true",
        ShipmentHistory.rowImpossible, &reader, row)
      return
    }
    if positions[order.name] != nil {
      repeats.append(order)
    } else {
      positions[order.name] = orders.count
      orders.append(order)
    }
  }

  private mutating func hold(
    _ reason: Quarantine.Reason, _ text: String, _ code: String, _ reader: inout CSVColumns,
    _ row: Int
  ) {
    quarantine.hold(reason, "\(reader.table.file):\(reader.table.line(row)): \(text)")
    if quarantine.counts[reason, default: 0] <= ShipmentHistory.greatestFindings {
      reader.report(.warning, code: code, row: row, text + "; held back")
    }
  }

  private func order(
    _ reader: CSVColumns, _ row: Int
  ) -> Result<HistoryOrder, Unreadable> {
    func text(_ field: HistoryColumns.Field) -> String {
      columns.names[field].map { reader.text(row, $0) } ?? ""
    }
    func time(_ field: HistoryColumns.Field) throws(Unreadable) -> LocalTime? {
      let text = text(field)
      if text.isEmpty { return nil }
      guard let time = HistoryTime.time(text) else {
        throw Unreadable(text: "\(field.rawValue) \"\(text.prefix(40))\" is no time")
      }
      return time
    }
    do throws(Unreadable) {
      let name = text(.order)
      guard !name.isEmpty else { throw Unreadable(text: "the order has no name") }
      guard let placed = try time(.placed) else {
        throw Unreadable(text: "order \(name.prefix(40)) was placed at no time")
      }
      func minutes(_ field: HistoryColumns.Field) throws(Unreadable) -> Int32? {
        let text = text(field)
        if text.isEmpty { return nil }
        guard let minutes = Int32(text), minutes >= 0 else {
          throw Unreadable(text: "\(field.rawValue) \"\(text.prefix(40))\" is no minutes")
        }
        return minutes
      }
      let promisedText = text(.promised)
      let promised = promisedText.isEmpty ? nil : CivilDate(iso: promisedText.prefix(10))
      if !promisedText.isEmpty, promised == nil {
        throw Unreadable(text: "promised \"\(promisedText.prefix(40))\" is no date")
      }
      let distanceText = text(.distance)
      var distance: Int32?
      if !distanceText.isEmpty {
        guard let kilometres = Double(distanceText), kilometres >= 0, kilometres < 50_000 else {
          throw Unreadable(text: "distance \"\(distanceText.prefix(40))\" is no kilometres")
        }
        distance = Int32(kilometres)
      }
      let legs = try text(.legs).split(separator: " ").map { (word) throws(Unreadable) in
        guard let run = LegRun(text: word) else {
          throw Unreadable(text: "leg \"\(word.prefix(40))\" is no departure/expected/taken")
        }
        return run
      }
      // Without its legs nothing tells how slow they are: such an order has a plan and no more.
      let hasLegs = columns.names[.legs].map { reader.table.header.contains($0) } ?? false
      let hasHandOver =
        columns.names[.handedOver].map { reader.table.header.contains($0) } ?? false
      let handedOver = hasHandOver ? try time(.handedOver) : placed
      return .success(
        HistoryOrder(
          name: name, placed: placed, handedOver: handedOver, delivered: try time(.delivered),
          cancelled: try time(.cancelled), lost: try time(.lost), promised: promised,
          traits: OrderTraits(
            origin: text(.origin), destination: text(.destination), zone: text(.zone),
            seller: text(.seller), distance: distance,
            planned: try time(.planned).map { Int32(clamping: $0.minutes - placed.minutes) },
            moving: hasLegs ? try minutes(.moving) : nil,
            longest: hasLegs ? try minutes(.longest) : nil), legs: legs))
    } catch {
      return .failure(error)
    }
  }

  /// The same with copies of some delivered orders that never arrive: what any table of delivered orders leaves out.
  ///
  /// - Parameters:
  ///   - share: of the delivered orders, 0 to 1.
  ///   - seed: the same seed takes the same orders.
  /// - Returns: the longer history; the copies are not scored.
  public func withLost(share: Double, seed: UInt64) -> ShipmentHistory {
    var result = self
    var random = SeededDraws(seed: seed)
    for order in orders where order.delivered != nil {
      guard random.share() < share else { continue }
      result.orders.append(
        HistoryOrder(
          name: order.name + "#lost", placed: order.placed, handedOver: order.handedOver,
          promised: order.promised, traits: order.traits))
    }
    return result
  }

  /// Legs that are over, by the day they arrived.
  ///
  /// - Complexity: O(legs x log)
  public func runs() -> [LegRun] {
    var runs: [(day: Int32, run: LegRun)] = []
    for order in orders {
      for run in order.legs {
        if let arrived = run.arrived { runs.append((arrived.date.days, run)) }
      }
    }
    runs.sort { $0.day < $1.day }
    return runs.map(\.run)
  }

  /// All events by time; of equal minutes, placing comes before handing over, and so on.
  ///
  /// - Complexity: O(events x log)
  public func events() -> [ParcelEvent] {
    var events: [(event: ParcelEvent, number: Int)] = []
    events.reserveCapacity(orders.count * 3)
    for order in orders + repeats {
      for event in order.events { events.append((event, events.count)) }
    }
    events.sort {
      ($0.event.at, $0.event.kind.rank, $0.number) < ($1.event.at, $1.event.kind.rank, $1.number)
    }
    return events.map(\.event)
  }
}

/// Times as histories write them.
enum HistoryTime {
  /// `YYYY-MM-DD`, with a blank or a T and `HH:MM` behind it; seconds, fractions and offsets are left out, because
  /// the clock shown is the one promises are made on.
  static func time(_ text: String) -> LocalTime? {
    guard let date = CivilDate(iso: text.prefix(10)) else { return nil }
    let rest = text.dropFirst(10)
    guard let separator = rest.first else { return LocalTime(date, .midnight) }
    guard separator == " " || separator == "T" else { return nil }
    let clock = rest.dropFirst().prefix(5)
    let tail = rest.dropFirst(6)
    guard let time = ClockTime(text: String(clock)), time < .endOfDay,
      tail.isEmpty || tail.first == ":" || tail.first == "Z" || tail.first == "+"
        || tail.first == "-"
    else { return nil }
    return LocalTime(date, time)
  }
}
