/// Range checks over whole columns.
///
/// Bound: each reads its column's own elements only.
enum SnapshotBounds {
  /// Whether every element lies in a range.
  static func all<Value: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ column: FrozenColumn<Value>, in range: ClosedRange<Value>
  ) -> Bool {
    var least = range.lowerBound
    var greatest = range.upperBound
    for value in column.pointer {
      least = min(least, value)
      greatest = max(greatest, value)
    }
    return least == range.lowerBound && greatest == range.upperBound
  }

  /// Whether a column ascends from 0 to `total`.
  static func areStarts(_ column: FrozenColumn<Int32>, of total: Int) -> Bool {
    let pointer = column.pointer
    guard let first = pointer.first, first == 0, let last = pointer.last, Int(last) == total else {
      return false
    }
    for position in 1..<pointer.count where pointer[position] < pointer[position - 1] {
      return false
    }
    return true
  }

  /// Whether every leg's series lies inside its columns.
  static func areSound(
    _ timings: FrozenColumn<DatedTimetable.LegTiming>, departures: Int, overrides: Int,
    windows: Int,
    laws: Int, minutes: Int32
  ) -> Bool {
    for timing in timings.pointer {
      let size = timing.kind == 0 ? departures : windows
      guard (0...2).contains(timing.kind), timing.start >= 0, timing.count >= 0,
        Int(timing.start) + Int(timing.count) <= size,
        timing.override == -1
          || (timing.kind == 0 && timing.override >= 0
            && Int(timing.override) + Int(timing.count) <= overrides),
        (1...527_040).contains(timing.duration), timing.law >= 0, Int(timing.law) < laws,
        timing.last >= -1, timing.last < minutes
      else { return false }
    }
    return true
  }
}
