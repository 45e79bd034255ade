public import LogisticsModel

/// Learns delivery promises from events, and promises from what it has learned.
///
/// Two layers. Usual durations of handling and of carriage, each by level and shrunk towards the level above
/// (``ShrunkLadder``); and how fast legs end at each age *now* (``AgeRates``), parcels still under way included, which
/// keeps the promise calibrated while the network slows down or speeds up. Both laws are convolved over a calendar of
/// work. A day's events become part of what is known at its end: a promise made on a day rests on events
/// before its midnight, and on nothing else. The same events in the same order give the same state, byte for byte.
///
///     var learner = PromiseLearner(pace: .parcels)
///     try learner.feed(event, now: event.at)
///     learner.curve(for: traits, at: now).date(at: .standard)
///
/// - Complexity: an event O(1), the end of a day O(parcels under way), a promise O(1) once a day's table is made.
public struct PromiseLearner: Sendable {
  /// The constants learned with.
  public let settings: LearningSettings
  /// The calendar ages are counted on.
  public let pace: WorkingPace
  /// Events held back, by reason.
  public internal(set) var quarantine = Quarantine()
  /// Events learned from.
  public internal(set) var accepted = 0

  var book = TraitBook()
  var ledger = ParcelLedger()
  var handling: LegLearner
  var carriage: LegLearner
  /// The day whose events are coming in, as days since 1970-01-01; nil before the first.
  var today: Int?
  var clock: WorkClock
  var calibration: LevelCalibration
  var slowness = LegSlowness()
  var tables: KindTables?

  /// Days of usual handling and carriage believed before anything is known.
  static let priorHandling = 3.0
  static let priorCarriage = 8.0
  /// No parcel takes longer: an event that says so is impossible.
  static let greatestDays = 730
  /// Days laid out ahead of the clock.
  private static let horizon = 800

  /// A learner that knows nothing.
  public init(pace: WorkingPace, settings: LearningSettings = LearningSettings()) {
    self.pace = pace
    self.settings = settings
    let weight = settings.levelWeight
    handling = LegLearner(
      levels: [(.seller, settings.sellerWeight)], priorDays: PromiseLearner.priorHandling,
      memory: settings.handlingMemory, settings: settings)
    carriage = LegLearner(
      levels: [
        (.destination, weight), (.lane, weight), (.distance, weight), (.zone, weight),
        (.seller, weight),
      ], priorDays: PromiseLearner.priorCarriage, memory: settings.carrierMemory,
      settings: settings)
    calibration = LevelCalibration(settings: settings)
    clock = WorkClock(pace: pace, origin: 0)
  }

  /// The first day promises are not yet closed for: they rest on everything before its midnight.
  public var openDay: CivilDate? { today.map { CivilDate(days: $0) } }

  /// Orders placed and neither delivered nor given up.
  public var underWay: Int { handling.underWay.count + carriage.underWay.count }

  /// Speed of carriage now over its usual speed; 1 is as usual.
  public var carriageSpeed: Double { carriage.rates.speed }

  /// Minutes that legs departing now take over those expected of them; 1 where no leg was told of.
  public var legSlowness: Double { slowness.level }

  /// Share of handed-over parcels that never arrive.
  public var lostShare: Double { carriage.lostShare }

  /// Ends all days before one, so that promises of that day rest on what was known at its midnight.
  ///
  /// - Complexity: O(days x parcels under way)
  public mutating func advance(to date: CivilDate) {
    let day = Int(date.days)
    guard let first = today else {
      clock = WorkClock(pace: pace, origin: day - PromiseLearner.greatestDays)
      clock.layOut(through: day + PromiseLearner.horizon)
      today = day
      return
    }
    for closing in first..<max(day, first) { close(closing) }
    today = max(day, first)
  }

