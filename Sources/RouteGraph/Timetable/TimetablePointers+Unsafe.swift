import LogisticsModel

/// The columns of a ``DatedTimetable`` as bare pointers, so that a boarding counts no references.
///
/// Bounds relied on: the timetable that owns this value owns the columns too, so the memory outlives it; a
/// leg's `start ..< start + count` (and `override ..< override + count`) lies inside its columns, which the
/// builder guarantees and the snapshot loader checks.
struct TimetablePointers: @unchecked Sendable {
  private let start: Int64
  /// 2^32 divided by the minutes of the window: multiplying by it divides.
  private let reciprocal: Int64
  private let legCount: Int
  private let timings: UnsafePointer<DatedTimetable.LegTiming>?
  private let departures: UnsafePointer<Int32>?
  private let durations: UnsafePointer<Int32>?
  private let laws: UnsafePointer<Int32>?
  private let opens: UnsafePointer<Int32>?
  private let closes: UnsafePointer<Int32>?
  private let openBefore: UnsafePointer<Int32>?

  init(
    window: TimetableWindow, timings: FrozenColumn<DatedTimetable.LegTiming>,
    departures: FrozenColumn<Int32>,
    durations: FrozenColumn<Int32>, laws: FrozenColumn<Int32>, opens: FrozenColumn<Int32>,
    closes: FrozenColumn<Int32>, openBefore: FrozenColumn<Int32>
  ) {
    start = window.start
    reciprocal = (1 << 32) / Int64(window.days * 1440)
    legCount = timings.count
    self.timings = timings.pointer.baseAddress
    self.departures = departures.pointer.baseAddress
    self.durations = durations.pointer.baseAddress
    self.laws = laws.pointer.baseAddress
    self.opens = opens.pointer.baseAddress
    self.closes = closes.pointer.baseAddress
    self.openBefore = openBefore.pointer.baseAddress
  }

  @inline(__always)
  private func timing(_ leg: LegID) -> DatedTimetable.LegTiming? {
    guard let timings, leg.position >= 0, leg.position < legCount else { return nil }
    return timings[leg.position]
  }

  /// Number of elements, of `count` ascending ones, that are below `value`.
  ///
  /// Weekly patterns lie evenly over the window, so the place is guessed from the minute and walked to; where
  /// they do not (seasons, long holidays) the walk gives up and halves.
  @inline(__always)
  private func below(_ value: Int32, _ elements: UnsafePointer<Int32>, _ count: Int) -> Int {
    let guess = Int(truncatingIfNeeded: (Int64(value) &* Int64(count) &* reciprocal) >> 32)
    return below(value, elements, count, from: min(max(guess, 0), count))
  }

  /// The same, walking from a guess.
  @inline(__always)
  private func below(
    _ value: Int32, _ elements: UnsafePointer<Int32>, _ count: Int, from guess: Int
  ) -> Int {
    var place = guess
    var steps = 6
    while place < count, elements[place] < value {
      place += 1
      steps -= 1
      if steps == 0 { return halved(value, elements, place, count) }
    }
    while place > 0, elements[place - 1] >= value {
      place -= 1
      steps -= 1
      if steps == 0 { return halved(value, elements, 0, place) }
    }
    return place
  }

