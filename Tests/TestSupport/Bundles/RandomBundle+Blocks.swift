public import LogisticsModel
import RouteGraph
public import RoutePlanning

/// Bundles whose pairs can have blocks: zones that nothing leaves, origins with few ready classes.
///
/// Beside what every random bundle has: twins of both zones that differ in emission only, sailings so far off that the
/// nine weeks decide by the minute whether they may be boarded, restrictions by kind of battery, prices that tie, and
/// an end of the bundle's validity.
extension RandomBundle {
  /// Zones: the last two nodes and their twins.
  public var zones: [String] { nodes.suffix(2).flatMap { [$0, "\($0)x"] } }

  /// Makes a bundle of that sort.
  public init(blocksOf seed: UInt64) {
    self.init(seed: seed)
    let isBounded = random.chance(percent: 20)
    cutAtZones()
    if !isBounded { addFarSailings() }
    schedulePickups()
    tiePrices()
    addTwinZones()
    addBatteryRules()
    var tiers = BundleText.Table("tier,objective,value_of_hour,currency")
    tiers.append("economy,price,,")
    tiers.append("standard,balance,\(random.pick(["0.01", "0.35", "0.35", "4.10", "0"])),USD")
    tiers.append("premium,time,,")
    text["tiers.csv"] = tiers
    var acceptance = BundleText.Table("tier,goods,accepted")
    for tier in ["economy", "standard", "premium"] {
      for goods in GoodsClass.allCases { acceptance.append("\(tier),\(goods.word),1") }
    }
    text["acceptance.csv"] = acceptance
    if isBounded { boundValidity() }
  }

  /// A question that a block may answer, or for a reason not: on a class boundary as often as not.
  public mutating func blockQuestion(
    on planner: NetworkPlanner, currency: Currency, days: Int, boundaries: [Int64]
  ) throws -> NetworkPlanner.Question {
    let weight: Int64 = random.pick([
      1, 150, 499, 500, 501, 899, 900, 901, 999, 1000, 1001, 1700, 1701, 2500, 19_999, 20_000,
    ])
    let edges = (0..<3).map { _ in Int32(random.integer(20...420)) }
    let parcel = Parcel(
      weight: Grams(weight),
      dimensions: random.chance(percent: 60)
        ? Dimensions(millimetres: edges[0], edges[1], edges[2]) : nil,
      goods: random.pick([.general, .general, .battery, .liquid, .textile]),
      declaredValue: random.chance(percent: 70)
        ? Money(minorUnits: random.integer(1...9000), random.pick([.eur, .usd, .cny])) : nil,
      battery: random.pick([nil, .alone, .withEquipment, .inEquipment]))
    let midnight = now.minutes - now.minutes % 1440
    var ready = midnight + random.integer(0...Int64(days * 1440 - 1))
    if !boundaries.isEmpty, random.chance(percent: 60) {
      ready = min(
        max(midnight, random.pick(boundaries) + random.integer(-1...1)),
        midnight + Int64(days * 1440 - 1))
    }
    guard let from = planner.bundle.nodeID(named: random.pick(Array(nodes.prefix(2)))),
      let to = planner.bundle.nodeID(named: random.pick(zones)),
      let level = ServiceLevel(q1024: random.pick([819, 922, 973, 1014]))
    else { throw Lost() }
    return NetworkPlanner.Question(
      origin: from, destination: to, parcel: parcel, ready: Instant(minutes: ready), level: level,
      currency: currency, greatestLegs: 5)
  }

  /// The bundle ends after some days, unless some schedule would then never run.
  private mutating func boundValidity() {
    let unbounded = text.manifest
    text.manifest =
      #"{"name":"random","version":"1","currency":"EUR","valid_from":"\#(date(1))","valid_to":"\#(date(random.integer(8...10)))"}"#
    if (try? planner()) == nil { text.manifest = unbounded }
  }

  private mutating func cutAtZones() {
    let ends = Set(nodes.suffix(2))
    let legs = text["legs.csv"]
    let from = legs.column("from")
    text.tables["legs.csv"]?.rows.removeAll { ends.contains($0[from]) }
    for row in text["legs.csv"].rows.indices where random.chance(percent: 40) {
      text.tables["legs.csv"]?.rows[row][legs.column("goods")] += "+textile"
    }
  }

  /// Some onward legs run on three days only, some nine weeks from the first ready minutes.
  private mutating func addFarSailings() {
    var departures = text["departures.csv"]
    for schedule in 0..<2 {
      let first = random.integer(61...63)
      departures.append(
        "far\(schedule),1111111,\(clock(moment(0...1439))),,,,\(date(first)),\(date(first + random.integer(0...2)))"
      )
    }
    text["departures.csv"] = departures
    let legs = text["legs.csv"]
    for row in legs.rows.indices where !legs.text(row, "leg").hasPrefix("slow") {
      guard random.chance(percent: 12) else { continue }
      schedule(row, "far\(random.int(0...1))")
    }
  }

