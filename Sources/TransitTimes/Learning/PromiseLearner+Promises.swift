public import LogisticsModel

extension PromiseLearner {
  /// The days promised to an order placed at a minute, at every level.
  ///
  /// Rests on the days that have been ended; a minute of a later day does not end them
  /// (``advance(to:)`` does). What is not known of the order leaves its part to the level above.
  /// - Complexity: O(levels), O(1) for one level with ``days(for:at:thousandths:)``
  public mutating func curve(for traits: OrderTraits, at placed: LocalTime) -> PromiseCurve {
    let (kind, whole, handled, carried) = kind(asked(traits, placed))
    let ages = todaysTables { $0.ages(at: kind, $1) }
    let begin = clock.work(at: placed.minutes)
    let day = Int(placed.date.days)
    var days: [Int32] = []
    days.reserveCapacity(ages.count)
    for age in ages { days.append(promised(age, whole, begin, day)) }
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
    let (kind, whole, _, _) = kind(asked(traits, placed))
    let age = todaysTables { $0.ages(at: kind, $1)[index] }
    return promised(age, whole, clock.work(at: placed.minutes), Int(placed.date.days))
  }

  /// The keys of traits, with what a plan gives the order in days of work.
  func keys(of traits: OrderTraits, at minute: Int64) -> TraitBook.Keys {
    var keys = book.keys(of: traits)
    if let planned = traits.planned {
      keys.planned =
        Double(clock.work(at: minute + Int64(planned)) - clock.work(at: minute))
        / Double(WorkingPace.dayOfWork)
      keys.moving = min(Double(traits.moving ?? 0) / 1440, keys.planned)
      keys.longest = min(Double(traits.longest ?? 0) / 1440, keys.moving)
    }
    return keys
  }

  /// The keys of an order that is promised now, its plan as slow as legs are expected to be when it departs.
  private func asked(_ traits: OrderTraits, _ placed: LocalTime) -> TraitBook.Keys {
    let keys = keys(of: traits, at: placed.minutes)
    guard keys.moving > 0 else { return keys }
    return stretched(keys, by: slowness.delay(of: keys, departing: slowness.departure(placed.date)))
  }

  /// The keys of an order whose legs take so many days longer than its plan says.
  private func stretched(_ keys: TraitBook.Keys, by days: Double) -> TraitBook.Keys {
    var keys = keys
    keys.planned = max(keys.planned + days, keys.planned / 4)
    return keys
  }

  /// What a plan gives carriage: what is left of it after the usual handling.
  func unit(_ keys: TraitBook.Keys) -> Double {
    guard keys.planned > 0 else { return 0 }
    return max(keys.planned - handling.ladder.usual(keys).days, keys.planned / 4)
  }

  /// Whether enough orders with plans were learned from to say what a plan is worth.
  public var knowsPlans: Bool { carriage.ladder.plannedCount >= LegLearner.leastKnown }

  /// The kind of an order, and the usual duration of the whole in days of work.
  private mutating func kind(
    _ keys: TraitBook.Keys
  ) -> (kind: Int, whole: Double, handled: ShrunkLadder.Usual, carried: ShrunkLadder.Usual) {
    if today == nil { advance(to: CivilDate(days: 0)) }
    let handled = handling.ladder.usual(keys)
    let carried = carriage.ladder.usual(keys, unit: unit(keys))
    let kind = PromiseTables.position(
      group: Int(keys.group), handling: handled.days, carriage: carried.days)
    return (kind, handled.days + carried.days, handled, carried)
  }

  /// Whether enough orders were followed leg by leg to say what that is worth.
  public var followsLegs: Bool { slowness.departures >= Int64(LegLearner.leastKnown) }

  /// Reads the tables of today, which are made first where a day ended since.
  private mutating func todaysTables<Answer>(
    _ read: (inout KindTables, LevelCalibration) -> Answer
  ) -> Answer {
    var made: KindTables
    if let tables {
      made = tables
      self.tables = nil
    } else {
      made = KindTables(
        usual: PromiseTables(
          handling: handling.rates.usualLaws()[0], carriage: carriage.rates.usualLaws()),
        present: PromiseTables(
          handling: handling.todaysLaws()[0], carriage: carriage.todaysLaws()))
    }
    let answer = read(&made, calibration)
    tables = made
    return answer
  }

  /// Counts the marks whose day has passed without the parcel's arrival, by what is usual.
  mutating func outlive(_ slot: Int32, _ workDone: Int64, lostShare: Double) {
    let parcel = ledger[slot]
    guard parcel.isMeasured, Int(parcel.outlived) < AgeMarks.count else { return }
    var keys = parcel.keys
    if keys.moving > 0 {
      keys = stretched(keys, by: slowness.delay(of: parcel, on: slowness.closed))
    }
    let (kind, whole, _, _) = kind(keys)
    let age =
      Double(workDone - clock.work(at: parcel.placed)) / Double(WorkingPace.dayOfWork) / whole
    let marks = todaysTables { tables, _ in tables.marks(at: kind) }
    var outlived = Int(parcel.outlived)
    guard outlived < AgeMarks.count, marks[outlived] <= age else { return }
    let survivals = lostShare > 0 ? todaysTables { $0.survivals(at: kind, $1) } : marks
    let isFollowed = keys.moving > 0
    let worth = isFollowed ? slowness.worth(of: parcel) : 1
    while outlived < AgeMarks.count, marks[outlived] <= age {
      let late = (1 - lostShare) * survivals[outlived]
      calibration.outlive(
        outlived, isFollowed: isFollowed,
        weight: worth * (lostShare > 0 ? late / (late + lostShare) : 1))
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
