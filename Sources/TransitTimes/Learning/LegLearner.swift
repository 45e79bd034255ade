/// What is learned of one leg of every order, handling or carriage: usual durations, present pace, lost parcels.
struct LegLearner: Sendable {
  /// A parcel on the leg.
  struct Run: Sendable {
    /// The parcel's slot.
    var parcel: Int32
    /// Minute at which the leg began.
    var begin: Int64
    /// Work done before it.
    var beginWork: Int64
    /// The usual duration of such a leg when it began, in days of work.
    var usual: Double
    /// What its plan gave the leg, in days of work; nought: nobody planned it.
    var unit = 0.0
    /// Day on which the order was placed.
    var placedDay: Int32
    var keys: TraitBook.Keys
    /// Whether enough was known to tell its age: ages over a guess would spoil the rates for months.
    var isMeasured: Bool
  }

  /// Completed legs before ages are told.
  static let leastKnown = 50.0

  /// Days on a leg after which a parcel is given up: long legs get three times their usual duration, those with a plan
  /// twice, for it knows when they should be there.
  static func patience(_ run: Run, _ settings: LearningSettings) -> Int {
    let most = run.unit > 0 ? settings.plannedPatience : settings.patience
    return max(settings.lostAfterDays, min(Int(run.usual * most), PromiseLearner.greatestDays))
  }

  /// How a run stands at the end of a day.
  enum End: Sendable {
    /// Still on the leg.
    case none
    /// Ended at a minute of the day.
    case completed(Int64)
    /// Left the leg otherwise (cancelled, withdrawn) at a minute of the day.
    case left(Int64)
    /// Reported lost.
    case lost
  }

  /// A leg that is over and waits for its order to be old enough to teach.
  struct Ripening: Sendable {
    /// Days of work.
    var duration: Double
    var unit: Double
    var keys: TraitBook.Keys
    /// Its age at the end in usual durations; nil: nothing was known to tell it by.
    var age: Double?
    var worth: Double
    var isCompleted: Bool
  }

  var ladder: ShrunkLadder
  var rates: AgeRates
  var underWay: [Run] = []
  /// By the day at whose end they are learned.
  var ripening: [Int: [Ripening]] = [:]
  /// Legs begun, by the day on which they are old enough to be judged.
  var begun: [Int: Int] = [:]
  /// Legs old enough to be judged, and how many of them were lost.
  var judged = 0
  var lost = 0
  let settings: LearningSettings
  private var laws: [AgeLaw]?

  init(
    levels: [(PromiseLevel, Double)], priorDays: Double, memory: Double, settings: LearningSettings
  ) {
    self.settings = settings
    ladder = ShrunkLadder(levels, priorDays: priorDays, trendSample: settings.trendSample)
    rates = AgeRates(memory: memory, settings: settings)
  }

  /// Share of legs that never end, pulled towards nought.
  var lostShare: Double { Double(lost) / (Double(judged) + settings.lostWeight) }

  /// Laws of today, made once a day.
  mutating func todaysLaws() -> [AgeLaw] {
    if let laws { return laws }
    let made = rates.laws()
    laws = made
    return made
  }

  mutating func begin(_ run: Run, on day: Int) {
    underWay.append(run)
    begun[day + LegLearner.patience(run, settings), default: 0] += 1
  }

  /// Ends a day: every parcel on the leg passes today's ages.
  ///
  /// - Parameters:
  ///   - day: days since 1970-01-01.
  ///   - clock: laid out through the day.
  ///   - ledger: what the day's events said of the parcels.
  ///   - conditions: how slow the legs of a run are.
  ///   - ends: how a run stands.
  /// - Returns: the parcels that are given up as lost today.
  /// - Complexity: O(parcels under way)
  mutating func close(
    _ day: Int, _ clock: WorkClock, _ ledger: ParcelLedger,
    conditions: (ParcelLedger.Parcel, Run) -> LegSlowness.Conditions,
    _ ends: (ParcelLedger.Parcel) -> End
  ) -> [Int32] {
    let dayBegins = Int64(day) * 1440
    let workAtBegin = clock.work(before: day)
    let workAtEnd = clock.work(before: day + 1)
    let share = lostShare
    let laws = share > 0 ? todaysLaws() : []
    var kept: [Run] = []
    kept.reserveCapacity(underWay.count)
    var gone: [Int32] = []
    for run in underWay {
      if Int(run.begin.dividedDown(by: 1440)) + LegLearner.patience(run, settings) < day {
        lost += 1
        gone.append(run.parcel)
        continue
      }
      let (stretch, worth) = conditions(ledger[run.parcel], run)
      let perUsual = run.usual * stretch * Double(WorkingPace.dayOfWork)
      let from = Double(max(workAtBegin, run.beginWork) - run.beginWork) / perUsual
      var last = workAtEnd
      var isCompleted = false
      var stays = true
      switch ends(ledger[run.parcel]) {
      case .none: break
      case .completed(let minute):
        last = clock.work(at: max(minute, max(dayBegins, run.begin)))
        isCompleted = true
        stays = false
      case .left(let minute):
        last = clock.work(at: max(minute, max(dayBegins, run.begin)))
        stays = false
      case .lost:
        lost += 1
        continue
      }
      let to = Double(last - run.beginWork) / perUsual
      var weight = 1.0
      if share > 0, !isCompleted {
        let alive = (1 - share) * laws[Int(run.keys.group)].survival(to: from)
        weight = alive / (share + alive)
      }
      var age = run.isMeasured ? to : nil
      if !run.isMeasured, isCompleted, ladder.known >= LegLearner.leastKnown {
        // Begun before anything was known: its whole course is told now, by what is known by now.
        let usual =
          ladder.usual(run.keys, unit: run.unit * stretch).days * Double(WorkingPace.dayOfWork)
        let whole = Double(last - run.beginWork) / usual
        rates.pass(
          group: Int(run.keys.group), from: 0, to: whole, weight: 1, worth: worth, ends: true)
        age = whole
      }
      if !stays {
        ripen(
          run, unit: run.unit * stretch, lasting: last - run.beginWork, age: age,
          worth: worth, isCompleted: isCompleted, ended: day)
      }
      if run.isMeasured {
        rates.pass(
          group: Int(run.keys.group), from: from, to: to, weight: weight, worth: worth,
          ends: isCompleted)
      }
      if stays { kept.append(run) }
    }
    underWay = kept
    judged += begun.removeValue(forKey: day) ?? 0
    for ripe in ripening.removeValue(forKey: day) ?? [] {
      if ripe.isCompleted { ladder.learn(ripe.duration, ripe.keys, unit: ripe.unit) }
      guard let age = ripe.age else { continue }
      rates.end(
        group: Int(ripe.keys.group), at: age, worth: ripe.worth, isCompleted: ripe.isCompleted)
    }
    rates.close()
    self.laws = nil
    return gone
  }

  private mutating func ripen(
    _ run: Run, unit: Double, lasting work: Int64, age: Double?, worth: Double,
    isCompleted: Bool, ended day: Int
  ) {
    let days = max(settings.ripeDays, min(Int(run.usual * settings.ripeUsual), 365))
    ripening[max(day, Int(run.placedDay) + days), default: []].append(
      Ripening(
        duration: Double(work) / Double(WorkingPace.dayOfWork), unit: unit, keys: run.keys,
        age: age, worth: worth, isCompleted: isCompleted))
  }
}
