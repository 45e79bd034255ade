public import LogisticsModel
public import RoutePlanning
import RouteGraph

/// A random dated bundle, small enough to enumerate, with what the format allows.
///
/// Scheduled, elapsed and working-time legs; zones with and without changes of clocks; holidays, make-up days and
/// half days; cards by value, weight, class and date; surcharges, restrictions and dated rates in four currencies.
public struct RandomBundle {
  /// The files.
  public internal(set) var text = BundleText()
  /// The clock the timetable is written out around.
  public let now: Instant
  /// Names of the nodes; the first two are origins, the last two zones.
  public let nodes: [String]

  var random: SeededGenerator
  let day: CivilDate

  /// Days near changes of clocks, the Chinese holidays and the end of the year.
  private static let days: [CivilDate] = [
    "2026-03-05", "2026-09-24", "2026-10-21", "2026-11-20", "2026-12-17",
  ]
  private static let zones = [
    "Asia/Shanghai", "Europe/Madrid", "America/New_York", "Europe/London", "Asia/Kolkata",
    "Australia/Lord_Howe", "UTC",
  ]

  /// Makes the bundle of a seed.
  public init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    day = random.pick(RandomBundle.days)
    now = Instant(minutes: Int64(day.days) * 1440 + 540)
    nodes = (0..<random.int(5...9)).map { "N\($0)" }
    makeNodes()
    makeLaws()
    makeDates()
    makeCalendars()
    makeDepartures()
    makeLegs()
    makeCards()
    makeRules()
  }

  /// Loads it as the product does.
  public func planner() throws -> NetworkPlanner { try text.planner(now: now) }

  /// A random question to a planner made from these nodes, whatever they are called there.
  public mutating func question(
    on planner: NetworkPlanner, named: (String) -> String = { $0 }
  ) throws -> NetworkPlanner.Question {
    let weight: Int64 = random.pick([1, 150, 499, 500, 501, 999, 1000, 1001, 1800, 2500])
    let size = random.chance(percent: 60)
    let value = random.chance(percent: 70)
    let edges = (0..<3).map { _ in Int32(random.integer(20...420)) }
    let currency = random.pick([Currency.eur, .eur, .usd, .cny])
    let parcel = Parcel(
      weight: Grams(weight),
      dimensions: size ? Dimensions(millimetres: edges[0], edges[1], edges[2]) : nil,
      goods: random.pick([.general, .general, .battery, .liquid]),
      declaredValue: value
        ? Money(minorUnits: random.integer(1...9000), random.pick([.eur, .usd, .cny])) : nil)
    let origin = named(random.pick(Array(nodes.prefix(2))))
    let destination = named(random.pick(Array(nodes.suffix(2))))
    guard let from = planner.bundle.nodeID(named: origin),
      let to = planner.bundle.nodeID(named: destination),
      let level = ServiceLevel(q1024: random.pick([0, 1, 512, 819, 922, 973, 1014, 1024]))
    else { throw Lost() }
    return NetworkPlanner.Question(
      origin: from, destination: to, parcel: parcel,
      ready: now.advanced(byMinutes: moment(0...14_000)), level: level, currency: currency,
      greatestLegs: random.pick([2, 3, 3, 4, 5, 8]))
  }

  /// A question names a node that the planner lacks.
  public struct Lost: Error {}

  /// A random number, half of the time a multiple of 30: so that cut-offs and closings are met to the minute.
  mutating func moment(_ range: ClosedRange<Int64>) -> Int64 {
    let number = random.integer(range)
    return random.chance(percent: 50) ? number : max(range.lowerBound, number / 30 * 30)
  }

  func date(_ offset: Int64) -> String { day.adding(days: Int(offset)).description }

  func clock(_ minutes: Int64) -> String {
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minutes / 60)):\(two(minutes % 60))"
  }
}

// MARK: - Time

extension RandomBundle {
  private mutating func makeNodes() {
    var table = BundleText.Table("node,kind,name,country,tz")
    for (position, node) in nodes.enumerated() {
      let kind =
        position < 2
        ? "origin" : position >= nodes.count - 2 ? "zone" : random.pick(["hub", "customs"])
      table.append("\(node),\(kind),\(node),ES,\(random.pick(RandomBundle.zones))")
    }
    text["nodes.csv"] = table
  }

  private mutating func makeLaws() {
    var table = BundleText.Table("law,delay_min,weight")
    table.append("none,0,1024")
    for law in 0..<4 {
      var left: Int64 = 1024
      let atoms = random.int(2...3)
      for atom in 0..<atoms {
        let weight =
          atom == atoms - 1 ? left : random.integer(1...(left - Int64(20 * (atoms - atom))))
        left -= weight
        let delay = Int64(atom) * random.pick([60, 240, 1440]) + random.pick([0, 0, 30, 41])
        table.append("l\(law),\(delay),\(weight)")
      }
    }
    text["delay_laws.csv"] = table
  }

