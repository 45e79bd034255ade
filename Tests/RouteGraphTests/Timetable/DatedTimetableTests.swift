import LogisticsModel
import TestSupport
import Testing

@testable import RouteGraph

/// The written-out timetable against a naive reference that asks, day by day, what runs.
@Suite struct DatedTimetableTests {
  static let zoneNames = [
    "Europe/Madrid", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe",
    "Africa/Casablanca", "Asia/Kathmandu", "America/Santiago", "Asia/Beirut", "UTC",
  ]

  /// What a naive reader of the same bundle knows of one leg.
  struct Reference {
    var leg: TimetableBuilder.Leg
    var departures: [Boarding] = []
    /// One flag per minute of the window.
    var open: [Bool] = []
  }

  /// A random week's schedules and calendars over real zones, holidays and make-up days included.
  struct World {
    var window: TimetableWindow
    var zones: [ZoneTable] = []
    var schedules: [Schedule] = []
    var calendars: [WorkingCalendar] = []
    var laws: [DelayLaw] = [.none]
    var lawNames = ["none", "late", "early"]
    var legs: [TimetableBuilder.Leg] = []

    init(seed: UInt64) throws {
      var random = SeededGenerator(seed: seed)
      // Each window holds a change of clock in some of the zones.
      let firsts: [CivilDate] = [
        "2026-09-29", "2026-10-20", "2026-10-27", "2027-02-03", "2027-03-09", "2027-03-24",
        "2027-03-31",
      ]
      window = TimetableWindow(first: random.pick(firsts), days: 9)
      let catalogue = SystemZones().catalogue()
      zones = try DatedTimetableTests.zoneNames.map { try catalogue.zone($0) }
      laws += [
        try DelayLaw(atoms: [.init(delay: 0, weight: 512), .init(delay: 60, weight: 512)]),
        try DelayLaw(atoms: [.init(delay: 5, weight: 1000), .init(delay: 300, weight: 24)]),
      ]
      for index in 0..<6 {
        let dates = World.dates(&random, window, index)
        schedules.append(
          Schedule(
            name: "s\(index)",
            rules: (0..<random.int(0...4)).map { _ in World.rule(&random, dates, window) }))
        calendars.append(
          WorkingCalendar(
            name: "c\(index)",
            rows: (0..<random.int(0...3)).compactMap { _ in
              let opens = random.int(0...1380)
              let closes = random.int((opens + 1)...1440)
              let days = WeekdaySet(bits: UInt8(random.int(0...127)))
              return ClockWindow(
                opens: ClockTime(minutes: opens) ?? .midnight,
                closes: ClockTime(minutes: closes) ?? .endOfDay
              ).map { (days, $0) }
            }, dates: dates))
      }
      calendars.append(.always)
      for _ in 0..<12 {
        let kind = random.pick(LegKind.allCases)
        legs.append(
          TimetableBuilder.Leg(
            kind: kind,
            pattern: random.int(0...((kind == .scheduled ? schedules.count : calendars.count) - 1)),
            zone: random.int(0...(zones.count - 1)), duration: Int32(random.int(1...3000)),
            law: Int32(random.int(0...2))))
      }
    }

    static func dates(_ random: inout SeededGenerator, _ window: TimetableWindow, _ index: Int)
      -> DateSet
    {
      DateSet(
        name: "d\(index)",
        days: (0..<random.int(0...6)).map { _ in
          let date = window.first.adding(days: random.int(-2...10))
          switch random.int(0...2) {
          case 0: return DateSet.Day(date: date, kind: .closed)
          case 1: return DateSet.Day(date: date, kind: .open)
          default:
            return DateSet.Day(
              date: date, kind: .half(closes: ClockTime(minutes: random.int(0...1440)) ?? .midnight)
            )
          }
        })
    }

    static func rule(
      _ random: inout SeededGenerator, _ dates: DateSet, _ window: TimetableWindow
    ) -> DepartureRule {
      // Often between 01:00 and 03:30, where clocks change.
      let minute = random.chance(oneIn: 2) ? random.int(0...210) : random.int(0...1439)
      return DepartureRule(
        days: WeekdaySet(bits: UInt8(random.int(1...127))),
        departs: ClockTime(minutes: minute) ?? .midnight,
        duration: random.chance(oneIn: 2) ? Int32(random.int(1...500)) : nil,
        law: random.chance(oneIn: 3) ? LawID(Int32(random.int(0...2))) : nil,
        dates: random.chance(oneIn: 2) ? dates : .none,
        validFrom: random.chance(oneIn: 4) ? window.first.adding(days: random.int(0...7)) : nil,
        validTo: random.chance(oneIn: 4) ? window.first.adding(days: random.int(0...9)) : nil)
    }