  private mutating func close(_ day: Int) {
    clock.layOut(through: day + PromiseLearner.horizon)
    slowness.close(day, steadiness: settings.steadiness)
    let stuck = handling.close(day, clock, ledger, conditions: { _, _ in (1, 1) }) { parcel in
      if let minute = parcel.handedOver { return .completed(minute) }
      if parcel.standing == .lost { return .lost }
      return parcel.ended.map { .left($0) } ?? .none
    }
    let slowness = slowness
    let gone = carriage.close(
      day, clock, ledger,
      conditions: { parcel, run in
        guard run.unit > 0, parcel.keys.moving > 0 else { return (1, 1) }
        let stretch = max(1 + slowness.delay(of: parcel, on: day) / run.unit, 0.25)
        return (stretch, slowness.worth(of: parcel))
      }
    ) { parcel in
      switch parcel.standing {
      case .delivered: .completed(parcel.ended ?? 0)
      case .lost: .lost
      case .cancelled, .withdrawn: .left(parcel.ended ?? 0)
      case .handling, .carriage: .none
      }
    }
    let share = carriage.lostShare
    // What came before is judged by what is known now.
    tables = nil
    for run in handling.underWay + carriage.underWay {
      outlive(run.parcel, clock.work(before: day + 1), lostShare: share)
    }
    calibration.close()
    tables?.recalibrate()
    for slot in stuck + gone {
      ledger.end(slot, as: .lost, at: Int64(day) * 1440, day: day)
    }
    ledger.close(day)
  }

  /// Takes one event; days before its own are ended first.
  ///
  /// - Parameters:
  ///   - event: what happened.
  ///   - now: the present; an event after it is held back.
  /// - Returns: why it was held back; nil: it was learned from.
  @discardableResult
  public mutating func feed(_ event: ParcelEvent, now: LocalTime) -> Quarantine.Reason? {
    guard event.at <= now else { return hold(.future, event) }
    let day = Int(event.at.date.days)
    if let today, day < today { return late(event) }
    // A clock that goes far astray must not end years of days.
    if let today, day > today + PromiseLearner.greatestDays { return hold(.impossible, event) }
    if today != day { advance(to: event.at.date) }
    if let reason = take(event, day) { return hold(reason, event) }
    accepted += 1
    return nil
  }

  /// Takes a leg that is over; days before its arrival are ended first.
  ///
  /// - Parameters:
  ///   - run: the leg of an order; one that has not arrived tells nothing.
  ///   - now: the present; an arrival after it is held back.
  /// - Returns: why it was held back; nil: it was learned from.
  /// - Complexity: O(1)
  @discardableResult
  public mutating func feed(_ run: LegRun, now: LocalTime) -> Quarantine.Reason? {
    guard let arrived = run.arrived else { return nil }
    let day = Int(arrived.date.days)
    var reason: Quarantine.Reason?
    if !run.isPossible {
      reason = .impossible
    } else if arrived > now {
      reason = .future
    } else if let today, day < today {
      reason = .late
    } else if let today, day > today + PromiseLearner.greatestDays {
      reason = .impossible
    }
    if let reason {
      quarantine.hold(reason, "leg departed at \(run.departed), arrived at \(arrived)")
      return reason
    }
    if today != day { advance(to: arrived.date) }
    slowness.take(run)
    return nil
  }

  private mutating func hold(
    _ reason: Quarantine.Reason, _ event: ParcelEvent
  ) -> Quarantine.Reason {
    quarantine.hold(reason, "\(event.kind.word) of \(event.order) at \(event.at)")
    return reason
  }

  private mutating func late(_ event: ParcelEvent) -> Quarantine.Reason {
    guard let slot = ledger.slot(of: event.order), let day = today else {
      return hold(.late, event)
    }
    if let reason = conflict(event, ledger[slot]), reason == .duplicate {
      return hold(reason, event)
    }
    let parcel = ledger[slot]
    if parcel.ended == nil, event.kind.rank > 0 {
      ledger.end(slot, as: .withdrawn, at: Int64(day) * 1440, day: day)
    }
    return hold(.late, event)
  }

  /// What speaks against an event of an order that is known.
  private func conflict(
    _ event: ParcelEvent, _ parcel: ParcelLedger.Parcel
  ) -> Quarantine.Reason? {
    let minute = event.at.minutes
    switch event.kind {
    case .placed(let traits):
      return parcel.placed == minute && parcel.keys == keys(of: traits, at: minute)
        ? .duplicate : .contradictory
    case .handedOver:
      if let there = parcel.handedOver { return there == minute ? .duplicate : .contradictory }
    case .departed:
      if let there = parcel.departed { return there == minute ? .duplicate : .contradictory }
    case .delivered, .cancelled, .lost:
      let same: ParcelLedger.Parcel.Standing =
        switch event.kind {
        case .cancelled: .cancelled
        case .lost: .lost
        default: .delivered
        }
      if let there = parcel.ended {
        return parcel.standing == same && there == minute ? .duplicate : .contradictory
      }
    }
    if parcel.ended != nil { return .contradictory }
    let least = max(parcel.placed, parcel.handedOver ?? parcel.placed)
    let most = parcel.placed + Int64(PromiseLearner.greatestDays) * 1440
    return minute < least || minute > most ? .impossible : nil
  }