  private mutating func makeDates() {
    var table = BundleText.Table("dates,date,kind,closes,name")
    for set in 0..<2 {
      var taken: Set<Int64> = []
      for _ in 0..<random.int(6...14) {
        let offset = random.integer(-3...24)
        guard taken.insert(offset).inserted else { continue }
        let kind = random.pick(["closed", "closed", "open", "half", "half"])
        table.append("d\(set),\(date(offset)),\(kind),\(kind == "half" ? "12:30" : ""),")
      }
    }
    text["calendar_dates.csv"] = table
  }

  private mutating func makeCalendars() {
    var table = BundleText.Table("calendar,weekdays,opens,closes,dates")
    table.append("always,1111111,00:00,24:00,")
    for calendar in 0..<4 {
      let dates = random.pick(["", "d0", "d1", "d1"])
      for _ in 0..<random.int(1...2) {
        let opens = random.integer(0...20) * 60
        let closes = min(opens + moment(60...900), 1440)
        let days = random.pick(["1111100", "1111110", "1010101", "1111111"])
        table.append("c\(calendar),\(days),\(clock(opens)),\(clock(closes)),\(dates)")
      }
    }
    text["calendars.csv"] = table
  }

  /// Every row of a schedule has the same law; durations differ only between departures a day or more apart, so
  /// that no departure overtakes another.
  private mutating func makeDepartures() {
    var table = BundleText.Table(
      "schedule,weekdays,departs,duration_min,law,dates,valid_from,valid_to")
    for schedule in 0..<5 {
      let law = random.pick(["", "", "l0", "none"])
      if random.chance(percent: 25) {
        let departs = clock(random.integer(0...1439))
        for days in ["1000000", "0010000", "0000010"] {
          table.append("s\(schedule),\(days),\(departs),\(random.integer(300...900)),\(law),,,")
        }
        continue
      }
      let duration = law.isEmpty || random.chance(percent: 50) ? "" : "\(random.integer(30...900))"
      for _ in 0..<random.int(1...4) {
        let days = random.pick(["1000000", "0010010", "1111111", "1111100", "0000011", "0000001"])
        let from = random.chance(percent: 15) ? date(random.integer(-9...9)) : ""
        let to = from.isEmpty && random.chance(percent: 20) ? date(random.integer(10...40)) : ""
        let dates = random.pick(["", "", "d0", "d1"])
        let departs = clock(
          random.pick([150, 75, moment(0...1439), moment(0...1439)]))
        table.append("s\(schedule),\(days),\(departs),\(duration),\(law),\(dates),\(from),\(to)")
      }
    }
    text["departures.csv"] = table
  }

  private mutating func makeLegs() {
    var table = BundleText.Table(
      "leg,from,to,mode,stage,service,goods,max_weight_g,handling_min,card,co2_mg_per_g,kind,schedule,"
        + "calendar,duration_min,law,price_basis,time_basis")
    func add(_ name: String, _ from: Int, _ to: Int, _ random: inout SeededGenerator) {
      let kind = random.pick([
        "S,s\(random.int(0...4)),", "S,s\(random.int(0...4)),", "C,,c\(random.int(0...3))",
        "W,,c\(random.int(0...3))", "C,,always",
      ])
      let law = random.pick(["none", "none", "l0", "l1", "l2", "l3"])
      let card = random.chance(percent: 85) ? "k\(random.int(0...4))" : ""
      let duration = random.pick([60, 240, 660, random.integer(30...3000)])
      table.append(
        "\(name),\(nodes[from]),\(nodes[to]),\(random.pick(["air", "sea", "road"])),linehaul,"
          + "\(random.pick(["x", "y"])),\(random.pick(["general", "general+battery+liquid"])),"
          + "\(random.pick(["900", "30000", "30000"])),\(random.pick([0, 0, 60, 90])),\(card),"
          + "\(random.pick([0, 1, 1, 5, 9])),\(kind),\(duration),\(law),"
          + "\(card.isEmpty ? "included" : "real"),real")
    }
    for leg in 0..<random.int(nodes.count * 3...nodes.count * 4) {
      // Mostly onwards, sometimes back: cycles must not matter.
      var (from, to) = (random.int(0...nodes.count - 2), random.int(1...nodes.count - 1))
      if from > to, random.chance(percent: 80) { (from, to) = (to, from) }
      if to > from + 3, random.chance(percent: 70) { to = from + 2 }
      if from != to { add("g\(leg)", from, to, &random) }
      // A twin that differs in nothing but its law: whose arrival is better only the whole law tells.
      if from != to, random.chance(percent: 25), var twin = table.rows.last {
        twin[0] += "-twin"
        twin[table.column("law")] = random.pick(["l0", "l1", "l2", "l3"])
        table.rows.append(twin)
      }
    }
    // Slow ways to both zones, so that every bundle can be loaded whatever is left out.
    for zone in nodes.suffix(2) {
      table.append(
        "slow-\(zone),N0,\(zone),road,linehaul,x,general,30000,0,k0,50,C,,always,20000,l0,real,real"
      )
    }
    text["legs.csv"] = table
  }
}