    /// Day by day and minute by minute, with no pooling and no search.
    func reference(_ leg: TimetableBuilder.Leg) -> Reference {
      var reference = Reference(leg: leg)
      let zone = zones[leg.zone]
      if leg.kind == .scheduled {
        var all: [Boarding] = []
        for offset in -3...(window.days + 3) {
          let date = window.first.adding(days: offset)
          for rule in schedules[leg.pattern].rules where runs(rule, date, leg.pattern) {
            let minute = firstInstant(LocalTime(date, rule.departs), zone)
            guard minute >= window.start, minute < window.end else { continue }
            all.append(
              Boarding(
                minute: minute, duration: rule.duration ?? leg.duration,
                law: rule.law ?? LawID(leg.law)))
          }
        }
        all.sort {
          ($0.minute, $0.duration, lawNames[$0.law.position])
            < ($1.minute, $1.duration, lawNames[$1.law.position])
        }
        for boarding in all where reference.departures.last?.minute != boarding.minute {
          reference.departures.append(boarding)
        }
      } else {
        reference.open = openMinutes(calendars[leg.pattern], zone)
      }
      return reference
    }

    /// The first minute at which the wall shows the time or, when it never does, a later one.
    private func firstInstant(_ local: LocalTime, _ zone: ZoneTable) -> Int64 {
      var minute = local.minutes - Int64(zone.offsets.suffix(150).max() ?? 0) - 200
      while true {
        let shown = zone.local(Instant(minutes: minute))
        if shown == local { return minute }
        // Past it without ever showing it, and no second chance within a change's reach: a gap.
        if shown > local,
          !(minute...(minute + 180)).contains(where: { zone.local(Instant(minutes: $0)) == local })
        {
          return minute
        }
        minute += 1
      }
    }

    private func runs(_ rule: DepartureRule, _ date: CivilDate, _ schedule: Int) -> Bool {
      if let from = rule.validFrom, date < from { return false }
      if let to = rule.validTo, date > to { return false }
      guard let kind = rule.dates.days.first(where: { $0.date == date })?.kind else {
        return rule.days.contains(date.weekday)
      }
      switch kind {
      case .closed: return false
      case .half: return rule.days.contains(date.weekday)
      case .open:
        for day in Weekday.allCases {
          let anyRuns = schedules[schedule].rules.contains {
            $0.dates.name == rule.dates.name && $0.days.contains(day)
              && ($0.validFrom ?? .first) <= date && date <= ($0.validTo ?? .last)
          }
          if anyRuns { return rule.days.contains(day) }
        }
        return false
      }
    }

    /// Marks every minute of every window of every date near, boundaries by the stated rule.
    private func openMinutes(_ calendar: WorkingCalendar, _ zone: ZoneTable) -> [Bool] {
      var open = [Bool](repeating: false, count: window.days * 1440)
      for offset in -2...(window.days + 2) {
        let date = window.first.adding(days: offset)
        for hours in calendar.windows(on: date) {
          let opens = zone.instants(of: LocalTime(date, hours.opens)).earliest.minutes
          let closes = zone.instants(of: LocalTime(date, hours.closes)).latest.minutes
          for minute in opens..<max(opens, closes)
          where minute >= window.start && minute < window.end {
            open[Int(minute - window.start)] = true
          }
        }
      }
      return open
    }
  }