  /// Nearly all origins are left by schedule: at any open minute there would be too many ready classes.
  private mutating func schedulePickups() {
    var departures = text["departures.csv"]
    departures.append("pick,1111111,\(clock(moment(0...1439))),,,,,")
    departures.append("pick,1111111,\(clock(moment(0...1439))),,,,,")
    text["departures.csv"] = departures
    let isOpen = random.chance(percent: 10)
    let legs = text["legs.csv"]
    for row in legs.rows.indices
    where nodes.prefix(2).contains(legs.text(row, "from")) && legs.text(row, "kind") != "S" {
      if isOpen && legs.text(row, "from") == nodes[1] { continue }
      schedule(row, "pick")
    }
  }

  private mutating func schedule(_ row: Int, _ schedule: String) {
    let legs = text["legs.csv"]
    text.tables["legs.csv"]?.rows[row][legs.column("kind")] = "S"
    text.tables["legs.csv"]?.rows[row][legs.column("schedule")] = schedule
    text.tables["legs.csv"]?.rows[row][legs.column("calendar")] = ""
  }

  /// In half of the bundles many legs are free, emit alike and take alike long: every part of the tie rule decides.
  private mutating func tiePrices() {
    guard random.chance(percent: 50) else { return }
    let legs = text["legs.csv"]
    for row in legs.rows.indices where !legs.text(row, "leg").hasPrefix("slow") {
      if random.chance(percent: 60) {
        text.tables["legs.csv"]?.rows[row][legs.column("card")] = ""
        text.tables["legs.csv"]?.rows[row][legs.column("price_basis")] = "included"
      }
      if random.chance(percent: 70) {
        text.tables["legs.csv"]?.rows[row][legs.column("co2_mg_per_g")] = "1"
      }
      if random.chance(percent: 60) {
        text.tables["legs.csv"]?.rows[row][legs.column("law")] = random.pick(["none", "l0"])
      }
    }
    addDetours()
    // Legs that are equal in everything but their name.
    for row in legs.rows.indices
    where random.chance(percent: 25) && !legs.text(row, "leg").hasPrefix("slow") {
      guard var same = text.tables["legs.csv"]?.rows[row] else { continue }
      same[0] += "-same"
      text.tables["legs.csv"]?.rows.append(same)
    }
  }

  /// Beside some legs two more that together are the same: only that they are two tells them apart.
  private mutating func addDetours() {
    let legs = text["legs.csv"]
    for number in 0..<3 {
      let row = random.int(0...legs.rows.count - 1)
      guard !nodes.prefix(2).contains(legs.text(row, "from")),
        !legs.text(row, "leg").hasPrefix("slow"), var leg = text.tables["legs.csv"]?.rows[row]
      else { continue }
      let figures = [
        "kind": "C", "schedule": "", "calendar": "always", "handling_min": "0", "card": "",
        "price_basis": "included", "duration_min": "660",
      ]
      for (column, value) in figures { leg[legs.column(column)] = value }
      var (first, second) = (leg, leg)
      text["nodes.csv"].append("T\(number),hub,T\(number),ES,UTC")
      first[0] = "first\(number)"
      first[legs.column("to")] = "T\(number)"
      first[legs.column("duration_min")] = "60"
      first[legs.column("co2_mg_per_g")] = "0"
      first[legs.column("law")] = "none"
      second[0] = "second\(number)"
      second[legs.column("from")] = "T\(number)"
      second[legs.column("duration_min")] = "600"
      text.tables["legs.csv"]?.rows[row] = leg
      text.tables["legs.csv"]?.rows += [first, second]
    }
  }

  private mutating func addTwinZones() {
    let legs = text["legs.csv"]
    let kinds = text["nodes.csv"]
    for zone in nodes.suffix(2) {
      guard var node = kinds.rows.first(where: { $0[0] == zone }) else { continue }
      node[0] += "x"
      node[kinds.column("name")] += "x"
      text.tables["nodes.csv"]?.rows.append(node)
      for row in legs.rows where row[legs.column("to")] == zone {
        var twin = row
        twin[0] += "-x"
        twin[legs.column("to")] += "x"
        if random.chance(percent: 40) {
          twin[legs.column("co2_mg_per_g")] = "\(random.integer(0...9))"
        }
        text.tables["legs.csv"]?.rows.append(twin)
      }
    }
  }

  private mutating func addBatteryRules() {
    var rules = text["restrictions.csv"]
    rules.header.append("battery")
    for row in rules.rows.indices { rules.rows[row].append("") }
    for number in 0..<random.int(0...2) {
      rules.append(
        "b\(number),service,\(random.pick(["x", "y"])),battery,,,,,\(random.pick(["alone+unknown", "in_equipment", "with_equipment"]))"
      )
    }
    text["restrictions.csv"] = rules
  }
}