// MARK: - Money

extension RandomBundle {
  private mutating func makeCards() {
    var cards = BundleText.Table(
      "card,variant,currency,valid_from,valid_to,goods,min_value,max_value,value_currency,"
        + "divisor_cm3_per_kg,divisor_sum_over_cm,max_chargeable_g,round_g,min_chargeable_g")
    let split = random.integer(0...9)
    let (last, first) = (date(split), date(split + 1))
    let money = (0..<8).map { _ in random.pick(["EUR", "CNY", "JPY", "USD"]) }
    // Plain; by declared value; by date; by class; by volume.
    cards.append("k0,k0,\(money[0]),,,,,,,,,,\(random.pick(["", "100"])),")
    cards.append("k1,k1a,\(money[1]),,,,0,20,USD,,,,,")
    cards.append("k1,k1b,\(money[2]),,,,21,60,USD,,,,50,300")
    cards.append("k2,k2a,\(money[3]),,\(last),,,,,,,,,")
    cards.append("k2,k2b,\(money[4]),\(first),,,,,,,,2000,,")
    cards.append("k3,k3a,\(money[5]),,,general,,,,,,,,")
    cards.append("k3,k3b,\(money[6]),,,battery+liquid,,,,,,,10,")
    cards.append("k4,k4,\(money[7]),,,,,,,6000,\(random.pick(["", "60"])),,,")
    text["rate_cards.csv"] = cards
    var bands = BundleText.Table("variant,over_g,upto_g,base,from_g,step_g,per_step")
    for variant in ["k0", "k1a", "k1b", "k2a", "k2b", "k3a", "k3b", "k4"] {
      let base = random.integer(0...9)
      let step = random.pick([1, 100, 500])
      bands.append("\(variant),0,1000,\(base).\(random.integer(10...99)),0,\(step),0.\(step)7")
      bands.append("\(variant),1000,,\(base + 2).5,1000,\(step),1.\(random.integer(10...99))")
    }
    text["rate_bands.csv"] = bands
    var rates = BundleText.Table("date,base,quote,rate")
    rates.append("\(date(-30)),EUR,CNY,8.213")
    rates.append("\(date(4)),EUR,CNY,8.4127")
    rates.append(",EUR,JPY,178.44")
    rates.append("\(date(-30)),USD,EUR,0.9173")
    text["fx.csv"] = rates
  }

  private mutating func makeRules() {
    var surcharges = BundleText.Table(
      "surcharge,kind,scope,key,goods,min_weight_g,max_weight_g,min_edge_cm,unit,amount,currency,"
        + "valid_from,valid_to")
    for number in 0..<random.int(2...6) {
      let scope = random.pick([
        "mode,air", "service,x", "node,\(random.pick(nodes))", "card,k\(random.int(0...4))", "all,",
        "stage,linehaul",
      ])
      let goods = random.pick(["", "", "battery+liquid"])
      let weights = random.pick([",", ",", "500,", ",1001"])
      let edge = random.pick(["", "", "25"])
      let amount = random.pick(["percent,7.25,", "kg,1.3,EUR", "parcel,2.5,CNY", "parcel,0.35,USD"])
      let dates = random.pick([",", ",", "\(date(3)),", ",\(date(5))"])
      surcharges.append("u\(number),extra,\(scope),\(goods),\(weights),\(edge),\(amount),\(dates)")
    }
    text["surcharges.csv"] = surcharges
    var restrictions = BundleText.Table(
      "restriction,scope,key,goods,max_weight_g,max_edge_cm,from,to")
    for number in 0..<random.int(0...3) {
      let scope = random.pick(["mode,sea", "service,y", "node,\(random.pick(nodes))"])
      let rest = random.pick([
        "battery,,,,", ",1700,,,", "battery,400,,,", "general,,30,,",
        "liquid,,,\(date(2)),\(date(6))",
      ])
      restrictions.append("r\(number),\(scope),\(rest)")
    }
    text["restrictions.csv"] = restrictions
  }
}
