import CSVTables
import LogisticsModel

/// The second half of the reading: departures and legs, which need laws, windows and cards.
extension PlainLoader {
  mutating func readDepartures() {
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

  mutating func readLegs() -> PlainNetwork? {
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