  private mutating func take(_ event: ParcelEvent, _ day: Int) -> Quarantine.Reason? {
    let minute = event.at.minutes
    if let slot = ledger.slot(of: event.order) {
      if ledger[slot].standing == .lost, found(slot, event) { return nil }
      if let reason = conflict(event, ledger[slot]) {
        // What is said of it cannot be true: it must not count as under way for ever.
        if reason == .impossible { return withdraw(slot, minute, day, .impossible) }
        return reason
      }
      switch event.kind {
      case .placed: return .contradictory
      case .handedOver:
        ledger[slot].handedOver = minute
        ledger[slot].standing = .carriage
        let parcel = ledger[slot]
        let given = unit(parcel.keys)
        // A plan names an arrival: what is left of it when the parcel is handed over, sooner or later than was thought.
        let passed =
          Double(clock.work(at: minute) - clock.work(at: parcel.placed))
          / Double(WorkingPace.dayOfWork)
        let unit = given > 0 ? max(parcel.keys.planned - passed, parcel.keys.planned / 4) : 0
        carriage.begin(
          LegLearner.Run(
            parcel: slot, begin: minute, beginWork: clock.work(at: minute),
            usual: parcel.carriage * (unit > 0 ? unit / given : 1), unit: unit,
            placedDay: Int32(parcel.placed.dividedDown(by: 1440)),
            keys: parcel.keys, isMeasured: parcel.isMeasured), on: day)
      case .departed:
        guard ledger[slot].handedOver != nil else { return .withoutHandOver }
        ledger[slot].departed = minute
        slowness.depart(placed: ledger[slot].placed, departed: minute)
      case .delivered:
        guard ledger[slot].handedOver != nil else {
          return withdraw(slot, minute, day, .withoutHandOver)
        }
        ledger.end(slot, as: .delivered, at: minute, day: day)
        if ledger[slot].isMeasured {
          let parcel = ledger[slot]
          let isFollowed = parcel.keys.moving > 0
          calibration.arrive(
            outlived: Int(parcel.outlived), isFollowed: isFollowed,
            worth: isFollowed ? slowness.worth(of: parcel) : 1)
        }
      case .cancelled: ledger.end(slot, as: .cancelled, at: minute, day: day)
      case .lost: ledger.end(slot, as: .lost, at: minute, day: day)
      }
      return nil
    }
    guard case .placed(let traits) = event.kind else { return .unknownOrder }
    _ = book.enter(traits)
    let keys = keys(of: traits, at: minute)
    let slot = ledger.add(
      ParcelLedger.Parcel(
        placed: minute, ended: nil, standing: .handling, keys: keys,
        carriage: carriage.ladder.usual(keys, unit: unit(keys)).days,
        isMeasured: carriage.ladder.known >= LegLearner.leastKnown), order: event.order)
    // How far a parcel goes says nothing about its handling: one group.
    var seller = keys
    seller.group = 0
    handling.begin(
      LegLearner.Run(
        parcel: slot, begin: minute, beginWork: clock.work(at: minute),
        usual: handling.ladder.usual(keys).days, placedDay: Int32(day), keys: seller,
        isMeasured: handling.ladder.known >= LegLearner.leastKnown), on: day)
    return nil
  }

  /// Given up, and found after all: it was late, not lost.
  ///
  /// Its duration teaches nothing any more.
  private mutating func found(_ slot: Int32, _ event: ParcelEvent) -> Bool {
    let isHandedOver = ledger[slot].handedOver != nil
    switch event.kind {
    case .delivered where isHandedOver: carriage.lost = max(0, carriage.lost - 1)
    case .handedOver where !isHandedOver:
      handling.lost = max(0, handling.lost - 1)
      ledger[slot].handedOver = event.at.minutes
      return true
    default: return false
    }
    ledger[slot].standing = .delivered
    ledger[slot].ended = event.at.minutes
    return true
  }

  private mutating func withdraw(
    _ slot: Int32, _ minute: Int64, _ day: Int, _ reason: Quarantine.Reason
  ) -> Quarantine.Reason {
    ledger.end(slot, as: .withdrawn, at: minute, day: day)
    return reason
  }
}
