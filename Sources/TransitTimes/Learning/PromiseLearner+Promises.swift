public import LogisticsModel

extension PromiseLearner {
  /// The days promised to an order placed at a minute, at every level.
  ///
  /// Rests on the days that have been ended; a minute of a later day does not end them
  /// (``advance(to:)`` does). What is not known of the order leaves its part to the level above.
  /// - Complexity: O(levels), O(1) for one level with ``days(for:at:thousandths:)``
  public mutating func curve(for traits: OrderTraits, at placed: LocalTime) -> PromiseCurve {
    let keys = keys(of: traits, at: placed.minutes)
    let (ages, whole, handled, carried) = law(keys)
    let begin = clock.work(at: placed.minutes)
    let day = Int(placed.date.days)
    var days: [Int32] = []
    days.reserveCapacity(ages.count)
    for level in serving {
      days.append(promised(stretched(ages, level), whole, begin, day))
    }
    return PromiseCurve(
      placed: placed.date, days: days, level: carried.level, sample: carried.sample,
      handlingLevel: handled.level, handlingSample: handled.sample, group: traits.group)
  }

  /// The days promised at one level in thousandths; nil above .99.
  ///
  /// - Complexity: O(1) once the day's table is made
  public mutating func days(
    for traits: OrderTraits, at placed: LocalTime, thousandths: Int
  ) -> Int32? {
    guard let index = PromiseCurve.index(ofThousandths: thousandths) else { return nil }
    let (ages, whole, _, _) = law(keys(of: traits, at: placed.minutes))
    return promised(
      stretched(ages, serving[index]), whole, clock.work(at: placed.minutes),
      Int(placed.date.days))
  }

  /// The keys of traits, with what a plan gives the order in days of work.
  func keys(of traits: OrderTraits, at minute: Int64) -> TraitBook.Keys {
    var keys = book.keys(of: traits)
    if let planned = traits.planned {
      keys.planned =
        Double(clock.work(at: minute + Int64(planned)) - clock.work(at: minute))
        / Double(WorkingPace.dayOfWork)
    }
    return keys
  }

  /// What a plan gives carriage: what is left of it after the usual handling.
  func unit(_ keys: TraitBook.Keys) -> Double {
    guard keys.planned > 0 else { return 0 }
    return max(keys.planned - handling.ladder.usual(keys).days, keys.planned / 4)
  }

  /// Whether enough orders with plans were learned from to say what a plan is worth.
  public var knowsPlans: Bool { carriage.ladder.plannedCount >= LegLearner.leastKnown }

  private mutating func law(
    _ keys: TraitBook.Keys
  ) -> ([Double], Double, ShrunkLadder.Usual, ShrunkLadder.Usual) {
    if today == nil { advance(to: CivilDate(days: 0)) }
    if tables == nil {
      tables = PromiseTables(
        handling: handling.todaysLaws()[0], carriage: carriage.todaysLaws())
      serving = calibration.serving()
    }
    let handled = handling.ladder.usual(keys)
    let carried = carriage.ladder.usual(keys, unit: unit(keys))
    let position = PromiseTables.position(
      group: Int(keys.group), handling: handled.days, carriage: carried.days)
    let ages = tables?.ages(at: position) ?? []
    return (ages, handled.days + carried.days, handled, carried)
  }

  /// The age at a level in thousandths, straight between the listed ones.
  private static func age(_ ages: [Double], _ level: Double) -> Double {
    let place = (level - 500) / 5
    let index = min(Int(place), ages.count - 1)
    guard index + 1 < ages.count else { return ages[index] }
    return ages[index] + (ages[index + 1] - ages[index]) * (place - Double(index))
  }

  /// The same, stretched away from the median by the margin: a law that hardly varies is hardly stretched.
  private func stretched(_ ages: [Double], _ level: Double) -> Double {
    let age = PromiseLearner.age(ages, level)
    return ages[0] + (age - ages[0]) * settings.margin
  }

  /// Counts the watched levels whose day has passed without the parcel's arrival, by the law of today.
  mutating func outlive(_ slot: Int32, _ workDone: Int64, lostShare: Double) {
    let parcel = ledger[slot]
    guard parcel.isMeasured, Int(parcel.outlived) < LevelCalibration.levels.count else { return }
    let (ages, whole, _, _) = law(parcel.keys)
    let age =
      Double(workDone - clock.work(at: parcel.placed)) / Double(WorkingPace.dayOfWork) / whole
    var outlived = Int(parcel.outlived)
    while outlived < LevelCalibration.levels.count {
      let end = ages[0] + (ages[LevelCalibration.positions[outlived]] - ages[0]) * settings.margin
      guard end <= age else { break }
      calibration.outlive(outlived, lostShare: lostShare)
      outlived += 1
    }
    ledger[slot].outlived = UInt8(outlived)
  }

  /// Whole days until the work an age stands for is done: the one place where floating point becomes a date.
  private func promised(_ age: Double, _ whole: Double, _ begin: Int64, _ day: Int) -> Int32 {
    let work = (age * whole * Double(WorkingPace.dayOfWork)).rounded(.up)
    let wanted = begin + Int64(min(work, 1e15))
    let last = clock.origin + clock.before.count - 2
    return Int32((clock.firstDay(reaching: wanted) ?? last) - day)
  }
}
