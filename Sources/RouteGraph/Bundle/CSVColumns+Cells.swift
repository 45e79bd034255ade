import CSVTables
import LogisticsModel

/// Reads of cells that several files share. Each has reported why when it returns nil.
extension CSVColumns {
  /// An id.
  mutating func id(_ row: Int, _ column: String) -> String? {
    guard let text = requiredText(row, column) else { return nil }
    guard RowId.isWellFormed(text) else {
      report(
        code: BundleCode.idMalformed, row: row, column: column,
        "\(column) \"\(text.prefix(40))\" is no id: at most \(RowId.greatestLength) bytes, "
          + "no blank, comma, quote or control character")
      return nil
    }
    return text
  }

  /// A date, or nil where the field is empty; false in `isSound` when it is no date.
  mutating func optionalDate(_ row: Int, _ column: String, isSound: inout Bool) -> CivilDate? {
    guard !isEmpty(row, column) else { return nil }
    let found = date(row, column)
    if found == nil { isSound = false }
    return found
  }

  /// A date.
  mutating func date(_ row: Int, _ column: String) -> CivilDate? {
    guard let text = requiredText(row, column) else { return nil }
    if let date = CivilDate(iso: text) { return date }
    report(
      code: BundleCode.dateImpossible, row: row, column: column,
      "\(column) \"\(text.prefix(40))\" is no date of the form YYYY-MM-DD")
    return nil
  }

  /// A clock time.
  mutating func clock(_ row: Int, _ column: String) -> ClockTime? {
    guard let text = requiredText(row, column) else { return nil }
    if let clock = ClockTime(text: text) { return clock }
    report(
      code: BundleCode.clockImpossible, row: row, column: column,
      "\(column) \"\(text.prefix(40))\" is no clock time from 00:00 to 24:00")
    return nil
  }

  /// A weekday mask.
  mutating func weekdays(_ row: Int) -> WeekdaySet? {
    guard let text = requiredText(row, "weekdays") else { return nil }
    if let set = WeekdaySet(mask: text) { return set }
    report(
      code: BundleCode.weekdaysMalformed, row: row, column: "weekdays",
      "weekdays \"\(text.prefix(40))\" is not seven characters 0 or 1, Monday first")
    return nil
  }

  /// A validity range with both ends included; reports one that is reversed.
  mutating func validity(
    _ row: Int, isSound: inout Bool
  ) -> (from: CivilDate?, to: CivilDate?) {
    let from = optionalDate(row, "valid_from", isSound: &isSound)
    let to = optionalDate(row, "valid_to", isSound: &isSound)
    if let from, let to, to < from {
      report(
        code: BundleCode.datesReversed, row: row, column: "valid_to",
        "valid_to \(to) is before valid_from \(from)")
      isSound = false
    }
    return (from, to)
  }

  /// A duration in minutes, more than zero and at most a year.
  mutating func duration(_ row: Int, _ column: String) -> Int32? {
    guard let value = integer(row, column, in: -1_000_000_000...1_000_000_000) else { return nil }
    guard value > 0 else {
      report(
        code: BundleCode.durationNotPositive, row: row, column: column,
        "\(column) \(value) is not more than zero")
      return nil
    }
    guard value <= 527_040 else {
      report(
        code: CSVCode.valueOutOfRange, row: row, column: column,
        "\(column) \(value) is more than a year (527040 minutes)")
      return nil
    }
    return Int32(value)
  }
}