  /// The same by halving, of the elements from `low` to before `high`.
  private func halved(
    _ value: Int32, _ elements: UnsafePointer<Int32>, _ low: Int, _ high: Int
  ) -> Int {
    var low = low
    var high = high
    while low < high {
      let middle = (low + high) >> 1
      if elements[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  @inline(__always)
  private func departure(_ timing: DatedTimetable.LegTiming, _ position: Int, minute: Int32)
    -> Boarding
  {
    var duration = timing.duration
    var law = timing.law
    if timing.override >= 0, let durations, let laws {
      let place = Int(timing.override) + position
      let own = durations[place]
      if own >= 0 { duration = own }
      let ownLaw = laws[place]
      if ownLaw >= 0 { law = ownLaw }
    }
    return Boarding(minute: start + Int64(minute), duration: duration, law: LawID(law))
  }

  func boarding(_ leg: LegID, atOrAfter minute: Int64) -> Boarding? {
    let relative = minute - start
    guard relative >= 0, relative <= Int64(Int32.max), let timing = timing(leg), timing.count > 0
    else { return nil }
    let wanted = Int32(truncatingIfNeeded: relative)
    let count = Int(timing.count)
    if timing.kind == 0 {
      guard let departures else { return nil }
      let series = departures + Int(timing.start)
      let position = below(wanted, series, count)
      guard position < count else { return nil }
      return departure(timing, position, minute: series[position])
    }
    guard let opens, let closes, wanted <= timing.last else { return nil }
    // The first window that closes after the minute wanted.
    let position = below(wanted + 1, closes + Int(timing.start), count)
    guard position < count else { return nil }
    let begins = max(wanted, opens[Int(timing.start) + position])
    guard begins <= timing.last else { return nil }
    return Boarding(
      minute: start + Int64(begins), duration: timing.duration, law: LawID(timing.law))
  }

  func boarding(_ leg: LegID, atOrBefore minute: Int64) -> Boarding? {
    let relative = minute - start
    guard relative >= 0, let timing = timing(leg), timing.count > 0 else { return nil }
    let wanted = Int32(truncatingIfNeeded: min(relative, Int64(Int32.max - 1)))
    let count = Int(timing.count)
    if timing.kind == 0 {
      guard let departures else { return nil }
      let series = departures + Int(timing.start)
      let position = below(wanted + 1, series, count) - 1
      guard position >= 0 else { return nil }
      return departure(timing, position, minute: series[position])
    }
    guard let opens, let closes else { return nil }
    let latest = min(wanted, timing.last)
    let position = below(latest + 1, opens + Int(timing.start), count) - 1
    guard position >= 0 else { return nil }
    let begins = min(latest, closes[Int(timing.start) + position] - 1)
    return Boarding(
      minute: start + Int64(begins), duration: timing.duration, law: LawID(timing.law))
  }

  func arrival(_ leg: LegID, start begins: Int64, after minutes: Int64) -> Int64 {
    var start = workStart(leg, at: begins)
    return arrival(leg, &start, after: minutes)
  }

  /// Open minutes of the series up to `begins`, and the window it lies in, or the one before it.
  func workStart(_ leg: LegID, at begins: Int64) -> WorkStart {
    guard let timing = timing(leg), timing.kind == 2, timing.count > 0, let opens, let closes,
      let openBefore
    else { return WorkStart(minute: begins) }
    let first = Int(timing.start)
    let relative = Int32(clamping: begins - start)
    let window = below(relative == .max ? .max : relative + 1, opens + first, Int(timing.count)) - 1
    guard window >= 0 else { return WorkStart(minute: begins) }
    let inside = min(relative, closes[first + window]) - opens[first + window]
    return WorkStart(
      minute: begins, done: Int64(openBefore[first + window]) + Int64(inside), window: window)
  }

  @inline(__always)
  func arrival(_ leg: LegID, _ begins: inout WorkStart, after minutes: Int64) -> Int64 {
    guard minutes > 0, let timing = timing(leg), timing.kind == 2, timing.count > 0, let opens,
      let openBefore
    else { return begins.minute + max(minutes, 0) }
    let first = Int(timing.start)
    let wanted = begins.done + minutes
    // The last window with fewer open minutes before it than wanted.
    let target =
      below(
        Int32(clamping: wanted), openBefore + first, Int(timing.count), from: begins.window + 1) - 1
    begins.window = target
    let end = Int64(opens[first + target]) + wanted - Int64(openBefore[first + target])
    return start + end
  }

  func runsInElapsedTime(_ leg: LegID) -> Bool { timing(leg)?.kind != 2 }
}