  @Test(arguments: 1...16) func equalsTheReference(_ seed: UInt64) throws {
    let world = try World(seed: seed)
    var builder = TimetableBuilder(
      window: world.window, schedules: world.schedules, calendars: world.calendars,
      zones: world.zones, laws: world.laws, lawNames: world.lawNames)
    let (table, least) = builder.timetable(world.legs)
    var random = SeededGenerator(seed: seed + 1000)
    for (index, leg) in world.legs.enumerated() {
      let id = LegID(Int32(index))
      let reference = world.reference(leg)
      let minutes = (0..<25).map { _ in
        world.window.start + Int64(random.int(-20...(world.window.days * 1440 + 20)))
      }
      if leg.kind == .scheduled {
        #expect(table.departures(of: id) == reference.departures)
        let bound = reference.departures.map {
          $0.duration + world.laws[$0.law.position].leastDelay
        }.min()
        #expect(least[index] == bound ?? least[index])
        for minute in minutes {
          let after =
            minute < world.window.start
            ? nil : reference.departures.first { $0.minute >= minute }
          #expect(table.boarding(id, atOrAfter: minute) == after)
          #expect(
            table.boarding(id, atOrBefore: minute)
              == reference.departures.last { $0.minute <= minute })
        }
      } else {
        checkContinuous(world, leg, id, reference, table, minutes)
      }
    }
  }

  private func checkContinuous(
    _ world: World, _ leg: TimetableBuilder.Leg, _ id: LegID, _ reference: Reference,
    _ table: DatedTimetable, _ minutes: [Int64]
  ) {
    let start = world.window.start
    // Open minutes from each minute on: what a working leg still has before the window ends.
    var left = [Int32](repeating: 0, count: reference.open.count + 1)
    for minute in reference.open.indices.reversed() {
      left[minute] = left[minute + 1] + (reference.open[minute] ? 1 : 0)
    }
    let needed = leg.duration + world.laws[Int(leg.law)].greatestDelay
    func isStart(_ minute: Int64) -> Bool {
      let index = Int(minute - start)
      guard reference.open.indices.contains(index), reference.open[index] else { return false }
      return leg.kind == .continuous || left[index] >= needed
    }
    for minute in minutes {
      let after =
        minute < start ? nil : (minute..<max(world.window.end, minute)).first(where: isStart)
      #expect(table.boarding(id, atOrAfter: minute)?.minute == after)
      let latest = min(minute, world.window.end - 1)
      let before =
        latest < start ? nil : (start...latest).reversed().first(where: isStart)
      #expect(table.boarding(id, atOrBefore: minute)?.minute == before)
      guard let after else { continue }
      let work = Int64(minute % 2 == 0 ? leg.duration : needed)
      var expected = after + work
      if leg.kind == .working {
        var open: Int64 = 0
        var at = Int(after - start)
        while open < work {
          if reference.open[at] { open += 1 }
          at += 1
        }
        expected = start + Int64(at)
      }
      #expect(table.arrival(id, start: after, after: work) == expected)
      #expect(table.arrival(id, start: after, after: 0) == after)
    }
    #expect(table.runsInElapsedTime(id) == (leg.kind == .continuous))
  }

  @Test func usualWindow() {
    // Friday 20 November 2026: the Monday is the 16th, a week before it the 9th.
    let window = TimetableWindow(around: "2026-11-20T09:00Z")
    #expect(window.first == "2026-11-09")
    #expect(window.days == 154)
    #expect(window == TimetableWindow(around: "2026-11-16T00:00Z"))
    #expect(window == TimetableWindow(around: "2026-11-22T23:59Z"))
    #expect(window != TimetableWindow(around: "2026-11-23T00:00Z"))
  }

  @Test func outsideTheWindow() throws {
    var builder = TimetableBuilder(
      window: TimetableWindow(first: "2026-11-09", days: 7), schedules: [],
      calendars: [.always], zones: [.utc], laws: [.none], lawNames: ["none"])
    let leg = TimetableBuilder.Leg(kind: .working, pattern: 0, zone: 0, duration: 100, law: 0)
    let (table, _) = builder.timetable([leg])
    let first: Instant = "2026-11-09T00:00Z"
    let end: Instant = "2026-11-16T00:00Z"
    #expect(table.boarding(LegID(0), atOrAfter: first.minutes - 1) == nil)
    // 100 minutes of work must still fit before the end.
    #expect(table.boarding(LegID(0), atOrAfter: end.minutes - 100)?.minute == end.minutes - 100)
    #expect(table.boarding(LegID(0), atOrAfter: end.minutes - 99) == nil)
    #expect(table.boarding(LegID(0), atOrBefore: .max)?.minute == end.minutes - 100)
    #expect(table.boarding(LegID(0), atOrAfter: .max) == nil)
    #expect(table.arrival(LegID(0), start: end.minutes - 100, after: 100) == end.minutes)
    #expect(table.boarding(LegID(7), atOrAfter: first.minutes) == nil)
  }
}
